using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.AzureNetwork;

/// <summary>Whether a registry lets nodes in by rules for addresses and subnets. AKS is none of the services that it lets past them.</summary>
internal static class Admission
{
    /// <summary>No where no rule lets anybody in. An address that is written may be the one with which nodes leave, even where Azure chose it.</summary>
    internal static Value Of(RegistryUse use)
    {
        var (registry, cluster) = (use.Registry, use.Cluster);
        var rules = registry.AddressRules as ListValue ?? ListValue.Empty;
        var subnets = registry.SubnetRules as ListValue ?? ListValue.Empty;
        if (rules is { Items: [], IsOpen: false } && subnets is { Items: [], IsOpen: false })
        {
            return BoolValue.False;
        }

        var ways = cluster.Resource!.At("network_profile.load_balancer_profile").Mentioned.Select(static reference => reference.Target.Block).ToHashSet();
        var isAdmitted = rules.Items.Any(item => item.Guard.IsAlways && item.Value.References.Any(reference => ways.Contains(reference.Target.Block)))
            || subnets.Items.Any(item => item.Guard.IsAlways && cluster.NodePools is ListValue { IsOpen: false } pools
                && pools.Each<NodePool>().All(pool => pool.SubnetsValue.EqualTo(Written.Find(item.Value, "subnet_id")) == Truth.Yes));
        return Answer.Of(
            isAdmitted ? Truth.Yes : Truth.Unknown,
            [.. rules.OpenBecause ?? [], .. subnets.OpenBecause ?? [], new Cause(UnknownReason.External, $"with which addresses the nodes of {cluster.Address.Path} leave", cluster.Place, null)]);
    }
}
