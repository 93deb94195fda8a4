using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.AzureNetwork;

/// <summary>
/// Whether a private endpoint gets the names of its registry otherwise than by a zone group: by records, by name servers of the network, by whoever owns the network.
/// </summary>
internal static class EndpointNames
{
    private const string Servers = "azurerm_virtual_network_dns_servers";

    /// <summary>Answers for each endpoint whose zone group does not certainly hold the names of registries.</summary>
    internal static void Join(List<PrivateEndpoint> endpoints, World world)
    {
        var nameless = endpoints.FindAll(static endpoint => endpoint.HasZoneGroup is not BoolValue { Value: true } || !PrivateZones.HoldRegistries(endpoint.ZoneNames));
        if (nameless.Count == 0)
        {
            return;
        }

        var scopes = nameless.Select(static endpoint => endpoint.Address.Scope).ToHashSet(StringComparer.Ordinal);
        var addresses = nameless.Select(static endpoint => endpoint.Resource!.Block).ToHashSet();
        var mentions = world.Inventory.Resources.Where(resource => scopes.Contains(resource.Address.Scope) && resource.Type != AzureNetworkTypes.Endpoint)
            .SelectMany(static resource => resource.Body.Mentioned.Select(static reference => reference.Target.Block).Distinct(), static (resource, target) => (resource, target))
            .Where(each => addresses.Contains(each.target))
            .ToLookup(static each => each.target, static each => each.resource);
        var general = General(world).ToList();
        foreach (var endpoint in nameless)
        {
            var causes = mentions[endpoint.Resource!.Block].Select(static resource => May(resource, "may give it names")).Concat(general).Concat(NetworkCauses(endpoint.Resource!, world))
                .Concat(OtherMakers.Of(world).Causes(endpoint.Resource!, AzureNetworkTypes.Record, "Microsoft.Network/privateDnsZones", "private-dns")).ToList();
            endpoint.HasOtherNames = Answer.Of(causes.Count == 0 ? Truth.No : Truth.Unknown, causes);
        }
    }

    /// <summary>Why others than this root may decide which names are known in the network of an endpoint: it is not all declared beside it, or it asks name servers of its own.</summary>
    internal static IEnumerable<Cause> NetworkCauses(Resource endpoint, World world) => Declared(world, endpoint.At("subnet_id"), AzureNetworkTypes.Subnet, endpoint) is { } subnet
        ? ServerCauses(subnet, endpoint, world)
        : [new Cause(UnknownReason.External, $"the subnet of {endpoint.Address.Path} is not declared here", endpoint.Place, null)];

    /// <summary>Why others than the name server of Azure may be asked from a subnet.</summary>
    internal static IEnumerable<Cause> ServerCauses(Resource subnet, Resource beside, World world)
    {
        if (Declared(world, subnet.At("virtual_network_name"), AzureNetworkTypes.Network, beside) is not { } network)
        {
            yield return new Cause(UnknownReason.External, $"the network of {subnet.Address.Path} is not declared here", subnet.Place, null);
        }
        else if (network.At("dns_servers") is not (NullValue or ListValue { Items: [], IsOpen: false }))
        {
            yield return May(network, "asks name servers of its own");
        }
        else
        {
            foreach (var servers in world.Inventory.OfType(Servers).Where(each => each.Address.Scope == network.Address.Scope && (Names.Only(each.At("virtual_network_id"), AzureNetworkTypes.Network, world) ?? network).Block == network.Block))
            {
                yield return May(servers, $"may give {network.Address.Path} other name servers");
            }
        }
    }

    /// <summary>What may give names to any endpoint: records in zones of registries, servers for a network, look-ups of addresses.</summary>
    private static IEnumerable<Cause> General(World world)
    {
        foreach (var record in world.Inventory.OfTypes(AzureNetworkTypes.Record, "azurerm_private_dns_cname_record"))
        {
            if (!record.IsData && PrivateZones.MayHoldRegistries(PrivateZones.NameOf(record, world)))
            {
                yield return May(record, "may give it names");
            }
        }

        foreach (var server in world.Inventory.OfTypes(Servers, "azurerm_private_dns_resolver", "azurerm_private_endpoint_connection"))
        {
            yield return May(server, "may give it names");
        }
    }

    /// <summary>The resource of a type that is declared in the same root and that a value names; null for any other.</summary>
    private static Resource? Declared(World world, Value value, string type, Resource beside) =>
        world.Inventory.Referents(value).FirstOrDefault(each => each.Type == type && !each.IsData && each.Address.Scope == beside.Address.Scope);

    private static Cause May(Resource resource, string what) => new(UnknownReason.OpenWorld, $"{resource.Address.Path} {what}", resource.Place, null);
}
