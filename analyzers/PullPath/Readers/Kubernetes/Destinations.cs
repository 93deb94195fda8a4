using Analyzer.Facts.Model;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Kubernetes;

/// <summary>
/// Where Argo CD and Flux say that they bring a folder: to the cluster they run in, which says nothing of which one that is, to a cluster by name, or to one that is reached by an address or a
/// kubeconfig.
/// </summary>
internal sealed class Destinations
{
    private const string OwnServer = "https://kubernetes.default.svc";
    private const string OwnName = "in-cluster";

    /// <summary>Cluster API writes the kubeconfig of each cluster into a secret of this ending.</summary>
    private const string Kubeconfig = "-kubeconfig";

    private readonly World _world;
    private readonly Dictionary<string, List<Destination>> _byFolder = new(StringComparer.Ordinal);

    internal Destinations(World world)
    {
        _world = world;
        foreach (var each in KubernetesObject.Of(world))
        {
            var spec = Written.Find(each.Body, "spec");
            if (each.Type == "kustomize.toolkit.fluxcd.io/Kustomization")
            {
                Add(Written.Find(spec, "path"), new Destination(each.Resource, NullValue.Instance, Written.Find(spec, "kubeConfig")) { Secret = Written.Find(spec, "kubeConfig.secretRef.name") });
            }
            else if (each.Type == ArgoApplication.Type)
            {
                var server = Written.Find(spec, "destination.server");
                var to = new Destination(each.Resource, Written.Find(spec, "destination.name"), server is TextValue { Known: { } known } && known.StartsWith(OwnServer, StringComparison.Ordinal) ? NullValue.Instance : server);
                foreach (var source in ArgoApplication.Sources(each.Body))
                {
                    Add(Written.Find(source, "path"), to);
                }
            }
        }
    }

    /// <summary>The cluster to which a folder is brought: a link, or unknown; null where nothing is said that tells clusters apart.</summary>
    internal Value? Of(Resource resource)
    {
        if (_byFolder.Count == 0 || resource.Language != Language.Kubernetes)
        {
            return null;
        }

        // A delivery brings what lies below its folder too, unless another names that itself.
        for (var folder = resource.Address.Scope; ; folder = folder.LastIndexOf('/') is > 0 and var slash ? folder[..slash] : "")
        {
            if (_byFolder.TryGetValue(folder, out var found))
            {
                var clusters = found.Select(ClusterOf).ToList();
                return clusters.TrueForAll(each => each is null) ? null
                    : clusters.TrueForAll(each => each is FactValue value && value.Fact == (clusters[0] as FactValue)?.Fact) ? clusters[0]
                    : new UnknownValue(UnknownReason.Ambiguous, $"{found[0].By.Address.Path} brings it to a cluster that is not known here", found[0].By.Place);
            }

            if (folder.Length == 0)
            {
                return null;
            }
        }
    }

    private Value? ClusterOf(Destination to)
    {
        if (to.Name is NullValue or TextValue { Known: "" or OwnName } && to.Address is NullValue)
        {
            return null;
        }

        var named = to.Name is TextValue { Known: not null }
            ? _world.Facts.All<Cluster>(Cluster.Fields).Where(cluster => cluster.Name.EqualTo(to.Name) == Truth.Yes).Take(2).ToList()
            : to.Secret is TextValue { Known: { } secret } && secret.EndsWith(Kubeconfig, StringComparison.Ordinal)
            ? _world.Facts.All<Cluster>(Cluster.Fields).Where(cluster => cluster.Kind == Cluster.Kubeadm && cluster.Name is TextValue { Known: { } name } && name == secret[..^Kubeconfig.Length]).Take(2).ToList() : [];
        return named is [var only] ? Links.To(only) : new UnknownValue(UnknownReason.Ambiguous, $"{to.By.Address.Path} names another cluster", to.By.Place);
    }

    private void Add(Value path, Destination to)
    {
        if (path is TextValue { Known: { } known } && Facts.Text.FileTree.Resolve("", known.TrimStart('/')) is { } folder)
        {
            if (!_byFolder.TryGetValue(folder, out var list))
            {
                _byFolder.Add(folder, list = []);
            }

            list.Add(to);
        }
    }

    /// <summary>Where a delivery goes: a cluster by name, or something that leads to one; nulls for the cluster that it runs in.</summary>
    private sealed record Destination(Resource By, Value Name, Value Address)
    {
        /// <summary>The secret with the kubeconfig; null for none.</summary>
        internal Value Secret { get; init; } = NullValue.Instance;
    }
}
