using System.Globalization;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Kubernetes.Kustomize;
using Analyzer.Kubernetes.Manifests;
using Analyzer.Languages.Recognition;

namespace Analyzer.Kubernetes;

/// <summary>
/// Reads Kubernetes manifests: files of several documents, lists, JSON. A manifest set is what a kustomization takes in, or the manifests of a folder; its folder is the
/// scope of the addresses.
/// </summary>
/// <remarks>
/// Resources have <see cref="Resource.Meta"/> with <c>roots</c> (objects with equal roots are applied together) and <c>sets</c> (folders of all kustomizations they end up
/// in). Problems: <c>chart-not-rendered</c>, <c>templated-yaml</c>, <c>base-not-seen</c>, and those of the YAML and JSON readers.
/// </remarks>
public static class KubernetesLoader
{
    /// <summary>Adds all objects of all manifests, in the order of files and documents, and gaps for what could not be read.</summary>
    /// <param name="files">The repository.</param>
    /// <param name="options">How to read it.</param>
    /// <param name="inventory">Receives the resources.</param>
    /// <param name="problems">Receives what went wrong.</param>
    public static void Load(FileTree files, LoadOptions options, Inventory inventory, ProblemLog problems)
    {
        var charts = new Charts(files.Paths);
        charts.Report(files, inventory, problems);
        var paths = files.Paths.Where(path => MayBeManifest(path) && !charts.Hide(path)).ToList();
        var graph = new KustomizationGraph(files, ReadKustomizations(files, paths, problems));
        graph.Report(inventory, problems);

        var manifests = Read(files, paths, graph, options, problems);
        var renames = new Renames();
        foreach (var (manifest, set) in manifests)
        {
            foreach (var each in manifest.Objects)
            {
                renames.Note(each, set);
            }
        }

        var overlay = new Overlay(renames, files, problems);
        var taken = new HashSet<Address>();
        foreach (var (manifest, set) in manifests)
        {
            foreach (var each in manifest.Objects)
            {
                inventory.Add(Resource(each, set, overlay, taken));
            }

            if (manifest.Lost is { } reason)
            {
                var place = manifest.LostAt!.Value;
                inventory.Add(new Gap { Address = new Address(set.Folder, place.Outermost.File.Path), Place = place, Reason = reason });
            }
        }
    }

    private static bool MayBeManifest(string path) =>
        path.EndsWith(".yaml", StringComparison.Ordinal) || path.EndsWith(".yml", StringComparison.Ordinal) || path.EndsWith(".json", StringComparison.Ordinal)
        || path.EndsWith("Kustomization", StringComparison.Ordinal);

    private static List<Kustomization> ReadKustomizations(FileTree files, List<string> paths, ProblemLog problems)
    {
        var result = new List<Kustomization>();
        foreach (var path in paths)
        {
            if (ContentScan.IsKustomization(path) && files.Read(path) is { } file && Kustomization.Read(file, problems) is { } kustomization)
            {
                result.Add(kustomization);
            }
        }

        return result;
    }

    private static List<(Manifest Manifest, ManifestSet Set)> Read(FileTree files, List<string> paths, KustomizationGraph graph, LoadOptions options, ProblemLog problems)
    {
        var sets = new ManifestSet?[paths.Count];
        for (var at = 0; at < paths.Count; at++)
        {
            sets[at] = ContentScan.IsKustomization(paths[at]) ? null : graph.SetOf(paths[at]);
        }

        var manifests = new Manifest?[paths.Count];
        Parallel.For(0, paths.Count, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, options.Parallelism) }, at =>
        {
            if (sets[at] is { } set && files.Read(paths[at]) is { } file
                && (ContentScan.Of(paths[at], file.Bytes.Span) & ContentKinds.Kubernetes) != 0 && !ManifestReader.IsOnlyDefinitions(file.Bytes.Span))
            {
                manifests[at] = ManifestReader.Read(file, set.Folder, problems);
            }
        });

        var result = new List<(Manifest, ManifestSet)>();
        for (var at = 0; at < paths.Count; at++)
        {
            if (manifests[at] is { } manifest)
            {
                result.Add((manifest, sets[at]!));
            }
        }

        return result;
    }

    private static Resource Resource(ManifestObject each, ManifestSet set, Overlay overlay, HashSet<Address> taken)
    {
        var (body, guard) = overlay.Apply(each, set);
        var path = each.Namespace is { } space ? $"{each.Kind}/{space}/{each.Name}" : each.Name.Length > 0 ? $"{each.Kind}/{each.Name}" : each.Kind;
        var address = new Address(set.Folder, path);
        if (!taken.Add(address))
        {
            address = new Address(set.Folder, string.Create(CultureInfo.InvariantCulture, $"{path} ({each.File.Path}#{each.Index + 1})"));
            taken.Add(address);
        }

        return new Resource
        {
            Address = address,
            Type = $"{each.Group}/{each.Kind}",
            Name = each.Name,
            Language = Language.Kubernetes,
            Body = body,
            Place = each.Place,
            Whole = each.Whole,
            Guard = guard,
            Module = set.Folder,
            Meta = set.Meta,
        };
    }
}
