using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>A rule by which a network security group of Azure keeps nodes from going somewhere.</summary>
public sealed class NsgRule : Fact
{
    /// <summary>Fields of rules.</summary>
    public static Shape Fields { get; } = new(
        "nsg_rule",
        "A rule that denies something outbound, of an Azure network security group on a subnet in which nodes of AKS stand.",
        Shape.Field<NsgRule>("group", FieldType.Text, "Address of the security group.", rule => rule.Group),
        Shape.Field<NsgRule>("destination", FieldType.Any, "What it denies, as written, a text or a list: the place to edit.", rule => rule.Destination),
        Shape.Field<NsgRule>("blocked", FieldType.List(FieldType.Of("registry_use")), "Clusters and registries of which it is the first rule that decides, on all of their nodes: nothing can be pulled. Open where nobody knows.", rule => rule.Blocked),
        Shape.Field<NsgRule>("blocked_layers", FieldType.List(FieldType.Of("registry_use")), "The same for layers alone, which come from Azure Storage unless a registry has data endpoints.", rule => rule.BlockedLayers),
        Shape.Field<NsgRule>("blocked_services", FieldType.List(FieldType.Text), "Services of the host that it keeps from nodes: instance metadata, name resolution.", rule => rule.BlockedServices));

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary>The security group.</summary>
    public required Value Group { get; init; }

    /// <summary>What it denies.</summary>
    public required Value Destination { get; init; }

    /// <summary>Registries that it keeps from nodes; set by the join.</summary>
    public Value Blocked { get; set; } = ListValue.Empty;

    /// <summary>Registries of which it keeps layers from nodes; set by the join.</summary>
    public Value BlockedLayers { get; set; } = ListValue.Empty;

    /// <summary>Services that it keeps from nodes; set by the join.</summary>
    public Value BlockedServices { get; set; } = ListValue.Empty;
}
