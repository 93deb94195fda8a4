using Analyzer.Facts.Values;
using Analyzer.Kubernetes.Kustomize;
using Analyzer.Kubernetes.Manifests;

namespace Analyzer.Kubernetes.GitOps;

/// <summary>Gives objects the namespace of their delivery.</summary>
internal static class Namespaced
{
    // A custom kind may have no namespace; of these it is known that they have one.
    private static readonly HashSet<string> Groups = new(
    [
        "", "apps", "batch", "autoscaling", "policy", "networking.k8s.io", "rbac.authorization.k8s.io", "coordination.k8s.io", "discovery.k8s.io",
    ],
    StringComparer.Ordinal);

    private static readonly HashSet<string> Custom = new(
    [
        "argoproj.io/Rollout", "bitnami.com/SealedSecret", "external-secrets.io/ExternalSecret", "external-secrets.io/SecretStore", "secrets-store.csi.x-k8s.io/SecretProviderClass",
    ],
    StringComparer.Ordinal);

    /// <summary>The object in a namespace, if it names none and is of a kind that has one; else as it is.</summary>
    internal static ManifestObject In(TextValue? space, ManifestObject each)
    {
        if (space is null || each.Metadata is not { IsOpen: false } metadata || metadata["namespace"] is not (null or NullValue)
            || (Groups.Contains(each.Group) ? ClusterScope.Has(each.Group, each.Kind) : !Custom.Contains($"{each.Group}/{each.Kind}")))
        {
            return each;
        }

        var value = space.Trace is { } trace ? space.With(new Trace(StepKind.Overlay, "namespace", trace.Place, trace)) : space;
        return each with { Body = each.Body.WithEntry("metadata", metadata.WithEntry("namespace", value)) };
    }
}
