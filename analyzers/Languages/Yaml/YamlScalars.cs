using System.Globalization;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Names;

namespace Analyzer.Languages.Yaml;

/// <summary>What a plain scalar means under each of the <see cref="ScalarRules"/>.</summary>
internal static class YamlScalars
{
    /// <summary>The value of a plain scalar; text if it looks like nothing else.</summary>
    internal static Value Resolve(string text, ScalarRules rules, Span place)
    {
        if (text.Length == 0)
        {
            return NullValue.Instance.WrittenAt(place);
        }

        if (Word(text, rules) is { } word)
        {
            return word.WrittenAt(place);
        }

        if (MayBeNumber(text, rules))
        {
            if (rules == ScalarRules.Terraform && Timestamp(text) is { } timestamp)
            {
                return new TextValue(timestamp) { Written = place };
            }

            if (ParseNumber(text, rules) is { } number)
            {
                return new NumberValue(number) { Written = place };
            }
        }

        return new TextValue(NameTable.Get(text)) { Written = place };
    }

    /// <summary>True for a plain scalar that is certainly the text that is written.</summary>
    internal static bool IsText(string text, ScalarRules rules) => text.Length > 0 && Word(text, rules) is null && !MayBeNumber(text, rules);

    private static bool MayBeNumber(string text, ScalarRules rules) => rules != ScalarRules.Text && text[0] is (>= '0' and <= '9') or '+' or '-' or '.';

    private static Value? Word(string text, ScalarRules rules) => text switch
    {
        "~" or "null" or "Null" or "NULL" => NullValue.Instance,
        "true" or "True" or "TRUE" => BoolValue.True,
        "false" or "False" or "FALSE" => BoolValue.False,
        _ when rules == ScalarRules.Text => null,
        "y" or "Y" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" => BoolValue.True,
        "n" or "N" or "no" or "No" or "NO" or "off" or "Off" or "OFF" => BoolValue.False,
        _ => null,
    };

    private static Number? ParseNumber(string text, ScalarRules rules)
    {
        if (rules == ScalarRules.Terraform && text is ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF" or "-.inf" or "-.Inf" or "-.INF")
        {
            return text[0] == '-' ? Number.Infinity.Negate() : Number.Infinity;
        }

        var plain = rules == ScalarRules.Kubernetes && text.Contains('_', StringComparison.Ordinal) ? text.Replace("_", "", StringComparison.Ordinal) : text;
        var at = plain.Length > 0 && plain[0] is '+' or '-' ? 1 : 0;
        if (plain.Length > at + 1 && plain[at] == '0')
        {
            var whole = plain[at + 1] switch
            {
                'x' or 'X' => Whole(plain.AsSpan(at + 2), 16),
                'o' or 'O' => Whole(plain.AsSpan(at + 2), 8),
                'b' or 'B' => Whole(plain.AsSpan(at + 2), 2),
                _ when rules == ScalarRules.Kubernetes => Whole(plain.AsSpan(at + 1), 8),
                _ => null,
            };
            if (whole is { } found)
            {
                return Number.TryParse((plain[0] == '-' ? "-" : "") + found.ToString(CultureInfo.InvariantCulture), out var based) ? based : null;
            }
        }

        return IsDecimal(plain.AsSpan(at)) && Number.TryParse(plain[0] == '+' ? plain[1..] : plain, out var number) ? number : null;
    }

    /// <summary>Digits of a base up to 64 bits; null if it has others or too many.</summary>
    private static ulong? Whole(ReadOnlySpan<char> digits, uint radix)
    {
        if (digits.Length == 0)
        {
            return null;
        }

        var result = UInt128.Zero;
        foreach (var each in digits)
        {
            var digit = char.IsAsciiHexDigit(each) ? (uint)Convert.ToInt32(each.ToString(), 16) : radix;
            result = result * radix + digit;
            if (digit >= radix || result > ulong.MaxValue)
            {
                return null;
            }
        }

        return (ulong)result;
    }

    /// <summary>Digits with an optional fraction and exponent, or a fraction alone.</summary>
    private static bool IsDecimal(ReadOnlySpan<char> text)
    {
        var at = Digits(text, 0);
        var whole = at;
        if (at < text.Length && text[at] == '.')
        {
            var fraction = Digits(text, at + 1);
            if (whole == 0 && fraction == at + 1)
            {
                return false;
            }

            at = fraction;
        }
        else if (whole == 0)
        {
            return false;
        }

        if (at < text.Length && text[at] is 'e' or 'E')
        {
            at++;
            at += at < text.Length && text[at] is '+' or '-' ? 1 : 0;
            var exponent = Digits(text, at);
            // A commit id such as 1234e567 is text for every reader: its exponent is out of range.
            return exponent == text.Length && exponent > at && exponent - at <= 3 && int.Parse(text[at..], CultureInfo.InvariantCulture) <= 308;
        }

        return at == text.Length;
    }

    private static int Digits(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return at;
    }

    /// <summary>RFC 3339 text of a date, or of a date with a time, as the YAML readers of Go accept them; null if it is none.</summary>
    private static string? Timestamp(string text)
    {
        if (text.Length < 8 || text[4] != '-' || Digits(text, 0) != 4)
        {
            return null;
        }

        if (DateTime.TryParseExact(text, "yyyy-M-d", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        }

        if (DateTime.TryParseExact(text, "yyyy-M-d H:m:s.FFFFFFF", CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment))
        {
            return moment.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        }

        var upper = text.Replace('t', 'T');
        if (!DateTimeOffset.TryParseExact(upper, "yyyy-M-d'T'H:m:s.FFFFFFFK", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var zoned)
            || !(upper.EndsWith('Z') || (upper.Length > 6 && upper[^6] is '+' or '-')))
        {
            return null;
        }

        return zoned.ToString(zoned.Offset == TimeSpan.Zero ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
    }
}
