using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>A route table: where the traffic of its subnets goes.</summary>
public sealed class RouteTable : Fact
{
    /// <summary>Fields of route tables.</summary>
    public static Shape Fields { get; } = new(
        "route_table",
        "A route table of a VPC, or the main table that AWS makes with it.",
        Shape.Field<RouteTable>("network", FieldType.Of("network"), "The network it is in.", table => table.Network),
        Shape.Field<RouteTable>("exit", FieldType.Text, "public (internet gateway), nat, isolated, or unknown: nobody knows.", table => table.Exit));

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary>Its network; set by the join.</summary>
    public Value Network { get; set; } = NullValue.Instance;

    /// <summary>Text public, nat or isolated, or unknown with reasons; set by the join.</summary>
    public Value Exit { get; set; } = NullValue.Instance;
}
