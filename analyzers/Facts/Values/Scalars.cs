using System.Collections.Immutable;
using System.Text;

namespace Analyzer.Facts.Values;

/// <summary>Null: known to be nothing. In a configuration an argument that is null counts as not written.</summary>
public sealed class NullValue : Value
{
    /// <summary>The null of a type, as a conversion makes it of null; without one, of whatever it stands beside.</summary>
    public NullValue(DataType? type = null) => Type = type ?? DataType.Dynamic;

    private NullValue(NullValue same)
        : base(same) => Type = same.Type;

    /// <summary>The null without a way and without a type.</summary>
    public static NullValue Instance { get; } = new();

    /// <inheritdoc/>
    public override DataType Type { get; }

    /// <inheritdoc/>
    public override bool IsWhollyKnown => true;

    private protected override Value Copy() => new NullValue(this);
}

/// <summary>True or false.</summary>
public sealed class BoolValue : Value
{
    private BoolValue(bool value) => Value = value;

    private BoolValue(BoolValue same)
        : base(same) => Value = same.Value;

    /// <summary>True without a way.</summary>
    public static BoolValue True { get; } = new(true);

    /// <summary>False without a way.</summary>
    public static BoolValue False { get; } = new(false);

    /// <summary>The value of a known boolean.</summary>
    public static BoolValue Of(bool value) => value ? True : False;

    /// <summary>The boolean.</summary>
    public bool Value { get; }

    /// <inheritdoc/>
    public override DataType Type => DataType.Bool;

    /// <inheritdoc/>
    public override bool IsWhollyKnown => true;

    private protected override Value Copy() => new BoolValue(this);
}

/// <summary>A number.</summary>
public sealed class NumberValue : Value
{
    /// <summary>The value of a number.</summary>
    public NumberValue(Number number) => Number = number;

    private NumberValue(NumberValue same)
        : base(same) => Number = same.Number;

    /// <summary>The number.</summary>
    public Number Number { get; }

    /// <summary>A whole number.</summary>
    public static NumberValue Of(long number) => new(Number.Of(number));

    /// <inheritdoc/>
    public override DataType Type => DataType.Number;

    /// <inheritdoc/>
    public override bool IsWhollyKnown => true;

    private protected override Value Copy() => new NumberValue(this);
}

/// <summary>
/// Text, possibly with holes: <c>arn:aws:iam::&lt;?&gt;:role/node</c>. Literal parts stay usable where other parts are unknown.
/// </summary>
public sealed class TextValue : Value
{
    private readonly ImmutableArray<TextPart> _holed;

    /// <summary>Text without holes.</summary>
    public TextValue(string text) => Known = text;

    private TextValue(ImmutableArray<TextPart> parts)
    {
        Known = parts.Length == 0 ? "" : parts is [{ Hole: null } only] ? only.Literal : null;
        _holed = Known is null ? parts : default;
    }

    private TextValue(TextValue same)
        : base(same) => (Known, _holed, Content) = (same.Known, same._holed, same.Content);

    /// <summary>
    /// Text from parts. Neighbouring literals are merged; holes that turn out to be known scalars or texts are spliced in.
    /// </summary>
    public static TextValue Of(IEnumerable<TextPart> parts)
    {
        var merged = new Merged();
        foreach (var part in parts)
        {
            merged.Add(part);
        }

        return merged.Text();
    }

    /// <summary>Literals and holes in order; no two literals are neighbours, no literal is empty. Made anew for each who asks a text without holes: nearly all are, and few are asked.</summary>
    public ImmutableArray<TextPart> Parts => Known is null ? _holed : Known.Length == 0 ? [] : [new TextPart(Known)];

    /// <summary>The whole text, or null if it has holes.</summary>
    public string? Known { get; }

    /// <summary>The literal text before the first hole.</summary>
    public string Prefix => Known ?? (_holed is [{ Hole: null } first, ..] ? first.Literal! : "");

    /// <summary>The literal text behind the last hole.</summary>
    public string Suffix => Known ?? (_holed is [.., { Hole: null } last] ? last.Literal! : "");

    /// <summary>How many characters are known; the text has at least as many.</summary>
    public int LiteralLength => Known?.Length ?? _holed.Sum(static part => part.Literal?.Length ?? 0);

    /// <summary>
    /// What this text encodes, when it was made by encoding a value (<c>jsonencode</c>, a policy document): decoding it gives that value back,
    /// holes and all. Null when it is just text.
    /// </summary>
    public Encoded? Content { get; init; }

    /// <summary>The same text, known to encode a value.</summary>
    public TextValue Encoding(Encoded content) => Known is { } known ? new(known) { Content = content } : new(Parts) { Content = content };

    /// <inheritdoc/>
    public override DataType Type => DataType.Text;

    /// <inheritdoc/>
    public override bool IsWhollyKnown => Known is not null;

    /// <summary>The text with every hole shown as <c>&lt;?&gt;</c>.</summary>
    public override string ToString() => Known ?? string.Concat(Parts.Select(part => part.Literal ?? "<?>"));

