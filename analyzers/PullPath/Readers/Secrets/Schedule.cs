using System.Globalization;

namespace Analyzer.PullPath.Readers.Secrets;

/// <summary>A schedule as CronJobs have it: minutes, hours, days of the month, months and days of the week; or a word such as <c>@daily</c>.</summary>
public static class Schedule
{
    private const int MinutesOfDay = 24 * 60;

    /// <summary>Days that are looked at: from one leap day to beyond the next.</summary>
    private const int Days = 5 * 366;

    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] Weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    /// <summary>The longest time between two runs in seconds; null for what is no schedule or never comes.</summary>
    public static long? LongestGap(string text)
    {
        var fields = Words(text.Trim()).Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (fields is ["@every", var duration])
        {
            return Durations.Seconds(duration);
        }

        if (fields.Length != 5 || Read(fields[0], 0, 59, []) is not { } minutes || Read(fields[1], 0, 23, []) is not { } hours || Read(fields[2], 1, 31, []) is not { } days
            || Read(fields[3], 1, 12, Months) is not { } months || Read(fields[4], 0, 7, Weekdays) is not { } weekdays)
        {
            return null;
        }

        var times = (from hour in hours from minute in minutes select (hour * 60) + minute).Order().ToList();
        var anyDay = fields[2] is "*" or "?";
        var anyWeekday = fields[4] is "*" or "?";
        var longest = times.Zip(times.Skip(1), (one, next) => next - one).DefaultIfEmpty(0).Max();
        int? last = null;
        var day = new DateOnly(2028, 1, 1);
        for (var number = 0; number < Days; number++, day = day.AddDays(1))
        {
            var (onDay, onWeekday) = (days.Contains(day.Day), weekdays.Contains((int)day.DayOfWeek) || (day.DayOfWeek == DayOfWeek.Sunday && weekdays.Contains(7)));

            // Where both are limited, either is enough.
            if (months.Contains(day.Month) && (anyDay || anyWeekday ? onDay && onWeekday : onDay || onWeekday))
            {
                longest = last is { } before ? Math.Max(longest, (number * MinutesOfDay) + times[0] - before) : longest;
                last = (number * MinutesOfDay) + times[^1];
            }
        }

        return last is null ? null : longest * 60L;
    }

    private static string Words(string text) => text switch
    {
        "@yearly" or "@annually" => "0 0 1 1 *",
        "@monthly" => "0 0 1 * *",
        "@weekly" => "0 0 * * 0",
        "@daily" or "@midnight" => "0 0 * * *",
        "@hourly" => "0 * * * *",
        _ => text,
    };

    /// <summary>The values of a field: lists of ranges with steps; null for what is none.</summary>
    private static HashSet<int>? Read(string field, int least, int most, string[] names)
    {
        var values = new HashSet<int>();
        foreach (var part in field.Split(','))
        {
            var slash = part.IndexOf('/', StringComparison.Ordinal);
            var range = slash < 0 ? part : part[..slash];
            var step = 1;
            if (slash >= 0 && (!int.TryParse(part.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out step) || step == 0))
            {
                return null;
            }

            var dash = range.IndexOf('-', StringComparison.Ordinal);
            var isAll = range is "*" or "?";
            var start = isAll ? least : One(dash < 0 ? range : range[..dash]);
            var end = isAll || (dash < 0 && slash >= 0) ? most : dash < 0 ? start : One(range[(dash + 1)..]);
            if (start is not { } from || end is not { } to || from < least || to > most || from > to)
            {
                return null;
            }

            for (var value = from; value <= to; value += step)
            {
                values.Add(value);
            }
        }

        return values;

        int? One(string word) =>
            int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : Array.FindIndex(names, name => name.Equals(word, StringComparison.OrdinalIgnoreCase)) is >= 0 and var at ? at + least
            : null;
    }
}
