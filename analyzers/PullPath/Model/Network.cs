using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>A virtual network.</summary>
public sealed class Network : Fact
{
    /// <summary>Fields of networks.</summary>
    public static Shape Fields { get; } = new(
        "network",
        "A VPC.",
        Shape.Field<Network>("name", FieldType.Text, "Name or address.", network => network.Name),
        Shape.Field<Network>("subnets", FieldType.List(FieldType.Of("subnet")), "Its subnets.", network => network.Subnets),
        Shape.Field<Network>("endpoints", FieldType.List(FieldType.Of("endpoint")), "Its VPC endpoints; open when something unseen could add some.", network => network.Endpoints),
        Shape.Field<Network>("node_pools", FieldType.List(FieldType.Of("node_pool")), "Node pools with subnets in it.", network => network.NodePools),
        Shape.Field<Network>("pulls", FieldType.List(FieldType.Of("pull")), "Pulls that are seen on its node pools.", network => network.Pulls),
        Shape.Field<Network>("node_subnets", FieldType.List(FieldType.Of("subnet")), "Its subnets in which nodes stand.", network => network.NodeSubnets));

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary>Name or address.</summary>
    public required Value Name { get; init; }

    /// <summary>Its subnets.</summary>
    public Value Subnets { get; set; } = ListValue.Empty;

    /// <summary>Its endpoints.</summary>
    public Value Endpoints { get; set; } = ListValue.Empty;

    /// <summary>Pools in it.</summary>
    public Value NodePools { get; set; } = ListValue.Empty;

    /// <summary>Pulls on its pools; set when pulls are joined.</summary>
    public Value Pulls { get; set; } = ListValue.Empty;

    /// <summary>Subnets with nodes; set by the join.</summary>
    public Value NodeSubnets { get; set; } = ListValue.Empty;
}
