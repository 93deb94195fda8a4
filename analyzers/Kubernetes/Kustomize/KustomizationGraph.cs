using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;

namespace Analyzer.Kubernetes.Kustomize;

/// <summary>Which kustomizations of a repository take in which, and so which of them may change the objects of a file.</summary>
internal sealed class KustomizationGraph
{
    private const int ChainLimit = 32;
    private const int DepthLimit = 32;

    private readonly Dictionary<string, Kustomization> _byFolder = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(Kustomization By, bool AsComponent)>> _includers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Kustomization>> _direct = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ManifestSet> _sets = new(StringComparer.Ordinal);

    internal KustomizationGraph(FileTree files, IEnumerable<Kustomization> kustomizations)
    {
        foreach (var each in kustomizations.OrderBy(each => each.Folder, StringComparer.Ordinal))
        {
            _byFolder.TryAdd(each.Folder, each);
        }

        var paths = _byFolder.Count == 0 ? [] : new HashSet<string>(files.Paths, StringComparer.Ordinal);
        foreach (var each in _byFolder.Values)
        {
            each.Resolve(_byFolder.ContainsKey, paths.Contains);
            foreach (var file in each.Files)
            {
                Append(_direct, file, each);
            }

            foreach (var folder in each.Bases)
            {
                Append(_includers, folder, (each, false));
            }

            foreach (var folder in each.Components)
            {
                Append(_includers, folder, (each, true));
            }
        }
    }

    /// <summary>The set a file belongs to: of the kustomization that takes it in, or of its folder.</summary>
    internal ManifestSet SetOf(string path)
    {
        var folder = path.LastIndexOf('/') is > 0 and var slash ? path[..slash] : "";
        if (!_direct.TryGetValue(path, out var direct))
        {
            return new ManifestSet(folder, folder, [folder], [], []);
        }

        var key = string.Join('\n', direct.Select(each => each.Folder));
        if (!_sets.TryGetValue(key, out var set))
        {
            _sets.Add(key, set = Walk(direct));
        }

        return set;
    }

    /// <summary>Says what the kustomizations take in and nobody can see.</summary>
    internal void Report(Inventory inventory, ProblemLog problems)
    {
        foreach (var each in _byFolder.Values)
        {
            foreach (var (place, reason) in each.Unseen)
            {
                problems.Add(new Problem("base-not-seen", $"Not everything of this kustomization is seen: {reason}.", place));
                inventory.Add(new Gap { Address = new Address(each.Folder, $"{each.File.Path[(each.File.Path.LastIndexOf('/') + 1)..]}:{place.StartPosition.Line}"), Place = place, Reason = reason });
            }
        }
    }

    private ManifestSet Walk(List<Kustomization> direct)
    {
        var chains = new List<Kustomization[]>();
        var sets = new SortedSet<string>(StringComparer.Ordinal);
        var roots = new SortedSet<string>(StringComparer.Ordinal);
        var complete = true;
        foreach (var each in direct)
        {
            Climb(each, [], except: null);
        }

        return new ManifestSet(direct[0].Folder, string.Join('|', roots), [.. sets], [.. sets.Select(folder => _byFolder[folder]).Where(each => each.Transforms)], complete ? chains : null);

        void Climb(Kustomization at, List<Kustomization> before, Kustomization? except)
        {
            sets.Add(at.Folder);
            if (chains.Count >= ChainLimit || before.Count >= DepthLimit)
            {
                complete = false;
                return;
            }

            var chain = new List<Kustomization>(before);
            Append(at, except, chain, []);
            var isRoot = true;
            foreach (var (by, asComponent) in _includers.GetValueOrDefault(at.Folder) ?? [])
            {
                // A cycle of kustomizations builds nothing.
                if (!before.Contains(by) && by != at)
                {
                    isRoot = false;
                    Climb(by, chain, asComponent ? at : null);
                }
            }

            if (isRoot)
            {
                roots.Add(at.Folder);
                chains.Add([.. chain.Where(step => step.Transforms)]);
            }
        }

        // What a kustomization does: its components' changes, then its own.
        void Append(Kustomization at, Kustomization? except, List<Kustomization> chain, HashSet<string> visited)
        {
            if (!visited.Add(at.Folder))
            {
                return;
            }

            foreach (var folder in at.Components)
            {
                if (_byFolder[folder] is { } component && component != except)
                {
                    sets.Add(folder);
                    Append(component, null, chain, visited);
                }
            }

            chain.Add(at);
        }
    }

    private static void Append<T>(Dictionary<string, List<T>> index, string key, T item)
    {
        if (!index.TryGetValue(key, out var list))
        {
            index.Add(key, list = []);
        }

        list.Add(item);
    }
}

/// <summary>The manifest set of a file, and what changes its objects on their way to the cluster.</summary>
/// <param name="Folder">The folder that names the set.</param>
/// <param name="Roots">Names the kustomizations that nobody takes in, through which the objects reach a cluster: objects with equal roots are applied together.</param>
/// <param name="Sets">The folders of all sets the objects end up in, sorted.</param>
/// <param name="Changers">All kustomizations that change something, sorted by folder.</param>
/// <param name="Chains">
/// For each way from the file to a kustomization that nobody takes in: the kustomizations that change something, in the order in which they do. Empty without
/// kustomizations; null when there are too many ways.
/// </param>
internal sealed record ManifestSet(string Folder, string Roots, IReadOnlyList<string> Sets, IReadOnlyList<Kustomization> Changers, IReadOnlyList<Kustomization[]>? Chains)
{
    private MapValue? _meta;

    /// <summary>What the joins of the model have to know of the set.</summary>
    internal MapValue Meta => _meta ??= MapValue.Of(
        ("roots", new TextValue(Roots)),
        ("sets", ListValue.Of(Sets.Select(folder => new TextValue(folder)))));
}
