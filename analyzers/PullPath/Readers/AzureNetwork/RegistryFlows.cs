using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.AzureNetwork;

/// <summary>The ways on which nodes may reach a registry: its public address, and each of its private endpoints.</summary>
internal static class RegistryFlows
{
    internal const string Tag = "AzureContainerRegistry";

    private static readonly string[] Leaders = ["azurerm_virtual_network_gateway", "azurerm_virtual_hub_connection", "azurerm_express_route_connection", "azurerm_route_server"];

    /// <summary>The ways of tokens and manifests from a subnet; none where nothing leads to the registry.</summary>
    internal static List<Flow> Of(Registry registry, Resource subnet, World world) => With(Tag, registry, subnet, world);

    /// <summary>The ways of layers, where they are others: they come from storage of the region unless the registry has data endpoints.</summary>
    internal static List<Flow> OfLayers(Registry registry, Resource subnet, World world) =>
        registry.Resource is { IsData: false } resource && resource.At("data_endpoint_enabled") is NullValue or BoolValue { Value: false } && Answer.TruthOf(registry.PublicAccess) != Truth.No
            ? With("Storage", registry, subnet, world)
            : [];

    private static List<Flow> With(string tag, Registry registry, Resource subnet, World world)
    {
        var flows = new List<Flow>();
        if (Answer.TruthOf(registry.PublicAccess) != Truth.No)
        {
            flows.Add(Flow.ToService(tag, registry.Region, IsNetworkNarrow(subnet, world) ? Truth.No : Truth.Unknown));
        }

        if (registry.PrivateEndpoints is ListValue endpoints)
        {
            flows.AddRange(endpoints.Each<PrivateEndpoint>().Select(endpoint => ToEndpoint(endpoint, subnet, world)));
        }

        if (registry.PrivateEndpoints is not ListValue { IsOpen: false } closed || (closed.Items.Length > 0 && PrivateEndpointReader.Others(registry, world).Any()))
        {
            flows.Add(Flow.ToEndpoint(new UnknownValue(UnknownReason.OpenWorld, "addresses of endpoints", null), Truth.Unknown));
        }

        return flows;
    }

    private static Flow ToEndpoint(PrivateEndpoint endpoint, Resource subnet, World world) =>
        Names.Only(endpoint.SubnetValue, AzureNetworkTypes.Subnet, world) is { IsData: false } other
            ? Flow.ToEndpoint(other.At("address_prefixes"), NodeSubnets.NetworkOf(subnet, world) is { } network && NodeSubnets.NetworkOf(other, world)?.Address == network.Address ? Truth.Yes : Truth.Unknown)
            : Flow.ToEndpoint(new UnknownValue(UnknownReason.External, "the endpoint's subnet", endpoint.Place), Truth.Unknown);

    /// <summary>Whether the tag VirtualNetwork has private addresses alone: no route and no gateway draws others into it.</summary>
    private static bool IsNetworkNarrow(Resource subnet, World world) =>
        SubnetPart.RouteTable.IsGivenTo(subnet, world).Has == Truth.No
        && !world.Inventory.OfTypes(Leaders).Any()
        && !world.Inventory.OfType(AzureNetworkTypes.Peering).Any(static peering => Answer.TruthOf(peering.At("use_remote_gateways")) != Truth.No && peering.At("use_remote_gateways") is not NullValue);
}
