using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Aws;

/// <summary>Managed node groups, Fargate profiles and the nodes of EKS Auto Mode.</summary>
internal sealed class NodeGroupReader : IReader
{
    public void Read(World world)
    {
        foreach (var group in world.Managed("aws_eks_node_group", "AWS::EKS::Nodegroup", "awscc_eks_nodegroup"))
        {
            var isCc = group.Type.StartsWith("awscc", StringComparison.Ordinal);
            Add(world, group, "eks-managed", group.Field(isCc ? "nodegroup_name" : "node_group_name", "NodegroupName"),
                group.Field(isCc ? "node_role" : "node_role_arn", "NodeRole"), group.Field(isCc ? "subnets" : "subnet_ids", "Subnets"), IsLive(group));
        }

        foreach (var profile in world.Managed("aws_eks_fargate_profile", "AWS::EKS::FargateProfile", "awscc_eks_fargate_profile"))
        {
            Add(world, profile, "eks-fargate", profile.Field("fargate_profile_name", "FargateProfileName"),
                profile.Field("pod_execution_role_arn", "PodExecutionRoleArn"), profile.Type.StartsWith("awscc", StringComparison.Ordinal) ? profile.At("subnets") : profile.Field("subnet_ids", "Subnets"), BoolValue.True);
        }

        foreach (var cluster in world.Managed("aws_eks_cluster", "AWS::EKS::Cluster", "awscc_eks_cluster"))
        {
            var role = cluster.Field("compute_config.node_role_arn", "ComputeConfig.NodeRoleArn");
            var enabled = Answer.TruthOf(cluster.Field("compute_config.enabled", "ComputeConfig.Enabled"));
            if (role is not NullValue && enabled != Truth.No)
            {
                Add(world, cluster, "eks-auto", new TextValue("Auto Mode"), role,
                    cluster.Type == "awscc_eks_cluster" ? cluster.At("resources_vpc_config.subnet_ids") : cluster.Field("vpc_config.subnet_ids", "ResourcesVpcConfig.SubnetIds"),
                    Answer.Of(enabled, Cause.Of(cluster.Field("compute_config.enabled", "ComputeConfig.Enabled"))));
            }
        }
    }

    public void Join(World world)
    {
        var roles = RoleNames.Of(world);
        var names = ClusterNames.Of(world);
        foreach (var pool in world.Facts.All<NodePool>(NodePool.Fields).Where(pool => pool.Kind is "eks-managed" or "eks-fargate" or "eks-auto"))
        {
            var resource = pool.Resource!;
            pool.Identity = roles.RoleOf(pool.IdentityValue, resource.Address.Scope);
            if (pool.Kind == "eks-auto")
            {
                pool.Cluster = Links.To(world.FactOf<Cluster>(resource));
                continue;
            }

            PoolClusters.Join(pool, resource.Field("cluster_name", "ClusterName"), names);
        }
    }

    private static void Add(World world, Resource resource, string kind, Value name, Value role, Value subnets, Value isLive) => world.Add(new NodePool
    {
        Kind = kind,
        Name = name is TextValue or UnknownValue ? name : new TextValue(resource.Address.Path),
        Address = resource.Address,
        Place = resource.Place,
        Resource = resource,
        Guard = resource.Guard,
        NeedsEcr = BoolValue.True,
        IdentityValue = role,
        SubnetsValue = subnets,
        IsLive = isLive,
    });

    /// <summary>False for a group whose written sizes are all zero: nobody runs on it.</summary>
    private static Value IsLive(Resource group)
    {
        var desired = group.Field("scaling_config.desired_size", "ScalingConfig.DesiredSize");
        var maximum = group.Field("scaling_config.max_size", "ScalingConfig.MaxSize");
        return IsZero(maximum) && (desired is NullValue || IsZero(desired)) ? BoolValue.False : BoolValue.True;
    }

    private static bool IsZero(Value value) => value is NumberValue { Number.Whole: 0 } or TextValue { Known: "0" };
}
