using Analyzer.Facts.Values;
using Analyzer.Kubernetes.Manifests;

namespace Analyzer.Kubernetes.GitOps;

/// <summary>Which objects Argo CD waits for before it begins the next wave.</summary>
internal static class Health
{
    /// <summary>Pods and what keeps a number of them: not healthy before they run.</summary>
    private static readonly string[] Judged = ["/Pod", "apps/Deployment", "apps/StatefulSet", "apps/DaemonSet", "apps/ReplicaSet", "batch/Job", "argoproj.io/Rollout"];

    /// <summary>What makes pods and is healthy as soon as it is written.</summary>
    private static readonly string[] Unjudged = ["batch/CronJob", "/PodTemplate", "/ReplicationController"];

    /// <summary>
    /// Whether an object must work before anything goes on: yes for those that it judges, and for those that work as soon as they are written; no for a CronJob and for what keeps no pods; unknown for
    /// kinds of others, which may or may not have a check of their own.
    /// </summary>
    internal static Truth IsAwaited(ManifestObject each)
    {
        var kind = $"{each.Group}/{each.Kind}";
        if (Array.IndexOf(Judged, kind) >= 0)
        {
            var spec = each.Body["spec"] as MapValue;
            return spec?["suspend"] is not (null or NullValue or BoolValue { Value: false }) || spec?["replicas"] is not (null or NullValue or NumberValue) ? Truth.Unknown
                : spec?["replicas"] is NumberValue number && number.EqualTo(NumberValue.Of(0)) == Truth.Yes ? Truth.No
                : Truth.Yes;
        }

        return Array.IndexOf(Unjudged, kind) >= 0 ? Truth.No : each.Group is "" or "apps" or "batch" or "policy" or "rbac.authorization.k8s.io" or "networking.k8s.io" ? Truth.Yes : Truth.Unknown;
    }
}
