using System.Collections.Immutable;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;

namespace Analyzer.CloudFormation;

/// <summary>What the templates of a repository declare, each that is deployed by itself apart from the others, and what they leave open under the values that were taken.</summary>
public sealed class LoadedTemplates
{
    private readonly IReadOnlyList<Gap> _gaps;
    private readonly OrderedDictionary<string, LoadedTemplate> _templates;
    private readonly ILookup<string, string> _importers;

    internal LoadedTemplates(IReadOnlyList<Gap> gaps, OrderedDictionary<string, LoadedTemplate> templates, IReadOnlySet<string> switched, ILookup<string, string> importers)
    {
        (_gaps, _templates, Switched, _importers) = (gaps, templates, switched, importers);
        Undecided = templates.Where(each => each.Value.Undecided.Count > 0).ToDictionary(each => each.Key, each => each.Value.Undecided, StringComparer.Ordinal);
    }

    /// <summary>
    /// Paths of templates of which the default of a parameter was taken that conditions ask about: <see cref="LoadOptions.DoubtSwitches"/> would show what else there may be.
    /// </summary>
    public IReadOnlySet<string> Switched { get; }

    /// <summary>Conditions that may hold or not, by the path of the template.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<UndecidedCondition>> Undecided { get; }

    /// <summary>Templates, and those that import what they export, directly or through others.</summary>
    public IReadOnlySet<string> WithImporters(IEnumerable<string> paths)
    {
        var all = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Stack<string>(paths);
        while (pending.TryPop(out var path))
        {
            if (all.Add(path))
            {
                foreach (var importer in _importers[path])
                {
                    pending.Push(importer);
                }
            }
        }

        return all;
    }

    /// <summary>Adds everything to an inventory, in the order of the paths.</summary>
    public void AddTo(Inventory inventory)
    {
        foreach (var gap in _gaps)
        {
            inventory.Add(gap);
        }

        foreach (var template in _templates.Values)
        {
            inventory.Add(template.Declared);
        }
    }

    /// <summary>What some templates declare.</summary>
    public Inventory Only(IReadOnlySet<string> paths)
    {
        var inventory = new Inventory();
        foreach (var (path, template) in _templates)
        {
            if (paths.Contains(path))
            {
                inventory.Add(template.Declared);
            }
        }

        return inventory;
    }

    /// <summary>The <see cref="Address.Scope"/>s of everything that some templates declare.</summary>
    public IReadOnlySet<string> ScopesOf(IEnumerable<string> paths) =>
        paths.SelectMany(path => Find(path)?.Declared.Resources.Select(resource => resource.Address.Scope).Prepend(path) ?? [path]).ToHashSet(StringComparer.Ordinal);

    internal LoadedTemplate? Find(string path) => _templates.GetValueOrDefault(path);

    internal IEnumerable<(string Exporter, string Importer)> Imports => _importers.SelectMany(each => each.Select(importer => (each.Key, importer)));
}

/// <summary>One template that is deployed by itself, with those that it nests.</summary>
/// <param name="Declared">Its resources and gaps.</param>
/// <param name="Undecided">Its conditions that may hold or not.</param>
internal sealed record LoadedTemplate(Inventory Declared, IReadOnlyList<UndecidedCondition> Undecided);

/// <summary>A condition that may hold or not.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Causes">What would have to be known; some of it, where there is much: at most <see cref="Cause.Limit"/>.</param>
public sealed record UndecidedCondition(string Name, ImmutableArray<Cause> Causes);
