using System.Globalization;

namespace Analyzer.PullPath.Readers;

/// <summary>Durations as Go writes them: <c>90s</c>, <c>5m</c>, <c>1h30m</c>; and as Prometheus does, with days and weeks.</summary>
internal static class Durations
{
    /// <summary>Whole seconds, rounded down; null for text that is no duration or longer than a year.</summary>
    internal static long? Seconds(string text)
    {
        var (milliseconds, at) = (0m, 0);
        while (at < text.Length)
        {
            var start = at;
            while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] == '.'))
            {
                at++;
            }

            if (start == at || !decimal.TryParse(text.AsSpan(start, at - start), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            var unit = at;
            while (at < text.Length && char.IsAsciiLetter(text[at]))
            {
                at++;
            }

            var factor = text[unit..at] switch { "ms" => 1m, "s" => 1000m, "m" => 60_000m, "h" => 3_600_000m, "d" => 86_400_000m, "w" => 604_800_000m, _ => 0m };
            if (factor == 0 || number > 366 * 24 * 3600)
            {
                return null;
            }

            milliseconds += number * factor;
        }

        return text.Length == 0 || milliseconds > 366m * 24 * 3_600_000 ? null : (long)(milliseconds / 1000);
    }
}
