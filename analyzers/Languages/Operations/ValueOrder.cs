using Analyzer.Facts.Values;

namespace Analyzer.Languages.Operations;

/// <summary>The order of sets and <c>sort</c>: booleans, numbers by value, text by code point; everything else is equal, so that a stable sort leaves it.</summary>
internal sealed class ValueOrder : IComparer<Value>
{
    internal static readonly ValueOrder Instance = new();

    /// <inheritdoc/>
    public int Compare(Value? x, Value? y) => (x, y) switch
    {
        (TextValue { Known: { } a }, TextValue { Known: { } b }) => Texts(a, b),
        (NumberValue a, NumberValue b) => a.Number.CompareTo(b.Number),
        (BoolValue a, BoolValue b) => a.Value.CompareTo(b.Value),
        _ => Rank(x).CompareTo(Rank(y)),
    };

    /// <summary>By code point, which differs from UTF-16 only where surrogates meet characters behind them.</summary>
    internal static int Texts(string left, string right)
    {
        var shared = left.AsSpan().CommonPrefixLength(right);
        if (shared == left.Length || shared == right.Length)
        {
            return left.Length.CompareTo(right.Length);
        }

        var (a, b) = (left[shared], right[shared]);
        return char.IsSurrogate(a) != char.IsSurrogate(b) ? char.IsSurrogate(a).CompareTo(char.IsSurrogate(b)) : a.CompareTo(b);
    }

    private static int Rank(Value? value) => value switch
    {
        BoolValue => 0,
        NumberValue => 1,
        TextValue { Known: not null } => 2,
        _ => 3,
    };
}

/// <summary>Text by code point: the order of keys.</summary>
internal sealed class TextOrder : IComparer<string>
{
    internal static readonly TextOrder Instance = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y) => ValueOrder.Texts(x ?? "", y ?? "");
}
