using System.Globalization;
using System.Numerics;
using System.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Operations;

namespace Analyzer.Languages.Functions;

/// <summary>The verbs of <c>format</c>. What is not known of an argument becomes a hole.</summary>
internal static class Formatting
{
    private const int WidthLimit = 1024;

    /// <summary>The text, or an error.</summary>
    internal static Value Format(string format, IReadOnlyList<Value> arguments)
    {
        var parts = new List<TextPart>();
        var next = 0;
        var used = 0;
        var at = 0;
        while (at < format.Length)
        {
            var percent = format.IndexOf('%', at);
            if (percent < 0)
            {
                break;
            }

            parts.Add(new TextPart(format[at..percent]));
            at = percent + 1;
            if (at < format.Length && format[at] == '%')
            {
                parts.Add(new TextPart("%"));
                at++;
                continue;
            }

            if (Verb.Read(format, ref at) is not { } verb)
            {
                return Conversion.Error($"unrecognized format verb at offset {percent}", DataType.Text);
            }

            var index = verb.Argument ?? next;
            next = index + 1;
            used = Math.Max(used, next);
            if (index < 0 || index >= arguments.Count)
            {
                return Conversion.Error($"not enough arguments for the verb at offset {percent}", DataType.Text);
            }

            if (arguments[index] is NullValue && verb.Letter != 'v')
            {
                return arguments[index].Type is DynamicType ? NullValue.Instance : Unsupported(verb);
            }

            var piece = Piece(verb, arguments[index]);
            if (piece is not TextValue text)
            {
                return piece;
            }

            parts.AddRange(text.Parts);
        }

        parts.Add(new TextPart(format[at..]));
        return used < arguments.Count ? Conversion.Error("too many arguments for the format", DataType.Text) : Holes.Join(parts);
    }

    private static Value Piece(Verb verb, Value argument)
    {
        if (Conversion.IsError(argument))
        {
            return UnknownValue.From(DataType.Text, argument);
        }

        switch (verb.Letter)
        {
            case 'v' when argument is ListValue or MapValue or NullValue || verb.HasSharp:
                return Padded(verb, JsonText.Encode(argument));
            case 'v' when argument is UnknownValue { Type: not (TextType or NumberType or BoolType or DynamicType) }:
                return Padded(verb, Holes.Of(UnknownValue.From(DataType.Text, argument)));
            case 'v' when argument is NumberValue { Number: { IsInfinite: false } plain }:
                return Padded(verb, new TextValue((plain.Sign < 0 ? "-" : "") + Shortest(plain.Sign < 0 ? plain.Negate() : plain, 21)));
            case 's' or 'v':
                return Conversion.ToText(argument) is var text && Conversion.IsError(text) ? Unsupported(verb) : Padded(verb, Cut(verb, Holes.Of(text)));
            case 'q':
                return Conversion.ToText(argument) is var quoted && Conversion.IsError(quoted) ? Unsupported(verb) : Padded(verb, JsonText.Encode(quoted));
            case 't':
                return Conversion.To(argument, DataType.Bool) switch
                {
                    BoolValue known => Padded(verb, new TextValue(known.Value ? "true" : "false")),
                    var other => Conversion.IsError(other) ? Unsupported(verb) : Holes.Of(other),
                };
            default:
                return Conversion.To(argument, DataType.Number) switch
                {
                    NumberValue known => Numeric(verb, known.Number) is { } digits ? Padded(verb, new TextValue(digits)) : Unsupported(verb),
                    var other when Conversion.IsError(other) => Unsupported(verb),
                    var other when verb is { Letter: 'd', Width: 0, HasPlus: false, HasBlank: false } => Holes.Of(other),
                    var other => Holes.Of(UnknownValue.From(DataType.Text, other)),
                };
        }
    }

    private static UnknownValue Unsupported(Verb verb) => Conversion.Error($"unsupported value for the verb %{verb.Letter}", DataType.Text);

    /// <summary>No more characters than the precision of the verb.</summary>
    private static TextValue Cut(Verb verb, TextValue text) => verb.Precision is not { } most ? text
        : text.Known is { } known ? new TextValue(string.Concat(TextFunctions.Characters(known).Take(most)))
        : Holes.Of(UnknownValue.From(DataType.Text, text));

    private static TextValue Padded(Verb verb, TextValue text)
    {
        if (verb.Width == 0)
        {
            return text;
        }

        if (text.Known is not { } known)
        {
            return Holes.Of(UnknownValue.From(DataType.Text, text));
        }

        var missing = verb.Width - TextFunctions.Characters(known).Count();
        if (missing <= 0)
        {
            return text;
        }

        if (verb.IsLeft)
        {
            return new TextValue(known + new string(' ', missing));
        }

        var sign = verb.HasZero && known.Length > 0 && known[0] is '-' or '+' ? 1 : 0;
        return new TextValue(verb.HasZero ? known[..sign] + new string('0', missing) + known[sign..] : new string(' ', missing) + known);
    }

