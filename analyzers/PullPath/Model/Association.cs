using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>A promise of EKS Pod Identity: pods of a service account get a role.</summary>
public sealed class Association : Fact
{
    /// <summary>Fields of associations.</summary>
    public static Shape Fields { get; } = new(
        "association",
        "A Pod Identity association: EKS gives pods of a service account a role.",
        Shape.Field<Association>("cluster", FieldType.Of("cluster"), "The cluster.", association => association.Cluster),
        Shape.Field<Association>("namespace", FieldType.Text, "Namespace of the service account; unknown for those of an add-on, which chooses it.", association => association.Namespace),
        Shape.Field<Association>("service_account_name", FieldType.Text, "Name of the service account.", association => association.ServiceAccountName),
        Shape.Field<Association>("service_account", FieldType.Of("service_account"), "The declared service account; null where it is certainly not declared.", association => association.ServiceAccount),
        Shape.Field<Association>("workloads", FieldType.List(FieldType.Of("workload")), "Declared workloads whose pods use the service account.", association => association.Workloads),
        Shape.Field<Association>("near_misses", FieldType.List(FieldType.Of("service_account")), "Declared service accounts of the cluster that differ from it in namespace only, or in name by a slip.", association => association.NearMisses),
        Shape.Field<Association>("identity", FieldType.Of("identity"), "The role.", association => association.Identity),
        Shape.Field<Association>("identity_value", FieldType.Text, "The written value that names the role: the place to edit.", association => association.IdentityValue),
        Shape.Field<Association>("refused", FieldType.List(FieldType.Text), "What the trust policy of the role does not let EKS Pod Identity do for this service account: sts:AssumeRole, sts:TagSession; open where nobody knows.", association => association.Refused),
        Shape.Field<Association>("earlier", FieldType.List(FieldType.Of("association")), "Associations before it for the same service account of the same cluster.", association => association.Earlier));

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary>The cluster; set by the join.</summary>
    public Value Cluster { get; set; } = NullValue.Instance;

    /// <summary>Namespace.</summary>
    public required Value Namespace { get; init; }

    /// <summary>Name of the service account.</summary>
    public required Value ServiceAccountName { get; init; }

    /// <summary>Whether the session carries tags that name cluster, namespace and service account.</summary>
    public required Truth IsTagged { get; init; }

    /// <summary>The service account; set by the join.</summary>
    public Value ServiceAccount { get; set; } = NullValue.Instance;

    /// <summary>Workloads; set by the join.</summary>
    public Value Workloads { get; set; } = ListValue.Empty;

    /// <summary>Accounts that nearly fit; set by the join.</summary>
    public Value NearMisses { get; set; } = ListValue.Empty;

    /// <summary>The role; set by the join.</summary>
    public Value Identity { get; set; } = NullValue.Instance;

    /// <summary>The value that names the role.</summary>
    public required Value IdentityValue { get; init; }

    /// <summary>What the trust policy refuses; set by the join.</summary>
    public Value Refused { get; set; } = ListValue.Empty;

    /// <summary>Associations for the same account; set by the join.</summary>
    public Value Earlier { get; set; } = ListValue.Empty;
}
