using Analyzer.Facts.Model;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Aws;

/// <summary>
/// Auto Scaling groups whose tags, or whose user data, make them nodes of a cluster of EKS or container instances of ECS: one pool for each template their instances come from, with the
/// role of its instance profile. Tags alone tell of a cluster of any maker (kOps, kubeadm, OpenShift): that it is one of EKS show the user data, the cluster itself where it is declared, or
/// the policies of the nodes.
/// </summary>
internal sealed class SelfManagedReader : IReader
{
    private static readonly string[] ClusterTags = ["kubernetes.io/cluster/", "k8s.io/cluster/", "k8s.io/cluster-autoscaler/"];

    private static readonly string[] WorkerPolicies = ["AmazonEKSWorkerNodePolicy", "AmazonEKSWorkerNodeMinimalPolicy"];

    private const string Nodes = "eks-self-managed";

    private readonly Dictionary<NodePool, Value> _read = [];

    public void Read(World world)
    {
        var providers = EcsInstances.Providers(world);
        foreach (var group in world.Managed("aws_autoscaling_group", "AWS::AutoScaling::AutoScalingGroup"))
        {
            var templates = Templates(group);
            if (KindOf(group, templates, providers, world) is not { } found)
            {
                continue;
            }

            for (var at = 0; at < templates.Count; at++)
            {
                var pool = new NodePool
                {
                    Kind = found.Kind,
                    Name = group.Field("name", "AutoScalingGroupName") is TextValue written ? written : new TextValue(group.Address.Path),
                    Address = at == 0 ? group.Address : group.Address with { Path = $"{group.Address.Path}#{at}" },
                    Place = group.Place,
                    Resource = group,
                    Guard = group.Guard,
                    NeedsEcr = found.Kind == Nodes && !found.IsEks
                        ? new UnknownValue(UnknownReason.NoValue, $"whether {group.Address.Path} is for a cluster of EKS", group.Place, type: DataType.Bool)
                        : BoolValue.Of(found.Kind == Nodes),
                    SubnetsValue = group.Field("vpc_zone_identifier", "VPCZoneIdentifier"),
                    IsLive = group.Field("max_size", "MaxSize") is NumberValue { Number.Whole: 0 } or TextValue { Known: "0" } ? BoolValue.False : BoolValue.True,
                };
                (pool.TemplateValue, pool.TemplateVersion) = templates[at];
                _read.Add(world.Add(pool), found.Cluster);
            }
        }
    }

    public void Join(World world)
    {
        var roles = RoleNames.Of(world);
        var names = ClusterNames.Of(world);
        foreach (var (pool, cluster) in _read)
        {
            if (pool.Kind == Nodes)
            {
                PoolClusters.Join(pool, cluster, names);
            }

            pool.IdentityValue = pool.Template.As<LaunchTemplate>()?.InstanceProfile ?? UnknownValue.From(DataType.Text, pool.Template);
            pool.Identity = pool.IdentityValue is NullValue
                ? new UnknownValue(UnknownReason.External, $"the instance profile of {pool.Address.Path} is not written", pool.Place)
                : roles.RoleOfProfile(pool.IdentityValue, pool.Address.Scope);
            if (pool.NeedsEcr is UnknownValue && (pool.Cluster is FactValue || HasWorkerPolicy(pool)))
            {
                pool.NeedsEcr = BoolValue.True;
            }
        }
    }

    private static bool HasWorkerPolicy(NodePool pool) => pool.Identity.As<Identity>()?.Grants.Each<Grant>()
        .Any(grant => grant.Role is TextValue { Suffix: var name } && Array.Exists(WorkerPolicies, policy => name.EndsWith(policy, StringComparison.Ordinal))) == true;

    /// <summary>What the instances of a group are, the cluster that they join as far as it is written, and whether it is certainly one of EKS; null for neither.</summary>
    private static (string Kind, Value Cluster, bool IsEks)? KindOf(Resource group, List<(Value Template, Value Version)> templates, HashSet<Address> providers, World world)
    {
        var tagged = ClusterTag(group);
        var boot = templates.Select(each => BootText.Of(each.Template, world)).FirstOrDefault(text => text is BootText.Eks or BootText.Ecs);
        return tagged is not null ? (Nodes, tagged, boot == BootText.Eks)
            : providers.Contains(group.Address) || boot == BootText.Ecs ? (EcsInstances.Kind, NullValue.Instance, false)
            : boot == BootText.Eks ? (Nodes, new UnknownValue(UnknownReason.NoValue, $"the cluster that the user data of {group.Address.Path} joins", group.Place, type: DataType.Text), true)
            : null;
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

    /// <summary>The values that name the templates, with their versions: of the group, of its mixed instances and of their overrides; the launch configuration.</summary>
    private static List<(Value Template, Value Version)> Templates(Resource group)
    {
        var found = new List<(Value Template, Value Version)>();
        var isCfn = group.Language == Language.CloudFormation;
        Add(group.Field("launch_configuration", "LaunchConfigurationName"), NullValue.Instance);
        AddSpecification(group.Field("launch_template", "LaunchTemplate"));
        var mixed = group.FieldBlock("mixed_instances_policy.launch_template", "MixedInstancesPolicy.LaunchTemplate");
        AddSpecification(Written.Find(mixed, isCfn ? "LaunchTemplateSpecification" : "launch_template_specification"));
        foreach (var item in Written.Blocks(mixed, isCfn ? "Overrides" : "override").Values)
        {
            AddSpecification(Written.Find(item, isCfn ? "LaunchTemplateSpecification" : "launch_template_specification"));
        }

        return found.Count > 0 ? found : [(new UnknownValue(UnknownReason.NoValue, $"the template of {group.Address.Path} is not known", group.Place), NullValue.Instance)];

        void AddSpecification(Value specification)
        {
            var (template, version) = TemplateReader.NamedBy(specification, group.Language);
            Add(template, version);
        }

        void Add(Value template, Value version)
        {
            if (template is not NullValue && !found.Any(each => each.Template.EqualTo(template) == Truth.Yes))
            {
                found.Add((template, version));
            }
        }
    }
}
