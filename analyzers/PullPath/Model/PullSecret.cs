using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>A secret of a type that is for pulling images. Of its content only hosts and the kinds of its credentials are kept.</summary>
public sealed class PullSecret : Fact
{
    /// <summary>Fields of pull secrets.</summary>
    public static Shape Fields { get; } = new(
        "pull_secret",
        "A Kubernetes secret for pulling images (kubernetes.io/dockerconfigjson, kubernetes.io/dockercfg), written as a manifest, by a generator of kustomize or in Terraform. Its credentials are never shown.",
        Shape.Field<PullSecret>("name", FieldType.Text, "metadata.name", secret => secret.Name),
        Shape.Field<PullSecret>("namespace", FieldType.Text, "Namespace; unknown when nothing says it.", secret => secret.Namespace),
        Shape.Field<PullSecret>("credentials", FieldType.List(FieldType.Any), "Objects of host, kind (aws-token, google-token, google-key, acr-token, acr-admin, acr-principal, acr-scoped, other) and is_written, whether the password stands there as text; open where the content is not seen.", secret => secret.Credentials),
        Shape.Field<PullSecret>("fault", FieldType.Text, "Why it cannot be used; null for nothing.", secret => secret.Fault),
        Shape.Field<PullSecret>("cluster", FieldType.Of("cluster"), "The cluster it is deployed to.", secret => secret.Cluster),
        Shape.Field<PullSecret>("workloads", FieldType.List(FieldType.Of("workload")), "Workloads whose pods use it; open for those that may.", secret => secret.Workloads),
        Shape.Field<PullSecret>("is_refreshed", FieldType.Bool, "Whether something that is declared beside it writes new tokens into such secrets; undecided where that is not seen.", secret => secret.IsRefreshed));

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary>Name.</summary>
    public required Value Name { get; init; }

    /// <summary>Namespace.</summary>
    public required Value Namespace { get; init; }

    /// <summary>Hosts and kinds of credentials.</summary>
    public required ListValue Credentials { get; init; }

    /// <summary>What is wrong with it.</summary>
    public Value Fault { get; init; } = NullValue.Instance;

    /// <summary>Cluster; set by the join.</summary>
    public Value Cluster { get; set; } = NullValue.Instance;

    /// <summary>Workloads; set by the join.</summary>
    public Value Workloads { get; set; } = ListValue.Empty;

    /// <summary>Whether it is refreshed; set by the join.</summary>
    public Value IsRefreshed { get; set; } = BoolValue.False;
}
