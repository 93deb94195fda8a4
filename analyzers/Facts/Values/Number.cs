using System.Globalization;
using System.Numerics;

namespace Analyzer.Facts.Values;

/// <summary>
/// A number of the configuration languages. Whole numbers and decimals of up to 28 digits are exact; others are binary with 512 bits, as Terraform computes.
/// One number has one representation, so that equality is equality.
/// </summary>
public readonly record struct Number : IComparable<Number>
{
    /// <summary>Decimal exponents and digits beyond this are refused: a number of nine characters must not need a hundred megabytes.</summary>
    public const int ExponentLimit = 10_000;

    private readonly decimal _value;
    private readonly BinaryReal? _wide;

    private Number(decimal value) => _value = value;

    private Number(BinaryReal wide) => _wide = wide;

    /// <summary>More than every number: what a division by zero gives.</summary>
    public static Number Infinity { get; } = new(new BinaryReal(BigInteger.One, int.MaxValue));

    /// <summary>True for <see cref="Infinity"/> and its negative.</summary>
    public bool IsInfinite => _wide is { Exponent: int.MaxValue };

    /// <summary>A whole number.</summary>
    public static Number Of(long value) => new(value);

    /// <summary>A whole number of any size; null beyond <see cref="ExponentLimit"/> digits.</summary>
    public static Number? Of(BigInteger value) => OfScaled(value, 0);

    /// <summary>A floating point number, by its shortest decimal text; null for not-a-number.</summary>
    public static Number? Of(double value) =>
        double.IsInfinity(value) ? InfinityOf(Math.Sign(value)) : double.IsFinite(value) && TryParse(value.ToString("R", CultureInfo.InvariantCulture), out var number) ? number : null;

    /// <summary>Reads decimal text with optional sign, fraction and exponent; false if it is not a number or beyond <see cref="ExponentLimit"/>.</summary>
    public static bool TryParse(string text, out Number number)
    {
        number = default;
        var at = text.Length > 0 && text[0] is '+' or '-' ? 1 : 0;
        var digits = at;
        var point = -1;
        for (; at < text.Length && (char.IsAsciiDigit(text[at]) || (text[at] == '.' && point < 0)); at++)
        {
            point = text[at] == '.' ? at : point;
        }

        var end = at;
        var exponent = 0;
        if (at < text.Length && (text[at] is not ('e' or 'E')
            || !int.TryParse(text.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent)))
        {
            return false;
        }

        var count = end - digits - (point < 0 ? 0 : 1);
        if (count is < 1 or > ExponentLimit || exponent is < -ExponentLimit or > ExponentLimit)
        {
            return false;
        }

        var scale = (point < 0 ? 0 : end - point - 1) - exponent;
        if (count <= 18 && scale is >= 0 and <= 28)
        {
            var small = 0L;
            for (var index = digits; index < end; index++)
            {
                small = index == point ? small : (small * 10) + (text[index] - '0');
            }

            number = new Number(new decimal((int)small, (int)(small >> 32), 0, text[0] == '-', (byte)scale));
            return true;
        }

        var mantissa = BigInteger.Parse(text.AsSpan(digits, end - digits).ToString().Replace(".", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture);
        var read = OfScaled(text[0] == '-' ? -mantissa : mantissa, scale);
        number = read ?? default;
        return read is not null;
    }

    /// <summary>The number as a whole one, or null.</summary>
    public long? Whole => _wide is null && decimal.Truncate(_value) == _value && _value is >= long.MinValue and <= long.MaxValue ? (long)_value : null;

    /// <summary>The number as a whole one of any size, or null.</summary>
    public BigInteger? WholeBig => IsInfinite ? null : _wide is { } wide ? wide.Whole : decimal.Truncate(_value) == _value ? new BigInteger(_value) : null;

    /// <summary>-1, 0 or 1.</summary>
    public int Sign => _wide is { } wide ? wide.Mantissa.Sign : Math.Sign(_value);

    /// <summary>The nearest double; infinite beyond its range.</summary>
    public double ToDouble() => IsInfinite ? Sign * double.PositiveInfinity : _wide is { } wide ? wide.ToDouble() : (double)_value;

    /// <summary>The number with the other sign.</summary>
    public Number Negate() => _wide is { } wide ? new Number(new BinaryReal(-wide.Mantissa, wide.Exponent)) : new Number(-_value);

    /// <summary>The greatest whole number that is not greater.</summary>
    public Number Floor() => IsInfinite ? this : _wide is { } wide ? Narrow(BinaryReal.Round(wide.Floor(), BigInteger.One)) ?? this : new Number(decimal.Floor(_value));

    /// <summary>The sum; null if it is beyond the limits.</summary>
    public Number? Plus(Number other) => IsInfinite || other.IsInfinite
        ? (IsInfinite && other.IsInfinite && Sign != other.Sign ? null : IsInfinite ? this : other)
        : _wide is null && other._wide is null
        ? Sum(Scaled(_value), Scaled(other._value))
        : Narrow(BinaryReal.Add(Wide(this), Wide(other)));

    /// <summary>The difference; null if it is beyond the limits.</summary>
    public Number? Minus(Number other) => Plus(other.Negate());

    /// <summary>The product; null if it is beyond the limits.</summary>
    public Number? Times(Number other)
    {
        if (IsInfinite || other.IsInfinite)
        {
            return Sign * other.Sign is var sign and not 0 ? InfinityOf(sign) : null;
        }

        if (_wide is not null || other._wide is not null)
        {
            return Narrow(BinaryReal.Multiply(Wide(this), Wide(other)));
        }

        var (left, right) = (Scaled(_value), Scaled(other._value));
        return OfScaled(left.Mantissa * right.Mantissa, left.Scale + right.Scale);
    }

    /// <summary>The quotient; infinite for a divisor of zero, null where nothing is defined.</summary>
    public Number? Over(Number other) =>
        other.Sign == 0 ? (Sign == 0 ? null : InfinityOf(Sign))
        : IsInfinite ? (other.IsInfinite ? null : InfinityOf(Sign * other.Sign))
        : other.IsInfinite ? Of(0L)
        : Narrow(BinaryReal.Divide(Wide(this), Wide(other)));

    /// <summary>The remainder with the sign of this number; a divisor of zero leaves the number as it is.</summary>
    public Number? Modulo(Number other)
    {
        if (other.Sign == 0)
        {
            return this;
        }

        if (IsInfinite || other.IsInfinite)
        {
            // As Terraform has it.
            return Times(other);
        }

        if (_wide is null && other._wide is null)
        {
            return new Number(_value % other._value);
        }

        return Over(other) is { } quotient && (quotient.Sign < 0 ? quotient.Negate().Floor().Negate() : quotient.Floor()).Times(other) is { } whole ? Minus(whole) : null;
    }

    /// <inheritdoc/>
    public int CompareTo(Number other) => IsInfinite || other.IsInfinite
        ? (IsInfinite ? Sign : 0) - (other.IsInfinite ? other.Sign : 0)
        : _wide is null && other._wide is null
        ? _value.CompareTo(other._value)
        : BinaryReal.Add(Wide(this), Wide(other.Negate())).Mantissa.Sign;

    /// <summary>Plain decimal text, never an exponent.</summary>
    public override string ToString() => IsInfinite ? (Sign > 0 ? "+Inf" : "-Inf") : _wide?.ToString() ?? _value.ToString("0.############################", CultureInfo.InvariantCulture);

    private static Number InfinityOf(int sign) => sign > 0 ? Infinity : Infinity.Negate();

    private static Number? Sum((BigInteger Mantissa, int Scale) left, (BigInteger Mantissa, int Scale) right)
    {
        var scale = Math.Max(left.Scale, right.Scale);
        return OfScaled(
            (left.Mantissa * BigInteger.Pow(10, scale - left.Scale)) + (right.Mantissa * BigInteger.Pow(10, scale - right.Scale)), scale);
    }

    private static (BigInteger Mantissa, int Scale) Scaled(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var mantissa = new BigInteger(new decimal(bits[0], bits[1], bits[2], value < 0, 0));
        return (mantissa, (bits[3] >> 16) & 0xFF);
    }

    private static BinaryReal Wide(Number number)
    {
        if (number._wide is { } wide)
        {
            return wide;
        }

        var (mantissa, scale) = Scaled(number._value);
        return BinaryReal.Round(mantissa, BigInteger.Pow(10, scale));
    }

    /// <summary>The number <paramref name="mantissa"/> / 10^<paramref name="scale"/>: exact if it fits, else binary; null beyond the limits.</summary>
    private static Number? OfScaled(BigInteger mantissa, int scale)
    {
        while (scale > 0 && !mantissa.IsZero && BigInteger.DivRem(mantissa, 10, out var rest) is var shorter && rest.IsZero)
        {
            mantissa = shorter;
            scale--;
        }

        if (mantissa.IsZero)
        {
            return Of(0L);
        }

        if (scale is < 0 and >= -28)
        {
            mantissa *= BigInteger.Pow(10, -scale);
            scale = 0;
        }

        if (scale is >= 0 and <= 28 && BigInteger.Abs(mantissa) is var size && size.GetBitLength() <= 93)
        {
            var whole = (decimal)size;
            Span<int> bits = stackalloc int[4];
            decimal.GetBits(whole, bits);
            return new Number(new decimal(bits[0], bits[1], bits[2], mantissa.Sign < 0, (byte)scale));
        }

        var wide = scale >= 0
            ? BinaryReal.Round(mantissa, BigInteger.Pow(10, scale))
            : BinaryReal.Round(mantissa * BigInteger.Pow(10, -scale), BigInteger.One);
        return wide.IsBeyond(ExponentLimit) ? null : new Number(wide);
    }

    /// <summary>The one representation of a binary number: decimal if its shortest text fits.</summary>
    private static Number? Narrow(BinaryReal wide)
    {
        if (wide.IsBeyond(ExponentLimit))
        {
            return null;
        }

        var (digits, scale) = wide.Shortest();
        return BigInteger.Abs(digits).GetBitLength() <= 93 ? OfScaled(digits, scale) : new Number(wide);
    }
}
