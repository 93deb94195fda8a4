using System.Collections.Immutable;
using Analyzer.Facts.Resources;
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
            if (world.Inventory.Referents(pool.SubnetsValue).Where(static each => each.Type == AzureNetworkTypes.Subnet).Distinct().Take(2).ToList() is not [{ IsData: false } subnet] || subnet.Address.Scope != cluster.Address.Scope)
            {
                open.AddRange(Links.Undeclared(pool.SubnetsValue, "subnet").Causes);
                continue;
            }

            var tables = TablesOf(subnet, world);
            if (tables == Truth.Yes)
            {
                continue;
            }

            var causes = OtherMakers.Of(world).Causes(subnet, AzureNetworkTypes.RouteAssociation, "Microsoft.Network/virtualNetworks", "subnet update").ToList();
            if (tables == Truth.Unknown || subnet.Multiplicity == Multiplicity.Any)
            {
                causes.Add(new Cause(UnknownReason.OpenWorld, $"{subnet.Address.Path} may have a route table", subnet.Place, null));
            }

            open.AddRange(causes);
            if (causes.Count == 0)
            {
                var name = new TextValue(subnet.Address.Path).Through(StepKind.Literal, subnet.Address.Path, subnet.Place);
                found.Add(new Item(Absences.Of(world).Resting(name, subnet, AzureNetworkTypes.RouteAssociation), pool.Guard));
            }
        }

        return new ListValue(found.ToImmutable()) { OpenBecause = open.Count == 0 ? null : [.. open.Distinct().Take(Cause.Limit)] };
    }

    /// <summary>Whether a subnet is given a route table. An association of which nobody knows the subnet may be its own.</summary>
    private static Truth TablesOf(Resource subnet, World world)
    {
        if (subnet.At("route_table_id") is not NullValue || subnet.At("route_table_id_wo") is not NullValue)
        {
            return Truth.Unknown;
        }

        var answer = Truth.No;
        foreach (var association in world.Inventory.OfType(AzureNetworkTypes.RouteAssociation))
        {
            var id = association.At("subnet_id");
            var referents = world.Inventory.Referents(id).Where(static each => each.Type == AzureNetworkTypes.Subnet).Distinct().ToList();
            answer = answer.Or(referents is [{ IsData: false } only] ? only.Address == subnet.Address ? Answer.Exists(association.Guard) : Truth.No : Truth.Unknown);
        }

        return answer;
    }
}
