using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>A security group: what network interfaces let in and out.</summary>
public sealed class SecurityGroup : Fact
{
    /// <summary>Fields of security groups.</summary>
    public static Shape Fields { get; } = new(
        "security_group",
        "A security group, also those that AWS makes: the default one of a VPC and the one of an EKS cluster.",
        Shape.Field<SecurityGroup>("network", FieldType.Of("network"), "The network it is in.", group => group.Network),
        Shape.Field<SecurityGroup>("ingress", FieldType.List(FieldType.Of("security_rule")), "What it lets in; open when something unseen may add a rule.", group => group.Ingress),
        Shape.Field<SecurityGroup>("egress", FieldType.List(FieldType.Of("security_rule")), "What it lets out; open when something unseen may add a rule.", group => group.Egress));

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary>Its network; set by the join.</summary>
    public Value Network { get; set; } = NullValue.Instance;

    /// <summary>What it lets in; set by the join.</summary>
    public Value Ingress { get; set; } = ListValue.Empty;

    /// <summary>What it lets out; set by the join.</summary>
    public Value Egress { get; set; } = ListValue.Empty;
}

/// <summary>A rule of a security group.</summary>
public sealed class SecurityRule : Fact
{
    /// <summary>Fields of rules.</summary>
    public static Shape Fields { get; } = new(
        "security_rule",
        "A rule of a security group, inline or apart.",
        Shape.Field<SecurityRule>("protocol", FieldType.Text, "tcp, udp, a number; -1 for all.", rule => rule.Protocol),
        Shape.Field<SecurityRule>("from_port", FieldType.Number, "First port; null for all.", rule => rule.FromPort),
        Shape.Field<SecurityRule>("to_port", FieldType.Number, "Last port; null for all.", rule => rule.ToPort),
        Shape.Field<SecurityRule>("ranges", FieldType.List(FieldType.Text), "Address ranges on the other side, IPv4 and IPv6.", rule => rule.Ranges),
        Shape.Field<SecurityRule>("groups", FieldType.List(FieldType.Of("security_group")), "Security groups on the other side.", rule => rule.Groups),
        Shape.Field<SecurityRule>("prefix_lists", FieldType.List(FieldType.Text), "Prefix lists on the other side.", rule => rule.PrefixLists));

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary>Protocol.</summary>
    public required Value Protocol { get; init; }

    /// <summary>First port.</summary>
    public required Value FromPort { get; init; }

    /// <summary>Last port.</summary>
    public required Value ToPort { get; init; }

    /// <summary>Address ranges on the other side.</summary>
    public required Value Ranges { get; init; }

    /// <summary>Security groups on the other side.</summary>
    public required Value Groups { get; init; }

    /// <summary>Prefix lists on the other side.</summary>
    public required Value PrefixLists { get; init; }
}
