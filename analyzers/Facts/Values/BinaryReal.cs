using System.Globalization;
using System.Numerics;

namespace Analyzer.Facts.Values;

/// <summary>
/// A binary floating point number of 512 bits, rounded to nearest even: mantissa x 2^exponent. The mantissa is odd, or the number is zero, so that
/// equal numbers are equal records.
/// </summary>
internal sealed record BinaryReal(BigInteger Mantissa, int Exponent)
{
    private const int Precision = 512;
    private static readonly BinaryReal Zero = new(BigInteger.Zero, 0);

    /// <summary>The number nearest to a fraction.</summary>
    public static BinaryReal Round(BigInteger numerator, BigInteger denominator)
    {
        if (numerator.IsZero)
        {
            return Zero;
        }

        // Shift so that the quotient has at least two bits more than are kept; the remainder decides ties.
        var shift = Precision + 2 - (int)(BigInteger.Abs(numerator).GetBitLength() - denominator.GetBitLength());
        var quotient = shift >= 0
            ? BigInteger.DivRem(BigInteger.Abs(numerator) << shift, denominator, out var rest)
            : BigInteger.DivRem(BigInteger.Abs(numerator), denominator << -shift, out rest);
        var surplus = (int)quotient.GetBitLength() - Precision;
        var kept = quotient >> surplus;
        var lost = quotient - (kept << surplus);
        var half = BigInteger.One << (surplus - 1);
        if (lost > half || (lost == half && (!rest.IsZero || !kept.IsEven)))
        {
            kept += 1;
        }

        var zeros = (int)TrailingZeros(kept);
        return new BinaryReal((kept >> zeros) * numerator.Sign, surplus - shift + zeros);
    }

    /// <summary>The sum.</summary>
    public static BinaryReal Add(BinaryReal left, BinaryReal right)
    {
        var exponent = Math.Min(left.Exponent, right.Exponent);
        return Scale((left.Mantissa << (left.Exponent - exponent)) + (right.Mantissa << (right.Exponent - exponent)), exponent);
    }

    /// <summary>The product.</summary>
    public static BinaryReal Multiply(BinaryReal left, BinaryReal right) => Scale(left.Mantissa * right.Mantissa, left.Exponent + right.Exponent);

    /// <summary>The quotient; the divisor must not be zero.</summary>
    public static BinaryReal Divide(BinaryReal left, BinaryReal right)
    {
        var quotient = Round(left.Mantissa * right.Mantissa.Sign, BigInteger.Abs(right.Mantissa));
        return quotient.Mantissa.IsZero ? quotient : quotient with { Exponent = quotient.Exponent + left.Exponent - right.Exponent };
    }

    /// <summary>The number as a whole one, or null.</summary>
    public BigInteger? Whole => Exponent >= 0 ? Mantissa << Exponent : null;

    /// <summary>The greatest whole number that is not greater.</summary>
    public BigInteger Floor() => Exponent >= 0 ? Mantissa << Exponent : Mantissa >> -Exponent;

    /// <summary>True if the decimal exponent is beyond a limit.</summary>
    public bool IsBeyond(int decimalExponent) =>
        !Mantissa.IsZero && Math.Abs(Exponent + (double)BigInteger.Abs(Mantissa).GetBitLength()) * 0.30103 > decimalExponent;

    /// <summary>The nearest double.</summary>
    public double ToDouble() => double.Parse(ToString(), CultureInfo.InvariantCulture);

    /// <summary>The fewest decimal digits that read back as this number: digits / 10^scale.</summary>
    public (BigInteger Digits, int Scale) Shortest()
    {
        if (Mantissa.IsZero)
        {
            return (BigInteger.Zero, 0);
        }

        // Digits before the point count too, so the scale starts below zero for large numbers. More digits never fit worse, so bisect.
        var magnitude = (int)Math.Ceiling((Exponent + (double)BigInteger.Abs(Mantissa).GetBitLength()) * 0.30103);
        var (low, high) = (-magnitude, 160 - magnitude);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (Equals(Read(RoundedAt(middle), middle)))
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return (RoundedAt(low), low);
    }

    /// <summary>Plain decimal text.</summary>
    public override string ToString()
    {
        var (digits, scale) = Shortest();
        var text = BigInteger.Abs(digits).ToString(CultureInfo.InvariantCulture);
        text = scale <= 0
            ? text + new string('0', -scale)
            : text.PadLeft(scale + 1, '0').Insert(Math.Max(text.Length, scale + 1) - scale, ".");
        return digits.Sign < 0 ? "-" + text : text;
    }

    private static BinaryReal Read(BigInteger digits, int scale) => scale >= 0
        ? Round(digits, BigInteger.Pow(10, scale))
        : Round(digits * BigInteger.Pow(10, -scale), BigInteger.One);

    private static BinaryReal Scale(BigInteger mantissa, int exponent)
    {
        var rounded = Round(mantissa, BigInteger.One);
        return rounded.Mantissa.IsZero ? rounded : rounded with { Exponent = rounded.Exponent + exponent };
    }

    private static long TrailingZeros(BigInteger value)
    {
        var zeros = 0L;
        foreach (var unit in value.ToByteArray())
        {
            if (unit != 0)
            {
                return zeros + BitOperations.TrailingZeroCount(unit);
            }

            zeros += 8;
        }

        return zeros;
    }

    /// <summary>This number times 10^scale, rounded half away from zero.</summary>
    private BigInteger RoundedAt(int scale)
    {
        var (numerator, denominator) = (BigInteger.Abs(Mantissa), BigInteger.One);
        (numerator, denominator) = Exponent >= 0 ? (numerator << Exponent, denominator) : (numerator, denominator << -Exponent);
        (numerator, denominator) = scale >= 0 ? (numerator * BigInteger.Pow(10, scale), denominator) : (numerator, denominator * BigInteger.Pow(10, -scale));
        return ((numerator * 2) + denominator) / (denominator * 2) * Mantissa.Sign;
    }
}
