using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Aws;

namespace Analyzer.PullPath.Readers.Pulls;

/// <summary>Whether pods can be scheduled on the nodes of a pool: its labels fit their selector, and they tolerate its taints.</summary>
internal static class Scheduling
{
    private static readonly string[] PoolNameLabels = ["agentpool", "kubernetes.azure.com/agentpool", "eks.amazonaws.com/nodegroup", "cloud.google.com/gke-nodepool"];
    private static readonly string[] CloudDomains = ["kubernetes.io", "k8s.io", "amazonaws.com", "azure.com", "google.com", "karpenter.sh", "karpenter.k8s.aws", "eksctl.io"];

    /// <summary>Whether the scheduler may put pods on the pool.</summary>
    internal static Truth Lands(Workload workload, NodePool pool)
    {
        var elsewhere = workload.Placement is NullValue ? Truth.Yes : Truth.Unknown;

        // Autopilot makes nodes that fit the pods.
        return pool.Kind == "gke-autopilot" ? elsewhere : Selected(workload.NodeSelector, pool).And(Tolerated(workload, pool)).And(elsewhere);
    }

    /// <summary>Whether the selector of the workload names this very pool.</summary>
    internal static bool IsNamed(Workload workload, NodePool pool) =>
        workload.NodeSelector is MapValue selector && PoolNameLabels.Any(label => selector[label] is { } value && value.EqualTo(pool.Name) == Truth.Yes);

    private static Truth Selected(Value selector, NodePool pool)
    {
        if (selector is NullValue)
        {
            return Truth.Yes;
        }

        if (selector is not MapValue map)
        {
            return Truth.Unknown;
        }

        var answer = map.IsOpen ? Truth.Unknown : Truth.Yes;
        foreach (var entry in map.Entries)
        {
            answer = answer.And(entry.Guard.IsAlways ? HasLabel(pool, entry.Key, entry.Value) : Truth.Unknown);
        }

        return answer;
    }

    private static Truth HasLabel(NodePool pool, string key, Value value)
    {
        if (Array.IndexOf(PoolNameLabels, key) >= 0)
        {
            return Matches(key, pool) ? value.EqualTo(pool.Name) : Truth.No;
        }

        var labels = LabelsOf(pool);
        if (labels is not MapValue map)
        {
            return Truth.Unknown;
        }

        if (map.Find(key) is { } entry)
        {
            return entry.Guard.IsAlways ? entry.Value.EqualTo(value) : Truth.Unknown;
        }

        // Clouds put labels of their own on nodes: architecture, zone, kind of machine.
        return map.IsOpen || Array.Exists(CloudDomains, domain => key.Contains(domain, StringComparison.Ordinal)) ? Truth.Unknown : Truth.No;
    }

    /// <summary>A label with the name of a pool is there only on nodes of its own cloud.</summary>
    private static bool Matches(string label, NodePool pool) => label switch
    {
        "eks.amazonaws.com/nodegroup" => pool.Kind == "eks-managed" || pool is { Kind: EksctlReader.Kind, IsManaged: BoolValue { Value: true } },
        "cloud.google.com/gke-nodepool" => pool.Kind.StartsWith("gke", StringComparison.Ordinal),
        _ => pool.Kind == "aks",
    };

    private static Value LabelsOf(NodePool pool)
    {
        var value = pool switch
        {
            { Labels: { } given } => given,
            { Resource: null } => null,
            { Resource: { Language: Language.Terraform } resource, Kind: "eks-managed" } => resource.At("labels"),
            { Resource: { Language: Language.CloudFormation } resource, Kind: "eks-managed" } => resource.At("Labels"),
            { Resource: { } resource, Kind: "aks" } => resource.At(InDefaultPool(resource) + "node_labels"),
            { Kind: "gke" or "gke-inline" } => Written.Find(pool.NodeConfig, "labels"),
            { Resource: { } resource, Kind: EksctlReader.Kind } => resource.At("group.labels"),
            _ => null,
        };
        return value switch
        {
            null => new UnknownValue(UnknownReason.NotComputed, "labels of these nodes are not read", pool.Place),
            NullValue => MapValue.Empty,
            _ => value,
        };
    }

    private static string InDefaultPool(Resource resource) => resource.Type == "azurerm_kubernetes_cluster" ? "default_node_pool." : "";

    private static Truth Tolerated(Workload workload, NodePool pool)
    {
        if (Taints(pool) is not { } taints)
        {
            return Truth.Unknown;
        }

        var answer = taints.IsOpen ? Truth.Unknown : Truth.Yes;
        foreach (var item in taints.Items)
        {
            if (Taint.Of(item.Value) is not { } taint)
            {
                answer = answer.And(Truth.Unknown);
            }
            else if (taint.IsHard)
            {
                var tolerated = Tolerates(workload.Tolerations, taint);
                answer = answer.And(tolerated == Truth.No && !item.Guard.IsAlways ? Truth.Unknown : tolerated);
            }
        }

        return answer;
    }

