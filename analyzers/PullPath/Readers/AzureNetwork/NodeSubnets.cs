using Analyzer.Facts.Resources;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.AzureNetwork;

/// <summary>Where nodes of AKS stand.</summary>
internal static class NodeSubnets
{
    /// <summary>The subnet of a pool's nodes, where it is declared beside the cluster; null for any other.</summary>
    internal static Resource? Of(NodePool pool, Cluster cluster, World world) =>
        Names.Only(pool.SubnetsValue, AzureNetworkTypes.Subnet, world) is { IsData: false } subnet && subnet.Address.Scope == cluster.Address.Scope
            ? subnet
            : null;

    /// <summary>The same, where it is one and not any of several.</summary>
    internal static Resource? Single(NodePool pool, Cluster cluster, World world) => Of(pool, cluster, world) is { Multiplicity: Multiplicity.One } subnet ? subnet : null;

    /// <summary>The network of a subnet, where it is declared beside it; null for any other.</summary>
    internal static Resource? NetworkOf(Resource subnet, World world) =>
        Names.Only(subnet.At("virtual_network_name"), AzureNetworkTypes.Network, world) is { IsData: false } network && network.Address.Scope == subnet.Address.Scope
            ? network
            : null;
}
