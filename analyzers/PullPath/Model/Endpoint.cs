using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>A private door of a network to a cloud service.</summary>
public sealed class Endpoint : Fact
{
    /// <summary>Fields of endpoints.</summary>
    public static Shape Fields { get; } = new(
        "endpoint",
        "A VPC endpoint.",
        Shape.Field<Endpoint>("service", FieldType.Text, "Short name of the service: ecr.api, ecr.dkr, s3, sts.", endpoint => endpoint.Service),
        Shape.Field<Endpoint>("type", FieldType.Text, "Gateway or Interface.", endpoint => endpoint.Type),
        Shape.Field<Endpoint>("network", FieldType.Of("network"), "The network it is in.", endpoint => endpoint.Network),
        Shape.Field<Endpoint>("private_dns", FieldType.Bool, "Whether it answers for the service's own names.", endpoint => endpoint.PrivateDns),
        Shape.Field<Endpoint>("private_dns_value", FieldType.Any, "The written value: the place to edit; null when not written.", endpoint => endpoint.PrivateDnsValue),
        Shape.Field<Endpoint>("has_other_names", FieldType.Bool, "Whether something else makes the service's names private in its network: a private hosted zone, another endpoint.", endpoint => endpoint.HasOtherNames),
        Shape.Field<Endpoint>("subnets", FieldType.List(FieldType.Of("subnet")), "Subnets of an interface.", endpoint => endpoint.Subnets),
        Shape.Field<Endpoint>("region", FieldType.Text, "Region of the service, as far as it is written.", endpoint => endpoint.Region),
        Shape.Field<Endpoint>("policy", FieldType.Any, "The policy document of the endpoint; null for none: everything is let through.", endpoint => endpoint.Policy),
        Shape.Field<Endpoint>("policy_value", FieldType.Any, "The written policy: the place to edit.", endpoint => endpoint.PolicyValue),
        Shape.Field<Endpoint>("security_groups", FieldType.List(FieldType.Of("security_group")), "Security groups of an interface; the default one of its network where none is written.", endpoint => endpoint.SecurityGroups),
        Shape.Field<Endpoint>("security_groups_value", FieldType.Any, "The written list: the place to edit; null when not written.", endpoint => endpoint.SecurityGroupsValue),
        Shape.Field<Endpoint>("subnets_value", FieldType.Any, "The written subnet list: the place to edit.", endpoint => endpoint.SubnetsValue),
        Shape.Field<Endpoint>("route_tables", FieldType.List(FieldType.Of("route_table")), "Route tables of a gateway.", endpoint => endpoint.RouteTables),
        Shape.Field<Endpoint>("route_tables_value", FieldType.Any, "The written route table list: the place to edit.", endpoint => endpoint.RouteTablesValue));

    /// <summary>
    /// Fields of endpoints that a switch leaves out: what their own block says, and nothing that would need the rest of what is switched off. They are a kind of their own, so that what is asked of
    /// endpoints is asked of those that are there.
    /// </summary>
    public static Shape OmittedFields { get; } = new(
        "omitted_endpoint",
        "A VPC endpoint that is switched off: what its own block says of it.",
        Shape.Field<Endpoint>("service", FieldType.Text, "Short name of the service: ecr.api, ecr.dkr, s3, sts.", endpoint => endpoint.Service),
        Shape.Field<Endpoint>("type", FieldType.Text, "Gateway or Interface.", endpoint => endpoint.Type),
        Shape.Field<Endpoint>("subnets", FieldType.List(FieldType.Of("subnet")), "Subnets that are written for an interface.", endpoint => endpoint.Subnets),
        Shape.Field<Endpoint>("subnets_value", FieldType.Any, "The written subnet list: the place to edit.", endpoint => endpoint.SubnetsValue));

    /// <inheritdoc/>
    public override Shape Shape => IsOmitted ? OmittedFields : Fields;

    /// <summary>True for one that is switched off.</summary>
    public bool IsOmitted { get; init; }

    /// <summary>Short service name.</summary>
    public required Value Service { get; init; }

    /// <summary>Gateway or Interface.</summary>
    public required Value Type { get; init; }

    /// <summary>Its network.</summary>
    public Value Network { get; set; } = NullValue.Instance;

    /// <summary>Whether private DNS is on.</summary>
    public Value PrivateDns { get; set; } = NullValue.Instance;

    /// <summary>The written value.</summary>
    public Value PrivateDnsValue { get; set; } = NullValue.Instance;

    /// <summary>Whether the names are private by something else; set by the join.</summary>
    public Value HasOtherNames { get; set; } = BoolValue.False;

    /// <summary>Region of the service.</summary>
    public Value Region { get; init; } = NullValue.Instance;

    /// <summary>The policy document, decoded; set by the join.</summary>
    public Value Policy { get; set; } = NullValue.Instance;

    /// <summary>The written policy; set by the join.</summary>
    public Value PolicyValue { get; set; } = NullValue.Instance;

    /// <summary>Security groups of an interface; set by the join.</summary>
    public Value SecurityGroups { get; set; } = ListValue.Empty;

    /// <summary>The written security groups.</summary>
    public Value SecurityGroupsValue { get; init; } = NullValue.Instance;

    /// <summary>The written subnet list.</summary>
    public Value SubnetsValue { get; init; } = NullValue.Instance;

    /// <summary>Subnets of an interface; set by the join.</summary>
    public Value Subnets { get; set; } = ListValue.Empty;

    /// <summary>Route tables of a gateway; set by the join.</summary>
    public Value RouteTables { get; set; } = ListValue.Empty;

    /// <summary>The written list.</summary>
    public Value RouteTablesValue { get; set; } = NullValue.Instance;
}
