namespace Analyzer.Kubernetes.GitOps;

/// <summary>
/// The order in which kinds of one phase and wave are created. Argo CD took it over from Helm (gitops-engine, <c>pkg/sync/sync_tasks.go</c>; Helm, <c>kind_sorter.go</c>): both go by the name of a kind
/// alone, whatever its group, create what they do not know at the end, and go on to the next kind as soon as one is written.
/// </summary>
internal static class KindOrder
{
    private static readonly string[] Kinds =
    [
        "PriorityClass", "Namespace", "NetworkPolicy", "ResourceQuota", "LimitRange", "PodSecurityPolicy", "PodDisruptionBudget", "ServiceAccount", "Secret", "SecretList", "ConfigMap",
        "StorageClass", "PersistentVolume", "PersistentVolumeClaim", "CustomResourceDefinition", "ClusterRole", "ClusterRoleList", "ClusterRoleBinding", "ClusterRoleBindingList", "Role",
        "RoleList", "RoleBinding", "RoleBindingList", "Service", "DaemonSet", "Pod", "ReplicationController", "ReplicaSet", "Deployment", "HorizontalPodAutoscaler", "StatefulSet", "Job",
        "CronJob", "IngressClass", "Ingress", "APIService",
    ];

    private static readonly Dictionary<string, int> Ranks = Kinds.Select((kind, rank) => (kind, rank)).ToDictionary(each => each.kind, each => each.rank, StringComparer.Ordinal);

    /// <summary>The rank of a kind: lower ones first; all that is not known last, and without an order among each other. Argo CD does not know priority classes.</summary>
    internal static int Of(string kind, bool isHelm) => kind == "PriorityClass" && !isHelm ? Kinds.Length : Ranks.GetValueOrDefault(kind, Kinds.Length);

    /// <summary>What the kinds of a rank are called.</summary>
    internal static string NameOf(int rank) => rank < Kinds.Length ? Kinds[rank] : "other kinds";
}
