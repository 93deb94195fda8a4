using Analyzer.Facts.Model;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Aws;

/// <summary>Links node pools with EKS clusters, and clusters with all their pools.</summary>
internal sealed class PoolClusters : IReader
{
    private static readonly string[] Pools = ["aws_eks_node_group", "aws_eks_fargate_profile", "aws_autoscaling_group"];

    public void Read(World world)
    {
    }

    /// <summary>Gives every cluster its pools, after all pools know their cluster.</summary>
    public void Join(World world)
    {
        var pools = world.Facts.All<NodePool>(NodePool.Fields).Where(pool => pool.Kind is "karpenter" or NodePool.Hybrid || pool.Kind.StartsWith("eks-", StringComparison.Ordinal)).ToList();
        var names = ClusterNames.Of(world);
        foreach (var cluster in names.All)
        {
            var open = AwsResources.Unseen(world, cluster.Resource!, cluster.Name, Pools).ToList();
            open.AddRange(pools.Where(pool => pool.Address.Scope == cluster.Address.Scope && pool.Cluster is UnknownValue or ChoiceValue)
                .Select(pool => new Cause(UnknownReason.Ambiguous, $"{pool.Address.Path} may belong to it", pool.Place, null)));
            var items = pools.Where(pool => ReferenceEquals(pool.Cluster.As<Cluster>(), cluster))
                .Select(pool => new Item(new FactValue(pool), cluster.Guard.Implies(pool.Guard) ? Guard.Always : pool.Guard));
            cluster.NodePools = new ListValue([.. items]) { OpenBecause = open.Count == 0 ? null : [.. open.Take(Cause.Limit)] };
        }
    }

    /// <summary>
    /// Joins a pool by the name it gives. One whose name nobody knows joins the only cluster of its scope, as an inference.
    /// </summary>
    internal static void Join(NodePool pool, Value name, ClusterNames names)
    {
        pool.Cluster = names.ClusterOf(name, pool.Address.Scope);
        if (pool.Cluster is UnknownValue or NullValue && name is UnknownValue or NullValue && names.Only(pool.Address.Scope, anywhere: false) is { } only)
        {
            (pool.Cluster, pool.ClusterIsInferred) = (Links.To(only), true);
        }

        NeedsCluster(pool);
    }

    /// <summary>A pool of Kubernetes has a cluster, if only nobody says which.</summary>
    internal static void NeedsCluster(NodePool pool) => pool.Cluster = pool.Cluster is NullValue
        ? new UnknownValue(UnknownReason.NoValue, $"nothing says to which cluster {pool.Address.Path} belongs", pool.Place)
        : pool.Cluster;
}
