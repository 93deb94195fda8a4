using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.AzureNetwork;

/// <summary>
/// Zones that hide names. A registry with a private endpoint anywhere has a name that leads to the zone privatelink.azurecr.io; a network with such a zone asks that one alone, and a name that is not in it does not exist.
/// Source: learn.microsoft.com, "Fallback to internet for Azure Private DNS zones".
/// </summary>
internal static class ZoneShadows
{
    private static readonly string[] Records = [AzureNetworkTypes.Record, "azurerm_private_dns_cname_record"];

    /// <summary>Links to networks of a cluster's nodes whose zone certainly has no record of a registry.</summary>
    internal static Value Of(RegistryUse use, World world)
    {
        if (use.Registry is not { Resource.IsData: false, PrivateEndpoints: ListValue { Items.Length: > 0, IsOpen: false } list } || use.Cluster.NodePools is not ListValue pools)
        {
            return ListValue.Empty;
        }

        var endpoints = list.Each<PrivateEndpoint>().ToList();
        var found = new List<Item>();
        var open = new List<Cause>();
        var networks = pools.Each<NodePool>().Select(pool => NodeSubnets.Single(pool, use.Cluster, world)).OfType<Resource>()
            .Select(subnet => EndpointNames.ServerCauses(subnet, use.Cluster.Resource!, world).Any() ? null : NodeSubnets.NetworkOf(subnet, world)).OfType<Resource>().Distinct().ToList();
        foreach (var link in world.Inventory.OfType(AzureNetworkTypes.ZoneLink).Where(static each => !each.IsData))
        {
            if (Names.Only(link.At("virtual_network_id"), AzureNetworkTypes.Network, world) is not { } network || !networks.Contains(network)
                || Names.Only(Written.Either(link.Body, "private_dns_zone_id", "private_dns_zone_name"), AzureNetworkTypes.Zone, world) is not { IsData: false } zone
                || zone.At("name") is not TextValue { Known: { } name } || !IsForAll(name) || Holds(zone, endpoints, world))
            {
                continue;
            }

            var causes = Doubts(link, zone, endpoints, use.Registry, world);
            if (causes.Count > 0)
            {
                open.AddRange(causes);
            }
            else
            {
                found.Add(new Item(new TextValue(link.Address.Path).Through(StepKind.Literal, link.Address.Path, link.Place), link.Guard));
            }
        }

        return new ListValue([.. found]) { OpenBecause = open.Count == 0 ? null : [.. open.Distinct().Take(Cause.Limit)] };
    }

    private static bool IsForAll(string name) => name.StartsWith("privatelink.azurecr.", StringComparison.OrdinalIgnoreCase);

    /// <summary>True if an endpoint certainly writes its names into a zone.</summary>
    private static bool Holds(Resource zone, List<PrivateEndpoint> endpoints, World world) =>
        endpoints.Exists(endpoint => endpoint.ZoneIdsValue is ListValue ids && ids.Values.Any(id => Names.Only(id, AzureNetworkTypes.Zone, world) is { } only && only.Address == zone.Address));

    /// <summary>Why a zone may have a record of a registry nevertheless, or why its link may let names pass that it does not have.</summary>
    private static List<Cause> Doubts(Resource link, Resource zone, List<PrivateEndpoint> endpoints, Registry registry, World world)
    {
        var causes = OtherMakers.Of(world).Causes(zone, AzureNetworkTypes.Record, "Microsoft.Network/privateDnsZones", "private-dns").Concat(PrivateEndpointReader.Others(registry, world)).ToList();
        if (link.At("resolution_policy") is not (NullValue or TextValue { Known: "Default" }) || link.Ignores("resolution_policy"))
        {
            causes.Add(new Cause(UnknownReason.External, $"{link.Address.Path} may let other names pass", link.Place, null));
        }

        foreach (var endpoint in endpoints.Where(endpoint => !endpoint.Guard.IsAlways || !WritesElsewhere(endpoint, zone, world)))
        {
            causes.Add(new Cause(UnknownReason.External, $"where {endpoint.Address.Path} writes its names", endpoint.Place, null));
        }

        foreach (var record in world.Inventory.OfTypes(Records))
        {
            if (Names.Mean(Written.Either(record.Body, "private_dns_zone_id", "zone_name"), PrivateZones.NameOf(record, world), zone, record, world) != Truth.No && record.At("name").EqualTo(registry.Name) != Truth.No)
            {
                causes.Add(new Cause(UnknownReason.OpenWorld, $"{record.Address.Path} may be its record", record.Place, null));
            }
        }

        return causes;
    }

    /// <summary>True if an endpoint certainly writes its names into zones that are declared, and not into this one.</summary>
    private static bool WritesElsewhere(PrivateEndpoint endpoint, Resource zone, World world) =>
        endpoint is { HasZoneGroup: BoolValue { Value: true }, ZoneIdsValue: ListValue { IsOpen: false, Items.Length: > 0 } ids }
        && ids.Values.All(id => Names.Only(id, AzureNetworkTypes.Zone, world) is { IsData: false } only && only.Block != zone.Block);
}
