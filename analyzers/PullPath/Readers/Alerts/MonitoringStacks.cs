using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Deployments;

namespace Analyzer.PullPath.Readers.Alerts;

/// <summary>
/// Charts that bring rules about workloads along, those of kubernetes-mixin: with their default values <c>KubePodNotReady</c> fires after 15 minutes and <c>KubeContainerWaiting</c> after an
/// hour (prometheus-community/kube-prometheus-stack, values.yaml).
/// </summary>
internal static class MonitoringStacks
{
    private static readonly string[] Charts = ["kube-prometheus-stack", "prometheus-operator"];
    private static readonly (string Name, string After)[] Alerts = [("KubePodNotReady", "15m"), ("KubeContainerWaiting", "1h")];

    /// <summary>Charts whose own rules watch themselves at most; of any other chart nobody knows.</summary>
    private static readonly HashSet<string> Silent = new(StringComparer.Ordinal)
    {
        "argo-cd", "argo-events", "argo-rollouts", "argo-workflows", "aws-ebs-csi-driver", "aws-efs-csi-driver", "aws-for-fluent-bit", "aws-load-balancer-controller", "aws-node-termination-handler",
        "blob-csi-driver", "calico", "cert-manager", "cilium", "cluster-autoscaler", "consul", "coredns", "crossplane", "csi-secrets-store-provider-aws", "csi-secrets-store-provider-azure", "dex",
        "eks-pod-identity-agent", "external-dns", "external-secrets", "flagger", "fluent-bit", "gatekeeper", "gitlab-runner", "grafana", "harbor", "ingress-nginx", "istio-base", "base", "istiod", "gateway",
        "jaeger", "karpenter", "karpenter-crd", "keda", "kubecost", "kubernetes-dashboard", "kyverno", "linkerd-control-plane", "loki", "metrics-server", "minio", "mysql", "nginx", "node-feature-discovery",
        "nvidia-device-plugin", "oauth2-proxy", "postgresql", "prometheus-adapter", "promtail", "rabbitmq", "redis", "reloader", "sealed-secrets", "secrets-store-csi-driver", "tempo", "tigera-operator",
        "traefik", "trivy-operator", "vault", "velero", "vpa", "workload-identity-webhook",
    };

    /// <summary>The stacks that a repository installs.</summary>
    internal static List<ChartRelease> Of(World world) => [.. ChartRelease.Of(world).Where(release => release.Chart is { } chart && Charts.Contains(chart, StringComparer.Ordinal))];

    /// <summary>Whether a stack brings its rules about workloads.</summary>
    internal static Value HasRules(ChartRelease stack)
    {
        var switches = new[] { stack.At("defaultRules.create"), stack.At("defaultRules.rules.kubernetesApps"), stack.At("kubeStateMetrics.enabled") };
        var truth = switches.Select(each => each is NullValue ? Truth.Yes : Answer.TruthOf(each)).All();
        return Answer.Of(truth, switches.SelectMany(Cause.Of));
    }

    /// <summary>The alerts of a stack that fire some time after a pull failed, unless it is told not to have them.</summary>
    internal static IEnumerable<(string Name, string After, Truth IsThere)> AlertsOf(ChartRelease stack)
    {
        var has = Answer.TruthOf(HasRules(stack));
        return Alerts.Select(each => (each.Name, each.After, has.And(stack.At($"defaultRules.disabled.{each.Name}") is NullValue ? Truth.Yes : Answer.TruthOf(stack.At($"defaultRules.disabled.{each.Name}")).Not())));
    }

    /// <summary>Charts that may bring any alerts.</summary>
    internal static IEnumerable<Cause> Unknown(World world) => ChartRelease.Of(world)
        .Where(release => release.Chart is not { } chart || (!Charts.Contains(chart, StringComparer.Ordinal) && !Silent.Contains(chart)))
        .Select(release => new Cause(UnknownReason.Missing, $"the chart that {release.Resource.Address.Path} installs may bring alerts", release.Resource.Place, null));
}
