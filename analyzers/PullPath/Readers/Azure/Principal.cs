using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Readers.Azure;

/// <summary>Who a <c>principal_id</c> is, told by the attribute it comes from.</summary>
/// <param name="Kind">
/// <c>kubelet</c>, <c>control-plane</c>, <c>add-on</c>, <c>wrong-field</c> (an id that is no object id), <c>identity</c>, <c>other</c> (somebody that is certainly no node), or null: nobody knows.
/// </param>
/// <param name="Cluster">The cluster it belongs to, if it belongs to one.</param>
/// <param name="Identity">The managed identity, if it is one.</param>
internal readonly record struct Principal(string? Kind, Resource? Cluster, Resource? Identity)
{
    internal const string ClusterType = "azurerm_kubernetes_cluster";
    internal const string IdentityType = "azurerm_user_assigned_identity";

    private static readonly string[] AddOns =
        ["oms_agent", "key_vault_secrets_provider", "ingress_application_gateway", "web_app_routing", "aci_connector_linux"];

    /// <summary>Classifies a value by all the attributes it came by: the kubelet's own identity wins over what it was made of.</summary>
    internal static Principal Of(Value value, World world)
    {
        var found = default(Principal);
        foreach (var reference in value.References)
        {
            var resource = world.Inventory.Referent(reference);
            var principal = resource is null ? default : Of(resource, reference.Attribute);
            if (principal.Kind == "kubelet")
            {
                return principal;
            }

            found = found.Kind is null ? principal : found;
        }

        return found;
    }

    private static Principal Of(Resource resource, string attribute)
    {
        switch (resource.Type)
        {
            case ClusterType when !resource.IsData:
                if (attribute.StartsWith("kubelet_identity", StringComparison.Ordinal))
                {
                    return new Principal(attribute.EndsWith("object_id", StringComparison.Ordinal) ? "kubelet" : "wrong-field", resource, null);
                }

                if (attribute.StartsWith("identity", StringComparison.Ordinal))
                {
                    return new Principal(attribute.EndsWith("principal_id", StringComparison.Ordinal) ? "control-plane" : "wrong-field", resource, null);
                }

                return Array.Exists(AddOns, name => attribute.StartsWith(name, StringComparison.Ordinal)) ? new Principal("add-on", resource, null) : default;
            case IdentityType when !resource.IsData:
                return attribute switch
                {
                    "principal_id" => new Principal("identity", null, resource),
                    "client_id" or "id" => new Principal("wrong-field", null, resource),
                    _ => default,
                };
            case "azurerm_client_config" or "azuread_client_config" or "azuread_user" or "azurerm_container_registry"
                or "azurerm_linux_virtual_machine" or "azurerm_windows_virtual_machine" or "azurerm_linux_web_app" or "azurerm_linux_function_app" or "azurerm_container_app"
                or "azurerm_data_factory" or "azurerm_key_vault" or "azurerm_storage_account" or "azurerm_api_management" or "azurerm_application_gateway":
                return new Principal("other", null, null);
            default:
                return default;
        }
    }
}
