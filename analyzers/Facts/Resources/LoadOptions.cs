using System.Collections.Concurrent;
using Analyzer.Facts.Text;

namespace Analyzer.Facts.Resources;

/// <summary>How front ends read a repository.</summary>
public sealed record LoadOptions
{
    /// <summary>
    /// When true, defaults of root variables and template parameters count as unknown. A finding that is still proven then rests on no default; one that is not is a warning
    /// instead of an error, because a caller may override the default.
    /// </summary>
    public bool DoubtDefaults { get; init; }

    /// <summary>How many files or roots may be worked on at once.</summary>
    public int Parallelism { get; init; } = Environment.ProcessorCount;
}

/// <summary>Collects problems from several threads; answers them in a stable order.</summary>
public sealed class ProblemLog
{
    private readonly ConcurrentBag<Problem> _problems = [];

    /// <summary>Notes a problem.</summary>
    public void Add(Problem problem) => _problems.Add(problem);

    /// <summary>All problems, each once, by place and code.</summary>
    public IReadOnlyList<Problem> Sorted() =>
    [
        .. _problems.Distinct()
            .OrderBy(problem => problem.Place?.Outermost.File.Path ?? "", StringComparer.Ordinal)
            .ThenBy(problem => problem.Place?.Outermost.Start ?? 0)
            .ThenBy(problem => problem.Code, StringComparer.Ordinal)
            .ThenBy(problem => problem.Message, StringComparer.Ordinal),
    ];
}
