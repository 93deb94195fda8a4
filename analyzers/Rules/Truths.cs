using Analyzer.Facts.Values;
using Analyzer.Languages.Operations;

namespace Analyzer.Rules;

/// <summary>Values as answers of conditions.</summary>
internal static class Truths
{
    /// <summary>
    /// Yes or No for a boolean (or a text that Terraform converts to one), for a choice whose alternatives all say the same; else Unknown. Null is no answer.
    /// </summary>
    internal static Truth Of(Value value) => value switch
    {
        BoolValue known => Kleene.Of(known.Value),
        ChoiceValue choice => choice.Same(Of),
        TextValue text when Conversion.To(text, DataType.Bool) is BoolValue converted => Kleene.Of(converted.Value),
        _ => Truth.Unknown,
    };

    /// <summary>Why a value is no answer.</summary>
    internal static IEnumerable<Cause> Causes(Value value, string what) => value switch
    {
        UnknownValue or ChoiceValue => Cause.Of(value),
        NullValue => [new Cause(UnknownReason.Error, $"{what} is null", null, null)],
        TextValue { Known: null } => Cause.Of(value),
        _ => [new Cause(UnknownReason.Error, $"{what} is neither true nor false", null, null)],
    };
}
