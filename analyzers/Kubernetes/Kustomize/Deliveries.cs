using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Kubernetes.Manifests;

namespace Analyzer.Kubernetes.Kustomize;

/// <summary>Objects of Flux and Argo CD that bring folders of a repository to a cluster.</summary>
internal static class Deliveries
{
    /// <summary>The folders an object delivers, from the root of the repository, which is assumed to be this one.</summary>
    internal static IEnumerable<string> FoldersOf(ManifestObject each)
    {
        var spec = each.Body["spec"] as MapValue;
        var sources = (each.Group, each.Kind) switch
        {
            ("kustomize.toolkit.fluxcd.io", "Kustomization") => [spec],
            ("argoproj.io", "Application") => [spec?["source"] as MapValue, .. (spec?["sources"] as ListValue)?.Values.OfType<MapValue>() ?? []],
            _ => Array.Empty<MapValue?>(),
        };
        foreach (var source in sources)
        {
            if (source?["path"] is TextValue { Known: { } path } && FileTree.Resolve("", path.TrimStart('/')) is { } folder)
            {
                yield return folder;
            }
        }
    }
}
