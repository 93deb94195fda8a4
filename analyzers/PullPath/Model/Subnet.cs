using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>A subnet and its way out.</summary>
public sealed class Subnet : Fact
{
    /// <summary>Fields of subnets.</summary>
    public static Shape Fields { get; } = new(
        "subnet",
        "A subnet with the way its traffic leaves.",
        Shape.Field<Subnet>("name", FieldType.Text, "Name or address.", subnet => subnet.Name),
        Shape.Field<Subnet>("network", FieldType.Of("network"), "The network it is in.", subnet => subnet.Network),
        Shape.Field<Subnet>("range", FieldType.Text, "Its IPv4 address range; null when none is written.", subnet => subnet.Range),
        Shape.Field<Subnet>("public_addresses", FieldType.Bool, "Whether what starts in it gets a public address.", subnet => subnet.PublicAddresses),
        Shape.Field<Subnet>("exit", FieldType.Text, "public (internet gateway), nat, isolated, or unknown: nobody knows.", subnet => subnet.Exit),
        Shape.Field<Subnet>("route_table", FieldType.Of("route_table"), "Its route table.", subnet => subnet.RouteTable),
        Shape.Field<Subnet>("gateways", FieldType.List(FieldType.Of("endpoint")), "Gateway endpoints on its route table; open when one that is not seen may be.", subnet => subnet.Gateways));

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary>Name or address.</summary>
    public required Value Name { get; init; }

    /// <summary>Its network.</summary>
    public Value Network { get; set; } = NullValue.Instance;

    /// <summary>IPv4 address range.</summary>
    public Value Range { get; init; } = NullValue.Instance;

    /// <summary>Whether what starts in it gets a public address.</summary>
    public Value PublicAddresses { get; init; } = BoolValue.False;

    /// <summary>Text public, nat or isolated, or unknown with reasons.</summary>
    public Value Exit { get; set; } = NullValue.Instance;

    /// <summary>AWS: what its network ACL stops; set by the join.</summary>
    public Value AclObstacle { get; set; } = NullValue.Instance;

    /// <summary>Its route table; set by the join.</summary>
    public Value RouteTable { get; set; } = NullValue.Instance;

    /// <summary>Gateway endpoints on its route table; set by the join.</summary>
    public Value Gateways { get; set; } = ListValue.Empty;
}