    private static string? Numeric(Verb verb, Number number)
    {
        var size = number.Sign < 0 ? number.Negate() : number;
        var sign = number.Sign < 0 ? "-" : verb.HasPlus ? "+" : verb.HasBlank ? " " : "";
        var digits = verb.Letter switch
        {
            'd' => size.WholeBig?.ToString(CultureInfo.InvariantCulture),
            'b' => size.WholeBig is { } whole ? InBase(whole, 2) : null,
            'o' => size.WholeBig is { } whole ? InBase(whole, 8) : null,
            'x' => size.WholeBig is { } whole ? InBase(whole, 16) : null,
            'X' => size.WholeBig is { } whole ? InBase(whole, 16).ToUpperInvariant() : null,
            'f' or 'F' => Fixed(size, verb.Precision ?? 6),
            'e' => Scientific(size.ToDouble(), verb.Precision ?? 6),
            'E' => Scientific(size.ToDouble(), verb.Precision ?? 6).ToUpperInvariant(),
            'g' => General(size, verb.Precision),
            'G' => General(size, verb.Precision).ToUpperInvariant(),
            _ => null,
        };
        var mark = !verb.HasSharp ? "" : verb.Letter switch { 'b' => "0b", 'o' => "0", 'x' => "0x", 'X' => "0X", _ => "" };
        return digits is null ? null : sign + mark + (mark.Length > 0 && verb is { HasZero: true, IsLeft: false } ? digits.PadLeft(Math.Max(0, verb.Width - sign.Length - mark.Length), '0') : digits);
    }

    /// <summary>Digits of a whole number in a base up to 62.</summary>
    internal static string InBase(BigInteger number, int radix)
    {
        if (number.IsZero)
        {
            return "0";
        }

        var digits = new StringBuilder();
        for (; !number.IsZero; number /= radix)
        {
            digits.Insert(0, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"[(int)(number % radix)]);
        }

        return digits.ToString();
    }

    /// <summary>Fixed point, a half rounded to even.</summary>
    private static string? Fixed(Number size, int precision)
    {
        if (size.Times(Number.Of(BigInteger.Pow(10, precision))!.Value) is not { } scaled || scaled.Floor() is not { WholeBig: { } whole } floor)
        {
            return null;
        }

        var half = scaled.Minus(floor)!.Value.CompareTo(Number.Of(1).Over(Number.Of(2))!.Value);
        whole += half > 0 || (half == 0 && !whole.IsEven) ? 1 : 0;
        var digits = whole.ToString(CultureInfo.InvariantCulture).PadLeft(precision + 1, '0');
        return precision == 0 ? digits : digits.Insert(digits.Length - precision, ".");
    }

    private static string Scientific(double size, int precision) =>
        size.ToString(precision == 0 ? "0e+00" : $"0.{new string('0', precision)}e+00", CultureInfo.InvariantCulture);

    private static string General(Number size, int? precision)
    {
        var value = size.ToDouble();
        var exponent = value == 0 ? 0 : (int)Math.Floor(Math.Log10(value));
        if (precision is { } digits)
        {
            digits = Math.Max(1, digits);
            return exponent < -4 || exponent >= digits
                ? value.ToString($"0.{new string('#', digits - 1)}e+00", CultureInfo.InvariantCulture)
                : value.ToString($"0.{new string('#', Math.Max(0, digits - 1 - exponent))}", CultureInfo.InvariantCulture);
        }

        return Shortest(size, 6);
    }

    /// <summary>As few digits as say the number, with an exponent where there are so many before the point, or more than four zeros behind it.</summary>
    private static string Shortest(Number size, int longest)
    {
        var plain = size.ToString();
        var point = plain.IndexOf('.', StringComparison.Ordinal);
        var digits = plain.Replace(".", "", StringComparison.Ordinal);
        var first = digits.AsSpan().IndexOfAnyExcept('0');
        var exponent = first < 0 ? 0 : (point < 0 ? plain.Length : point) - 1 - first;
        if (exponent >= -4 && exponent < longest)
        {
            return plain;
        }

        var mantissa = digits[first..].TrimEnd('0');
        return string.Create(CultureInfo.InvariantCulture, $"{mantissa[0]}{(mantissa.Length > 1 ? "." : "")}{mantissa[1..]}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
    }

    /// <summary>One verb with its flags: <c>%[2]-08.3f</c>.</summary>
    private sealed record Verb(char Letter, int? Argument, int Width, int? Precision)
    {
        internal bool IsLeft { get; private init; }

        internal bool HasZero { get; private init; }

        internal bool HasPlus { get; private init; }

        internal bool HasBlank { get; private init; }

        internal bool HasSharp { get; private init; }

        internal static Verb? Read(string format, ref int at)
        {
            var argument = Argument1(format, ref at);
            var flags = at;
            while (at < format.Length && format[at] is '+' or '-' or '#' or ' ' or '0')
            {
                at++;
            }

            var given = format[flags..at];
            var width = Digits(format, ref at) ?? 0;
            int? precision = null;
            if (at < format.Length && format[at] == '.')
            {
                at++;
                precision = Digits(format, ref at) ?? 0;
            }

            argument ??= Argument1(format, ref at);
            if (at >= format.Length || !"vtbdoxXeEfFgGsq".Contains(format[at], StringComparison.Ordinal) || width > WidthLimit || precision > WidthLimit)
            {
                return null;
            }

            return new Verb(format[at++], argument - 1, width, precision)
            {
                IsLeft = given.Contains('-', StringComparison.Ordinal),
                HasZero = given.Contains('0', StringComparison.Ordinal),
                HasPlus = given.Contains('+', StringComparison.Ordinal),
                HasBlank = given.Contains(' ', StringComparison.Ordinal),
                HasSharp = given.Contains('#', StringComparison.Ordinal),
            };
        }

        private static int? Argument1(string format, ref int at)
        {
            if (at >= format.Length || format[at] != '[')
            {
                return null;
            }

            at++;
            var number = Digits(format, ref at) ?? 0;
            at += at < format.Length && format[at] == ']' ? 1 : 0;
            return number;
        }

        private static int? Digits(string format, ref int at)
        {
            var start = at;
            while (at < format.Length && char.IsAsciiDigit(format[at]))
            {
                at++;
            }

            return at == start ? null : int.TryParse(format.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;
        }
    }
}
