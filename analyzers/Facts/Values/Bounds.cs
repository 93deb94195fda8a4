namespace Analyzer.Facts.Values;

/// <summary>Between which numbers something lies, both included; null where it has no end.</summary>
/// <param name="Least">It is not less than this.</param>
/// <param name="Most">It is not more than this.</param>
public sealed record Bounds(Number? Least, Number? Most)
{
    /// <summary>Between two whole numbers.</summary>
    public static Bounds Between(long? least, long? most) => new(least is { } low ? Number.Of(low) : null, most is { } high ? Number.Of(high) : null);

    /// <summary>What lies between both.</summary>
    public Bounds And(Bounds other) => new(
        Least is not { } low || other.Least is not { } otherLow ? Least ?? other.Least : low.CompareTo(otherLow) > 0 ? low : otherLow,
        Most is not { } high || other.Most is not { } otherHigh ? Most ?? other.Most : high.CompareTo(otherHigh) < 0 ? high : otherHigh);

    /// <summary>What lies between either and whatever lies between them.</summary>
    public Bounds Or(Bounds other) => new(
        Least is not { } low || other.Least is not { } otherLow ? null : low.CompareTo(otherLow) < 0 ? low : otherLow,
        Most is not { } high || other.Most is not { } otherHigh ? null : high.CompareTo(otherHigh) > 0 ? high : otherHigh);

    /// <summary>Whether something between these is less than something between others.</summary>
    public Truth IsLess(Bounds other) =>
        Most is { } high && other.Least is { } otherLow && high.CompareTo(otherLow) < 0 ? Truth.Yes
        : Least is { } low && other.Most is { } otherHigh && low.CompareTo(otherHigh) >= 0 ? Truth.No
        : Truth.Unknown;

    /// <summary>False if a number certainly lies elsewhere.</summary>
    public bool MayBe(Number number) => !(Least is { } low && number.CompareTo(low) < 0) && !(Most is { } high && number.CompareTo(high) > 0);
}
