using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;

namespace Analyzer.Terraform.Plans;

/// <summary>
/// The resources of a plan, with what the sources say of them: the plan knows what will be, the sources know where it is written and what refers to what. What the sources
/// declare and the plan does not have will not be there; a module whose files are missing is seen all the same.
/// </summary>
internal sealed class PlanJoin
{
    private readonly PlanFile _plan;
    private readonly string _scope;
    private readonly Dictionary<string, Resource> _exact = new(StringComparer.Ordinal);
    private readonly ILookup<string, Resource> _byBlock;
    private readonly List<(string Module, Span Place)> _calls;

    /// <summary>Joins a plan with what was evaluated of the sources; nothing where there are none.</summary>
    internal PlanJoin(PlanFile plan, string scope, IReadOnlyList<Resource> sources, IReadOnlyList<Gap> gaps)
    {
        _plan = plan;
        _scope = scope;
        foreach (var resource in sources)
        {
            _exact.TryAdd(resource.Address.Path, resource);
        }

        _byBlock = sources.ToLookup(resource => resource.Address.WithoutKeys.Path, StringComparer.Ordinal);
        _calls = [.. gaps.Select(gap => (gap.Address.WithoutKeys.Path + ".", gap.Place))];
    }

    /// <summary>The resources.</summary>
    internal IReadOnlyList<Resource> Resources() => [.. _plan.Resources(_scope).Select(Join)];

    private Resource Join(PlannedResource planned)
    {
        var source = SourceOf(planned.Address.Path);
        var place = source?.Place ?? CallOf(planned.Address.Path) ?? planned.Place;
        return new Resource
        {
            Address = planned.Address,
            Type = planned.Type,
            Name = planned.Name,
            Language = Language.Terraform,
            IsData = planned.IsData,
            Body = source is null ? planned.Values : (MapValue)PlanValues.Joined(planned.Values, source.Body),
            Place = place,
            Whole = source?.Whole ?? place,
            Dependencies = source?.Dependencies ?? _plan.Configuration.Dependencies(planned),
            Provider = source?.Provider ?? _plan.Configuration.Provider(planned),
            Module = planned.Module,
            IgnoredChanges = source?.IgnoredChanges ?? [],
            Meta = source?.Meta,
        };
    }

    /// <summary>The declaration of an instance: itself, or the only one that the sources could not tell from its siblings.</summary>
    private Resource? SourceOf(string address) =>
        _exact.TryGetValue(address, out var exact) ? exact
        : _byBlock[Address.PathWithoutKeys(address)].Take(2).ToList() is [var only] ? only
        : null;

    private Span? CallOf(string address)
    {
        var path = Address.PathWithoutKeys(address);
        foreach (var (module, place) in _calls)
        {
            if (path.StartsWith(module, StringComparison.Ordinal))
            {
                return place;
            }
        }

        return null;
    }
}
