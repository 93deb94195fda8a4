using System.Net;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.Gcp;

/// <summary>
/// Firewall rules that let nothing out of a network of GKE (cloud.google.com/firewall/docs/firewalls): of the rules that fit, the one with the smallest number counts, and a deny before an allow of the same number. Without any rule
/// everything may leave.
/// </summary>
internal sealed class EgressRules : IReader
{
    private const string RuleType = "google_compute_firewall";
    private const string NetworkType = "google_compute_network";
    private const int DefaultPriority = 1000;
    private const int Https = 443;

    /// <summary>What else decides which traffic leaves a network; and endpoints by which Google's registries are reached at an address inside of it.</summary>
    private static readonly string[] Others =
    [
        RuleType, "google_compute_network_firewall_policy", "google_compute_network_firewall_policy_rule", "google_compute_network_firewall_policy_association", "google_compute_region_network_firewall_policy_association",
        "google_compute_firewall_policy", "google_compute_firewall_policy_rule", "google_compute_firewall_policy_association", "google_compute_network_firewall_policy_with_rules",
        "google_compute_global_forwarding_rule", "google_compute_forwarding_rule", "google_network_connectivity_regional_endpoint",
    ];

    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        var denies = world.Inventory.OfType(RuleType).Where(each => !each.IsData && DeniesAll(each)).ToList();
        if (denies.Count == 0)
        {
            return;
        }

