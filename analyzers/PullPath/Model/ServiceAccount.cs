using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>A Kubernetes service account.</summary>
public sealed class ServiceAccount : Fact
{
    /// <summary>Fields of service accounts.</summary>
    public static Shape Fields { get; } = new(
        "service_account",
        "A Kubernetes service account, written as a manifest or in Terraform.",
        Shape.Field<ServiceAccount>("name", FieldType.Text, "metadata.name", account => account.Name),
        Shape.Field<ServiceAccount>("namespace", FieldType.Text, "Namespace; unknown when nothing says it.", account => account.Namespace),
        Shape.Field<ServiceAccount>("annotations", FieldType.Any, "Its annotations.", account => account.Annotations),
        Shape.Field<ServiceAccount>("labels", FieldType.Any, "Its labels.", account => account.Labels),
        Shape.Field<ServiceAccount>("cluster", FieldType.Of("cluster"), "The cluster it is deployed to.", account => account.Cluster),
        Shape.Field<ServiceAccount>("workloads", FieldType.List(FieldType.Of("workload")), "Workloads whose pods use it.", account => account.Workloads),
        Shape.Field<ServiceAccount>("identity", FieldType.Of("identity"), "The cloud identity its annotation names.", account => account.Identity),
        Shape.Field<ServiceAccount>("identity_value", FieldType.Text, "The written annotation that names the identity; null for none.", account => account.IdentityValue),
        Shape.Field<ServiceAccount>("annotated_for", FieldType.Text, "Kind of the cluster that reads this annotation: eks, aks or gke; null for none.", account => account.AnnotatedFor),
        Shape.Field<ServiceAccount>("pull_identity_value", FieldType.Text, "The first annotation that lets the kubelet pull with the identity of its pods; null for none.", account => account.PullIdentityValue),
        Shape.Field<ServiceAccount>("pull_identity_fault", FieldType.Text, "What is wrong with such annotations; null for nothing.", account => account.PullIdentityFault),
        Shape.Field<ServiceAccount>("pull_identity_is_asked", FieldType.Bool, "Whether a credential provider that is configured in the repository is given such an annotation; null where none of its cloud is configured.", account => account.PullIdentityIsAsked),
        Shape.Field<ServiceAccount>("associations", FieldType.List(FieldType.Of("association")), "EKS: Pod Identity associations for it; open for those that may be.", account => account.Associations),
        Shape.Field<ServiceAccount>("moved_from", FieldType.Text, "NAMESPACE/NAME under which its identity admits it, where a kustomization took that name or namespace from it, nothing else has it now, and the identity does not admit it as it is; null otherwise.", account => account.MovedFrom),
        Shape.Field<ServiceAccount>("pull_secrets", FieldType.List(FieldType.Text), "Names of its imagePullSecrets: for pods that list none of their own.", account => account.PullSecrets));

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary>Name.</summary>
    public required Value Name { get; init; }

    /// <summary>Namespace.</summary>
    public required Value Namespace { get; init; }

    /// <summary>The name its identity still knows it by; set by the join.</summary>
    public Value MovedFrom { get; set; } = NullValue.Instance;

    /// <summary>Annotations.</summary>
    public Value Annotations { get; set; } = MapValue.Empty;

    /// <summary>Labels.</summary>
    public Value Labels { get; set; } = MapValue.Empty;

    /// <summary>Cluster; set by the join.</summary>
    public Value Cluster { get; set; } = NullValue.Instance;

    /// <summary>Workloads; set by the join.</summary>
    public Value Workloads { get; set; } = ListValue.Empty;

    /// <summary>The cloud identity; set by the join.</summary>
    public Value Identity { get; set; } = NullValue.Instance;

    /// <summary>The annotation that names it.</summary>
    public Value IdentityValue { get; set; } = NullValue.Instance;

    /// <summary>Kind of the cluster that reads this annotation.</summary>
    public Value AnnotatedFor { get; set; } = NullValue.Instance;

    /// <summary>The first annotation that lets the kubelet pull with the identity of its pods.</summary>
    public Value PullIdentityValue { get; set; } = NullValue.Instance;

    /// <summary>What is wrong with such annotations.</summary>
    public Value PullIdentityFault { get; set; } = NullValue.Instance;

    /// <summary>Whether a configured credential provider is given them; set by the join.</summary>
    public Value PullIdentityIsAsked { get; set; } = NullValue.Instance;

    /// <summary>EKS: Pod Identity associations; set by the join.</summary>
    public Value Associations { get; set; } = ListValue.Empty;

    /// <summary>Pull secrets.</summary>
    public Value PullSecrets { get; set; } = ListValue.Empty;

    /// <summary>True for one that values of a chart describe without a name: it has that of the release, so that only pods of this release can mean it.</summary>
    public bool IsOfRelease => IsGuessed && Name is not TextValue;
}
