namespace Analyzer.PullPath.Readers.AzureNetwork;

/// <summary>Types of resources of which private paths in Azure are made.</summary>
internal static class AzureNetworkTypes
{
    internal const string Endpoint = "azurerm_private_endpoint";

    internal const string Zone = "azurerm_private_dns_zone";

    internal const string ZoneLink = "azurerm_private_dns_zone_virtual_network_link";

    internal const string Record = "azurerm_private_dns_a_record";

    internal const string Subnet = "azurerm_subnet";

    internal const string SecurityGroup = "azurerm_network_security_group";

    internal const string SecurityRule = "azurerm_network_security_rule";

    internal const string Peering = "azurerm_virtual_network_peering";

    internal const string RouteTable = "azurerm_route_table";

    internal const string Route = "azurerm_route";

    internal const string Firewall = "azurerm_firewall";

    internal const string FirewallPolicy = "azurerm_firewall_policy";

    internal const string Network = "azurerm_virtual_network";
}
