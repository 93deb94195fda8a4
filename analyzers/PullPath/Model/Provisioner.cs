using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>What starts nodes when pods wait for them, and says how long they live: a NodePool (before: Provisioner) of Karpenter or of EKS Auto Mode.</summary>
public sealed class Provisioner : Fact
{
    /// <summary>Fields of provisioners.</summary>
    public static Shape Fields { get; } = new(
        "provisioner",
        "A NodePool of Karpenter or of EKS Auto Mode, or a Provisioner of old: what starts nodes and says how long they live.",
        Shape.Field<Provisioner>("name", FieldType.Text, "metadata.name", provisioner => provisioner.Name),
        Shape.Field<Provisioner>("is_auto_mode", FieldType.Bool, "Whether EKS Auto Mode runs its nodes: these live 21 days at most.", provisioner => provisioner.IsAutoMode),
        Shape.Field<Provisioner>("expire_after", FieldType.Number, "Seconds after which a node is replaced, the default included; null for never.", provisioner => provisioner.ExpireAfter),
        Shape.Field<Provisioner>("expire_after_value", FieldType.Any, "The written lifetime: the place to edit; null for none.", provisioner => provisioner.ExpireAfterValue),
        Shape.Field<Provisioner>("drift_blocks", FieldType.List(FieldType.Any), "Disruption budgets that never let a drifted node be replaced.", provisioner => provisioner.DriftBlocks));

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary>Name.</summary>
    public required Value Name { get; init; }

    /// <summary>Whether Auto Mode runs its nodes.</summary>
    public Value IsAutoMode { get; init; } = BoolValue.False;

    /// <summary>Seconds until a node is replaced; null for never.</summary>
    public Value ExpireAfter { get; init; } = NullValue.Instance;

    /// <summary>The lifetime as written.</summary>
    public Value ExpireAfterValue { get; init; } = NullValue.Instance;

    /// <summary>Budgets that block drift.</summary>
    public Value DriftBlocks { get; init; } = ListValue.Empty;
}
