using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Aws.Policies;

/// <summary>Matches ARNs. Everything a deployment names is in one partition, so where one side does not tell its partition, it is the other's.</summary>
internal static class Arns
{
    private const string Start = "arn:";

    /// <summary>Whether a pattern matches an ARN.</summary>
    internal static Truth Match(TextValue pattern, TextValue arn, Holes holes)
    {
        if (!IsPartitionOpen(pattern) && !IsPartitionOpen(arn))
        {
            return Pattern.Match(pattern, arn, holes);
        }

        // Most statements of a policy are about another service.
        return Pattern.Differ(BehindPartition(pattern), BehindPartition(arn)) ? Truth.No : Pattern.Match(WithoutPartition(pattern), WithoutPartition(arn), holes);
    }

    private static bool IsPartitionOpen(TextValue text) =>
        text.Known is null && text.Parts is [{ Literal: Start }, { Hole: not null }, { Literal: { } rest }, ..] && rest.StartsWith(':');

    /// <summary>What is known from the colon behind the partition on; nothing where that is not known.</summary>
    private static ReadOnlySpan<char> BehindPartition(TextValue text) =>
        IsPartitionOpen(text) ? text.Parts[2].Literal : EndOfPartition(text) is >= 0 and var end ? text.Prefix.AsSpan(end) : default;

    private static TextValue WithoutPartition(TextValue text)
    {
        if (IsPartitionOpen(text))
        {
            return TextValue.Of([new TextPart(Start), .. text.Parts.Skip(2)]);
        }

        return EndOfPartition(text) is not (>= 0 and var end) ? text
            : text.Known is { } known ? new TextValue(Start + known[end..])
            : TextValue.Of([new TextPart(Start + text.Prefix[end..]), .. text.Parts.Skip(1)]);
    }

    private static int EndOfPartition(TextValue text) => text.Prefix.StartsWith(Start, StringComparison.Ordinal) ? text.Prefix.IndexOf(':', Start.Length) : -1;
}
