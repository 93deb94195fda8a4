using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Gcp;

/// <summary>
/// Private nodes of GKE in a subnet that says no to Private Google Access (cloud.google.com/vpc/docs/private-google-access): without addresses of their own they reach Google's registries by nothing else
/// but Cloud NAT, an endpoint of Private Service Connect, or routes to somewhere that leads on. Other registries they reach by no more than that, whatever the subnet says.
/// </summary>
internal sealed class PrivatePools : IReader
{
    private const string SubnetType = "google_compute_subnetwork";
    private const string NatType = "google_compute_router_nat";
    private const string NetworkType = "google_compute_network";

    /// <summary>What leads out of a network, or may.</summary>
    private static readonly string[] Ways =
    [
        NatType, "google_compute_global_forwarding_rule", "google_compute_forwarding_rule", "google_compute_route", "google_compute_router_peer", "google_compute_vpn_tunnel",
        "google_compute_interconnect_attachment", "google_compute_network_peering", "google_network_connectivity_spoke", "google_network_connectivity_policy_based_route",
    ];

    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        foreach (var pool in world.Facts.All<NodePool>(NodePool.Fields))
        {
            // An inline pool may differ from its cluster in a block of its own.
            if (pool.Kind is "gke" or "gke-inline" or "gke-autopilot" && pool.Cluster.As<Cluster>()?.Resource is { } cluster && (pool.Kind != "gke" || pool.Resource != cluster)
                && IsPrivate(pool.Resource!, cluster) is var isPrivate and not (NullValue or BoolValue { Value: false }))
            {
                var subnet = SubnetOf(pool.Resource!, cluster, world);
                pool.ReachesGoogle = subnet is not null && SaysNo(subnet) ? Leaves(subnet, cluster, isPrivate, subnet.At("private_ip_google_access"), world) : NullValue.Instance;
                pool.LeavesNetwork = subnet is not null
                    ? Leaves(subnet, cluster, isPrivate, BoolValue.False.With(isPrivate.Trace), world)
                    : Answer.Of(Truth.Unknown, new Cause(UnknownReason.External, $"what leads out of the network of {cluster.Address.Path} is not seen here", cluster.Place, null));
            }
        }
    }

    private static bool SaysNo(Resource subnet) => subnet.At("private_ip_google_access") is BoolValue { Value: false };

    /// <summary>Whether nodes have no public addresses, as the pool says it, or the cluster.</summary>
    private static Value IsPrivate(Resource pool, Resource cluster) =>
        Own(pool, cluster, "network_config.enable_private_nodes") is not NullValue and var own ? own : cluster.At("private_cluster_config.enable_private_nodes");

    private static Resource? SubnetOf(Resource pool, Resource cluster, World world)
    {
        var written = Own(pool, cluster, "network_config.subnetwork") is not NullValue and var other ? other : cluster.At("subnetwork");
        return world.Inventory.Referents(written).Where(each => each is { Type: SubnetType, IsData: false }).Take(2).ToList() is [var only] ? only : null;
    }

    private static Value Own(Resource pool, Resource cluster, string path) => pool == cluster ? NullValue.Instance : pool.At(path);

    /// <summary>The given no where nothing leads out of the network of private nodes.</summary>
    private static Value Leaves(Resource subnet, Resource cluster, Value isPrivate, Value no, World world)
    {
        if (world.Inventory.OfType(NatType).Any(nat => Translates(nat, subnet, world)))
        {
            return BoolValue.True;
        }

        var unseen = Doubts(subnet, cluster, world).ToList();
        return unseen.Count > 0 || isPrivate is not BoolValue ? Answer.Of(Truth.Unknown, unseen.Concat(Cause.Of(isPrivate))) : no;
    }

    /// <summary>True for a NAT that certainly serves all subnets of the network in this region.</summary>
    private static bool Translates(Resource nat, Resource subnet, World world) =>
        nat is { IsData: false, IsCertain: true } && nat.At("source_subnetwork_ip_ranges_to_nat") is TextValue { Known: "ALL_SUBNETWORKS_ALL_IP_RANGES" or "ALL_SUBNETWORKS_ALL_PRIMARY_IP_RANGES" }
        && nat.At("region").EqualTo(subnet.At("region")) == Truth.Yes
        && world.Inventory.Referents(nat.At("router")).FirstOrDefault(each => each.Type == "google_compute_router")?.At("network") is { } network
        && world.Inventory.Referents(network).FirstOrDefault() is { } one && one == world.Inventory.Referents(subnet.At("network")).FirstOrDefault();

    private static IEnumerable<Cause> Doubts(Resource subnet, Resource cluster, World world)
    {
        var scope = subnet.Address.Scope;
        var network = world.Inventory.Referents(subnet.At("network")).FirstOrDefault(each => each is { Type: NetworkType, IsData: false });
        if (network is null || network.Address.Scope != scope || cluster.Address.Scope != scope || !subnet.IsCertain)
        {
            yield return new Cause(UnknownReason.External, $"what leads out of the network of {subnet.Address.Path} is not seen here", subnet.Place, null);
            yield break;
        }

        if (world.Inventory.IsExported(network.Address) || world.Inventory.IsExported(subnet.Address))
        {
            yield return new Cause(UnknownReason.OpenWorld, $"others may lead out of {network.Address.Path}, which an output names", network.Place, null);
        }

        foreach (var way in world.Inventory.OfTypes(Ways).Concat(world.Inventory.Omissions.Select(each => each.Resource).Where(each => Ways.Contains(each.Type))))
        {
            yield return new Cause(UnknownReason.NotComputed, $"{way.Address.Path} may lead out of {network.Address.Path}", way.Place, null);
        }

        foreach (var gap in world.Inventory.GapsOf(scope, Ways))
        {
            yield return World.Because(gap);
        }
    }
}
