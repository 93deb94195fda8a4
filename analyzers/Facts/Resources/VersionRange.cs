using System.Globalization;
using Analyzer.Facts.Values;

namespace Analyzer.Facts.Resources;

/// <summary>
/// Versions that constraints allow, as Terraform writes them: <c>>= 3.0, &lt; 5.0</c>, <c>~> 4.2</c>. Only the bounds are kept: what is excluded between them (<c>!=</c>) decides nothing about an order.
/// </summary>
public sealed class VersionRange
{
    private readonly Bound? _lower;
    private readonly Bound? _upper;

    private VersionRange(Bound? lower, Bound? upper)
    {
        _lower = lower;
        _upper = upper;
    }

    /// <summary>All versions.</summary>
    public static VersionRange Any { get; } = new(null, null);

    /// <summary>Reads a constraint. A part that cannot be read allows everything.</summary>
    public static VersionRange Parse(string constraint) =>
        constraint.Split(',').Select(One).Aggregate(Any, (range, next) => range.And(next));

    /// <summary>The versions that both allow.</summary>
    public VersionRange And(VersionRange other) => new(
        Tighter(_lower, other._lower, higher: true),
        Tighter(_upper, other._upper, higher: false));

    /// <summary>True if no version is allowed.</summary>
    public bool IsEmpty => _lower is { } lower && _upper is { } upper && Compare(lower.Version, upper.Version) is var order && (order > 0 || (order == 0 && !(lower.IsIncluded && upper.IsIncluded)));

    /// <summary>True if the newest versions that are allowed here are allowed there.</summary>
    public bool EndsIn(VersionRange other) => !And(other).IsEmpty
        && (other._upper is not { } most || (_upper is { } upper && Compare(upper.Version, most.Version) is var order && (order < 0 || (order == 0 && (most.IsIncluded || !upper.IsIncluded)))));

    /// <summary>Whether the version in use is this one or a newer one.</summary>
    public Truth IsAtLeast(string version)
    {
        if (Parts(version) is not { } wanted)
        {
            return Truth.Unknown;
        }

        return _lower is { } lower && Compare(lower.Version, wanted) >= 0 ? Truth.Yes
            : _upper is { } upper && Compare(upper.Version, wanted) is var order && (order < 0 || (order == 0 && !upper.IsIncluded)) ? Truth.No
            : Truth.Unknown;
    }

    /// <summary>The bounds as a constraint; empty for all versions.</summary>
    public override string ToString()
    {
        var lower = _lower is { } least ? $"{(least.IsIncluded ? ">=" : ">")} {string.Join('.', least.Version)}" : "";
        var upper = _upper is { } most ? $"{(most.IsIncluded ? "<=" : "<")} {string.Join('.', most.Version)}" : "";
        return lower.Length > 0 && upper.Length > 0 ? $"{lower}, {upper}" : lower + upper;
    }

    private static VersionRange One(string constraint)
    {
        var text = constraint.Trim();
        var digits = text.AsSpan().TrimStart("<>=!~ ");
        var sign = text[..^digits.Length].Trim();
        return Parts(digits) is not { } version ? Any : sign switch
        {
            "" or "=" => new VersionRange(new Bound(version, true), new Bound(version, true)),
            ">" => new VersionRange(new Bound(version, false), null),
            ">=" => new VersionRange(new Bound(version, true), null),
            "<" => new VersionRange(null, new Bound(version, false)),
            "<=" => new VersionRange(null, new Bound(version, true)),
            "~>" => new VersionRange(new Bound(version, true), NextOf(version) is { } next ? new Bound(next, false) : null),
            _ => Any,
        };
    }

    /// <summary>What "~>" stays below: the last part that is written may grow, the one before it may not.</summary>
    private static int[]? NextOf(int[] version) => version.Length < 2 ? null : [.. version[..^2], version[^2] + 1];

    /// <summary>The numbers of a version; null for what is none. What follows a hyphen or plus sign tells builds of one version apart.</summary>
    private static int[]? Parts(ReadOnlySpan<char> text)
    {
        text = text.TrimStart('v');
        var end = text.IndexOfAny('-', '+');
        var parts = new List<int>();
        foreach (var part in (end < 0 ? text : text[..end]).Trim().ToString().Split('.'))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            parts.Add(number);
        }

        return [.. parts];
    }

    private static Bound? Tighter(Bound? left, Bound? right, bool higher)
    {
        if (left is not { } mine || right is not { } theirs)
        {
            return left ?? right;
        }

        var order = Compare(mine.Version, theirs.Version);
        return order == 0 ? (mine.IsIncluded ? theirs : mine) : order > 0 == higher ? mine : theirs;
    }

    private static int Compare(int[] left, int[] right)
    {
        for (var at = 0; at < Math.Max(left.Length, right.Length); at++)
        {
            var order = left.ElementAtOrDefault(at).CompareTo(right.ElementAtOrDefault(at));
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    private readonly record struct Bound(int[] Version, bool IsIncluded);
}
