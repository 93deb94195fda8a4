using Analyzer.Facts.Values;
using Analyzer.Languages.Operations;

namespace Analyzer.Languages.Functions;

/// <summary>Computing with text that has holes.</summary>
internal static class Holes
{
    /// <summary>
    /// Attributes that clouds restrict to letters, digits, '.' and '-', so that a hole of them never holds a separator such as '/' or ':'.
    /// </summary>
    private static readonly string[] Words = ["account_id", "AccountId", "region", "partition", "dns_suffix", "project_number", "index"];

    /// <summary>Attributes that providers never leave empty.</summary>
    private static readonly string[] Identities = ["id", "arn", "name", "self_link", "email", "url", "endpoint", "principal_id", "client_id", "object_id", "unique_id"];

    /// <summary>A text, or an unknown one as a text of one hole.</summary>
    internal static TextValue Of(Value value) => value as TextValue ?? TextValue.Of([new TextPart(value)]);

    /// <summary>A text of one hole that is itself text is what stands in the hole: <c>trimprefix("https://${x}", "https://")</c> is <c>x</c>.</summary>
    internal static Value Simple(TextValue text) =>
        text.Parts is [{ Hole: UnknownValue or ChoiceValue } only] && text.Content is null ? Conversion.To(only.Hole!, DataType.Text) : text;

    /// <summary>Text from parts, simplified.</summary>
    internal static Value Join(IEnumerable<TextPart> parts) => Simple(TextValue.Of(parts));

    /// <summary>
    /// What a function makes of a hole: unknown, but the same for the same hole, so it is called after the attribute it was made from: <c>lower(name)</c>.
    /// </summary>
    internal static Value Derived(string function, Value hole, DataType type, params string[] arguments)
    {
        var derived = UnknownValue.From(type, hole);
        if (hole is not UnknownValue { Reference: { } reference })
        {
            return derived;
        }

        var call = $"{function}({string.Join(", ", [reference.Attribute, .. arguments.Select(argument => $"\"{argument}\"")])})";
        return new UnknownValue(derived.Causes, type) { Reference = reference with { Attribute = call }, IsNotNull = true };
    }

    /// <summary>Applies a function that works character by character.</summary>
    internal static Value Each(string function, TextValue text, Func<string, string> literal) => text.Known is { } known
        ? new TextValue(literal(known))
        : Join(text.Parts.Select(part => part.Literal is { } each ? new TextPart(literal(each)) : new TextPart(Derived(function, part.Hole!, DataType.Text))));

    /// <summary>Known first characters, those of an unknown in the first hole included.</summary>
    internal static string Prefix(TextValue text) =>
        text.Prefix.Length == 0 && text.Parts is [{ Hole: UnknownValue { Prefix: { } prefix } }, ..] ? prefix : text.Prefix;

    /// <summary>True if a text is certainly neither null nor empty.</summary>
    internal static bool IsCertainlyNotEmpty(Value value) => value switch
    {
        TextValue text => text.Parts.Any(part => part.Literal is not null || IsCertainlyNotEmpty(part.Hole!)),
        UnknownValue { Prefix.Length: > 0 } => true,
        UnknownValue { Type: TextType, Bounds.Least.Sign: > 0 } => true,
        UnknownValue { Type: NumberType or BoolType, IsNotNull: true } => true,
        UnknownValue { Reference: { } reference } unknown => unknown.Causes.All(cause => cause.Reason is UnknownReason.Computed or UnknownReason.External) && Ends(reference, Identities),
        ChoiceValue choice => choice.Alternatives.All(each => IsCertainlyNotEmpty(each.Value)),
        NumberValue or BoolValue or ListValue or MapValue => true,
        _ => false,
    };

    /// <summary>True if the text of a hole certainly does not hold a separator.</summary>
    internal static bool NeverHolds(Value hole, string separator) => separator.Length > 0 && !separator.Any(unit => char.IsAsciiLetterOrDigit(unit) || unit is '.' or '-' or '_')
        && hole switch
        {
            UnknownValue { Type: NumberType or BoolType } => true,
            UnknownValue { Reference: { } reference } => Ends(reference, Words),
            ChoiceValue choice => choice.Alternatives.All(each => Conversion.ToText(each.Value) is TextValue { Known: { } text }
                ? !text.Contains(separator, StringComparison.Ordinal)
                : NeverHolds(each.Value, separator)),
            _ => false,
        };

    private static bool Ends(Reference reference, string[] names) =>
        names.Contains(reference.Attribute[(reference.Attribute.LastIndexOf('.') + 1)..], StringComparer.Ordinal);
}
