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

    private static readonly string[] Specifications = ["launch_template", "mixed_instances_policy.launch_template.launch_template_specification"];

    private static readonly string[] TemplateSpecifications = ["LaunchTemplate", "MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification"];

    /// <summary>Reads the template of a managed or self-managed pool; other kinds have none.</summary>
    internal static NodeTemplate Of(World world, NodePool pool)
    {
        if (pool.Kind is not ("eks-managed" or "eks-self-managed") || pool.Resource is not { } resource)
        {
            return None;
        }

        var written = Written(resource).Where(value => value is not NullValue).ToList();
        if (written.Count == 0)
        {
            return pool.Kind == "eks-managed" ? None : Unseen(resource, []);
        }

        var targets = world.Inventory.Referents(written[0]).Where(target => !target.IsData).Distinct().Take(2).ToList();
        return written.Count == 1 && targets is [var only] ? Of(only) : Unseen(resource, written);
    }

    private static IEnumerable<Value> Written(Resource pool)
    {
        var isTemplate = pool.Language == Language.CloudFormation;
        yield return pool.Field("launch_configuration", "LaunchConfigurationName");
        foreach (var specification in isTemplate ? TemplateSpecifications : Specifications)
        {
            var found = (isTemplate ? (string[])["LaunchTemplateId", "LaunchTemplateName", "Id", "Name"] : ["id", "name", "launch_template_id", "launch_template_name"])
                .Select(name => pool.At($"{specification}.{name}")).FirstOrDefault(value => value is not NullValue);
            if (found is not null)
            {
                yield return found;
            }
        }
    }

    private static NodeTemplate Of(Resource template) => template.Type switch
    {
        "aws_launch_template" => new NodeTemplate(
            template.At("vpc_security_group_ids") is var groups and not NullValue ? groups : template.At("network_interfaces.security_groups"), template.At("network_interfaces.associate_public_ip_address")),
        "aws_launch_configuration" => new NodeTemplate(template.At("security_groups"), template.At("associate_public_ip_address")),
        "AWS::EC2::LaunchTemplate" => new NodeTemplate(
            template.At("LaunchTemplateData.SecurityGroupIds") is var groups and not NullValue ? groups : template.At("LaunchTemplateData.NetworkInterfaces.Groups"),
            template.At("LaunchTemplateData.NetworkInterfaces.AssociatePublicIpAddress")),
        "AWS::AutoScaling::LaunchConfiguration" => new NodeTemplate(template.At("SecurityGroups"), template.At("AssociatePublicIpAddress")),
        _ => Unseen(template, []),
    };

    private static NodeTemplate Unseen(Resource pool, IEnumerable<Value> written)
    {
        var unknown = new UnknownValue([.. written.SelectMany(Cause.Of).Append(new Cause(UnknownReason.External, $"the template of {pool.Address.Path} is not seen", pool.Place, null)).Take(Cause.Limit)]);
        return new NodeTemplate(unknown, unknown);
    }
}
