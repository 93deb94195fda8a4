using Analyzer.Facts.Values;
using Analyzer.Kubernetes.Manifests;

namespace Analyzer.Kubernetes.Kustomize;

/// <summary>What an object is called at one moment of a build. Placeholders are text here, as they are for kustomize.</summary>
internal sealed record ObjectId(string Group, string Version, string Kind, string Name, string Namespace)
{
    /// <summary>What a body says of itself.</summary>
    internal static ObjectId Of(MapValue body)
    {
        var (group, version) = Split(Text(body["apiVersion"]));
        var metadata = body["metadata"] as MapValue;
        return new ObjectId(group, version, Text(body["kind"]), Text(metadata?["name"]), Text(metadata?["namespace"]));
    }

    /// <summary>Group and version of an <c>apiVersion</c>.</summary>
    internal static (string Group, string Version) Split(string apiVersion) =>
        apiVersion.LastIndexOf('/') is > 0 and var slash ? (apiVersion[..slash], apiVersion[(slash + 1)..]) : ("", apiVersion);

    /// <summary>True for kinds that are known to have no namespace.</summary>
    internal bool IsClusterScoped => ClusterScope.Has(Group, Kind);

    /// <summary>The namespace, where none is written the default one; the same for everything that has none.</summary>
    internal string EffectiveNamespace => IsClusterScoped ? "" : Namespace.Length == 0 ? "default" : Namespace;

    /// <summary>Whether both name one object.</summary>
    internal bool IsSameAs(ObjectId other) =>
        Name == other.Name && Kind == other.Kind && Group == other.Group && Version == other.Version && EffectiveNamespace == other.EffectiveNamespace;

    /// <summary>The text of a scalar; empty for anything else.</summary>
    internal static string Text(Value? value) => ManifestObject.Spell(value) ?? "";

    /// <inheritdoc/>
    public override string ToString() => Namespace.Length == 0 ? $"{Kind} {Name}" : $"{Kind} {Namespace}/{Name}";
}

/// <summary>Kinds of Kubernetes itself that have no namespace. Kustomize takes every other kind, custom ones too, for one that has.</summary>
internal static class ClusterScope
{
    private static readonly HashSet<string> Kinds = new(
    [
        "admissionregistration.k8s.io/MutatingWebhookConfiguration", "admissionregistration.k8s.io/ValidatingWebhookConfiguration",
        "admissionregistration.k8s.io/ValidatingAdmissionPolicy", "admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding",
        "apiextensions.k8s.io/CustomResourceDefinition", "apiregistration.k8s.io/APIService", "certificates.k8s.io/CertificateSigningRequest",
        "flowcontrol.apiserver.k8s.io/FlowSchema", "flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration", "networking.k8s.io/IngressClass",
        "node.k8s.io/RuntimeClass", "policy/PodSecurityPolicy", "rbac.authorization.k8s.io/ClusterRole", "rbac.authorization.k8s.io/ClusterRoleBinding",
        "scheduling.k8s.io/PriorityClass", "storage.k8s.io/CSIDriver", "storage.k8s.io/CSINode", "storage.k8s.io/StorageClass",
        "storage.k8s.io/VolumeAttachment", "/ComponentStatus", "/Namespace", "/Node", "/PersistentVolume",
    ],
    StringComparer.Ordinal);

    /// <summary>Whether a kind is one of them.</summary>
    internal static bool Has(string group, string kind) => Kinds.Contains($"{group}/{kind}");
}
