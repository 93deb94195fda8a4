using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Kubernetes.Manifests;

namespace Analyzer.Kubernetes.GitOps;

/// <summary>Where the objects of a world come from.</summary>
internal enum Origin : byte
{
    /// <summary>The manifests of a folder as they are.</summary>
    Files,

    /// <summary>A kustomization.</summary>
    Build,

    /// <summary>A rendered chart.</summary>
    Chart,

    /// <summary>Templates of a chart that is not rendered: some of its objects, as far as they are certain.</summary>
    Template,

    /// <summary>What ClusterResourceSets apply to a cluster.</summary>
    Set,

    /// <summary>Values of a chart that is not rendered: objects that its templates probably make of them.</summary>
    Values,
}

/// <summary>Objects that reach a cluster together: those of one folder that come the same way.</summary>
internal sealed record ManifestWorld(string Scope, Origin Origin)
{
    /// <summary>True for a chart: Flux takes it for none of its folders, and nothing brings it from a folder around it.</summary>
    internal bool IsChart => Origin is Origin.Chart or Origin.Template or Origin.Values;
}

/// <summary>A folder that a Flux Kustomization or an Argo CD Application brings to a cluster.</summary>
/// <param name="By">The object that says so.</param>
/// <param name="World">The world that object is in itself.</param>
/// <param name="Folder">The folder, from the root of the repository, which is assumed to be this one.</param>
/// <param name="IsFlux">True for Flux, false for Argo CD.</param>
internal sealed record Delivery(ManifestObject By, ManifestWorld World, string Folder, bool IsFlux)
{
    /// <summary><c>spec</c>.</summary>
    internal MapValue Spec => By.Body["spec"] as MapValue ?? MapValue.Empty;

    /// <summary>The source that names the folder: <c>spec</c> itself of Flux, one of the sources of an Application.</summary>
    internal MapValue Source { get; init; } = MapValue.Empty;

    /// <summary>True if folders inside are brought too.</summary>
    internal bool IsDeep { get; init; }

    /// <summary>True if only some files are brought, or those of an artifact that need not have the folders of the repository: that proves nothing.</summary>
    internal bool IsPart { get; init; }

    /// <summary>The namespace of objects that name none; null where that is not known.</summary>
    internal TextValue? Namespace { get; init; }
}

/// <summary>What Flux and Argo CD bring from a repository to clusters.</summary>
internal sealed class Deliveries
{
    private readonly Dictionary<string, List<Delivery>> _byFolder = new(StringComparer.Ordinal);
    private readonly Func<string, bool> _isKustomization;

    /// <summary>Sorts deliveries by their folders.</summary>
    internal Deliveries(IEnumerable<Delivery> deliveries, Func<string, bool> isKustomization)
    {
        _isKustomization = isKustomization;
        foreach (var each in deliveries)
        {
            if (!_byFolder.TryGetValue(each.Folder, out var list))
            {
                _byFolder.Add(each.Folder, list = []);
            }

            list.Add(each);
        }
    }

    /// <summary>The deliveries of each folder that has any.</summary>
    internal IReadOnlyDictionary<string, List<Delivery>> ByFolder => _byFolder;

    /// <summary>What an object delivers; nothing for most.</summary>
    internal static IEnumerable<Delivery> By(ManifestObject each, ManifestWorld world)
    {
        var isFlux = each is { Kind: "Kustomization", Group: "kustomize.toolkit.fluxcd.io" };
        if (!isFlux && each is not { Kind: "Application", Group: "argoproj.io" })
        {
            yield break;
        }

        var spec = each.Body["spec"] as MapValue;
        var sources = isFlux ? [spec] : (MapValue?[])[spec?["source"] as MapValue, .. (spec?["sources"] as ListValue)?.Values.OfType<MapValue>() ?? []];
        foreach (var source in sources)
        {
            if (source?["path"] is TextValue { Known: { } path } && FileTree.Resolve("", path.TrimStart('/')) is { } folder)
            {
                // "flux bootstrap" gives the repository around the clusters this name. The root of any other source may well be that of another repository.
                var from = source["sourceRef"] as MapValue;
                var isGit = !isFlux || from?["kind"] is TextValue { Known: "GitRepository" };
                if (folder.Length == 0 && !(isGit && from?["name"] is TextValue { Known: "flux-system" }))
                {
                    continue;
                }

                var directory = source["directory"] as MapValue;
                yield return new Delivery(each, world, folder, isFlux)
                {
                    Source = source,
                    IsDeep = isFlux || directory?["recurse"] is BoolValue { Value: true },
                    IsPart = !isGit || directory?["include"] is not (null or NullValue) || directory?["exclude"] is not (null or NullValue),
                    Namespace = (isFlux ? source["targetNamespace"] : (source["kustomize"] as MapValue)?["namespace"] ?? (spec?["destination"] as MapValue)?["namespace"]) as TextValue,
                };
            }
        }
    }

    /// <summary>The deliveries that bring a world.</summary>
    internal List<Delivery> Of(ManifestWorld world)
    {
        var result = new List<Delivery>();
        if (_byFolder.Count == 0 || world.Origin == Origin.Set || (world.Origin == Origin.Files && _isKustomization(world.Scope)))
        {
            return result;
        }

        result.AddRange((_byFolder.GetValueOrDefault(world.Scope) ?? []).Where(each => !world.IsChart || !each.IsFlux));

        // Flux makes a kustomization of a folder without one: of all manifests and all kustomizations below. Argo CD takes manifests alone.
        for (var folder = world.Scope; folder.Length > 0 && !world.IsChart;)
        {
            folder = folder.LastIndexOf('/') is > 0 and var slash ? folder[..slash] : "";
            if (_isKustomization(folder))
            {
                break;
            }

            result.AddRange((_byFolder.GetValueOrDefault(folder) ?? []).Where(each => each.IsDeep && (each.IsFlux || world.Origin == Origin.Files)));
        }

        return result;
    }

    /// <summary>The namespace that all deliveries of a world give to objects without one; null where they differ or one gives none.</summary>
    internal TextValue? NamespaceOf(ManifestWorld world)
    {
        var deliveries = Of(world);
        return deliveries.Count > 0 && deliveries[0].Namespace is { Known.Length: > 0 } space && deliveries.TrueForAll(each => !each.IsPart && each.Namespace?.Known == space.Known) ? space : null;
    }
}
