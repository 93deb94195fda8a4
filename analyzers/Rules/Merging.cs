using Analyzer.Facts.Text;

namespace Analyzer.Rules;

/// <summary>One finding per place to edit.</summary>
internal static class Merging
{
    private const int NameLimit = 5;

    /// <summary>
    /// Joins the findings of one rule that have one place to edit: the worst of them speaks, the first of equals, and names the others. Everything else stays as it is.
    /// </summary>
    internal static IReadOnlyList<Verdict> ByPlace(IReadOnlyList<Verdict> verdicts)
    {
        var groups = new Dictionary<Span, List<Verdict>>();
        foreach (var verdict in verdicts)
        {
            if (verdict.Outcome == Outcome.Fail)
            {
                if (!groups.TryGetValue(verdict.Primary, out var group))
                {
                    groups.Add(verdict.Primary, group = []);
                }

                group.Add(verdict);
            }
        }

        var merged = new List<Verdict>(verdicts.Count);
        foreach (var verdict in verdicts)
        {
            if (verdict.Outcome != Outcome.Fail)
            {
                merged.Add(verdict);
            }
            else if (groups.Remove(verdict.Primary, out var group))
            {
                merged.Add(One(group));
            }
        }

        return merged;
    }

    private static Verdict One(List<Verdict> group)
    {
        if (group is [var only])
        {
            return only;
        }

        var speaker = group.MaxBy(verdict => verdict.Level)!;
        var others = group.Where(verdict => verdict != speaker).ToList();
        var names = others.Select(verdict => verdict.Fact.Address.Path).Where(name => name != speaker.Fact.Address.Path).Distinct(StringComparer.Ordinal).ToList();
        var more = names.Count == 0 ? "" : $" (and {names.Count} more: {string.Join(", ", names.Take(NameLimit))}{(names.Count > NameLimit ? ", ..." : "")})";
        return speaker with
        {
            Message = speaker.Message + more,
            Also = [.. others.Select(verdict => verdict.Fact)],
            Related = [.. group.SelectMany(verdict => verdict.Related).DistinctBy(related => related.Place)],
        };
    }
}
