using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>A deployment that starts images of one declared registry on one cluster: what must come after the grant.</summary>
public sealed class Delivery : Fact
{
    /// <summary>Fields of deliveries.</summary>
    public static Shape Fields { get; } = new(
        "delivery",
        "A deployment together with the registry whose images it starts.",
        Shape.Field<Delivery>("deployment", FieldType.Of("deployment"), "The deployment.", delivery => Links.To(delivery.Deployment)),
        Shape.Field<Delivery>("cluster", FieldType.Of("cluster"), "The cluster.", delivery => Links.To(delivery.Cluster)),
        Shape.Field<Delivery>("registry", FieldType.Of("registry"), "The registry.", delivery => Links.To(delivery.Registry)),
        Shape.Field<Delivery>("grants", FieldType.List(FieldType.Of("grant")), "Grants that let the cluster's nodes pull from the registry.", delivery => delivery.Grants),
        Shape.Field<Delivery>("untriggered_pauses", FieldType.List(FieldType.Text), "Pauses between these grants and the deployment that nothing triggers: made once, they do not run again for a grant that is made anew.", delivery => delivery.UntriggeredPauses));

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary>The deployment.</summary>
    public required Deployment Deployment { get; init; }

    /// <summary>The cluster.</summary>
    public required Cluster Cluster { get; init; }

    /// <summary>The registry.</summary>
    public required Registry Registry { get; init; }

    /// <summary>Grants that let nodes pull.</summary>
    public Value Grants { get; set; } = ListValue.Empty;

    /// <summary>Pauses that run once.</summary>
    public Value UntriggeredPauses { get; init; } = ListValue.Empty;
}
