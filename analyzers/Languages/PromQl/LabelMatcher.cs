using Analyzer.Facts.Values;
using Analyzer.Languages.Functions;

namespace Analyzer.Languages.PromQl;

/// <summary>How a matcher compares.</summary>
public enum MatchKind : byte
{
    /// <summary><c>=</c></summary>
    Equal,

    /// <summary><c>!=</c></summary>
    NotEqual,

    /// <summary><c>=~</c>: the whole value matches a pattern of RE2.</summary>
    Matches,

    /// <summary><c>!~</c></summary>
    NotMatches,
}

/// <summary>One condition on a label: <c>reason!="CrashLoopBackOff"</c>. The name of the metric is the label <c>__name__</c>.</summary>
/// <param name="Label">The label.</param>
/// <param name="Kind">How it compares.</param>
/// <param name="Operand">The text or pattern; placeholders of templating tools stand in it as they are written.</param>
public sealed record LabelMatcher(string Label, MatchKind Kind, string Operand)
{
    /// <summary>The label that holds the name of the metric.</summary>
    public const string Name = "__name__";

    private static readonly string[] Placeholders = ["${", "$(", "{{", "<%"];

    /// <summary>True where it says which values it wants, not which it does not.</summary>
    public bool IsPositive => Kind is MatchKind.Equal or MatchKind.Matches;

    /// <summary>Whether part of the operand is not known.</summary>
    public bool HasHoles => Operand.Contains(PromQlParser.Hole, StringComparison.Ordinal) || Array.Exists(Placeholders, mark => Operand.Contains(mark, StringComparison.Ordinal));

    /// <summary>Whether a value of the label passes.</summary>
    public Truth Admits(string value)
    {
        if (HasHoles)
        {
            return Truth.Unknown;
        }

        var isIt = Kind is MatchKind.Equal or MatchKind.NotEqual ? Kleene.Of(Operand == value) : IsMatch(value);
        return IsPositive ? isIt : isIt.Not();
    }

    /// <summary>The texts a pattern of plain alternatives stands for (<c>(A|B)</c>), or the operand of a comparison; null for any other pattern.</summary>
    public IReadOnlyList<string>? Words()
    {
        if (HasHoles)
        {
            return null;
        }

        if (Kind is MatchKind.Equal or MatchKind.NotEqual)
        {
            return [Operand];
        }

        var inner = Operand.AsSpan();
        while (inner.Length > 1 && inner[0] == '(' && inner[^1] == ')')
        {
            inner = inner[1..^1];
        }

        inner = inner.StartsWith("?:", StringComparison.Ordinal) ? inner[2..] : inner;
        inner = inner.StartsWith('^') ? inner[1..] : inner;
        inner = inner.EndsWith('$') ? inner[..^1] : inner;
        foreach (var unit in inner)
        {
            if (!char.IsAsciiLetterOrDigit(unit) && unit is not ('|' or '_' or '-' or ' ' or '/'))
            {
                return null;
            }
        }

        return inner.ToString().Split('|');
    }

    private Truth IsMatch(string value) => Operand is ".*" ? Truth.Yes
        : Operand is ".+" ? Kleene.Of(value.Length > 0)
        : Words() is { } words ? Kleene.Of(words.Contains(value, StringComparer.Ordinal))
        : PatternFunctions.IsWhole(value, Operand);
}
