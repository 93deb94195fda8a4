using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Aws;

/// <summary>How long nodes of AWS pools live, and what replaces or repairs them.</summary>
internal sealed class PoolRotation : IReader
{
    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        var scheduled = world.Managed("aws_autoscaling_schedule", "AWS::AutoScaling::ScheduledAction")
            .SelectMany(each => world.Inventory.Referents(each.Field("autoscaling_group_name", "AutoScalingGroupName"))).Select(group => group.Address).ToHashSet();
        foreach (var pool in world.Facts.All<NodePool>(NodePool.Fields))
        {
            var resource = pool.Resource;
            if (pool.Kind == "eks-managed")
            {
                pool.AmiType = resource!.Field("ami_type", "AmiType");
                pool.ReleaseVersion = resource!.Field("release_version", "ReleaseVersion");
                pool.AutoRepair = resource!.Field("node_repair_config.enabled", "NodeRepairConfig.Enabled") is not NullValue and var written ? written : BoolValue.False;
            }
            else if (pool.Kind == "eks-self-managed")
            {
                var refresh = resource!.FieldBlocks("instance_refresh", "InstanceRefresh");
                pool.MaxLifetime = AwsResources.Number(resource!.Field("max_instance_lifetime", "MaxInstanceLifetime"));
                pool.IsReplaced = scheduled.Contains(resource!.Address) || refresh.Items.Any(item => item.Guard.IsAlways) ? BoolValue.True
                    : refresh.Items.Length > 0 || refresh.IsOpen ? UnknownValue.From(DataType.Bool, refresh)
                    : BoolValue.False;
            }
        }
    }
}
