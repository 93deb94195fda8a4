using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Readers.Gcp;

/// <summary>When a condition of Google IAM ends a grant: <c>request.time &lt; timestamp("2027-01-01T00:00:00Z")</c> (cloud.google.com/iam/docs/conditions-overview).</summary>
internal static class GrantEnds
{
    private const string Time = "request.time";
    private const string Stamp = "timestamp(";

    /// <summary>The instant as it is written, from the place of the condition; null where the condition is another, or where that is not seen.</summary>
    internal static Value Of(Value condition)
    {
        if (condition is not TextValue { Known: { } expression } || expression.Contains("||", StringComparison.Ordinal) || expression.AsSpan().ContainsAny('!', '?'))
        {
            return NullValue.Instance;
        }

        // Each part has to hold, so one that ends ends the whole.
        foreach (var part in expression.Split("&&"))
        {
            var words = string.Concat(part.Where(unit => !char.IsWhiteSpace(unit)));
            if (words.StartsWith(Time + "<", StringComparison.Ordinal) && words[(Time.Length + 1)..].TrimStart('=') is var bound
                && bound.StartsWith(Stamp, StringComparison.Ordinal) && bound.EndsWith(')') && bound[Stamp.Length..^1].Trim('"', '\'') is { Length: > 0 } instant && char.IsAsciiDigit(instant[0]))
            {
                return new TextValue(instant).With(condition.Trace);
            }
        }

        return NullValue.Instance;
    }
}
