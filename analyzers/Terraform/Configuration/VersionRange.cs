using System.Globalization;

namespace Analyzer.Terraform.Configuration;

/// <summary>The released versions that a constraint admits: from one version on, up to but without another.</summary>
internal readonly record struct VersionRange(Version From, Version To)
{
    private static readonly Version Last = new(int.MaxValue, 0, 0);

    /// <summary>
    /// Reads a constraint as <c>version</c> has it (<c>~> 20.8, != 20.9.1</c>), or a plain version. Null for one that is not understood, or that nothing can meet.
    /// </summary>
    internal static VersionRange? Parse(string constraint)
    {
        var (from, to) = (new Version(0, 0, 0), Last);
        foreach (var part in constraint.Split(',', StringSplitOptions.TrimEntries))
        {
            var text = part.TrimStart('=', '!', '<', '>', '~');
            var relation = part[..^text.Length];
            if (Numbers(text) is not { } numbers)
            {
                return null;
            }

            var version = Padded(numbers);
            var next = new Version(version.Major, version.Minor, version.Build + 1);
            var (low, high) = relation switch
            {
                "" or "=" => (version, next),
                ">=" => (version, Last),
                ">" => (next, Last),
                "<" => (new Version(0, 0, 0), version),
                "<=" => (new Version(0, 0, 0), next),
                "~>" => (version, numbers.Length switch { 3 => new Version(version.Major, version.Minor + 1, 0), 2 => new Version(version.Major + 1, 0, 0), _ => Last }),

                // What is left out only makes the range smaller.
                "!=" => (new Version(0, 0, 0), Last),
                _ => (Last, Last),
            };
            from = low > from ? low : from;
            to = high < to ? high : to;
        }

        return from < to ? new VersionRange(from, to) : null;
    }

    /// <summary>True if everything that another range admits is admitted here.</summary>
    internal bool Covers(VersionRange other) => From <= other.From && other.To <= To;

    private static int[]? Numbers(string text)
    {
        var parts = text.Trim().Split('.');
        var numbers = new int[parts.Length];
        for (var at = 0; at < parts.Length; at++)
        {
            if (!int.TryParse(parts[at], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[at]) || numbers[at] == int.MaxValue)
            {
                return null;
            }
        }

        return parts.Length <= 3 ? numbers : null;
    }

    private static Version Padded(int[] numbers) =>
        new(numbers[0], numbers.Length > 1 ? numbers[1] : 0, numbers.Length > 2 ? numbers[2] : 0);
}
