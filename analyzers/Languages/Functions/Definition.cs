using System.Collections.Immutable;
using Analyzer.Facts.Model;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Operations;

namespace Analyzer.Languages.Functions;

/// <summary>What a parameter of a built-in function takes.</summary>
/// <param name="Name">Name in messages and on the reference page.</param>
/// <param name="Type">Type that arguments are converted to first; null takes any value as it is.</param>
internal sealed record Input(string Name, DataType? Type = null)
{
    /// <summary>Null is an argument like others.</summary>
    public bool TakesNull { get; init; }

    /// <summary>The body wants choices as a whole; otherwise it is computed for each alternative.</summary>
    public bool TakesChoice { get; init; }

    /// <summary>Errors are arguments like others: <c>try</c> and <c>can</c>.</summary>
    public bool TakesError { get; init; }

    /// <summary>Guarded elements become alternatives of lists without guards, where there are few.</summary>
    public bool Expands { get; init; }

    internal static Input Text(string name) => new(name, DataType.Text);

    internal static Input Number(string name) => new(name, DataType.Number);

    internal static Input Any(string name) => new(name);
}

/// <summary>The arguments of one call, converted and without choices.</summary>
internal readonly record struct Arguments(ImmutableArray<Value> All, Span? Place)
{
    internal Value this[int index] => All[index];

    internal int Count => All.Length;

    /// <summary>An argument as text with or without holes.</summary>
    internal TextValue Text(int index) => Holes.Of(All[index]);

    /// <summary>A known text.</summary>
    internal string Known(int index) => ((TextValue)All[index]).Known!;

    /// <summary>A known number.</summary>
    internal Number Number(int index) => ((NumberValue)All[index]).Number;
}

/// <summary>
/// Makes <see cref="Function"/>s whose bodies see only what they understand: arguments are converted, nulls and errors refused, choices taken apart and the results put together again under
/// their guards, marks and traces carried on.
/// </summary>
internal static class Definition
{
    /// <summary>
    /// Functions that succeed with any arguments of their types. What any other one gives of an unknown may turn out to be an error: a pattern that is not found, a text that is no JSON.
    /// </summary>
    private static readonly HashSet<string> Total = new(StringComparer.Ordinal)
    {
        "abs", "alltrue", "anytrue", "base64encode", "base64sha256", "base64sha512", "basename", "can", "ceil", "chomp", "compact", "concat", "contains", "csvencode", "dirname", "distinct",
        "endswith", "fileexists", "fileset", "flatten", "floor", "join", "jsonencode", "keys", "length", "lower", "max", "md5", "merge", "min", "nonsensitive", "plantimestamp", "replace", "reverse",
        "sensitive", "setintersection", "setsubtract", "setunion", "sha1", "sha256", "sha512", "signum", "sort", "split", "startswith", "strcontains", "strrev", "substr", "timestamp", "title",
        "tolist", "tomap", "toset", "tostring", "trim", "trimprefix", "trimspace", "trimsuffix", "try", "upper", "urlencode", "uuid", "values", "yamlencode",
    };

    /// <summary>Functions for which it counts where an element stands.</summary>
    private static readonly HashSet<string> Ordered = new(StringComparer.Ordinal) { "chunklist", "element", "format", "index", "join", "matchkeys", "slice", "zipmap" };

    private const int PartLimit = 64;

    /// <summary>A function that computes with what is known of its arguments.</summary>
    internal static Function Of(string name, DataType result, string doc, Func<Arguments, Value> body, params Input[] inputs) =>
        Make(name, result, doc, body, inputs, needsKnown: false, isVariadic: false);

    /// <summary>A function whose last input may be given any number of times, also none.</summary>
    internal static Function Variadic(string name, DataType result, string doc, Func<Arguments, Value> body, params Input[] inputs) =>
        Make(name, result, doc, body, inputs, needsKnown: false, isVariadic: true);

    /// <summary>A function that computes only where all arguments are wholly known.</summary>
    internal static Function OfKnown(string name, DataType result, string doc, Func<Arguments, Value> body, params Input[] inputs) =>
        Make(name, result, doc, body, inputs, needsKnown: true, isVariadic: false);

    /// <summary>A function of wholly known arguments whose last input may be given any number of times.</summary>
    internal static Function VariadicOfKnown(string name, DataType result, string doc, Func<Arguments, Value> body, params Input[] inputs) =>
        Make(name, result, doc, body, inputs, needsKnown: true, isVariadic: true);

    /// <summary>A function of one value that sees it with its marks, as it is.</summary>
    internal static Function Raw(string name, DataType result, string doc, Func<Value, Value> body, Input input) =>
        new(name, [new Parameter(input.Name, Field(input.Type))], Field(result), doc, call => call.Arguments is [var only]
            ? body(only)
            : Conversion.Error($"{name} takes 1 argument, not {call.Arguments.Length}", result));

    private static Function Make(string name, DataType result, string doc, Func<Arguments, Value> body, Input[] inputs, bool needsKnown, bool isVariadic) =>
        new(name, [.. inputs.Select(input => new Parameter(input.Name, Field(input.Type)))], Field(result), doc, new Computation(name, result, body, inputs, needsKnown, isVariadic).Of) { IsVariadic = isVariadic };

