using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;

namespace Analyzer.Terraform.Evaluation;

/// <summary>Dependencies in the order in which they were found, one for each target; an explicit one before an implicit one.</summary>
internal sealed class DependencySet
{
    private readonly OrderedDictionary<Address, Dependency> _found = [];

    /// <summary>Names that enclosing <c>for</c> expressions bind: they mean no resource.</summary>
    internal Stack<string> Bound { get; } = [];

    internal void Add(Dependency dependency)
    {
        if (!_found.TryGetValue(dependency.Target, out var known))
        {
            _found.Add(dependency.Target, dependency);
        }
        else if (dependency.IsExplicit && !known.IsExplicit)
        {
            _found[dependency.Target] = dependency;
        }
    }

    internal void AddRange(IEnumerable<Dependency> dependencies)
    {
        foreach (var dependency in dependencies)
        {
            Add(dependency);
        }
    }

    /// <summary>Adds what something named waits for; seen from here they are reached through that name, which is written at a place.</summary>
    internal void AddThrough(string name, Span? place, IReadOnlyList<Dependency> dependencies)
    {
        foreach (var dependency in dependencies)
        {
            if (!_found.TryGetValue(dependency.Target, out var known) || (dependency.IsExplicit && !known.IsExplicit))
            {
                Add(dependency with { Place = place ?? dependency.Place, Through = [name, .. dependency.Through] });
            }
        }
    }

    internal IReadOnlyList<Dependency> ToList() => [.. _found.Values];
}