    private static ListValue? Taints(NodePool pool) => pool switch
    {
        { Taints: { } given } => given as ListValue,
        { Resource: null } => null,
        { Resource: { Language: Language.Terraform } resource, Kind: "eks-managed" } => Written.Blocks(resource.Body, "taint"),
        { Resource: { Language: Language.CloudFormation } resource, Kind: "eks-managed" } => Written.Blocks(resource.Body, "Taints"),
        { Resource: { } resource, Kind: "aks" } => resource.At(InDefaultPool(resource) + "only_critical_addons_enabled") switch
        {
            NullValue or BoolValue { Value: false } => resource.At(InDefaultPool(resource) + "node_taints") switch
            {
                NullValue => ListValue.Empty,
                ListValue list => list,
                _ => null,
            },
            BoolValue => ListValue.Of([new TextValue("CriticalAddonsOnly=true:NoSchedule")]),
            _ => null,
        },
        { Kind: "gke" or "gke-inline" } => Written.Blocks(pool.NodeConfig, "taint"),
        { Resource: { } resource, Kind: EksctlReader.Kind } => resource.At("group.taints") switch
        {
            NullValue => ListValue.Empty,
            ListValue list => list,
            MapValue { IsOpen: false } byKey => new ListValue([.. byKey.Entries.Select(entry => new Item(OfEntry(entry), entry.Guard))]),
            _ => null,
        },
        _ => null,
    };

    /// <summary>The older form of eksctl: the key, and value and effect behind it (<c>gpu: "true:NoSchedule"</c>).</summary>
    private static Value OfEntry(Entry entry) => entry.Value is TextValue { Known: { } known } ? new TextValue($"{entry.Key}={known}") : UnknownValue.From(DataType.Text, entry.Value);

    private static Truth Tolerates(Value tolerations, Taint taint)
    {
        if (tolerations is not ListValue list)
        {
            return Truth.Unknown;
        }

        var answer = list.IsOpen ? Truth.Unknown : Truth.No;
        foreach (var item in list.Items)
        {
            var (key, value, effect) = (Written.Find(item.Value, "key"), Written.Find(item.Value, "value"), Written.Find(item.Value, "effect"));
            var exists = Written.Find(item.Value, "operator") switch
            {
                TextValue { Known: "Exists" } => Truth.Yes,
                NullValue or TextValue { Known: not null } => Truth.No,
                _ => Truth.Unknown,
            };
            var fits = (key is NullValue or TextValue { Known: "" } ? exists : key.EqualTo(taint.Key))
                .And(exists.Or(value is NullValue ? taint.Value.EqualTo(new TextValue("")) : value.EqualTo(taint.Value)))
                .And(effect is NullValue or TextValue { Known: "" } ? Truth.Yes : effect.EqualTo(new TextValue(taint.Effect)));
            answer = answer.Or(fits == Truth.Yes && !item.Guard.IsAlways ? Truth.Unknown : fits);
        }

        return answer;
    }

    /// <summary>A taint, with its effect as Kubernetes spells it.</summary>
    private sealed record Taint(Value Key, Value Value, string Effect)
    {
        /// <summary>False for a taint that scheduling only prefers to avoid.</summary>
        internal bool IsHard => Effect != "PreferNoSchedule";

        /// <summary>Reads <c>key=value:Effect</c>, or an object; null where the key or the effect is not known.</summary>
        internal static Taint? Of(Value value)
        {
            if (value is TextValue { Known: { } text })
            {
                var colon = text.LastIndexOf(':');
                var equals = text.IndexOf('=', StringComparison.Ordinal);
                return colon > 0
                    ? new Taint(new TextValue(text[..(equals > 0 ? equals : colon)]), new TextValue(equals > 0 ? text[(equals + 1)..colon] : ""), text[(colon + 1)..])
                    : null;
            }

            var (key, content, effect) = (First(value, "key", "Key"), First(value, "value", "Value"), First(value, "effect", "Effect"));
            return key is TextValue && effect is TextValue { Known: { } known }
                ? new Taint(key, content is NullValue ? new TextValue("") : content, known switch { "NO_SCHEDULE" => "NoSchedule", "NO_EXECUTE" => "NoExecute", "PREFER_NO_SCHEDULE" => "PreferNoSchedule", _ => known })
                : null;
        }

        private static Value First(Value value, string name, string other) => Written.Find(value, name) is var found and not NullValue ? found : Written.Find(value, other);
    }
}
