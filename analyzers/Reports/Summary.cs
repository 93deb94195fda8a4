using Analyzer.Facts.Text;
using Analyzer.Rules;

namespace Analyzer.Reports;

/// <summary>What one run found out: the input of every report.</summary>
public sealed record Summary
{
    /// <summary>Findings, the worst first, then by place.</summary>
    public required IReadOnlyList<Verdict> Findings { get; init; }

    /// <summary>What could not be decided, by rule and place.</summary>
    public required IReadOnlyList<Verdict> Undecided { get; init; }

    /// <summary>What kept the analyzer from seeing everything.</summary>
    public required IReadOnlyList<Problem> Problems { get; init; }

    /// <summary>Counts of the run.</summary>
    public required Counts Counts { get; init; }

    /// <summary>How many findings have a level.</summary>
    public int CountOf(Level level) => Findings.Count(finding => finding.Level == level);

    /// <summary>The order of findings: by level, then by place.</summary>
    private static readonly IComparer<Verdict> WorstFirst = Comparer<Verdict>.Create(static (one, other) =>
    {
        var order = ((int)other.Level).CompareTo((int)one.Level);
        order = order != 0 ? order : string.CompareOrdinal(one.Primary.Outermost.File.Path, other.Primary.Outermost.File.Path);
        order = order != 0 ? order : one.Primary.Outermost.Start.CompareTo(other.Primary.Outermost.Start);
        order = order != 0 ? order : string.CompareOrdinal(one.Rule.Id, other.Rule.Id);
        return order != 0 ? order : one.Fact.Address.CompareTo(other.Fact.Address);
    });

    /// <summary>Sorts verdicts into a summary: only findings and undecided ones are listed, the rest is counted.</summary>
    public static Summary Of(IReadOnlyList<Verdict> verdicts, int suppressed, IReadOnlyList<Problem> problems, int files, int resources, int facts)
    {
        var findings = verdicts.Where(verdict => verdict.Outcome == Outcome.Fail)
            .Order(WorstFirst)
            .ToList();
        var undecided = verdicts.Where(verdict => verdict.Outcome == Outcome.Undecided)
            .OrderBy(verdict => verdict.Rule.Id, StringComparer.Ordinal)
            .ThenBy(verdict => verdict.Fact.Address)
            .ToList();
        return new Summary
        {
            Findings = findings,
            Undecided = undecided,
            Problems = problems,
            Counts = new Counts
            {
                Files = files,
                Resources = resources,
                Facts = facts,
                Passed = verdicts.Count(verdict => verdict.Outcome == Outcome.Pass),
                Failed = findings.Count,
                Undecided = undecided.Count,
                Suppressed = suppressed,
            },
        };
    }
}

/// <summary>Counts of a run.</summary>
public sealed record Counts
{
    /// <summary>Files that were read.</summary>
    public int Files { get; init; }

    /// <summary>Resources of all languages.</summary>
    public int Resources { get; init; }

    /// <summary>Facts of the model.</summary>
    public int Facts { get; init; }

    /// <summary>Verdicts that passed.</summary>
    public int Passed { get; init; }

    /// <summary>Findings of all levels.</summary>
    public int Failed { get; init; }

    /// <summary>Undecided verdicts.</summary>
    public int Undecided { get; init; }

    /// <summary>Findings that somebody suppressed.</summary>
    public int Suppressed { get; init; }
}
