using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>What AWS starts instances from: a launch template or a launch configuration.</summary>
public sealed class LaunchTemplate : Fact
{
    /// <summary>Fields of launch templates.</summary>
    public static Shape Fields { get; } = new(
        "launch_template",
        "AWS: a launch template or a launch configuration.",
        Shape.Field<LaunchTemplate>("instance_profile", FieldType.Text, "The written name or ARN of the instance profile; null for none.", template => template.InstanceProfile),
        Shape.Field<LaunchTemplate>("subnet", FieldType.Text, "The subnet that its network interfaces name; null for none.", template => template.Subnet),
        Shape.Field<LaunchTemplate>("default_moves", FieldType.Bool, "Whether its default version follows what is written: update_default_version, or a default version that is written itself.", template => template.DefaultMoves));

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary>Name or ARN of the instance profile.</summary>
    public required Value InstanceProfile { get; init; }

    /// <summary>Subnet of its network interfaces.</summary>
    public Value Subnet { get; init; } = NullValue.Instance;

    /// <summary>Whether its default version follows what is written.</summary>
    public required Value DefaultMoves { get; init; }
}
