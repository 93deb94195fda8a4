using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Kubernetes;

/// <summary>The clusters that objects of Cluster API (<c>Cluster</c>) stand for.</summary>
internal sealed class WorkloadClusters
{
    /// <summary>Group of clusters and of sets of machines.</summary>
    internal const string Group = "cluster.x-k8s.io/";

    /// <summary>Type of the object that stands for a cluster.</summary>
    internal const string Type = Group + "Cluster";

    private readonly World _world;
    private readonly ILookup<Resource?, KubernetesObject> _byControlPlane;

    private WorkloadClusters(World world)
    {
        _world = world;
        _byControlPlane = KubernetesObject.Of(world).Where(each => each.Type == Type).ToLookup(ControlPlaneOf);
    }

    /// <summary>Those of a repository.</summary>
    internal static WorkloadClusters Of(World world) => world.Shared(static world => new WorkloadClusters(world));

    /// <summary>What the control plane of a cluster is declared by; null where that is not beside it.</summary>
    internal Resource? ControlPlaneOf(KubernetesObject cluster) => NamedObjects.Referred(_world, cluster, Written.Find(cluster.Body, "spec.controlPlaneRef"));

    /// <summary>The only cluster whose control plane a resource declares; null for none.</summary>
    internal KubernetesObject? ClusterWith(Resource controlPlane) => _byControlPlane[controlPlane].Take(2).ToList() is [var only] ? only : null;

    /// <summary>The cluster that an object stands for: one that Cluster API makes of machines, or one that a cloud manages; unknown for any other.</summary>
    internal Value Of(KubernetesObject cluster) =>
        (_world.FactOf<Cluster>(cluster.Resource) ?? (ControlPlaneOf(cluster) is { } controlPlane ? _world.FactOf<Cluster>(controlPlane) : null)) is { } known ? Links.To(known)
        : new UnknownValue(UnknownReason.External, $"what {cluster.Resource.Address.Path} is made of is not declared here", cluster.Resource.Place);

    /// <summary>The cluster whose object a value refers to.</summary>
    internal Value Of(Value reference) => reference is not UnknownValue && _world.Inventory.Referents(reference).FirstOrDefault() is { } resource && KubernetesObject.Of(resource) is { } cluster ? Of(cluster) : UnknownValue.From(null, reference);
}
