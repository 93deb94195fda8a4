using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Aws;

namespace Analyzer.PullPath.Readers.AwsNetwork;

/// <summary>Which services of AWS isolated nodes and their workloads ask besides the registry, with what tells of it.</summary>
internal sealed class ServiceNeeds(World world)
{
    /// <summary>It certainly fails without the service.</summary>
    private const string Breaks = "breaks";

    /// <summary>Something of it fails without the service.</summary>
    private const string Risk = "risk";

    /// <summary>The needs of the isolated pools of a network.</summary>
    internal ListValue Of(Network network)
    {
        var pools = network.NodePools.Each<NodePool>().Where(pool => pool.IsLive is BoolValue { Value: true } && pool.Exit is TextValue { Known: RouteEffect.Isolated }).ToList();
        var clusters = pools.Select(pool => pool.Cluster.As<Cluster>()).OfType<Cluster>().Distinct().ToList();
        var needs = new List<Value>();
        if (pools.Exists(pool => pool.Kind is not ("eks-fargate" or "ecs-fargate" or EcsInstances.Kind)))
        {
            Add("ec2", "nodes attach network interfaces and ask for their own names", Risk);
        }

        if (clusters.Exists(UsesTokens))
        {
            Add("sts", "service accounts take roles", Breaks);
        }
        else if (pools.Exists(pool => pool.Kind == "eks-fargate"))
        {
            Add("sts", "Fargate takes the pod execution role", Risk);
        }

        if (clusters.Exists(cluster => cluster.Associations.Each<Association>().Any(association => association.Guard.IsAlways)))
        {
            Add("eks-auth", "pods get credentials by Pod Identity", Breaks);
        }

        foreach (var service in pools.Exists(pool => pool.Kind == EcsInstances.Kind) ? (string[])["ecs", "ecs-agent", "ecs-telemetry"] : [])
        {
            Add(service, "container instances register with ECS", Breaks);
        }

        if (pools.Exists(pool => pool.SendsLogs && pool.Guard.IsAlways))
        {
            Add("logs", "containers write with the awslogs driver, and do not start without it", Risk);
        }
        else if (clusters.Exists(SendsLogs))
        {
            Add("logs", "the CloudWatch agent sends there", Risk);
        }

        return ListValue.Of(needs);

        void Add(string service, string reason, string weight) =>
            needs.Add(MapValue.Of(("service", new TextValue(service)), ("reason", new TextValue(reason)), ("weight", new TextValue(weight))));
    }

    private bool SendsLogs(Cluster cluster) => world.Facts.All<AddOn>(AddOn.Fields)
        .Any(addOn => ReferenceEquals(addOn.Cluster.As<Cluster>(), cluster) && addOn.Guard.IsAlways && addOn.Name is TextValue { Known: "amazon-cloudwatch-observability" });

    private bool UsesTokens(Cluster cluster) => world.Facts.All<ServiceAccount>(ServiceAccount.Fields)
        .Any(account => ReferenceEquals(account.Cluster.As<Cluster>(), cluster) && account.Guard.IsAlways && account.Identity.As<Identity>() is { Kind: RoleReader.Kind });
}
