namespace Analyzer.PullPath.Aws.Policies;

/// <summary>The partitions of AWS, as the second part of an ARN names them.</summary>
internal static class Partitions
{
    /// <summary>The partition of a region; null for what does not look like a region, and for the isolated and sovereign ones, which have partitions of their own.</summary>
    internal static string? Of(string region) => region switch
    {
        _ when region.StartsWith("cn-", StringComparison.Ordinal) => "aws-cn",
        _ when region.StartsWith("us-gov-", StringComparison.Ordinal) => "aws-us-gov",
        _ when region.Length > 8 && !region.Contains("iso", StringComparison.Ordinal) && char.IsAsciiDigit(region[^1]) && !region.StartsWith("eusc", StringComparison.Ordinal) => "aws",
        _ => null,
    };
}
