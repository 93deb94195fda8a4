using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.AzureNetwork;

/// <summary>
/// Clusters of AKS without a way out of their network, and the images of their workloads that lie in registries of the internet. Source: learn.microsoft.com, "Network isolated AKS clusters" and "Outbound types".
/// </summary>
internal sealed class OutsideImages : IReader
{
    /// <summary>What Azure itself has copies of for such clusters.</summary>
    private const string Microsoft = "mcr.microsoft.com";

    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        var clusters = world.Facts.All<Cluster>(Cluster.Fields).Where(static cluster => cluster is { Kind: "aks", OutboundType: TextValue { Known: "none" or "block" } }).ToList();
        if (clusters.Count == 0)
        {
            return;
        }

        var pulls = world.Facts.All<Pull>(Pull.Fields).Where(static pull => !pull.IsDerived).ToLookup(static pull => pull.NodePool.As<NodePool>()?.Cluster.As<Cluster>());
        foreach (var cluster in clusters)
        {
            cluster.HasWayOut = HasWayOut(cluster, world);
            cluster.OutsideImages = Of(pulls[cluster], world);
        }
    }

    private static ListValue Of(IEnumerable<Pull> pulls, World world)
    {
        var found = new List<Item>();
        var open = ImageRewriters.Of(world).Take(Cause.Limit).ToList();
        if (open.Count > 0)
        {
            return new ListValue([]) { OpenBecause = [.. open] };
        }

        foreach (var pull in pulls.Where(static pull => Answer.TruthOf(pull.Lands) != Truth.No))
        {
            if (pull.Registry.As<Registry>() is not { } registry)
            {
                open.AddRange(Cause.Of(pull.Registry));
            }
            else if (registry.Kind == "acr" || registry.Host is TextValue { Known: Microsoft })
            {
                // Private endpoints and caches bring these.
            }
            else if (registry.IsOnInternet is not BoolValue isOnInternet)
            {
                open.Add(new Cause(UnknownReason.External, $"where the registry of {pull.Workload.As<Workload>()?.Address.Path} lies", pull.Place, null));
            }
            else if (isOnInternet.Value && !found.Exists(item => item.Value.EqualTo(pull.Image) == Truth.Yes))
            {
                found.Add(new Item(pull.Image, pull.Guard));
            }
        }

        return new ListValue([.. found]) { OpenBecause = open.Count == 0 ? null : [.. open.Distinct().Take(Cause.Limit)] };
    }

    /// <summary>Routes of one's own subnet may lead out nevertheless, where AKS does not block that; the subnet that AKS makes leads nowhere.</summary>
    private static Value HasWayOut(Cluster cluster, World world)
    {
        if (cluster.Resource!.Block("http_proxy_config") is not NullValue)
        {
            return Answer.Of(Truth.Unknown, new Cause(UnknownReason.External, $"{cluster.Address.Path} has a proxy", cluster.Place, null));
        }

        if (cluster.OutboundType is TextValue { Known: "block" })
        {
            return BoolValue.False;
        }

        var causes = new List<Cause>((cluster.NodePools as ListValue)?.OpenBecause ?? []);
        foreach (var pool in cluster.NodePools.Each<NodePool>().Where(static pool => pool.SubnetsValue is not NullValue))
        {
            if (NodeSubnets.Single(pool, cluster, world) is not { } subnet)
            {
                causes.AddRange(Links.Undeclared(pool.SubnetsValue, "subnet").Causes);
                continue;
            }

            if (Answer.TruthOf(subnet.At("default_outbound_access_enabled")) != Truth.No || subnet.Ignores("default_outbound_access_enabled"))
            {
                causes.Add(new Cause(UnknownReason.External, $"{subnet.Address.Path} may have the access to the internet that Azure gives by default", subnet.Place, null));
            }

            foreach (var part in new[] { SubnetPart.RouteTable, SubnetPart.NatGateway })
            {
                var (has, because) = part.IsGivenTo(subnet, world);
                causes.AddRange(has == Truth.Yes ? [new Cause(UnknownReason.External, $"{subnet.Address.Path} has routes or a NAT gateway of its own", subnet.Place, null)] : because);
            }
        }

        return Answer.Of(causes.Count == 0 ? Truth.No : Truth.Unknown, causes);
    }
}