    private protected override Value Copy() => new TextValue(this);

    /// <summary>Parts in the making. Most texts have few: what is longer than one literal is put together only where there is more.</summary>
    private struct Merged()
    {
        private ImmutableArray<TextPart>.Builder? _parts;
        private string _literal = "";
        private StringBuilder? _longer;

        internal void Add(TextPart part)
        {
            switch (part.Hole)
            {
                case null:
                    Add(part.Literal ?? "");
                    break;
                case TextValue { Known: { } known }:
                    Add(known);
                    break;
                case TextValue text:
                    foreach (var each in text._holed)
                    {
                        Add(each);
                    }

                    break;
                default:
                    EndLiteral();
                    (_parts ??= ImmutableArray.CreateBuilder<TextPart>()).Add(part);
                    break;
            }
        }

        internal TextValue Text()
        {
            if (_parts is null)
            {
                return new TextValue(_longer?.ToString() ?? _literal);
            }

            EndLiteral();
            return new TextValue(_parts.ToImmutable());
        }

        private void Add(string literal)
        {
            if (_longer is not null)
            {
                _longer.Append(literal);
            }
            else if (_literal.Length == 0)
            {
                _literal = literal;
            }
            else if (literal.Length > 0)
            {
                _longer = new StringBuilder(_literal, _literal.Length + literal.Length).Append(literal);
            }
        }

        private void EndLiteral()
        {
            if (_literal.Length > 0)
            {
                (_parts ??= ImmutableArray.CreateBuilder<TextPart>()).Add(new TextPart(_longer?.ToString() ?? _literal));
            }

            (_literal, _longer) = ("", null);
        }
    }
}

/// <summary>A literal piece of text, or a hole for a value that is not known text.</summary>
public readonly struct TextPart
{
    /// <summary>A literal.</summary>
    public TextPart(string literal) => Literal = literal;

    /// <summary>A hole.</summary>
    public TextPart(Value hole) => Hole = hole;

    /// <summary>The literal text, null for a hole.</summary>
    public string? Literal { get; }

    /// <summary>What stands in the hole, null for a literal.</summary>
    public Value? Hole { get; }
}

/// <summary>The value that a text was made from.</summary>
/// <param name="Format"><c>json</c>, <c>yaml</c>, <c>base64</c>, or <c>join</c> for an object of a separator and a list.</param>
/// <param name="Content">The value that was encoded.</param>
public sealed record Encoded(string Format, Value Content);

/// <summary>A value nobody can know by reading: what is known about it, and why not more.</summary>
public sealed class UnknownValue : Value
{
    /// <summary>Makes an unknown with one cause.</summary>
    public UnknownValue(UnknownReason reason, string detail, Text.Span? place = null, Reference? reference = null, DataType? type = null)
        : this([new Cause(reason, detail, place, reference)], type)
    {
        Reference = reference;
    }

    /// <summary>Makes an unknown that follows from others.</summary>
    public UnknownValue(ImmutableArray<Cause> causes, DataType? type = null)
    {
        Causes = causes;
        Type = type ?? DataType.Dynamic;
    }

    private UnknownValue(UnknownValue same)
        : base(same) =>
        (Causes, Type, Reference, Prefix, IsNotNull, Bounds, Element) = (same.Causes, same.Type, same.Reference, same.Prefix, same.IsNotNull, same.Bounds, same.Element);

    /// <summary>The unknowns that decide: what would have to be known. At least one; at most <see cref="Cause.Limit"/>.</summary>
    public ImmutableArray<Cause> Causes { get; }

    /// <summary>The attribute this value is, if it is one.</summary>
    public Reference? Reference { get; init; }

    /// <summary>As it is written, if it is a placeholder that some tool fills in (<c>${CLUSTER}</c>, <c>&lt;account&gt;</c>); else null.</summary>
    public string? Placeholder => Causes is [{ Reason: UnknownReason.Placeholder }] && Reference is { Attribute: "", Target.Path: var written } ? written : null;

    /// <summary>True for what an expression that is wrong gives.</summary>
    public bool IsError => Causes.Any(cause => cause.Reason == UnknownReason.Error);

    /// <summary>Known first characters, if it is text.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>True when it is certainly not null.</summary>
    public bool IsNotNull { get; init; }

    /// <summary>Between which numbers it lies; of text and collections: how long it is. Null when nothing is known.</summary>
    public Bounds? Bounds { get; init; }

    /// <summary>For an unknown collection: what each element looks like. Null when nothing is known.</summary>
    public Value? Element { get; init; }

    /// <inheritdoc/>
    public override DataType Type { get; }

    /// <inheritdoc/>
    public override bool IsWhollyKnown => false;

    /// <summary>The same unknown, of which another type is known.</summary>
    public UnknownValue As(DataType type, Value? element) => Marked(new UnknownValue(Causes, type)
    {
        Reference = Reference,
        Prefix = type is TextType ? Prefix : "",
        IsNotNull = IsNotNull,
        Bounds = Bounds,
        Element = element,
    });

