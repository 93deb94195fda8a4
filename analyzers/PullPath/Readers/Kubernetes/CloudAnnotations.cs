namespace Analyzer.PullPath.Readers.Kubernetes;

/// <summary>An annotation of a service account that names an identity of a cloud.</summary>
/// <param name="Key">The annotation.</param>
/// <param name="ClusterKind">Kind of cluster that reads it.</param>
internal sealed record CloudAnnotation(string Key, string ClusterKind);

/// <summary>The annotations with which the three clouds give service accounts an identity.</summary>
internal static class CloudAnnotations
{
    /// <summary>All of them.</summary>
    internal static CloudAnnotation[] All { get; } =
    [
        new("eks.amazonaws.com/role-arn", "eks"),
        new("azure.workload.identity/client-id", "aks"),
        new("iam.gke.io/gcp-service-account", "gke"),
    ];
}
