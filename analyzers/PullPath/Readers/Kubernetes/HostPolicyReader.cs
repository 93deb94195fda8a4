using System.Net;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Kubernetes;

/// <summary>
/// What filters traffic of nodes: policies of Cilium with a node selector (docs.cilium.io, host firewall), where a deny wins over all that allows; global policies of Calico that select host endpoints of the same set
/// (docs.tigera.io, host endpoints), of which the first rule that fits counts; and rules that DaemonSets in the network of their nodes write into the chain OUTPUT.
/// </summary>
internal sealed class HostPolicyReader : IReader
{
    private const string Metadata = "169.254.169.254";
    private const string Cilium = "cilium.io/CiliumClusterwideNetworkPolicy";
    private const string CalicoPolicy = "/GlobalNetworkPolicy";
    private const string CalicoHost = "/HostEndpoint";

    private static readonly IPAddress Address = IPAddress.Parse(Metadata);

    /// <summary>Options of iptables that do not narrow a rule to some senders.</summary>
    private static readonly string[] Plain = ["-A", "-I", "--append", "--insert", "-d", "--destination", "-j", "--jump", "-p", "--protocol", "--dport", "--destination-port", "-w", "--wait", "-m", "--reject-with"];

    public void Read(World world)
    {
        var objects = KubernetesObject.Of(world);
        var hosts = objects.Where(each => IsCalico(each, CalicoHost)).ToLookup(each => each.Roots, StringComparer.Ordinal);
        var policies = objects.Where(each => IsCalico(each, CalicoPolicy)).ToLookup(each => each.Roots, StringComparer.Ordinal);
        foreach (var each in objects)
        {
            if (each.Type == Cilium)
            {
                Add(each, "cilium", OfCilium(each.Body), world);
            }
            else if (IsCalico(each, CalicoPolicy) && hosts[each.Roots].Any(host => Selects(Written.Find(each.Body, "spec.selector"), host.Labels)))
            {
                Add(each, "calico", OfCalico(each, policies[each.Roots].Count()), world);
            }
        }
    }

    public void Join(World world)
    {
        foreach (var workload in world.Workloads.Where(each => each is { Kind: "DaemonSet", IsGuessed: false, HostNetwork: BoolValue { Value: true } }).ToList())
        {
            if (Scripts(workload.Resource!.Body).Select(Block).FirstOrDefault(each => each is not null) is { } block)
            {
                world.Add(new HostPolicy { Kind = "iptables", MetadataBlock = block, Address = workload.Address, Place = workload.Place, Resource = workload.Resource, Guard = workload.Guard });
            }
        }
    }

    private static void Add(KubernetesObject each, string kind, Value? block, World world)
    {
        if (block is not null)
        {
            world.Add(new HostPolicy { Kind = kind, MetadataBlock = block, Address = each.Resource.Address, Place = each.Resource.Place, Resource = each.Resource, Guard = each.Resource.Guard });
        }
    }

    private static bool IsCalico(KubernetesObject each, string kind) => each.Type == "projectcalico.org" + kind || each.Type == "crd.projectcalico.org" + kind;

    /// <summary>What a policy of Cilium says to nodes; null for one that is for pods.</summary>
    private static Value? OfCilium(Value body)
    {
        var specs = Written.Find(body, "spec") is MapValue one ? [one] : Written.Blocks(body, "specs").Values.ToList();
        var forNodes = specs.FindAll(each => Written.Find(each, "nodeSelector") is not NullValue);
        return forNodes.Count == 0 ? null
            : forNodes.SelectMany(each => Written.Blocks(each, "egressDeny").Values).Where(rule => HasPort(rule, "toPorts", "ports", "port")).SelectMany(rule =>
                Written.Blocks(rule, "toCIDR").Values
                    .Concat(Written.Blocks(rule, "toCIDRSet").Values.Where(set => !Written.Blocks(set, "except").Values.Any(Covers)).Select(set => Written.Find(set, "cidr"))))
                .FirstOrDefault(Covers) ?? NullValue.Instance;
    }

    /// <summary>True for a rule for all ports, or for the port of the metadata service.</summary>
    private static bool HasPort(Value rule, string lists, string list, string name) => Written.Blocks(rule, lists) is { IsOpen: false } ports
        && (ports.Items.IsEmpty || ports.Values.SelectMany(each => Written.Blocks(each, list).Values).Any(each => Written.Find(each, name).ToString() is "80" or "0"));

