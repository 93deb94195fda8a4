using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Aws.Policies;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Aws;

/// <summary>
/// Container instances of ECS: what tasks on EC2 run on. Their agent pulls with the role of the instance where the task names no execution role; where it names one, it is enough that
/// one of the two may pull.
/// </summary>
internal sealed class EcsInstances(World world)
{
    /// <summary>The kind of pools they make.</summary>
    internal const string Kind = "ecs-ec2";

    private readonly List<NodePool> _pools = [.. world.Facts.All<NodePool>(NodePool.Fields).Where(pool => pool.Kind == Kind)];

    /// <summary>The Auto Scaling groups that capacity providers start instances with.</summary>
    internal static HashSet<Address> Providers(World world) =>
        [.. world.Managed("aws_ecs_capacity_provider", "AWS::ECS::CapacityProvider")
            .SelectMany(provider => world.Inventory.Referents(provider.Field("auto_scaling_group_provider.auto_scaling_group_arn", "AutoScalingGroupProvider.AutoScalingGroupArn")))
            .Select(group => group.Address)];

    /// <summary>The instances that a task certainly runs on: those of its root where there are no others, nor another cluster; null where nobody knows.</summary>
    internal NodePool? Under(Resource task)
    {
        var pools = _pools.Where(pool => pool.Address.Scope == task.Address.Scope).Take(2).ToList();
        var clusters = world.Managed("aws_ecs_cluster", "AWS::ECS::Cluster").Where(cluster => cluster.Address.Scope == task.Address.Scope).Take(2).Count();
        return pools is [var only] && clusters == 1 ? only : null;
    }

    /// <summary>Whether a task asks the role of its instance: it names no execution role, or one that certainly may not pull.</summary>
    internal Truth Asks(Value executionRole, Value identity) => executionRole is NullValue ? Truth.Yes
        : identity.As<Identity>() is { Kind: RoleReader.Kind } role ? PullRequests.EcrActions.Select(action => RoleAccess.Of(world).Decide(role, action, PullTarget.Any).Allowed).All(each => each).Not()
        : Truth.Unknown;
}
