using System.Globalization;

namespace Analyzer.Facts.Values;

/// <summary>A number of the configuration languages: exact for whole numbers and decimals.</summary>
public readonly record struct Number : IComparable<Number>
{
    private readonly decimal _value;

    private Number(decimal value) => _value = value;

    /// <summary>A whole number.</summary>
    public static Number Of(long value) => new(value);

    /// <summary>Reads decimal text with optional fraction and exponent; false if it is not a number.</summary>
    public static bool TryParse(string text, out Number number)
    {
        var read = decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value);
        number = new Number(value);
        return read;
    }

    /// <summary>The number as a whole one, or null.</summary>
    public long? Whole => decimal.Truncate(_value) == _value && _value is >= long.MinValue and <= long.MaxValue ? (long)_value : null;

    /// <inheritdoc/>
    public int CompareTo(Number other) => _value.CompareTo(other._value);

    /// <summary>Plain decimal text, never an exponent.</summary>
    public override string ToString() => _value.ToString("0.############################", CultureInfo.InvariantCulture);
}
