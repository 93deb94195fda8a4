using System.Collections.Immutable;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Joins;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.AzureNetwork;

/// <summary>
/// Whether the subnets of AKS clusters with the outbound type userDefinedRouting have a route table. Source: learn.microsoft.com, "Customize cluster egress with outbound types in AKS".
/// </summary>
internal sealed class ClusterRoutes : IReader
{
    private const string UserDefined = "userDefinedRouting";

    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        foreach (var cluster in world.Facts.All<Cluster>(Cluster.Fields).Where(static cluster => cluster is { Kind: "aks", OutboundType: not NullValue }))
        {
            cluster.UnroutedSubnets = cluster.OutboundType is TextValue { Known: { } known } && known != UserDefined ? ListValue.Empty : Unrouted(cluster, world);
        }
    }

    private static ListValue Unrouted(Cluster cluster, World world)
    {
        var plugin = cluster.Resource!.At("network_profile.network_plugin");
        if (plugin is TextValue { Known: "kubenet" })
        {
            // AKS may make the route table of kubenet itself.
            return ListValue.Empty;
        }

        var found = ImmutableArray.CreateBuilder<Item>();
        var open = new List<Cause>((cluster.NodePools as ListValue)?.OpenBecause ?? []);
        if (plugin is not TextValue { Known: not null })
        {
            open.AddRange(Links.Undeclared(plugin, "network plugin").Causes);
        }

        foreach (var pool in cluster.NodePools.Each<NodePool>().Where(static pool => pool.SubnetsValue is not NullValue))
        {
            if (NodeSubnets.Of(pool, cluster, world) is not { } subnet)
            {
                open.AddRange(Links.Undeclared(pool.SubnetsValue, "subnet").Causes);
                continue;
            }

            var (has, causes) = SubnetPart.RouteTable.IsGivenTo(subnet, world);
            if (has == Truth.Yes)
            {
                continue;
            }

            open.AddRange(causes);
            if (has == Truth.No)
            {
                var name = new TextValue(subnet.Address.Path).Through(StepKind.Literal, subnet.Address.Path, subnet.Place);
                found.Add(new Item(Absences.Of(world).Resting(name, subnet, SubnetPart.RouteTable.Association), pool.Guard));
            }
        }

        return new ListValue(found.ToImmutable()) { OpenBecause = open.Count == 0 ? null : [.. open.Distinct().Take(Cause.Limit)] };
    }
}
