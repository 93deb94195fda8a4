using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>What machines are started from: their image, their metadata service, what they run at boot.</summary>
public sealed class LaunchTemplate : Fact
{
    /// <summary>Fields of launch templates.</summary>
    public static Shape Fields { get; } = new(
        "launch_template",
        "AWS: a launch template or a launch configuration, or a node class of Karpenter: what nodes are started from.",
        Shape.Field<LaunchTemplate>("kind", FieldType.Text, "launch-template, launch-configuration, karpenter.", template => new TextValue(template.Kind)),
        Shape.Field<LaunchTemplate>("node_pools", FieldType.List(FieldType.Of("node_pool")), "Pools whose nodes are started from it, as far as they are seen.", template => template.NodePools),
        Shape.Field<LaunchTemplate>("imds_endpoint", FieldType.Text, "Whether the instance metadata service answers: enabled, disabled; null where neither it nor the account's defaults say so.", template => template.ImdsEndpoint),
        Shape.Field<LaunchTemplate>("imds_tokens", FieldType.Text, "Whether requests need a session token: required, optional; null where nothing says so.", template => template.ImdsTokens),
        Shape.Field<LaunchTemplate>("imds_hop_limit", FieldType.Number, "How many network hops the answer with the token may travel: pods are one hop away; null where nothing says so.", template => template.ImdsHopLimit),
        Shape.Field<LaunchTemplate>("image", FieldType.Text, "The written machine image; null for none.", template => template.Image),
        Shape.Field<LaunchTemplate>("user_data", FieldType.Text, "What its machines are told at boot, decoded; null for nothing.", template => template.UserData),
        Shape.Field<LaunchTemplate>("commands", FieldType.List(FieldType.Text), "Lines of its user data without comments, continued lines as one; open where some are not seen.", template => template.Commands),
        Shape.Field<LaunchTemplate>("kubelet_flags", FieldType.List(FieldType.Text), "Flags that its user data gives the kubelet, as --name=value.", template => template.KubeletFlags),
        Shape.Field<LaunchTemplate>("settings", FieldType.List(FieldType.Text), "Bottlerocket: settings in its user data, as settings.name=value.", template => template.Settings),
        Shape.Field<LaunchTemplate>("instance_profile", FieldType.Text, "The written name or ARN of the instance profile; null for none.", template => template.InstanceProfile),
        Shape.Field<LaunchTemplate>("subnet", FieldType.Text, "The subnet that its network interfaces name; null for none.", template => template.Subnet),
        Shape.Field<LaunchTemplate>("default_moves", FieldType.Bool, "Whether its default version follows what is written: update_default_version, or a default version that is written itself.", template => template.DefaultMoves));

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary>Kind of template.</summary>
    public required string Kind { get; init; }

    /// <summary>Pools that use it; set by the join.</summary>
    public Value NodePools { get; set; } = ListValue.Empty;

    /// <summary>Whether the metadata service answers; set by the join.</summary>
    public Value ImdsEndpoint { get; set; } = NullValue.Instance;

    /// <summary>Whether it wants tokens; set by the join.</summary>
    public Value ImdsTokens { get; set; } = NullValue.Instance;

    /// <summary>How far its tokens travel; set by the join.</summary>
    public Value ImdsHopLimit { get; set; } = NullValue.Instance;

    /// <summary>Machine image; set by the join.</summary>
    public Value Image { get; set; } = NullValue.Instance;

    /// <summary>User data, decoded; set by the join.</summary>
    public Value UserData { get; set; } = NullValue.Instance;

    /// <summary>Lines of the user data; set by the join.</summary>
    public Value Commands { get; set; } = ListValue.Empty;

    /// <summary>Flags for the kubelet; set by the join.</summary>
    public Value KubeletFlags { get; set; } = ListValue.Empty;

    /// <summary>Settings of Bottlerocket; set by the join.</summary>
    public Value Settings { get; set; } = ListValue.Empty;

    /// <summary>Name or ARN of the instance profile.</summary>
    public required Value InstanceProfile { get; init; }

    /// <summary>Subnet of its network interfaces.</summary>
    public Value Subnet { get; init; } = NullValue.Instance;

    /// <summary>Whether its default version follows what is written.</summary>
    public required Value DefaultMoves { get; init; }
}