    /// <summary>What is done for a call of one function.</summary>
    private sealed class Computation(string name, DataType result, Func<Arguments, Value> body, Input[] inputs, bool needsKnown, bool isVariadic)
    {
        private readonly bool _isTotal = Total.Contains(name);
        private readonly bool _isOrdered = Ordered.Contains(name);

        internal Value Of(Call call)
        {
            if (call.Arguments.Length < inputs.Length - (isVariadic ? 1 : 0) || (!isVariadic && call.Arguments.Length > inputs.Length))
            {
                return Conversion.Error($"{name} takes {inputs.Length} arguments, not {call.Arguments.Length}", result);
            }

            var arguments = ImmutableArray.CreateBuilder<Value>(call.Arguments.Length);
            for (var at = 0; at < call.Arguments.Length; at++)
            {
                var input = InputAt(at);
                var converted = input.Type is { } type ? Conversion.To(call[at], type) : call[at];
                arguments.Add(input.Expands ? Alternatives.Expand(converted) : converted);
            }

            var given = arguments.DrainToImmutable();
            var answer = given.Any(static argument => argument is ChoiceValue) ? OfEach(given, call.Place) : OfOne(given, call.Place);
            var asksForErrors = inputs is [{ TakesError: true }, ..];
            answer = answer is TextValue { Known: { } text, Content: var content } && Composition.Of(text) is var composed && !ReferenceEquals(composed, text)
                ? new TextValue(composed) { Content = content }.With(answer.Trace).WithSensitive(answer.IsSensitive)
                : answer;
            var failing = !asksForErrors && (given.Any(MayFail) || (!_isTotal && IsUnknown(answer)) || (given.Any(HasError) && !HasError(answer)));
            return Finish(name, call, answer.WithMayFail(failing || answer.MayFail));
        }

        private Value OfEach(ImmutableArray<Value> given, Span? place) => Alternatives.Map(given, at => !InputAt(at).TakesChoice, result, each => OfOne(each, place));

        private Value OfOne(ImmutableArray<Value> given, Span? place)
        {
            if (_isOrdered && given.Any(static argument => argument is ListValue { IsUnordered: true }))
            {
                return UnknownValue.From(result, given);
            }

            for (var at = 0; at < given.Length; at++)
            {
                var input = InputAt(at);
                if (given[at] is NullValue && !input.TakesNull)
                {
                    return Conversion.Error($"argument \"{input.Name}\" of {name} must not be null", result);
                }

                if (!input.TakesError && Conversion.IsError(given[at]))
                {
                    return UnknownValue.From(result, given[at]);
                }
            }

            return needsKnown && given.Any(static argument => !argument.IsWhollyKnown)
                ? UnknownValue.From(result, given)
                : Unordered(given, body(new Arguments(given, place)));
        }

        /// <summary>The input of an argument: the last one takes all that are left.</summary>
        private Input InputAt(int at) => inputs[Math.Min(at, inputs.Length - 1)];
    }

    /// <summary>True for a choice of which one case is an error; what is made of all cases together no longer shows it.</summary>
    private static bool HasError(Value value) => value is ChoiceValue choice && choice.Alternatives.Any(each => Conversion.IsError(each.Value));

    private static bool IsUnknown(Value answer) => answer is UnknownValue || (answer is ChoiceValue choice && choice.Alternatives.Any(each => each.Value is UnknownValue));

    /// <summary>Looks at what is there, not at all that is in it.</summary>
    private static bool MayFail(Value argument) => argument.MayFail || argument switch
    {
        ListValue { Items.Length: <= PartLimit } list => list.Values.Any(value => value.MayFail),
        MapValue { Entries.Length: <= PartLimit } map => map.Entries.Any(entry => entry.Value.MayFail),
        _ => false,
    };

    /// <summary>What is made of elements in any order stands in any order itself.</summary>
    private static Value Unordered(ImmutableArray<Value> arguments, Value answer) =>
        answer is ListValue { IsUnordered: false, Kind: not SequenceKind.Set } list && arguments.Any(IsUnordered)
            ? new ListValue(list.Items, list.Kind, list.ElementType) { OpenBecause = list.OpenBecause, IsUnordered = true }.With(list.Trace)
            : answer;

    private static bool IsUnordered(Value argument) => argument is ListValue { IsUnordered: true } || (argument is ChoiceValue choice && choice.Alternatives.Any(each => IsUnordered(each.Value)));

    private static Value Finish(string name, Call call, Value answer)
    {
        // Whether an expression is an error is no secret.
        var keepsMarks = name != "can";
        var sensitive = answer.IsSensitive;
        Trace? way = null;
        foreach (var argument in call.Arguments)
        {
            // A text made from a list that holds a secret holds the secret; a list keeps the marks of its elements.
            sensitive |= (keepsMarks && argument.IsSensitive) || (answer is TextValue && argument is ListValue or MapValue && argument.Deep().Any(inner => inner.IsSensitive));
            way ??= argument.Trace;
        }

        if (answer.Trace is null && way is not null && call.Place is { } place && answer is not BoolValue)
        {
            answer = answer.With(new Trace(StepKind.Computed, name, place, way));
        }

        return sensitive ? answer.WithSensitive(true) : answer;
    }

    private static FieldType Field(DataType? type) => type switch
    {
        TextType => FieldType.Text,
        NumberType => FieldType.Number,
        BoolType => FieldType.Bool,
        ListType list => FieldType.List(Field(list.Element)),
        SetType set => FieldType.List(Field(set.Element)),
        _ => FieldType.Any,
    };
}
