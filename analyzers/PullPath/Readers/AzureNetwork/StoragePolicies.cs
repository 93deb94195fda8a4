using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.AzureNetwork;

/// <summary>
/// Policies that let a subnet ask certain storage accounts alone. Layers of a registry lie in accounts of Azure itself, which no list of accounts, groups or subscriptions has.
/// </summary>
internal static class StoragePolicies
{
    private const string Policy = "azurerm_subnet_service_endpoint_storage_policy";

    /// <summary>Subnets of a cluster's nodes with such a policy, where layers of a registry come from storage.</summary>
    internal static Value Of(RegistryUse use, World world)
    {
        if (use.Cluster.NodePools is not ListValue pools || use.Registry.Resource is not { IsData: false } registry || world.Inventory.OfType(Policy).Count == 0
            || use.Cluster.Resource!.Block("http_proxy_config") is not NullValue)
        {
            return ListValue.Empty;
        }

        var found = new List<Item>();
        var open = new List<Cause>(pools.OpenBecause ?? []);
        foreach (var pool in pools.Each<NodePool>())
        {
            if (NodeSubnets.Single(pool, use.Cluster, world) is not { } subnet || subnet.At("service_endpoint_policy_ids") is not (not NullValue and var written))
            {
                // Pods may run where nothing limits them.
                return ListValue.Empty;
            }

            var causes = Doubts(subnet, written, world);
            if (causes.Count > 0)
            {
                open.AddRange(causes);
            }
            else if (HasStorage(subnet))
            {
                found.Add(new Item(new TextValue(subnet.Address.Path).With(written.Trace)));
            }
            else
            {
                return ListValue.Empty;
            }
        }

        if (registry.At("data_endpoint_enabled") is not (NullValue or BoolValue { Value: false }))
        {
            return ListValue.Empty;
        }

        return new ListValue(open.Count == 0 ? [.. found] : []) { OpenBecause = open.Count == 0 ? null : [.. open.Distinct().Take(Cause.Limit)] };
    }

    private static bool HasStorage(Resource subnet) => ServiceEndpoints.Has(subnet, "Microsoft.Storage") == Truth.Yes || ServiceEndpoints.Has(subnet, "Microsoft.Storage.Global") == Truth.Yes;

    /// <summary>Why a policy may let other accounts be asked: it is not declared, or has aliases of services.</summary>
    private static List<Cause> Doubts(Resource subnet, Value written, World world)
    {
        var causes = new List<Cause>();
        foreach (var id in written is ListValue { IsOpen: false, Items.Length: > 0 } list ? list.Values : [written])
        {
            if (Names.Only(id, Policy, world) is not { IsData: false } policy)
            {
                causes.AddRange(Links.Undeclared(id, "policy").Causes);
            }
            else if (policy.IgnoredChanges.Count > 0 || Written.Blocks(policy.Body, "definition") is not { IsOpen: false, Items.Length: > 0 } definitions || !definitions.Values.All(IsLimited))
            {
                causes.Add(new Cause(UnknownReason.External, $"{policy.Address.Path} may let storage of services be asked", policy.Place, null));
            }
        }

        if (ServiceEndpoints.Has(subnet, "Microsoft.Storage") == Truth.Unknown)
        {
            causes.Add(new Cause(UnknownReason.External, $"service endpoints of {subnet.Address.Path}", subnet.Place, null));
        }

        return causes;
    }

    private static bool IsLimited(Value definition) => Written.Find(definition, "service") is NullValue or TextValue { Known: "Microsoft.Storage" }
        && Written.Find(definition, "service_resources") is ListValue { IsOpen: false } resources
        && resources.Values.All(static resource => resource.References.Any() || resource is TextValue { Prefix: var start } && start.StartsWith("/subscriptions/", StringComparison.OrdinalIgnoreCase));
}