    /// <summary>The same unknown, known to be an attribute.</summary>
    public UnknownValue As(Reference reference) => Marked(new UnknownValue(Causes, Type) { Reference = reference, Prefix = Prefix, IsNotNull = IsNotNull, Bounds = Bounds, Element = Element });

    /// <summary>An unknown that follows from others: their causes, deduplicated.</summary>
    public static UnknownValue From(DataType? type, params IEnumerable<Value> inputs)
    {
        var causes = new List<Cause>();
        foreach (var cause in inputs.SelectMany(Cause.Of))
        {
            if (!causes.Contains(cause))
            {
                causes.Add(cause);
                if (causes.Count == Cause.Limit)
                {
                    break;
                }
            }
        }

        return new UnknownValue(causes.Count == 0 ? [new Cause(UnknownReason.NotComputed, "not computed", null, null)] : [.. causes], type);
    }

    private protected override Value Copy() => new UnknownValue(this);

    private UnknownValue Marked(UnknownValue other) => (UnknownValue)other.With(Trace).WithSensitive(IsSensitive).WithMayFail(MayFail);
}

/// <summary>Why a value is unknown.</summary>
/// <param name="Reason">The kind of reason.</param>
/// <param name="Detail">A phrase for the user: <c>variable "subnets" has no value</c>.</param>
/// <param name="Place">Where it is written.</param>
/// <param name="Reference">What is unknown, if it has a name.</param>
public sealed record Cause(UnknownReason Reason, string Detail, Text.Span? Place, Reference? Reference)
{
    /// <summary>Causes kept per value: the first ones are enough to say what would decide.</summary>
    public const int Limit = 8;

    /// <summary>The causes that make a value not wholly known. Where one of several cases is an error nothing is deployed, so that case is no cause.</summary>
    public static IEnumerable<Cause> Of(Value value) => value switch
    {
        UnknownValue { Element: null } unknown => unknown.Causes,
        NullValue or BoolValue or NumberValue or TextValue { Known: not null, Content: null } => [],
        _ => Within(value),
    };

    private static IEnumerable<Cause> Within(Value value)
    {
        HashSet<Value>? impossible = null;
        foreach (var inner in value.Deep())
        {
            switch (inner)
            {
                case UnknownValue unknown when impossible?.Contains(unknown) != true:
                    // There may be no element to be an error.
                    Exclude([unknown.Element]);
                    foreach (var cause in unknown.Causes)
                    {
                        yield return cause;
                    }

                    break;
                case ListValue list:
                    Exclude(list.Items.Where(item => !item.Guard.IsAlways).Select(item => item.Value));
                    foreach (var cause in list.OpenBecause ?? [])
                    {
                        yield return cause;
                    }

                    break;
                case MapValue map:
                    Exclude(map.Entries.Where(entry => !entry.Guard.IsAlways).Select(entry => entry.Value));
                    foreach (var cause in map.OpenBecause ?? [])
                    {
                        yield return cause;
                    }

                    break;
                case ChoiceValue choice:
                    if (!choice.Alternatives.All(each => each.Value is UnknownValue { IsError: true }))
                    {
                        Exclude(choice.Alternatives.SelectMany(each => Parts(each.Value)));
                    }

                    // A condition that only an error leaves open is none of what may be.
                    foreach (var cause in choice.Alternatives.SelectMany(alternative => alternative.Guard.Causes).Where(cause => cause.Reason != UnknownReason.Error))
                    {
                        yield return cause;
                    }

                    break;
            }
        }

        static IEnumerable<Value> Parts(Value value) => value switch
        {
            ListValue list => list.Values,
            MapValue map => map.Entries.Select(entry => entry.Value),
            _ => [value],
        };

        void Exclude(IEnumerable<Value?> cases)
        {
            foreach (var each in cases)
            {
                if (each is UnknownValue { IsError: true })
                {
                    (impossible ??= new HashSet<Value>(ReferenceEqualityComparer.Instance)).Add(each);
                }
            }
        }
    }
}

/// <summary>Kinds of not knowing.</summary>
public enum UnknownReason : byte
{
    /// <summary>A variable or parameter that nobody gave a value.</summary>
    NoValue,

    /// <summary>Decided by the provider when it is applied.</summary>
    Computed,

    /// <summary>Read from the real world by a data source, an import, an SSM parameter.</summary>
    External,

    /// <summary>An output of a module, stack, base or chart that is not there.</summary>
    Missing,

    /// <summary>A guard or condition is undecided.</summary>
    Condition,

    /// <summary>Text with a placeholder of a templating tool.</summary>
    Placeholder,

    /// <summary>An expression that is wrong; a problem says how.</summary>
    Error,

    /// <summary>A reference cycle.</summary>
    Cycle,

    /// <summary>A limit was hit.</summary>
    Limit,

    /// <summary>A function or construct that the analyzer does not compute.</summary>
    NotComputed,

    /// <summary>Joining facts gave several possibilities: several clusters, several candidates.</summary>
    Ambiguous,

    /// <summary>The world is not closed: something that was not seen could supply it.</summary>
    OpenWorld,
}
