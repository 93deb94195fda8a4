using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Aws;

namespace Analyzer.PullPath.Readers.AwsNetwork;

/// <summary>What the launch template of a pool's nodes says of their network interfaces.</summary>
/// <param name="SecurityGroups">The written security groups: null for none, unknown where the template is not seen.</param>
/// <param name="PublicAddress">Whether it asks for a public address: null where it says nothing.</param>
internal sealed record NodeTemplate(Value SecurityGroups, Value PublicAddress)
{
    private static readonly NodeTemplate None = new(NullValue.Instance, NullValue.Instance);

    /// <summary>Reads the template of a managed or self-managed pool; other kinds have none.</summary>
    internal static NodeTemplate Of(NodePool pool) => pool switch
    {
        { Kind: not ("eks-managed" or "eks-self-managed" or EcsInstances.Kind) } or { Kind: "eks-managed", Template: NullValue } => None,
        _ when pool.Template.As<LaunchTemplate>()?.Resource is { } resource => Of(resource),
        _ => Unseen(pool, pool.Template),
    };

    private static NodeTemplate Of(Resource template) => template.Type switch
    {
        "aws_launch_template" => new NodeTemplate(
            template.At("vpc_security_group_ids") is var groups and not (NullValue or ListValue { Items: [], IsOpen: false }) ? groups : template.At("network_interfaces.security_groups"), template.At("network_interfaces.associate_public_ip_address")),
        "aws_launch_configuration" => new NodeTemplate(template.At("security_groups"), template.At("associate_public_ip_address")),
        "AWS::EC2::LaunchTemplate" => new NodeTemplate(
            template.At("LaunchTemplateData.SecurityGroupIds") is var groups and not NullValue ? groups : template.At("LaunchTemplateData.NetworkInterfaces.Groups"),
            template.At("LaunchTemplateData.NetworkInterfaces.AssociatePublicIpAddress")),
        _ => new NodeTemplate(template.At("SecurityGroups"), template.At("AssociatePublicIpAddress")),
    };

    private static NodeTemplate Unseen(NodePool pool, Value template)
    {
        var unknown = new UnknownValue([.. Cause.Of(template).Append(new Cause(UnknownReason.External, $"the template of {pool.Address.Path} is not seen", pool.Place, null)).Take(Cause.Limit)]);
        return new NodeTemplate(unknown, unknown);
    }
}
