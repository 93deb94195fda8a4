using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Aws;

/// <summary>
/// Auto Scaling groups whose tags make them nodes of a cluster: one pool for each template their instances come from, with the role of its instance profile.
/// </summary>
internal sealed class SelfManagedReader : IReader
{
    private static readonly string[] ClusterTags = ["kubernetes.io/cluster/", "k8s.io/cluster/", "k8s.io/cluster-autoscaler/"];

    private readonly Dictionary<NodePool, (Value Cluster, Value Template)> _read = [];

    public void Read(World world)
    {
        foreach (var group in world.Managed("aws_autoscaling_group", "AWS::AutoScaling::AutoScalingGroup"))
        {
            if (ClusterTag(group) is not { } cluster)
            {
                continue;
            }

            var templates = Templates(group).ToList();
            for (var at = 0; at < templates.Count; at++)
            {
                var pool = new NodePool
                {
                    Kind = "eks-self-managed",
                    Name = group.Field("name", "AutoScalingGroupName") is TextValue written ? written : new TextValue(group.Address.Path),
                    Address = at == 0 ? group.Address : group.Address with { Path = $"{group.Address.Path}#{at}" },
                    Place = group.Place,
                    Resource = group,
                    Guard = group.Guard,
                    NeedsEcr = BoolValue.True,
                    SubnetsValue = group.Field("vpc_zone_identifier", "VPCZoneIdentifier"),
                    IsLive = group.Field("max_size", "MaxSize") is NumberValue { Number.Whole: 0 } or TextValue { Known: "0" } ? BoolValue.False : BoolValue.True,
                };
                _read.Add(world.Add(pool), (cluster, templates[at]));
            }
        }
    }

    public void Join(World world)
    {
        var roles = new RoleNames(world);
        var names = new ClusterNames(world);
        foreach (var (pool, (cluster, template)) in _read)
        {
            PoolClusters.Join(pool, cluster, names);
            pool.IdentityValue = ProfileOf(template, world);
            pool.Identity = pool.IdentityValue is NullValue
                ? new UnknownValue(UnknownReason.External, $"the instance profile of {pool.Address.Path} is not written", pool.Place)
                : roles.RoleOfProfile(pool.IdentityValue, pool.Address.Scope);
        }
    }

    /// <summary>The cluster that a tag key names, as far as it is known; null for a group without such a tag.</summary>
    private static Value? ClusterTag(Resource group)
    {
        var keys = new List<TextValue>();
        foreach (var item in group.FieldBlocks("tag", "Tags").Values.Concat(group.FieldBlocks("tags", "Tags").Values))
        {
            if ((Written.Find(item, "key") is TextValue key ? key : Written.Find(item, "Key") as TextValue) is { } written)
            {
                keys.Add(written);
            }
        }

        foreach (var key in keys)
        {
            foreach (var prefix in ClusterTags)
            {
                if (!key.Prefix.StartsWith(prefix, StringComparison.Ordinal) || key.Known == prefix + "enabled")
                {
                    continue;
                }

                if (key.Known is { } known)
                {
                    return new TextValue(known[prefix.Length..]).With(key.Trace);
                }

                return key.Parts is [{ Literal: { } only }, { Hole: { } hole }] && only == prefix ? hole : UnknownValue.From(DataType.Text, key);
            }
        }

        return null;
    }

    /// <summary>The values that name the templates: of the group, of its mixed instances and of their overrides; the launch configuration.</summary>
    private static IEnumerable<Value> Templates(Resource group)
    {
        var found = new List<Value>();
        var isCfn = group.Language == Language.CloudFormation;
        Add(group.Field("launch_configuration", "LaunchConfigurationName"));
        AddSpecification(group.Field("launch_template", "LaunchTemplate"));
        var mixed = group.Field("mixed_instances_policy.launch_template", "MixedInstancesPolicy.LaunchTemplate");
        AddSpecification(Written.Find(mixed, isCfn ? "LaunchTemplateSpecification" : "launch_template_specification"));
        foreach (var item in Written.Blocks(mixed is ListValue { Items: [var first, ..] } ? first.Value : mixed, isCfn ? "Overrides" : "override").Values)
        {
            AddSpecification(Written.Find(item, isCfn ? "LaunchTemplateSpecification" : "launch_template_specification"));
        }

        return found.Count > 0 ? found : [new UnknownValue(UnknownReason.NoValue, $"the template of {group.Address.Path} is not known", group.Place)];

        void AddSpecification(Value specification)
        {
            foreach (var name in (string[])(isCfn ? ["LaunchTemplateId", "LaunchTemplateName"] : ["id", "launch_template_id", "name", "launch_template_name"]))
            {
                Add(Written.Find(specification, name));
            }
        }

        void Add(Value template)
        {
            if (template is not NullValue && !found.Any(each => each.EqualTo(template) == Truth.Yes))
            {
                found.Add(template);
            }
        }
    }

    /// <summary>The written instance profile of a template: name or ARN; null when none is written; unknown when the template is not seen.</summary>
    private static Value ProfileOf(Value template, World world)
    {
        var targets = world.Inventory.Referents(template).Where(each => !each.IsData).ToList();
        if (targets.Count == 0)
        {
            return UnknownValue.From(DataType.Text, template);
        }

        switch (targets[0].Type)
        {
            case "aws_launch_configuration" or "AWS::AutoScaling::LaunchConfiguration":
                return targets[0].Field("iam_instance_profile", "IamInstanceProfile");
            case "aws_launch_template" or "AWS::EC2::LaunchTemplate":
                var name = targets[0].Field("iam_instance_profile.name", "LaunchTemplateData.IamInstanceProfile.Name");
                return name is NullValue ? targets[0].Field("iam_instance_profile.arn", "LaunchTemplateData.IamInstanceProfile.Arn") : name;
            default:
                return UnknownValue.From(DataType.Text, template);
        }
    }
}
