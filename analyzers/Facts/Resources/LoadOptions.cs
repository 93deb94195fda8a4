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

    /// <summary>When true, only those defaults count as unknown that conditions of templates ask about: every scenario that the conditions allow is read, not only the preferred one.</summary>
    public bool DoubtSwitches { get; init; }

    /// <summary>Conditions of templates that are taken for decided; everything that a template declares then exists under the condition only.</summary>
    public IReadOnlyDictionary<string, AssumedCondition> Assumed { get; init; } = new Dictionary<string, AssumedCondition>();

    /// <summary>Values that whoever calls the analyzer gives to variables of root modules. Later ones win, except that the environment is weaker than every file.</summary>
    public IReadOnlyList<VariableInput> Variables { get; init; } = [];

    /// <summary>Paths of Terraform plans in JSON, relative to the analysed root: what they say of a root replaces what its sources say.</summary>
    public IReadOnlyList<string> Plans { get; init; } = [];

    /// <summary>
    /// Renders a chart, named by its folder, where the user asks for that; null otherwise, and charts stay unseen. It is the only thing that lets something of the repository run.
    /// </summary>
    public Func<string, RenderedChart>? RenderChart { get; init; }

    /// <summary>How many files or roots may be worked on at once.</summary>
    public int Parallelism { get; init; } = Environment.ProcessorCount;
}

/// <summary>A condition that is taken for decided.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Holds">Whether it holds.</param>
public sealed record AssumedCondition(string Name, bool Holds);

/// <summary>A value, or a file of values, for variables of root modules.</summary>
/// <param name="Source">Where it is from.</param>
/// <param name="Name">The variable; for a file the environment that is judged, or empty.</param>
/// <param name="Text">
/// The value as text, or the path of the file, relative to the analysed root. A file is for the root module in whose folder it lies; one that lies in none is for all.
/// </param>
public sealed record VariableInput(VariableSource Source, string Name, string Text);

/// <summary>Where a value for a variable is from.</summary>
public enum VariableSource
{
    /// <summary>The environment: <c>TF_VAR_name</c>.</summary>
    Environment,

    /// <summary>The command line: <c>name=value</c>.</summary>
    CommandLine,

    /// <summary>A file named on the command line.</summary>
    File,
}

/// <summary>Collects problems from several threads; answers them in a stable order.</summary>
public sealed class ProblemLog
{
    private readonly ConcurrentBag<Problem> _problems = [];

    /// <summary>Notes a problem.</summary>
    public void Add(Problem problem) => _problems.Add(problem);

    /// <summary>All problems, each once, by place and code.</summary>
    public IReadOnlyList<Problem> Sorted() => [.. _problems.Distinct().Order(ByPlace)];

    private static readonly IComparer<Problem> ByPlace = Comparer<Problem>.Create(static (one, other) =>
    {
        var order = string.CompareOrdinal(one.Place?.Outermost.File.Path ?? "", other.Place?.Outermost.File.Path ?? "");
        order = order != 0 ? order : (one.Place?.Outermost.Start ?? 0).CompareTo(other.Place?.Outermost.Start ?? 0);
        order = order != 0 ? order : string.CompareOrdinal(one.Code, other.Code);
        return order != 0 ? order : string.CompareOrdinal(one.Message, other.Message);
    });
}
