using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>An address in a network of Azure behind which a container registry answers.</summary>
public sealed class PrivateEndpoint : Fact
{
    /// <summary>Fields of private endpoints.</summary>
    public static Shape Fields { get; } = new(
        "private_endpoint",
        "An Azure private endpoint of a container registry.",
        Shape.Field<PrivateEndpoint>("registry", FieldType.Of("registry"), "The registry behind it.", endpoint => endpoint.Registry),
        Shape.Field<PrivateEndpoint>("subresources", FieldType.List(FieldType.Text), "What of the registry it leads to. There is one thing, which is named registry.", endpoint => endpoint.Subresources),
        Shape.Field<PrivateEndpoint>("subresources_value", FieldType.Any, "The written list: the place to edit; null when not written.", endpoint => endpoint.SubresourcesValue),
        Shape.Field<PrivateEndpoint>("subnet_value", FieldType.Text, "The written id of the subnet in which it is: the place to edit.", endpoint => endpoint.SubnetValue),
        Shape.Field<PrivateEndpoint>("is_manual", FieldType.Bool, "Whether somebody must approve the connection before it works.", endpoint => endpoint.IsManual),
        Shape.Field<PrivateEndpoint>("is_approved", FieldType.Bool, "Whether something declared approves connections: a resource of azapi, a script. Unknown where that may be.", endpoint => endpoint.IsApproved),
        Shape.Field<PrivateEndpoint>("has_zone_group", FieldType.Bool, "Whether Azure writes its names into private DNS zones; unknown where a policy may see to that.", endpoint => endpoint.HasZoneGroup),
        Shape.Field<PrivateEndpoint>("zone_ids_value", FieldType.Any, "The written ids of these zones: the place to edit; null for none.", endpoint => endpoint.ZoneIdsValue),
        Shape.Field<PrivateEndpoint>("zone_names", FieldType.List(FieldType.Text), "Names of these zones, as far as they are known.", endpoint => endpoint.ZoneNames),
        Shape.Field<PrivateEndpoint>("has_other_names", FieldType.Bool, "Whether something else gives its address the names of the registry: records, name servers of the network. False only where all of its network is declared beside it.", endpoint => endpoint.HasOtherNames));

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary>The registry; set by the join.</summary>
    public Value Registry { get; set; } = NullValue.Instance;

    /// <summary>What of the registry.</summary>
    public required Value Subresources { get; init; }

    /// <summary>The written list.</summary>
    public required Value SubresourcesValue { get; init; }

    /// <summary>The written id of its subnet.</summary>
    public required Value SubnetValue { get; init; }

    /// <summary>Whether it must be approved.</summary>
    public required Value IsManual { get; init; }

    /// <summary>Whether it is approved; set by the join.</summary>
    public Value IsApproved { get; set; } = BoolValue.False;

    /// <summary>Whether names are kept in zones.</summary>
    public required Value HasZoneGroup { get; init; }

    /// <summary>The written ids of zones.</summary>
    public required Value ZoneIdsValue { get; init; }

    /// <summary>Names of zones; set by the join.</summary>
    public Value ZoneNames { get; set; } = ListValue.Empty;

    /// <summary>Whether it has names otherwise; set by the join.</summary>
    public Value HasOtherNames { get; set; } = BoolValue.False;
}
