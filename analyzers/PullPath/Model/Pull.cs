using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>One image of one workload on one node pool on which its pods may land.</summary>
public sealed class Pull : Fact
{
    /// <summary>Fields of pulls.</summary>
    public static Shape Fields { get; } = new(
        "pull",
        "One workload image on one node pool: what has to succeed.",
        Shape.Field<Pull>("image", FieldType.Text, "The image as written.", pull => pull.Image),
        Shape.Field<Pull>("workload", FieldType.Of("workload"), "The workload.", pull => pull.Workload),
        Shape.Field<Pull>("node_pool", FieldType.Of("node_pool"), "The pool; unknown when nothing says on which cluster the workload runs.", pull => pull.NodePool),
        Shape.Field<Pull>("registry", FieldType.Of("registry"), "The registry the image lies in.", pull => pull.Registry),
        Shape.Field<Pull>("repository", FieldType.Text, "Path of the image in its registry, without tag.", pull => pull.Repository),
        Shape.Field<Pull>("is_cached", FieldType.Bool, "ECR: whether the image lies under the prefix of a pull through cache rule.", pull => pull.IsCached),
        Shape.Field<Pull>("lands", FieldType.Bool, "Whether the workload's pods can be scheduled on the pool: selectors fit and taints are tolerated. Where they cannot there is no pull.", pull => pull.Lands),
        Shape.Field<Pull>("certainly_lands", FieldType.Bool, "Whether they must be scheduled there: the selector names the pool, or no other pool can take them.", pull => pull.CertainlyLands),
        Shape.Field<Pull>("is_allowed", FieldType.Bool, "AWS: whether the role of the nodes may pull the image from its private repository; null where no permission is needed.", pull => pull.IsAllowed),
        Shape.Field<Pull>("is_allowed_elsewhere", FieldType.Bool, "AWS: whether the pods may also land on another pool that may pull the image.", pull => pull.IsAllowedElsewhere),
        Shape.Field<Pull>("has_foreign_credentials", FieldType.Bool, "For a registry of another cloud than the cluster's: whether pods bring a pull secret or a configured credential provider is asked for the image; null where the nodes may have an identity of their own.", pull => pull.HasForeignCredentials));

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary>The image as written.</summary>
    public required Value Image { get; init; }

    /// <summary>The workload.</summary>
    public required Value Workload { get; init; }

    /// <summary>The pool.</summary>
    public required Value NodePool { get; init; }

    /// <summary>The registry.</summary>
    public required Value Registry { get; init; }

    /// <summary>Path in the registry.</summary>
    public required Value Repository { get; init; }

    /// <summary>Whether a pull through cache rule brings the image.</summary>
    public Value IsCached { get; init; } = BoolValue.False;

    /// <summary>Whether pods can land on the pool.</summary>
    public required Value Lands { get; init; }

    /// <summary>Whether pods must land on the pool.</summary>
    public required Value CertainlyLands { get; init; }

    /// <summary>True for an image that values of a chart put together. What asks for everything that nodes pull does not count it.</summary>
    public bool IsDerived { get; init; }

    /// <summary>AWS: whether the image may be pulled; set by the join.</summary>
    public Value IsAllowed { get; set; } = NullValue.Instance;

    /// <summary>AWS: whether another pool may pull it; set by the join.</summary>
    public Value IsAllowedElsewhere { get; set; } = BoolValue.False;

    /// <summary>Whether anything has credentials for a registry of another cloud; set by the join.</summary>
    public Value HasForeignCredentials { get; set; } = NullValue.Instance;
}
