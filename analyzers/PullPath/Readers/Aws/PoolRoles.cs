using Analyzer.Facts.Model;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Joins;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Aws;

/// <summary>Links roles with the pools whose nodes have them, and says what keeps each pool from pulling.</summary>
internal sealed class PoolRoles : IReader
{
    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        var obstacles = new PullObstacles(RoleAccess.Of(world), Proof.Of(world));
        var pools = world.Facts.All<NodePool>(NodePool.Fields).Where(pool => pool.Service is not null).ToList();
        var withAddOns = world.Facts.All<AddOn>(AddOn.Fields).Where(addOn => addOn.Guard.IsAlways).Select(addOn => addOn.Cluster.As<Cluster>()).OfType<Cluster>().ToHashSet();
        world.Each(pools, pool =>
        {
            pool.PullObstacle = obstacles.Of(pool);
            pool.Account = AccountOf(pool);
            pool.AddOnRegistry = pool.Kind is "eks-managed" or "eks-self-managed" or "eks-capi" or "karpenter" && HasAddOns(pool, withAddOns) ? Links.To(AddOnRegistries.Of(pool, RegionOf(pool))) : NullValue.Instance;
        });

        var byRole = pools.Where(pool => pool.Identity is FactValue).ToLookup(pool => pool.Identity.As<Identity>());
        foreach (var role in world.Facts.All<Identity>(Identity.Fields).Where(identity => identity.Kind == RoleReader.Kind))
        {
            role.NodePools = Links.To(byRole[role]);
        }
    }

    private static Value AccountOf(NodePool pool)
    {
        foreach (var resource in new[] { pool.Resource, pool.Cluster.As<Cluster>()?.Resource })
        {
            if (resource is not null && Accounts.Of(resource) is { } account)
            {
                return account;
            }
        }

        return new UnknownValue(UnknownReason.External, $"the account of {pool.Address.Path}", pool.Place, type: DataType.Text);
    }

    private static Value RegionOf(NodePool pool)
    {
        foreach (var resource in new[] { pool.Resource, pool.Cluster.As<Cluster>()?.Resource })
        {
            if (resource is not null && AwsResources.RegionOf(resource) is TextValue region)
            {
                return region;
            }
        }

        return new UnknownValue(UnknownReason.External, $"the region of {pool.Address.Path}", pool.Place, type: DataType.Text);
    }

    /// <summary>False for a cluster that is told to bring none, and has none that is declared: which it has instead, nobody knows.</summary>
    private static bool HasAddOns(NodePool pool, HashSet<Cluster> withAddOns) => pool.Cluster.As<Cluster>() is not { } cluster || withAddOns.Contains(cluster)
        || cluster.Resource?.Field("bootstrap_self_managed_addons", "BootstrapSelfManagedAddons") is null or NullValue or BoolValue { Value: true };
}
