using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.Languages.Functions;

namespace Analyzer.PullPath.Readers.Deployments;

/// <summary>What is known of the pods of Helm charts that are not here.</summary>
internal static class Charts
{
    /// <summary>Charts that make a Deployment or StatefulSet with their default values, as their own templates show.</summary>
    private static readonly HashSet<string> WithReplicas = new(StringComparer.Ordinal)
    {
        "argo-cd", "argo-rollouts", "argo-workflows", "aws-ebs-csi-driver", "aws-efs-csi-driver", "aws-load-balancer-controller", "cert-manager", "cluster-autoscaler", "crossplane",
        "external-dns", "external-secrets", "grafana", "ingress-nginx", "istiod", "karpenter", "keda", "kube-prometheus-stack", "kyverno", "metrics-server", "prometheus", "sealed-secrets",
        "traefik", "velero",
    };

    /// <summary>Values that only a Deployment or StatefulSet has, named as by the chart that <c>helm create</c> writes.</summary>
    private static readonly string[] ReplicaValues = ["replicaCount", "replicas"];

    /// <summary>
    /// Whether a release has pods that must run before it is complete: a known chart, or one that is given a number of replicas.
    /// </summary>
    internal static Value NeedNodes(Resource release) =>
        release.At("chart") is TextValue { Known: { } chart } && WithReplicas.Contains(chart[(chart.LastIndexOf('/') + 1)..]) || Values(release).Any(each => IsReplicas(each.Name) && each.Value is not NullValue && !IsZero(each.Value))
            ? BoolValue.True
            : new UnknownValue(UnknownReason.Missing, $"the pods of {release.Address.Path} are not seen", release.Place, type: DataType.Bool);

    /// <summary>Everything a release is given, with the name it has in the chart (<c>controller.replicaCount</c>).</summary>
    internal static IEnumerable<(string Name, Value Value)> Values(Resource release)
    {
        foreach (var block in Written.Blocks(release.Body, "set").Values)
        {
            if (Written.Find(block, "name") is TextValue { Known: { } name })
            {
                yield return (name, Written.Find(block, "value"));
            }
        }

        foreach (var text in Written.Blocks(release.Body, "values").Values)
        {
            foreach (var inner in Below("", Decoded(text)))
            {
                yield return inner;
            }
        }
    }

    /// <summary>Whether a release is given values that are not seen: in a text nobody can read, under names nobody knows.</summary>
    internal static bool HidesValues(Resource release)
    {
        var (set, texts) = (Written.Blocks(release.Body, "set"), Written.Blocks(release.Body, "values"));
        return set.IsOpen || texts.IsOpen
            || set.Values.Any(block => Written.Find(block, "name") is not TextValue { Known: not null })
            || texts.Values.Any(text => Decoded(text) is not (MapValue { IsOpen: false } or NullValue));
    }

    /// <summary>Values that are given as text; null for a text that gives none.</summary>
    internal static Value Decoded(Value text) => text switch
    {
        TextValue { Content: { Format: "yaml" or "json", Content: var content } } => content,
        TextValue { Known: { } known } when IsBlank(known) => NullValue.Instance,
        TextValue written => YamlText.Decode(written, written.Trace?.Made.Place),
        _ => text,
    };

    /// <summary>True for a file of values with nothing but comments in it: Helm takes it for an empty one.</summary>
    private static bool IsBlank(string text) => text.Split('\n').All(static line => line.AsSpan().TrimStart() is [] or ['#', ..]);

    private static IEnumerable<(string Name, Value Value)> Below(string prefix, Value value) => value is MapValue map
        ? map.Entries.Where(entry => entry.Guard.IsAlways).SelectMany(entry => Below(prefix.Length == 0 ? entry.Key : $"{prefix}.{entry.Key}", entry.Value))
        : prefix.Length == 0 ? [] : [(prefix, value)];

    private static bool IsReplicas(string name) => Array.Exists(ReplicaValues, each => name == each || name.EndsWith("." + each, StringComparison.Ordinal));

    private static bool IsZero(Value value) => value is NumberValue { Number.Whole: 0 } or TextValue { Known: "0" };
}
