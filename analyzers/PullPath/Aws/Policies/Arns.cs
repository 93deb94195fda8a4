using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Aws.Policies;

/// <summary>Matches ARNs. Everything a deployment names is in one partition, so where one side does not tell its partition, it is the other's.</summary>
internal static class Arns
{
    private const string Start = "arn:";

    /// <summary>Whether a pattern matches an ARN.</summary>
    internal static Truth Match(TextValue pattern, TextValue arn, Holes holes) => IsPartitionOpen(pattern) || IsPartitionOpen(arn)
        ? Pattern.Match(WithoutPartition(pattern), WithoutPartition(arn), holes)
        : Pattern.Match(pattern, arn, holes);

    private static bool IsPartitionOpen(TextValue text) =>
        text.Parts is [{ Literal: Start }, { Hole: not null }, { Literal: { } rest }, ..] && rest.StartsWith(':');

    private static TextValue WithoutPartition(TextValue text)
    {
        if (IsPartitionOpen(text))
        {
            return TextValue.Of([new TextPart(Start), .. text.Parts.Skip(2)]);
        }

        var end = text.Prefix.StartsWith(Start, StringComparison.Ordinal) ? text.Prefix.IndexOf(':', Start.Length) : -1;
        return end < 0 ? text : TextValue.Of([new TextPart(Start + text.Prefix[end..]), .. text.Parts.Skip(1)]);
    }
}
