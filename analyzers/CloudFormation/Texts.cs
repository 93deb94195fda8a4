using Analyzer.Facts.Values;

namespace Analyzer.CloudFormation;

/// <summary>Scalars of templates are texts: CloudFormation does not tell 2 from "2" or true from "true".</summary>
internal static class Texts
{
    /// <summary>A scalar as text with the same trace; null for what is no scalar.</summary>
    internal static TextValue? Of(Value? value) => value switch
    {
        TextValue text => text,
        NumberValue number => (TextValue)new TextValue(number.Number.ToString()).With(number.Trace),
        BoolValue flag => (TextValue)new TextValue(flag.Value ? "true" : "false").With(flag.Trace),
        _ => null,
    };

    /// <summary>A scalar as text; anything else as it is.</summary>
    internal static Value Textual(Value value) => Of(value) ?? value;

    /// <summary>A known whole number, written as a number or as text.</summary>
    internal static int? Whole(Value value) =>
        Of(value)?.Known is { } text && int.TryParse(text, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;
}
