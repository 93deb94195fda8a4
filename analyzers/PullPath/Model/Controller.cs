using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>A known controller that asks the API of AWS by its nature: the cluster autoscaler, a CSI driver, the load balancer controller.</summary>
public sealed class Controller : Fact
{
    /// <summary>Fields of controllers.</summary>
    public static Shape Fields { get; } = new(
        "controller",
        "A known controller that asks the API of AWS, so that it needs credentials: a workload by its image, a Helm release by its chart, an add-on of EKS.",
        Shape.Field<Controller>("name", FieldType.Text, "What it is known as: cluster-autoscaler, aws-load-balancer-controller.", controller => new TextValue(controller.Name)),
        Shape.Field<Controller>("cluster", FieldType.Of("cluster"), "The cluster it runs on.", controller => controller.Cluster),
        Shape.Field<Controller>("has_identity", FieldType.Bool, "Whether it gets credentials of its own: by its service account, by an association, by its environment.", controller => controller.HasIdentity),
        Shape.Field<Controller>("host_network", FieldType.Bool, "Whether its pods use the network of their node.", controller => controller.HostNetwork));

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary>What it is known as.</summary>
    public required string Name { get; init; }

    /// <summary>Its cluster.</summary>
    public required Value Cluster { get; init; }

    /// <summary>Whether it gets credentials of its own.</summary>
    public required Value HasIdentity { get; init; }

    /// <summary>Whether its pods use the network of their node.</summary>
    public required Value HostNetwork { get; init; }
}