        foreach (var pool in world.Facts.All<NodePool>(NodePool.Fields))
        {
            if (pool.Kind.StartsWith("gke", StringComparison.Ordinal) && pool.Cluster.As<Cluster>()?.Resource is { } cluster && NetworkOf(cluster, world) is { } network)
            {
                pool.BlockedBy = BlockerOf(pool, network, denies.Where(each => IsOf(each, network, world)), world);
            }
        }
    }

    /// <summary>The rule that keeps nodes of a pool from everything; null for none.</summary>
    private static Value BlockerOf(NodePool pool, Resource network, IEnumerable<Resource> denies, World world)
    {
        var covering = denies.FirstOrDefault(each => Covers(each, pool, world) == Truth.Yes && each.IsCertain && PriorityOf(each) is not null);
        if (covering is null)
        {
            return NullValue.Instance;
        }

        var priority = PriorityOf(covering)!.Value;
        var unseen = new List<Cause>();
        foreach (var allow in world.Inventory.OfType(RuleType).Where(each => !each.IsData && each != covering && IsEgress(each) && Written.Blocks(each.Body, "allow") is not { Items: [], IsOpen: false } && MayBeOf(each, network, world)))
        {
            if (PriorityOf(allow) >= priority || !MayLeadToRegistry(allow) || !IsNear(allow, network))
            {
                continue;
            }

            if (Covers(allow, pool, world) == Truth.Yes && PriorityOf(allow) is not null && allow.IsCertain)
            {
                return NullValue.Instance;
            }

            unseen.Add(new Cause(UnknownReason.NotComputed, $"{allow.Address.Path} may let its nodes out", allow.Place, null));
        }

        unseen.AddRange(Doubts(network, pool, world));
        return unseen.Count == 0 ? new TextValue(covering.Address.Path).With(covering.At("deny.protocol").Trace) : new UnknownValue([.. unseen.Take(Cause.Limit)], DataType.Text);
    }

    private static IEnumerable<Cause> Doubts(Resource network, NodePool pool, World world)
    {
        foreach (var other in world.Inventory.OfTypes(Others[1..]).Concat(world.Inventory.Omissions.Select(each => each.Resource).Where(each => Others.Contains(each.Type))).Where(each => IsNear(each, network)))
        {
            yield return new Cause(UnknownReason.NotComputed, $"{other.Address.Path} may let its nodes out", other.Place, null);
        }

        if (network.Address.Scope != pool.Address.Scope || world.Inventory.IsExported(network.Address))
        {
            yield return new Cause(UnknownReason.OpenWorld, $"others may add rules to {network.Address.Path}", network.Place, null);
        }

        foreach (var gap in world.Inventory.GapsOf(network.Address.Scope, Others))
        {
            yield return World.Because(gap);
        }
    }

    /// <summary>True for what is of the same product or sample: another root of it may look the network up.</summary>
    private static bool IsNear(Resource one, Resource network) => ClusterChoice.StageOf(one.Address.Scope) == ClusterChoice.StageOf(network.Address.Scope);

    private static Resource? NetworkOf(Resource cluster, World world) =>
        world.Inventory.Referents(cluster.At("network")).FirstOrDefault(each => each is { Type: NetworkType, IsData: false });

    private static bool IsOf(Resource rule, Resource network, World world) => world.Inventory.Referents(rule.At("network")).FirstOrDefault() == network;

    private static bool MayBeOf(Resource rule, Resource network, World world) =>
        world.Inventory.Referents(rule.At("network")).FirstOrDefault(each => each.Type == NetworkType) is not { IsData: false } named || named == network;

    private static bool IsEgress(Resource rule) => rule.At("direction") is not (NullValue or TextValue { Known: "INGRESS" });

    /// <summary>True for a rule in force that certainly denies TCP 443 to any address.</summary>
    private static bool DeniesAll(Resource rule) =>
        rule.At("direction") is TextValue { Known: "EGRESS" } && rule.At("disabled") is NullValue or BoolValue { Value: false }
        && Written.Blocks(rule.Body, "destination_ranges") is var ranges && (rule.At("destination_ranges") is NullValue || ranges.Values.Any(each => each is TextValue { Known: "0.0.0.0/0" }))
        && Written.Blocks(rule.Body, "deny").Items.Any(each => each.Guard.IsAlways && HasHttps(each.Value) == Truth.Yes);

    /// <summary>Whether a block of a rule is about TCP 443.</summary>
    private static Truth HasHttps(Value block)
    {
        var protocol = Written.Find(block, "protocol") is TextValue { Known: { } known } ? known.ToLowerInvariant() : null;
        return protocol switch
        {
            "all" => Truth.Yes,
            "tcp" or "6" => Written.Find(block, "ports") is NullValue ? Truth.Yes : Written.Blocks(block, "ports") is var ports && ports.Values.Any(IsHttps) ? Truth.Yes : ports.IsWhollyKnown ? Truth.No : Truth.Unknown,
            null => Truth.Unknown,
            _ => Truth.No,
        };
    }

    private static bool IsHttps(Value port) => port.ToString()!.Split('-') is var ends && int.TryParse(ends[0], out var first) && int.TryParse(ends[^1], out var last) && first <= Https && Https <= last;

    /// <summary>False for a rule that certainly lets nothing out to a registry: for other ports, or for addresses inside of networks alone.</summary>
    private static bool MayLeadToRegistry(Resource rule) =>
        rule.At("disabled") is not BoolValue { Value: true }
        && Written.Blocks(rule.Body, "allow") is var allows && (allows.IsOpen || allows.Values.Any(each => HasHttps(each) != Truth.No))
        && (rule.At("destination_ranges") is not ListValue { IsWhollyKnown: true } ranges || ranges.Items.Length == 0 || !ranges.Values.All(IsInside));

    private static bool IsInside(Value range) => range is TextValue { Known: { } text } && IPNetwork.TryParse(text, out var network)
        && network.BaseAddress.GetAddressBytes() is ([10, _, _, _] or [172, >= 16 and < 32, _, _] or [192, 168, _, _]) and var bytes && network.PrefixLength >= (bytes[0] == 10 ? 8 : bytes[0] == 172 ? 12 : 16);

    /// <summary>Whether a rule is for the nodes of a pool: for all instances, for their account, or for one of their tags.</summary>
    private static Truth Covers(Resource rule, NodePool pool, World world)
    {
        var (tags, accounts) = (rule.At("target_tags"), rule.At("target_service_accounts"));
        if (tags is NullValue or ListValue { Items: [], IsOpen: false } && accounts is NullValue or ListValue { Items: [], IsOpen: false })
        {
            return Truth.Yes;
        }

        if (accounts is ListValue named && pool.Identity.As<Identity>() is { } identity && named.Values.Any(each => GoogleAccounts.Of(each, world) == identity))
        {
            return Truth.Yes;
        }

        return tags is ListValue asked && Written.Find(pool.NodeConfig, "tags") is ListValue own && asked.Values.Any(one => own.Items.Any(other => other.Guard.IsAlways && other.Value.EqualTo(one) == Truth.Yes))
            ? Truth.Yes
            : Truth.Unknown;
    }

    private static long? PriorityOf(Resource rule) => rule.At("priority") switch
    {
        NullValue => DefaultPriority,
        NumberValue { Number.Whole: { } whole } => (long)whole,
        TextValue { Known: { } text } when long.TryParse(text, out var number) => number,
        _ => null,
    };
}
