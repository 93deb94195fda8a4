using Analyzer.Facts.Values;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.ClusterApi;

/// <summary>A set of equal machines, wherever it is declared: an object of its own, or a class of machines in the topology of a cluster.</summary>
/// <param name="Object">What declares it.</param>
/// <param name="Name">Its name.</param>
/// <param name="ClusterName">Name of its cluster; null where only the cluster names the set.</param>
/// <param name="Infrastructure">The reference to what its machines are made from.</param>
/// <param name="Boot">The reference to what they are told at their first start, or that itself.</param>
/// <param name="Labels">Labels of its machines.</param>
/// <param name="Replicas">How many there are; null where that is not written.</param>
/// <param name="IsControlPlane">Whether they run the control plane.</param>
internal sealed record Machines(KubernetesObject Object, Value Name, Value ClusterName, Value Infrastructure, Value Boot, Value Labels, Value Replicas, bool IsControlPlane)
{
    /// <summary>The sets of machines that an object declares.</summary>
    internal static IEnumerable<Machines> Of(KubernetesObject each, World world)
    {
        switch (each.Type)
        {
            case WorkloadClusters.Group + "MachineDeployment" or WorkloadClusters.Group + "MachineSet" or WorkloadClusters.Group + "MachinePool":
                var template = Written.Find(each.Body, "spec.template");
                yield return new Machines(each, each.Name, Written.Find(each.Body, "spec.clusterName"), Written.Find(template, "spec.infrastructureRef"), Written.Find(template, "spec.bootstrap.configRef"),
                    Written.Find(template, "metadata.labels"), Written.Find(each.Body, "spec.replicas"), IsControlPlane: false);
                break;
            case "controlplane.cluster.x-k8s.io/KubeadmControlPlane":
                var machine = Written.Find(each.Body, "spec.machineTemplate");
                yield return new Machines(each, each.Name, NullValue.Instance, Written.Either(machine, "infrastructureRef", "spec.infrastructureRef"), Written.Find(each.Body, "spec.kubeadmConfigSpec"),
                    Written.Find(machine, "metadata.labels"), Written.Find(each.Body, "spec.replicas"), IsControlPlane: true);
                break;
            case WorkloadClusters.Type when Written.Find(each.Body, "spec.topology") is not NullValue and var topology:
                foreach (var set in OfTopology(each, topology, world))
                {
                    yield return set;
                }

                break;
        }
    }

    /// <summary>The class of a cluster with a topology; null where it is not declared beside it, so that nobody knows of what kind its machines are.</summary>
    internal static KubernetesObject? ClassOf(KubernetesObject cluster, World world) =>
        NamedObjects.Named(world, cluster, "ClusterClass", Written.Either(Written.Find(cluster.Body, "spec.topology"), "classRef.name", "class")) is { } resource ? KubernetesObject.Of(resource) : null;

    /// <summary>The workers of a cluster whose class is declared beside it.</summary>
    private static IEnumerable<Machines> OfTopology(KubernetesObject cluster, Value topology, World world)
    {
        if (ClassOf(cluster, world) is not { } found)
        {
            yield break;
        }

        foreach (var list in (string[])["machineDeployments", "machinePools"])
        {
            foreach (var item in Written.Blocks(Written.Find(topology, "workers"), list).Values)
            {
                var name = Written.Find(item, "class");
                var written = Written.Blocks(Written.Find(found.Body, "spec.workers"), list).Values.FirstOrDefault(each => Written.Find(each, "class").EqualTo(name) == Truth.Yes) ?? NullValue.Instance;
                yield return new Machines(
                    cluster, Written.Find(item, "name"), cluster.Name, Reference("infrastructure"), Reference("bootstrap"), Written.Find(item, "metadata.labels"), Written.Find(item, "replicas"), IsControlPlane: false);

                Value Reference(string part) => ClassPatches.Leave(found, list, name, Written.Either(Written.Either(written, $"template.{part}", part), "ref", "templateRef"));
            }
        }
    }
}
