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
        Shape.Field<Network>("ranges", FieldType.List(FieldType.Text), "Its IPv4 address ranges; open when one may be added where nobody looks.", network => network.Ranges),
        Shape.Field<Network>("region", FieldType.Text, "Its region, as far as it is written.", network => network.Region),
        Shape.Field<Network>("dns_support", FieldType.Bool, "Whether its resolver answers at all.", network => network.DnsSupport),
        Shape.Field<Network>("dns_support_value", FieldType.Any, "The written value: the place to edit; null when not written.", network => network.DnsSupportValue),
        Shape.Field<Network>("dns_hostnames", FieldType.Bool, "Whether names in it, those of endpoints too, may be private.", network => network.DnsHostnames),
        Shape.Field<Network>("dns_hostnames_value", FieldType.Any, "The written value: the place to edit; null when not written.", network => network.DnsHostnamesValue),
        Shape.Field<Network>("internet_block", FieldType.Text, "What VPC Block Public Access keeps from its internet gateways: off, block-ingress or block-bidirectional.", network => network.InternetBlock),
        Shape.Field<Network>("is_exported", FieldType.Bool, "Whether an output names it, one of its subnets or route tables, so that another root may build on it.", network => BoolValue.Of(network.IsExported)),
        Shape.Field<Network>("default_security_group", FieldType.Of("security_group"), "The security group of interfaces that name none.", network => network.DefaultSecurityGroup),
        Shape.Field<Network>("clusters", FieldType.List(FieldType.Of("cluster")), "EKS clusters with subnets in it.", network => network.Clusters),
        Shape.Field<Network>("needs", FieldType.List(FieldType.Any), "Services that its isolated nodes ask besides the registry: objects of service, reason and weight (breaks, risk).", network => network.Needs),
        Shape.Field<Network>("endpoints", FieldType.List(FieldType.Of("endpoint")), "Its VPC endpoints; open when something unseen could add some.", network => network.Endpoints),
        Shape.Field<Network>("node_pools", FieldType.List(FieldType.Of("node_pool")), "Node pools with subnets in it.", network => network.NodePools),
        Shape.Field<Network>("pulls", FieldType.List(FieldType.Of("pull")), "Pulls that are seen on its node pools.", network => network.Pulls),
        Shape.Field<Network>("time_servers", FieldType.List(FieldType.Text), "AWS: time servers that its DHCP options give machines; null where they give none.", network => network.TimeServers),
        Shape.Field<Network>("node_subnets", FieldType.List(FieldType.Of("subnet")), "Its subnets in which nodes stand.", network => network.NodeSubnets));

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary>Name or address.</summary>
    public required Value Name { get; init; }

    /// <summary>Its subnets.</summary>
    public Value Subnets { get; set; } = ListValue.Empty;

    /// <summary>IPv4 address ranges; set by the join.</summary>
    public Value Ranges { get; set; } = ListValue.Empty;

    /// <summary>Region.</summary>
    public Value Region { get; init; } = NullValue.Instance;

    /// <summary>Whether the resolver answers.</summary>
    public Value DnsSupport { get; init; } = BoolValue.True;

    /// <summary>The written value.</summary>
    public Value DnsSupportValue { get; init; } = NullValue.Instance;

    /// <summary>Whether names may be private.</summary>
    public Value DnsHostnames { get; init; } = BoolValue.False;

    /// <summary>The written value.</summary>
    public Value DnsHostnamesValue { get; init; } = NullValue.Instance;

    /// <summary>What VPC Block Public Access blocks; set by the join.</summary>
    public Value InternetBlock { get; set; } = NullValue.Instance;

    /// <summary>Whether others may build on it; set by the join.</summary>
    public bool IsExported { get; set; }

    /// <summary>The default security group; set by the join.</summary>
    public Value DefaultSecurityGroup { get; set; } = NullValue.Instance;

    /// <summary>EKS clusters in it; set by the join.</summary>
    public Value Clusters { get; set; } = ListValue.Empty;

    /// <summary>Services that isolated nodes ask; set by the join.</summary>
    public Value Needs { get; set; } = ListValue.Empty;

    /// <summary>Its endpoints.</summary>
    public Value Endpoints { get; set; } = ListValue.Empty;

    /// <summary>Pools in it.</summary>
    public Value NodePools { get; set; } = ListValue.Empty;

    /// <summary>Pulls on its pools; set when pulls are joined.</summary>
    public Value Pulls { get; set; } = ListValue.Empty;

    /// <summary>Subnets with nodes; set by the join.</summary>
    public Value NodeSubnets { get; set; } = ListValue.Empty;

    /// <summary>Time servers of its DHCP options; set by the join.</summary>
    public Value TimeServers { get; set; } = NullValue.Instance;
}
