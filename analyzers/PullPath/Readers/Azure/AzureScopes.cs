using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Azure;

/// <summary>Whether the scope of a role assignment covers a registry or another thing: it is the thing, its resource group, its subscription, or something above.</summary>
internal static class AzureScopes
{
    private const string Subscription = "azurerm_subscription";

    private const string Subscriptions = "/subscriptions/";

    private static readonly string[] Narrow =
    [
        "azurerm_kubernetes_cluster", "azurerm_virtual_network", "azurerm_subnet", "azurerm_key_vault", "azurerm_storage_account", "azurerm_user_assigned_identity",
        "azurerm_private_dns_zone", "azurerm_log_analytics_workspace", "azurerm_public_ip", "azurerm_route_table", "azurerm_dns_zone", "azurerm_disk_encryption_set",
    ];

    internal static Value Covers(Value scope, Registry registry, World world) => registry.Resource is { } own ? Covers(scope, own, world) : UnknownValue.From(DataType.Bool, scope);

    /// <summary>Whether a scope covers something that is declared or looked up.</summary>
    internal static Value Covers(Value scope, Resource own, World world)
    {
        var answer = Truth.Unknown;
        foreach (var reference in scope.References)
        {
            var target = world.Inventory.Referent(reference);
            answer = target is null || reference.Attribute is not ("id" or "") ? answer : Of(target, own, world);
            if (answer != Truth.Unknown)
            {
                break;
            }
        }

        return answer switch
        {
            Truth.Yes => BoolValue.True,
            Truth.No => BoolValue.False,
            _ => UnknownValue.From(DataType.Bool, scope),
        };
    }

    /// <summary>False for the scope of a thing that has no registries in it, such as a cluster.</summary>
    internal static bool MayHoldRegistries(Value scope, World world) => !scope.References.Any(reference =>
        reference.Attribute is "id" or "" && world.Inventory.Referent(reference) is { } target && Array.Exists(Narrow, type => type == target.Type));

    /// <summary>Whether a scope is a subscription, so that it covers all that is in it.</summary>
    internal static bool IsSubscription(Value scope, World world) => scope switch
    {
        TextValue { Known: { } known } => known.StartsWith(Subscriptions, StringComparison.OrdinalIgnoreCase) && !known.AsSpan(Subscriptions.Length).TrimEnd('/').Contains('/'),
        TextValue { Parts: [{ Literal: Subscriptions }, { Hole: { } number }] } => number.References.Any(static reference => reference.Attribute == "subscription_id"),

        // Data sources without arguments are all the same, whatever their name.
        _ => scope.References.Any(reference => reference.Attribute is "id" or "" && (world.Inventory.Referent(reference) is { Type: Subscription, IsData: true } || reference.Target.Path.EndsWith("data." + Subscription, StringComparison.Ordinal))),
    };

    private static Truth Of(Resource target, Resource own, World world)
    {
        if (target.Address == own.Address)
        {
            return Truth.Yes;
        }

        if (target.Type == own.Type && !target.IsData && !own.IsData)
        {
            return Truth.No;
        }

        if (target.Type == "azurerm_resource_group")
        {
            var group = own.At("resource_group_name");
            return group.References.Select(world.Inventory.Referent).Any(resource => resource?.Address == target.Address) ? Truth.Yes
                : (group, target.At("name")) is (TextValue { Known: { } written }, TextValue { Known: { } name }) ? Kleene.Of(string.Equals(written, name, StringComparison.OrdinalIgnoreCase))
                : Truth.Unknown;
        }

        return Array.Exists(Narrow, type => type == target.Type) && !target.IsData ? Truth.No : Truth.Unknown;
    }
}
