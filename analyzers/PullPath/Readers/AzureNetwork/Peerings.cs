using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.AzureNetwork;

/// <summary>Which networks are connected. A peering works where each side has declared it; through a third network traffic goes only where routes or a gateway lead it.</summary>
internal sealed class Peerings
{
    /// <summary>What connects networks otherwise.</summary>
    private static readonly string[] Others =
    [
        "azurerm_virtual_hub_connection", "azurerm_virtual_network_gateway", "azurerm_virtual_network_gateway_connection", "azurerm_network_manager", "azurerm_network_manager_network_group",
        "azurerm_express_route_circuit",
    ];

    private readonly World _world;
    private readonly List<(Resource From, Resource To)> _known = [];
    private readonly List<Cause> _doubts;

    private Peerings(World world)
    {
        _world = world;
        _doubts = [.. world.Inventory.OfTypes(Others).Where(static each => !each.IsData).Select(static each => new Cause(UnknownReason.OpenWorld, $"{each.Address.Path} may connect networks", each.Place, null)).Take(Cause.Limit)];
        foreach (var peering in world.Managed(AzureNetworkTypes.Peering))
        {
            if (Names.Only(peering.At("virtual_network_name"), AzureNetworkTypes.Network, world) is { } from && Names.Only(peering.At("remote_virtual_network_id"), AzureNetworkTypes.Network, world) is { } to)
            {
                _known.Add((from, to));
            }
            else if (_doubts.Count < Cause.Limit)
            {
                _doubts.Add(new Cause(UnknownReason.OpenWorld, $"which networks {peering.Address.Path} connects", peering.Place, null));
            }
        }
    }

    /// <summary>Whether a network of a cluster's nodes has, or is peered with one that has, an endpoint of a registry.</summary>
    internal static Value Connect(RegistryUse use, World world)
    {
        if (use.Registry.PrivateEndpoints is not ListValue { Items.Length: > 0 } endpoints || use.Cluster.NodePools is not ListValue pools)
        {
            return BoolValue.True;
        }

        var all = world.Shared(static world => new Peerings(world));
        var causes = new List<Cause>([.. pools.OpenBecause ?? [], .. use.Registry.Resource is { IsData: false } ? PrivateEndpointReader.Others(use.Registry, world) : []]);
        var answer = causes.Count == 0 ? Truth.No : Truth.Unknown;
        foreach (var pool in pools.Each<NodePool>())
        {
            var own = NodeSubnets.Single(pool, use.Cluster, world) is { } subnet ? NodeSubnets.NetworkOf(subnet, world) : null;
            foreach (var endpoint in endpoints.Each<PrivateEndpoint>())
            {
                answer = answer.Or(all.Connect(own, NetworkOf(endpoint, world), pool, endpoint, causes));
            }
        }

        return Answer.Of(answer, causes);
    }

    /// <summary>The network in which an endpoint is, where it is declared beside it.</summary>
    private static Resource? NetworkOf(PrivateEndpoint endpoint, World world) =>
        Names.Only(endpoint.SubnetValue, AzureNetworkTypes.Subnet, world) is { IsData: false } subnet ? NodeSubnets.NetworkOf(subnet, world) : null;

    private Truth Connect(Resource? own, Resource? other, NodePool pool, PrivateEndpoint endpoint, List<Cause> causes)
    {
        if (own is null || other is null || own.Address.Scope != other.Address.Scope)
        {
            causes.Add(own is null ? new Cause(UnknownReason.External, $"the network of {pool.Address.Path}", pool.Place, null) : new Cause(UnknownReason.External, $"the network of {endpoint.Address.Path}", endpoint.Place, null));
            return Truth.Unknown;
        }

        if (own.Address == other.Address || (Has(own, other) && Has(other, own)))
        {
            return Truth.Yes;
        }

        if (own.Block == other.Block || Reached(own).Contains(other.Address))
        {
            causes.Add(new Cause(UnknownReason.OpenWorld, $"{own.Address.Path} may be led to {other.Address.Path} by other networks", own.Place, null));
            return Truth.Unknown;
        }

        var doubts = _doubts.Concat(new[] { own, other }.SelectMany(network => OtherMakers.Of(_world).Causes(network, AzureNetworkTypes.Peering, "Microsoft.Network/virtualNetworks", "vnet peering"))).ToList();
        causes.AddRange(doubts);
        return doubts.Count == 0 && own.IsCertain && other.IsCertain ? Truth.No : Truth.Unknown;
    }

    private bool Has(Resource from, Resource to) => _known.Exists(each => each.From.Address == from.Address && each.To.Address == to.Address);

    /// <summary>What peerings of either direction may lead to, over any number of networks.</summary>
    private HashSet<Address> Reached(Resource start)
    {
        var reached = new HashSet<Address> { start.Address };
        var pending = new Stack<Address>(reached);
        while (pending.TryPop(out var next))
        {
            foreach (var neighbour in _known.Where(each => each.From.Address == next).Select(static each => each.To.Address).Concat(_known.Where(each => each.To.Address == next).Select(static each => each.From.Address)))
            {
                if (reached.Add(neighbour))
                {
                    pending.Push(neighbour);
                }
            }
        }

        return reached;
    }
}
