using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>A step of a Terraform run that makes pods start: a Helm release, a kubernetes_deployment, a local-exec with kubectl.</summary>
public sealed class Deployment : Fact
{
    /// <summary>Fields of deployments.</summary>
    public static Shape Fields { get; } = new(
        "deployment",
        "A step of a Terraform run that makes pods start: helm_release, kubernetes_*, kubectl_manifest, a provisioner that calls kubectl or helm.",
        Shape.Field<Deployment>("kind", FieldType.Text, "Type of the resource.", deployment => new TextValue(deployment.Kind)),
        Shape.Field<Deployment>("cluster", FieldType.Of("cluster"), "The cluster it deploys to.", deployment => deployment.Cluster),
        Shape.Field<Deployment>("images", FieldType.List(FieldType.Text), "Images it starts; open when its pods are not seen.", deployment => deployment.Images),
        Shape.Field<Deployment>("needs_nodes", FieldType.Bool, "Whether it is complete only when pods run: false for objects without pods and for DaemonSets, which are complete where no node is.", deployment => deployment.NeedsNodes),
        Shape.Field<Deployment>("waits", FieldType.Bool, "Whether the step waits for its pods and fails when they do not start in time.", deployment => deployment.Waits),
        Shape.Field<Deployment>("deadline", FieldType.Number, "Seconds the step waits for its pods; null when it does not.", deployment => deployment.Deadline));

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary>Type of the resource.</summary>
    public required string Kind { get; init; }

    /// <summary>Cluster; set by the join.</summary>
    public Value Cluster { get; set; } = NullValue.Instance;

    /// <summary>Images.</summary>
    public Value Images { get; set; } = ListValue.Empty;

    /// <summary>Whether it is complete only when pods run.</summary>
    public Value NeedsNodes { get; set; } = BoolValue.False;

    /// <summary>Whether it waits.</summary>
    public Value Waits { get; set; } = NullValue.Instance;

    /// <summary>Seconds it waits.</summary>
    public Value Deadline { get; set; } = NullValue.Instance;
}
