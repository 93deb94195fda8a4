using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Joins;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Aws;

/// <summary>Whether the Pod Identity agent runs on the nodes of a cluster: as an add-on, with Auto Mode, or installed as any other workload.</summary>
internal sealed class PodIdentityAgents
{
    private const string Agent = "eks-pod-identity-agent";

    private static readonly TextValue Name = new(Agent);

    private readonly World _world;
    private readonly List<Suspect> _suspects = [];

    /// <summary>Finds what may be an agent, once for all clusters.</summary>
    internal PodIdentityAgents(World world)
    {
        _world = world;
        foreach (var addOn in world.Facts.All<AddOn>(AddOn.Fields))
        {
            Add(addOn.Resource!, addOn.Name, addOn.Cluster);
        }

        // A release or a workload of that name, wherever it goes: then nobody knows that this cluster has none.
        foreach (var release in world.Managed("helm_release"))
        {
            Add(release, release.At("chart") is TextValue { Suffix: { } chart } && chart.EndsWith(Agent, StringComparison.Ordinal) ? Name : release.At("name"), cluster: null);
        }

        foreach (var workload in world.Facts.All<Workload>(Workload.Fields).Where(each => each.Kind == "DaemonSet"))
        {
            Add(workload.Resource!, workload.Name, workload.Cluster);
        }

        void Add(Resource resource, Value called, Value? cluster)
        {
            if (called.EqualTo(Name).And(Answer.Exists(resource.Existence)) is var isAgent and not Truth.No)
            {
                _suspects.Add(new Suspect(resource, isAgent, cluster));
            }
        }
    }

    /// <summary>The answer for a cluster, with what would decide.</summary>
    internal Value Of(Cluster cluster)
    {
        var causes = new List<Cause>(AwsResources.Unseen(_world, cluster.Resource!, cluster.Name, AddOnReader.Types));
        var truths = new List<Truth> { Answer.TruthOf(cluster.IsAutopilot), causes.Count > 0 ? Truth.Unknown : Truth.No };
        foreach (var (resource, isAgent, link) in _suspects)
        {
            var answer = isAgent.And(ReferenceEquals(link?.As<Cluster>(), cluster) ? Truth.Yes : link is Facts.Model.FactValue ? Truth.No : Truth.Unknown);
            truths.Add(answer);
            if (answer == Truth.Unknown)
            {
                causes.Add(new Cause(UnknownReason.OpenWorld, $"{resource.Address.Path} may be the Pod Identity agent", resource.Place, null));
            }
        }

        return truths.Any() is var isThere && isThere == Truth.No
            ? Absences.Of(_world).Resting(BoolValue.False, cluster.Resource!, AddOnReader.Types)
            : Answer.Of(isThere, causes);
    }

    /// <summary>What may be an agent, and the cluster it goes to; null where that may be any.</summary>
    private sealed record Suspect(Resource Resource, Truth IsAgent, Value? Cluster);
}