    /// <summary>What the first rule of a policy of Calico that fits says; unknown where another policy may come before it.</summary>
    private static Value OfCalico(KubernetesObject policy, int policies)
    {
        if (Written.Blocks(Written.Find(policy.Body, "spec"), "types") is { IsOpen: false, Items: [_, ..] } types && !types.Values.Any(each => each is not TextValue { Known: not "Egress" }))
        {
            return NullValue.Instance;
        }

        foreach (var rule in Written.Blocks(Written.Find(policy.Body, "spec"), "egress").Values)
        {
            var nets = Written.Blocks(Written.Find(rule, "destination"), "nets");
            var fits = Written.Find(rule, "destination") is NullValue || nets.Values.Any(Covers);
            if (!fits)
            {
                continue;
            }

            return Written.Find(rule, "action") is TextValue { Known: "Deny" } action
                ? policies > 1 ? new UnknownValue(UnknownReason.NotComputed, "which policy of Calico comes first is not computed", policy.Resource.Place, type: DataType.Text)
                    : Written.Blocks(Written.Find(rule, "destination"), "ports") is { Items: [] } && Written.Find(rule, "protocol") is NullValue or TextValue { Known: "TCP" } ? nets.Values.FirstOrDefault(Covers) ?? action
                    : NullValue.Instance
                : NullValue.Instance;
        }

        return NullValue.Instance;
    }

    /// <summary>True where a selector certainly is for an endpoint: for all, for a label, or for the value of one.</summary>
    private static bool Selects(Value selector, Value labels)
    {
        if (selector is NullValue || labels is not MapValue { IsOpen: false } own || selector is not TextValue { Known: { } text })
        {
            return selector is NullValue;
        }

        text = text.Trim();
        if (text is "" or "all()")
        {
            return true;
        }

        return text.StartsWith("has(", StringComparison.Ordinal) && text.EndsWith(')') ? own.Find(text[4..^1].Trim()) is not null
            : text.Split("==") is [var key, var value] && own.Find(key.Trim())?.Value is TextValue { Known: { } known } && known == value.Trim().Trim('\'', '"');
    }

    private static bool Covers(Value range) => range is TextValue { Known: { } text } && IPNetwork.TryParse(text.Contains('/', StringComparison.Ordinal) ? text : text + "/32", out var network) && network.Contains(Address);

    /// <summary>Texts that the containers of a DaemonSet run.</summary>
    private static IEnumerable<TextValue> Scripts(Value body) =>
        ((string[])["containers", "initContainers"]).SelectMany(name => Written.Blocks(Written.Find(body, "spec.template.spec"), name).Values)
        .SelectMany(container => Written.Blocks(container, "command").Values.Concat(Written.Blocks(container, "args").Values)).OfType<TextValue>();

    /// <summary>The command of a script that drops all that nodes send to the metadata service, if nothing else in it lets anybody through.</summary>
    private static Value? Block(TextValue script)
    {
        var commands = script.ToString().Split(['\n', ';', '&', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(each => each.Contains("iptables", StringComparison.Ordinal) && each.Contains("OUTPUT", StringComparison.Ordinal)).ToList();
        return commands.Exists(each => each.Contains("ACCEPT", StringComparison.Ordinal) || each.Contains("RETURN", StringComparison.Ordinal)) ? null
            : commands.Find(each => IsBlock(each.Split(' ', StringSplitOptions.RemoveEmptyEntries))) is { } found ? new TextValue(found).With(script.Trace)
            : null;
    }

    /// <summary>True for a command that adds a drop of everything to the address, or of its web port, by whoever it is sent.</summary>
    private static bool IsBlock(string[] words) =>
        words.Any(word => word is "-A" or "-I" or "--append" or "--insert") && words.Any(word => word is "DROP" or "REJECT") && words.Any(word => word is Metadata or Metadata + "/32")
        && words.All(word => Array.IndexOf(Plain, word) >= 0 || !word.StartsWith('-')) && !words.Contains("!") && After(words, "-p", "--protocol") is null or "tcp" or "all" && After(words, "--dport", "--destination-port") is null or "80";

    private static string? After(string[] words, string option, string other) => Array.FindIndex(words, word => word == option || word == other) is >= 0 and var at && at + 1 < words.Length ? words[at + 1] : null;
}
