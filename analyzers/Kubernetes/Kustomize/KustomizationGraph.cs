using System.Collections.Concurrent;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Recognition;

namespace Analyzer.Kubernetes.Kustomize;

/// <summary>What an entry of a kustomization names.</summary>
/// <param name="Folder">A kustomization, by its folder; null for something else.</param>
/// <param name="File">A file; null for something else.</param>
/// <param name="Unseen">Why nobody can see it; null for what is there.</param>
/// <param name="IsRemote">True for something that another place than the repository has.</param>
internal sealed record Taken(string? Folder, string? File, string? Unseen, bool IsRemote);

/// <summary>All kustomizations of a repository, and which of them reach a cluster: those that no other takes in.</summary>
internal sealed class KustomizationGraph
{
    private static readonly string[] Names = ["kustomization.yaml", "kustomization.yml", "Kustomization"];
    private static readonly string[] FileKeys = ["configurations", "crds", "generators", "transformers", "validators"];

    private readonly FileTree _files;
    private readonly ProblemLog _problems;
    private readonly ConcurrentDictionary<string, Kustomization?> _byFolder = new(StringComparer.Ordinal);
    private readonly HashSet<string> _paths;
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private readonly HashSet<string> _reached = new(StringComparer.Ordinal);

    internal KustomizationGraph(FileTree files, IEnumerable<string> paths, ProblemLog problems)
    {
        (_files, _problems) = (files, problems);
        var folders = new List<string>();
        _paths = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            if (!ContentScan.IsKustomization(path))
            {
                continue;
            }

            var folder = path.LastIndexOf('/') is > 0 and var slash ? path[..slash] : "";
            if (Read(path) is { } kustomization && _byFolder.TryAdd(folder, kustomization))
            {
                folders.Add(folder);
            }
        }

        if (folders.Count > 0)
        {
            _paths.UnionWith(files.Paths);
        }

        folders.Sort(StringComparer.Ordinal);
        Roots = FindRoots(folders);
    }

    /// <summary>Folders of the kustomizations that are built, sorted.</summary>
    internal List<string> Roots { get; }

    /// <summary>Builds a kustomization for itself too, though others take it in: it is delivered as it is.</summary>
    internal void AddRoot(string folder)
    {
        if (Of(folder) is { IsComponent: false } && Roots.BinarySearch(folder, StringComparer.Ordinal) is < 0 and var place)
        {
            Roots.Insert(~place, folder);
        }
    }

    /// <summary>Whether a file is part of a kustomization: it is no manifest of its own then.</summary>
    internal bool Uses(string path) => _used.Contains(path);

    /// <summary>The kustomization of a folder, or null.</summary>
    internal Kustomization? Of(string folder) => _byFolder.GetOrAdd(folder, ReadIn);

    /// <summary>What an entry of a kustomization names.</summary>
    internal Taken Take(Kustomization by, Value entry)
    {
        if (ObjectId.Text(entry) is not { Length: > 0 } text)
        {
            return new Taken(null, null, "an entry of a kustomization is not text", false);
        }

        var resolved = FileTree.Resolve(by.Folder, text);
        if (resolved is not null && IsFile(resolved))
        {
            return new Taken(null, resolved, null, false);
        }

        if (resolved is not null && Of(resolved) is not null)
        {
            return new Taken(resolved, null, null, false);
        }

        return IsRemote(text) ? new Taken(null, null, $"the base {text} is remote", true)
            : resolved is null ? new Taken(null, null, $"{text} leaves the repository", false)
            : new Taken(null, null, $"{text} is not in the repository", false);
    }

    private static bool IsRemote(string text) =>
        text.Contains("://", StringComparison.Ordinal) || text.Contains('@', StringComparison.Ordinal) || text.Contains("?ref=", StringComparison.Ordinal)
        || text.StartsWith("github.com/", StringComparison.Ordinal) || text.StartsWith("git::", StringComparison.Ordinal) || text.Contains("//", StringComparison.Ordinal);

    private bool IsFile(string path) => _paths.Contains(path) || (Path.HasExtension(path) && !ContentScan.IsKustomization(path) && _files.Read(path) is not null);

    private Kustomization? Read(string path) => _files.Read(path) is { } file ? Kustomization.Read(file, _files, _problems) : null;

    /// <summary>Folders that are not listed (hidden ones, say) can be taken in all the same.</summary>
    private Kustomization? ReadIn(string folder)
    {
        foreach (var name in _files.In(folder))
        {
            if (Names.Contains(name, StringComparer.Ordinal))
            {
                return Read(folder.Length == 0 ? name : $"{folder}/{name}");
            }
        }

        return null;
    }

    private List<string> FindRoots(List<string> folders)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var takes = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var folder in folders)
        {
            takes.Add(folder, Targets(_byFolder[folder]!));
            taken.UnionWith(takes[folder].Where(target => target != folder));
        }

        var roots = folders.Where(folder => !taken.Contains(folder) && !_byFolder[folder]!.IsComponent).ToList();
        foreach (var root in roots)
        {
            Reach(root, takes);
        }

        // What only takes in itself, by a circle, is seen all the same.
        foreach (var folder in folders)
        {
            if (!_reached.Contains(folder) && !_byFolder[folder]!.IsComponent)
            {
                roots.Add(folder);
                Reach(folder, takes);
            }
        }

        roots.Sort(StringComparer.Ordinal);
        return roots;
    }

    private void Reach(string root, Dictionary<string, List<string>> takes)
    {
        var pending = new Stack<string>([root]);
        while (pending.TryPop(out var folder))
        {
            if (_reached.Add(folder))
            {
                foreach (var target in takes.GetValueOrDefault(folder) ?? [])
                {
                    pending.Push(target);
                }
            }
        }
    }

    /// <summary>The folders a kustomization takes in; notes the files that belong to it.</summary>
    private List<string> Targets(Kustomization each)
    {
        var folders = new List<string>();
        foreach (var entry in each.Resources.Concat(each.Items("components")).Concat(FileKeys.SelectMany(each.Items)))
        {
            var found = Take(each, entry);
            if (found.Folder is { } folder)
            {
                folders.Add(folder);
            }
            else if (found.File is { } file)
            {
                _used.Add(file);
            }
        }

        foreach (var entry in each.Items("patchesStrategicMerge").Concat(((string[])["patches", "patchesJson6902", "replacements"]).SelectMany(each.Items).OfType<MapValue>().Select(map => map["path"] ?? NullValue.Instance))
            .Concat([(each.Body["openapi"] as MapValue)?["path"] ?? NullValue.Instance])
            .Concat(((string[])["configMapGenerator", "secretGenerator"]).SelectMany(each.Items).OfType<MapValue>().SelectMany(map => map["files"] is ListValue list ? list.Values : []))
            .Concat(((string[])["helmCharts", "helmChartInflationGenerator"]).SelectMany(each.Items).OfType<MapValue>().SelectMany(map => (map["additionalValuesFiles"] as ListValue)?.Values.Append(map["valuesFile"] ?? NullValue.Instance) ?? [map["valuesFile"] ?? NullValue.Instance])))
        {
            if (ObjectId.Text(entry) is { Length: > 0 } text && FileTree.Resolve(each.Folder, text[(text.IndexOf('=', StringComparison.Ordinal) + 1)..]) is { } path)
            {
                _used.Add(path);
            }
        }

        return folders;
    }
}
