using System.Text;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Json;

namespace Analyzer.PullPath.Aws.Policies;

/// <summary>Turns policy documents as they are written into values.</summary>
public static class PolicyText
{
    /// <summary>
    /// The document of a written value: a map as it is (CloudFormation), text by what it encodes (<c>jsonencode</c>, <c>aws_iam_policy_document</c>), JSON text parsed, null as null.
    /// Text that cannot be read is unknown. The way of the value stays its way.
    /// </summary>
    /// <param name="written">The written value.</param>
    /// <param name="what">What it should be, for the reason why it is unknown.</param>
    public static Value Decode(Value written, string what = "a policy document that is") => written switch
    {
        TextValue { Content: { Format: "json", Content: var content } } => content.Trace is null ? content.With(written.Trace) : content,
        TextValue { Known: { } json } => Parse(json, written, what),
        TextValue text => HoleTolerantJson.Read(text).With(text.Trace),
        ChoiceValue choice => ChoiceValue.Of(choice.Alternatives.Select(alternative => alternative with { Value = Decode(alternative.Value.Trace is null ? alternative.Value.With(choice.Trace) : alternative.Value, what) })),
        _ => written,
    };

    private static Value Parse(string json, Value written, string what)
    {
        var place = written.Trace?.Made.Place;
        SourceFile source = place is { File: not null } span
            ? new EmbeddedText(span, Encoding.UTF8.GetBytes(json), [])
            : SourceFile.FromText("", json);
        var problems = new ProblemLog();
        return JsonReader.Read(source, problems) is { } value and not TextValue
            ? value
            : new UnknownValue(UnknownReason.Error, $"{what} not JSON", place);
    }
}
