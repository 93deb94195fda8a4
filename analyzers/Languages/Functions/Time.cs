using System.Globalization;
using System.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Operations;
using static Analyzer.Languages.Functions.Definition;
using static Analyzer.Languages.Functions.Input;

namespace Analyzer.Languages.Functions;

/// <summary>Functions of dates and durations. What the clock decides is unknown.</summary>
internal static class TimeFunctions
{
    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    internal static IEnumerable<Function> All =>
    [
        OfKnown("formatdate", DataType.Text, "A timestamp in another format.", FormatDate, Text("format"), Text("time")),
        OfKnown("timeadd", DataType.Text, "A timestamp some time later.", Add, Text("timestamp"), Text("duration")),
        OfKnown("timecmp", DataType.Number, "-1, 0 or 1 for a timestamp before, at or after another.", Compare, Text("timestamp_a"), Text("timestamp_b")),
        Of("timestamp", DataType.Text, "The time when it is applied: unknown.", _ => Clock("timestamp")),
        Of("plantimestamp", DataType.Text, "The time when it is planned: unknown.", _ => Clock("plantimestamp")),
    ];

    private static UnknownValue Clock(string name) => new(UnknownReason.Computed, $"{name}() is the clock", type: DataType.Text) { IsNotNull = true };

    private static DateTimeOffset? Parse(string text) =>
        DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            && (text.EndsWith('Z') || text.Length > 19 && text[^6] is '+' or '-' && text[^3] == ':') ? time : null;

    private static UnknownValue NoTime(string text, DataType type) => Conversion.Error($"\"{Conversion.Shortened(text)}\" is not an RFC 3339 timestamp", type);

    private static Value Compare(Arguments call) => Parse(call.Known(0)) is not { } left ? NoTime(call.Known(0), DataType.Number)
        : Parse(call.Known(1)) is not { } right ? NoTime(call.Known(1), DataType.Number)
        : NumberValue.Of(Math.Sign(left.CompareTo(right)));

    private static Value Add(Arguments call)
    {
        if (Parse(call.Known(0)) is not { } time)
        {
            return NoTime(call.Known(0), DataType.Text);
        }

        if (Duration(call.Known(1)) is not { } duration)
        {
            return Conversion.Error($"\"{Conversion.Shortened(call.Known(1))}\" is not a duration", DataType.Text);
        }

        try
        {
            var later = time.Add(duration);
            var text = later.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
            return new TextValue(text + (call.Known(0).EndsWith('Z') ? "Z" : Zone(later, ":")));
        }
        catch (ArgumentOutOfRangeException)
        {
            return Conversion.Error("the time is out of range", DataType.Text);
        }
    }

    private static string Zone(DateTimeOffset time, string colon) =>
        string.Create(CultureInfo.InvariantCulture, $"{(time.Offset < TimeSpan.Zero ? '-' : '+')}{time.Offset:hh}{colon}{time.Offset:mm}");

    /// <summary>A duration such as <c>-1h30m</c>, <c>1.5s</c>, <c>300ms</c>; null if it is none.</summary>
    private static TimeSpan? Duration(string text)
    {
        var at = text.Length > 0 && text[0] is '-' or '+' ? 1 : 0;
        if (text[at..] == "0")
        {
            return TimeSpan.Zero;
        }

        var ticks = 0m;
        if (at == text.Length)
        {
            return null;
        }

        while (at < text.Length)
        {
            var start = at;
            while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] == '.'))
            {
                at++;
            }

            if (at - start > 20 || !decimal.TryParse(text.AsSpan(start, at - start), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
            {
                return null;
            }

            var unit = at;
            while (at < text.Length && !char.IsAsciiDigit(text[at]) && text[at] != '.')
            {
                at++;
            }

            var size = text[unit..at] switch
            {
                "ns" => 0.01m,
                "us" or "µs" or "μs" => 10m,
                "ms" => TimeSpan.TicksPerMillisecond,
                "s" => TimeSpan.TicksPerSecond,
                "m" => TimeSpan.TicksPerMinute,
                "h" => TimeSpan.TicksPerHour,
                _ => 0m,
            };
            if (size == 0 || amount > 1e7m * TimeSpan.TicksPerHour / size)
            {
                return null;
            }

            ticks += amount * size;
        }

        return Math.Abs(ticks) > long.MaxValue / 2 ? null : TimeSpan.FromTicks((long)ticks * (text[0] == '-' ? -1 : 1));
    }

    private static Value FormatDate(Arguments call)
    {
        if (Parse(call.Known(1)) is not { } time)
        {
            return NoTime(call.Known(1), DataType.Text);
        }

        var format = call.Known(0);
        var text = new StringBuilder();
        for (var at = 0; at < format.Length;)
        {
            if (format[at] == '\'')
            {
                var closed = false;
                for (at++; at < format.Length; at++)
                {
                    if (format[at] != '\'')
                    {
                        text.Append(format[at]);
                    }
                    else if (at + 1 < format.Length && format[at + 1] == '\'')
                    {
                        text.Append(format[at++]);
                    }
                    else
                    {
                        closed = true;
                        at++;
                        break;
                    }
                }

                if (!closed)
                {
                    return Conversion.Error("a quoted part of the date format has no end", DataType.Text);
                }

                continue;
            }

            var length = 1;
            while (at + length < format.Length && format[at + length] == format[at])
            {
                length++;
            }

            var letters = format.Substring(at, length);
            if (!char.IsAsciiLetter(letters[0]))
            {
                text.Append(letters);
            }
            else if (Part(letters, time) is { } part)
            {
                text.Append(part);
            }
            else
            {
                return Conversion.Error($"\"{letters}\" is not a part of a date format", DataType.Text);
            }

            at += length;
        }

        return new TextValue(text.ToString());
    }

    private static string? Part(string letters, DateTimeOffset time)
    {
        var standard = letters switch
        {
            "YYYY" => "yyyy",
            "YY" => "yy",
            "MMMM" or "MMM" or "MM" => letters,
            "M" => "%M",
            "DD" => "dd",
            "D" => "%d",
            "EEEE" => "dddd",
            "EEE" => "ddd",
            "hh" => "HH",
            "h" => "%H",
            "HH" => "hh",
            "H" => "%h",
            "AA" => "tt",
            "mm" => "mm",
            "m" => "%m",
            "ss" => "ss",
            "s" => "%s",
            _ => null,
        };
        return standard is not null ? time.ToString(standard, CultureInfo.InvariantCulture) : letters switch
        {
            "aa" => time.Hour < 12 ? "am" : "pm",
            "ZZZZZ" => Zone(time, ":"),
            "ZZZZ" => Zone(time, ""),
            "ZZZ" => time.Offset == TimeSpan.Zero ? "UTC" : Zone(time, ""),
            "Z" => time.Offset == TimeSpan.Zero ? "Z" : Zone(time, ":"),
            _ => null,
        };
    }
}
