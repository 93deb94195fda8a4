using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>Whom an EKS cluster lets in: people, deployers, and the nodes of a role.</summary>
public sealed class AccessEntry : Fact
{
    /// <summary>Fields of access entries.</summary>
    public static Shape Fields { get; } = new(
        "access_entry",
        "An access entry of an EKS cluster: a role or user that its API lets in.",
        Shape.Field<AccessEntry>("cluster", FieldType.Of("cluster"), "The cluster.", entry => entry.Cluster),
        Shape.Field<AccessEntry>("identity", FieldType.Of("identity"), "The role that is let in.", entry => entry.Identity),
        Shape.Field<AccessEntry>("type", FieldType.Text, "STANDARD, EC2_LINUX, EC2_WINDOWS, EC2 (nodes of Auto Mode), FARGATE_LINUX, HYBRID_LINUX.", entry => entry.Type),
        Shape.Field<AccessEntry>("is_admin", FieldType.Bool, "Whether a policy of EKS lets it do everything in the cluster, which is more than nodes need.", entry => entry.IsAdmin));

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary>The cluster; set by the join.</summary>
    public Value Cluster { get; set; } = NullValue.Instance;

    /// <summary>The role; set by the join.</summary>
    public Value Identity { get; set; } = NullValue.Instance;

    /// <summary>Whether it may do everything; set by the join.</summary>
    public Value IsAdmin { get; set; } = BoolValue.False;

    /// <summary>Type of the entry.</summary>
    public required Value Type { get; init; }
}
