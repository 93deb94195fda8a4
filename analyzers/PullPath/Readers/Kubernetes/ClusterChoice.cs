using Analyzer.Facts.Model;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Images;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Kubernetes;

/// <summary>
/// Decides to which cluster objects go. Terraform resources go where their provider points, manifests where Argo CD, Flux or Cluster API say that they bring them. Others go to the only cluster that is
/// declared beside them, or to the only one of the cloud that their images or service accounts speak of; where that leaves a doubt, nobody knows.
/// </summary>
internal sealed class ClusterChoice
{
    private static readonly string[] Samples = ["examples", "example", "samples", "sample", "tests", "test", "testdata", "fixtures", "e2e"];
    private static readonly string[] ClusterTypes = ["aws_eks_cluster", "azurerm_kubernetes_cluster", "google_container_cluster"];
    private static readonly string[] ClusterWords = ["eks", "aks", "gke", "kube", "k8s", "cluster"];

    private readonly World _world;
    private readonly Destinations _destinations;
    private readonly Dictionary<string, HashSet<string>> _evidence = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Candidates> _candidates = new(StringComparer.Ordinal);
    private readonly Dictionary<Quarter, Value> _chosen = [];

    private ClusterChoice(World world)
    {
        (_world, _destinations) = (world, new Destinations(world));
        foreach (var workload in world.Workloads)
        {
            foreach (var image in (workload.Images as ListValue)?.Values ?? [])
            {
                Note(workload.Resource!, ImageName.Of(image).Registry?.Kind switch { "ecr" => "eks", "acr" => "aks", "gar" or "gcr" => "gke", _ => null });
            }
        }

        foreach (var account in world.Facts.All<ServiceAccount>(ServiceAccount.Fields))
        {
            foreach (var annotation in CloudAnnotations.All)
            {
                if (account.Annotations is MapValue map && map[annotation.Key] is not (null or NullValue))
                {
                    Note(account.Resource!, annotation.ClusterKind);
                }
            }
        }
    }

    /// <summary>The one of a repository. Ask for it when all workloads and service accounts are read.</summary>
    internal static ClusterChoice Of(World world) => world.Shared(static world => new ClusterChoice(world));

    /// <summary>Where in a repository something lies, as far as the choice depends on it.</summary>
    private sealed record Quarter(string Stage, string Roots);

    /// <summary>The cluster of what a resource declares: a link, or unknown.</summary>
    internal Value Of(Resource resource)
    {
        // Whether a chart that is not rendered is installed at all nobody knows.
        if (resource.Meta?["is_unrendered"] is not null)
        {
            return NullValue.Instance;
        }

        if (resource.Meta?["cluster"] is { } applied)
        {
            return WorkloadClusters.Of(_world).Of(applied);
        }

        if (resource.Language == Language.Terraform && resource.Provider is { } provider)
        {
            var named = ProviderClusters.Of(resource, _world);
            if (named is FactValue || provider.Deep().Any(value => value.References.Any()))
            {
                return named;
            }
        }

        if (_destinations.Of(resource) is { } told)
        {
            return told;
        }

        var quarter = new Quarter(StageOf(resource.Place.File?.Path ?? resource.Address.Scope), KubernetesObject.RootsOf(resource));
        if (!_chosen.TryGetValue(quarter, out var chosen))
        {
            _chosen.Add(quarter, chosen = Choose(quarter.Stage, quarter.Roots, resource));
        }

        return chosen;
    }

    /// <summary>
    /// The sample or test a path belongs to, empty for the product itself: what lies in <c>examples/basic</c> has nothing to do with what lies elsewhere.
    /// </summary>
    internal static string StageOf(string path)
    {
        var parts = path.Split('/');
        for (var at = 0; at < parts.Length; at++)
        {
            if (Samples.Contains(parts[at], StringComparer.Ordinal))
            {
                return string.Join('/', parts[..Math.Min(parts.Length, at + 2)]);
            }
        }

        return "";
    }

    private void Note(Resource resource, string? kind)
    {
        if (kind is null)
        {
            return;
        }

        var roots = KubernetesObject.RootsOf(resource);
        if (!_evidence.TryGetValue(roots, out var kinds))
        {
            _evidence.Add(roots, kinds = new HashSet<string>(StringComparer.Ordinal));
        }

        kinds.Add(kind);
    }

    private Value Choose(string stage, string roots, Resource resource)
    {
        if (!_candidates.TryGetValue(stage, out var candidates))
        {
            _candidates.Add(stage, candidates = Find(stage));
        }

        var (clusters, unseen) = candidates;
        if (unseen is not null)
        {
            return new UnknownValue([unseen]);
        }

        if (clusters.Count == 0)
        {
            return Unknown("no cluster is declared beside it");
        }

        var kind = _evidence.TryGetValue(roots, out var kinds) && kinds.Count == 1 ? kinds.First() : null;
        var fitting = clusters.Count == 1 || kind is null ? clusters : clusters.Where(cluster => cluster.Kind == kind).ToList();
        return fitting is [{ } only] && only.Resource is not { Multiplicity: Multiplicity.Any }
            ? Links.To(only)
            : Unknown($"{clusters.Count} clusters are declared, and nothing says to which of them it goes");

        UnknownValue Unknown(string why) => new(UnknownReason.Ambiguous, why, resource.Place);
    }

    private Candidates Find(string stage)
    {
        var clusters = _world.Facts.All<Cluster>(Cluster.Fields)
            .Where(cluster => cluster.Kind is "eks" or "aks" or "gke" && StageOf(cluster.Address.Scope) == stage).ToList();
        var foreign = ProviderClusters.Foreign(_world).FirstOrDefault(data => StageOf(data.Address.Scope) == stage);
        if (foreign is not null)
        {
            return new Candidates(clusters, new Cause(UnknownReason.External, $"{foreign.Address.Path} is a cluster that is declared elsewhere", foreign.Place, null));
        }

        var gap = _world.Inventory.Gaps.FirstOrDefault(gap => StageOf(gap.Scope) == stage && MayDeclareClusters(gap));
        return new Candidates(clusters, gap is null ? null : new Cause(UnknownReason.Missing, $"{(gap.Address.Path.Length > 0 ? gap.Address.Path : gap.Place.File.Path)} could declare clusters: {gap.Reason}", gap.Place, null));
    }

    /// <summary>
    /// Manifests and charts declare none. Of modules in a public registry the name tells what they are for; anything else could.
    /// </summary>
    private static bool MayDeclareClusters(Gap gap)
    {
        if (!Array.Exists(ClusterTypes, gap.Hides))
        {
            return false;
        }

        var path = gap.Place.Outermost.File?.Path ?? "";
        var isTerraform = path.EndsWith(".tf", StringComparison.Ordinal) || path.EndsWith(".tofu", StringComparison.Ordinal) || path.EndsWith(".tf.json", StringComparison.Ordinal);
        if (!isTerraform)
        {
            return gap.Scope == path;
        }

        var isRegistry = gap.Source is { } source && source.Count('/') is 2 or 3 && !source.Contains(':', StringComparison.Ordinal) && !source.StartsWith('.') && !source.Contains("//", StringComparison.Ordinal);
        return !isRegistry || Array.Exists(ClusterWords, word => gap.Source!.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    private sealed record Candidates(List<Cluster> Clusters, Cause? Unseen);
}
