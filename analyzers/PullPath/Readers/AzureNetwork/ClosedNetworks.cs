using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.AzureNetwork;

/// <summary>Networks that AKS makes itself, in a resource group of its own: whoever links a zone to one or peers it has to look it up there.</summary>
internal static class ClosedNetworks
{
    private static readonly string[] LookUps = ["azurerm_virtual_network", "azurerm_virtual_networks", "azurerm_resources", "azurerm_subnet", "azapi_resource", "azapi_resource_list", "external"];

    /// <summary>Whether all nodes of a cluster stand in such a network, and nothing that is declared looks it up.</summary>
    internal static Value Holds(Cluster cluster, World world)
    {
        if (cluster.NodePools is not ListValue pools || pools.Each<NodePool>().Any(static pool => pool.SubnetsValue is not NullValue))
        {
            return BoolValue.False;
        }

        var resource = cluster.Resource!;
        var causes = new List<Cause>(pools.OpenBecause ?? []);
        causes.AddRange(resource.IgnoredChanges.Any(static name => name is "*" or "all" || name.StartsWith("default_node_pool", StringComparison.Ordinal))
            ? [new Cause(UnknownReason.External, $"{resource.Address.Path} ignores changes of its nodes", resource.Place, null)]
            : []);
        causes.AddRange(resource.Block("bootstrap_profile") is NullValue ? [] : [new Cause(UnknownReason.External, $"AKS may connect {resource.Address.Path} with the registry of its own images", resource.Place, null)]);
        causes.AddRange(world.Unseen(resource, (cluster.Name as TextValue)?.Known, [AzureNetworkTypes.Peering]));
        causes.AddRange(world.Inventory.OfTypes(LookUps).Where(each => each.IsData && each.Address.Scope == resource.Address.Scope).Select(static each => new Cause(UnknownReason.External, $"{each.Address.Path} may look its network up", each.Place, null)));
        causes.AddRange(world.Inventory.OfScope(resource.Address.Scope).Where(each => TellsGroup(each.Body, resource)).Select(static each => new Cause(UnknownReason.OpenWorld, $"{each.Address.Path} is told where its network is", each.Place, null)));
        if (world.Inventory.UnitOf(resource.Address.Scope) is { } unit && TellsGroup(unit.Outputs, resource))
        {
            causes.Add(new Cause(UnknownReason.OpenWorld, $"an output tells where the network of {resource.Address.Path} is", resource.Place, null));
        }

        return Answer.Of(causes.Count == 0 ? Truth.Yes : Truth.Unknown, causes);
    }

    private static bool TellsGroup(Value value, Resource cluster) =>
        value.Mentioned.Any(reference => reference.Target.Block == cluster.Block && (reference.Attribute.Length == 0 || reference.Attribute.StartsWith("node_resource_group", StringComparison.Ordinal)));
}
