using Analyzer.Facts.Text;

namespace Analyzer.Rules;

/// <summary>
/// Comments that suppress findings: <c># pullpath:ignore RULE [RULE...] reason</c>, also with <c>//</c>, behind the code of a line or on lines of their own directly above it.
/// They count on the line of the place to edit and on the header line of the declaration.
/// </summary>
public static class Suppressions
{
    private static ReadOnlySpan<byte> Marker => "pullpath:ignore"u8;

    /// <summary>Splits findings; what is not a finding is kept.</summary>
    public static (IReadOnlyList<Verdict> Kept, IReadOnlyList<Verdict> Suppressed) Apply(IReadOnlyList<Verdict> verdicts)
    {
        var kept = new List<Verdict>(verdicts.Count);
        var suppressed = new List<Verdict>();
        foreach (var verdict in verdicts)
        {
            (verdict.Outcome == Outcome.Fail && IsSuppressed(verdict) ? suppressed : kept).Add(verdict);
        }

        return (kept, suppressed);
    }

    /// <summary>A comment on the place to edit speaks for all facts of the finding, one on a declaration for that fact alone.</summary>
    private static bool IsSuppressed(Verdict verdict) =>
        Names(verdict.Primary, verdict.Rule.Id) || verdict.Also.Prepend(verdict.Fact).All(fact => Names(fact.Place, verdict.Rule.Id));

    private static bool Names(Span place, string rule)
    {
        if (place.File is null)
        {
            return false;
        }

        var outer = place.Outermost;
        var (line, _) = outer.File.LineOf(outer.Start);
        if (Names(LineOf(outer.File, line), rule))
        {
            return true;
        }

        for (var above = line - 1; above >= 1; above--)
        {
            var text = LineOf(outer.File, above);
            if (!IsComment(text))
            {
                return false;
            }

            if (Names(text, rule))
            {
                return true;
            }
        }

        return false;
    }

    private static ReadOnlySpan<byte> LineOf(SourceFile file, int line)
    {
        var (start, length) = file.Line(line);
        return file.Bytes.Span.Slice(start, length);
    }

    private static bool IsComment(ReadOnlySpan<byte> line)
    {
        var text = line.TrimStart(" \t"u8);
        return text.StartsWith("#"u8) || text.StartsWith("//"u8);
    }

    /// <summary>Whether a comment in the line names the rule, before its reason.</summary>
    private static bool Names(ReadOnlySpan<byte> line, string rule)
    {
        var found = line.IndexOf(Marker);
        if (found < 0)
        {
            return false;
        }

        var before = line[..found].TrimEnd(" \t"u8);
        if (!before.EndsWith("#"u8) && !before.EndsWith("//"u8))
        {
            return false;
        }

        var rest = line[(found + Marker.Length)..];
        while (true)
        {
            rest = rest.TrimStart(" \t,"u8);
            var length = rest.IndexOfAny(" \t,"u8);
            var word = length < 0 ? rest : rest[..length];
            if (!IsRuleName(word))
            {
                return false;
            }

            if (word.Length == rule.Length && Matches(word, rule))
            {
                return true;
            }

            rest = rest[word.Length..];
        }
    }

    /// <summary>Names of rules have a hyphen and no capitals; the first word that is none begins the reason.</summary>
    private static bool IsRuleName(ReadOnlySpan<byte> word) => word.Contains((byte)'-') && !word.ContainsAnyInRange((byte)'A', (byte)'Z');

    private static bool Matches(ReadOnlySpan<byte> word, string rule)
    {
        for (var at = 0; at < word.Length; at++)
        {
            if (word[at] != rule[at])
            {
                return false;
            }
        }

        return true;
    }
}
