using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Joins;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Aws;

/// <summary>Whether the Pod Identity agent runs on the nodes of a cluster: as an add-on, with Auto Mode, or installed as any other workload.</summary>
internal static class PodIdentityAgents
{
    private const string Agent = "eks-pod-identity-agent";

    private static readonly TextValue Name = new(Agent);

    /// <summary>The answer, with what would decide.</summary>
    internal static Value Of(Cluster cluster, World world)
    {
        var causes = new List<Cause>(AwsResources.Unseen(world, cluster.Resource!, cluster.Name, AddOnReader.Types));
        var truths = new List<Truth> { Answer.TruthOf(cluster.IsAutopilot), causes.Count > 0 ? Truth.Unknown : Truth.No };
        foreach (var addOn in world.Facts.All<AddOn>(AddOn.Fields))
        {
            Add(addOn.Resource!, addOn.Name, IsHere(addOn.Cluster));
        }

        // A release or a workload of that name, wherever it goes: then nobody knows that this cluster has none.
        foreach (var release in world.Managed("helm_release"))
        {
            Add(release, release.At("chart") is TextValue { Suffix: { } chart } && chart.EndsWith(Agent, StringComparison.Ordinal) ? Name : release.At("name"), Truth.Unknown);
        }

        foreach (var workload in world.Facts.All<Workload>(Workload.Fields).Where(each => each.Kind == "DaemonSet"))
        {
            Add(workload.Resource!, workload.Name, IsHere(workload.Cluster));
        }

        return truths.Any() is var isThere && isThere == Truth.No
            ? Absences.Of(world).Resting(BoolValue.False, cluster.Resource!, AddOnReader.Types)
            : Answer.Of(isThere, causes);

        void Add(Resource resource, Value called, Truth isHere)
        {
            var answer = called.EqualTo(Name).And(isHere).And(Answer.Exists(resource.Existence));
            truths.Add(answer);
            if (answer == Truth.Unknown)
            {
                causes.Add(new Cause(UnknownReason.OpenWorld, $"{resource.Address.Path} may be the Pod Identity agent", resource.Place, null));
            }
        }

        Truth IsHere(Value link) => ReferenceEquals(link.As<Cluster>(), cluster) ? Truth.Yes : link is Facts.Model.FactValue ? Truth.No : Truth.Unknown;
    }
}
