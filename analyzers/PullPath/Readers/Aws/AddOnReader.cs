using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Aws;

/// <summary>Add-ons that EKS installs.</summary>
internal sealed class AddOnReader : IReader
{
    /// <summary>Types of add-ons.</summary>
    internal static readonly string[] Types = ["aws_eks_addon", "AWS::EKS::Addon", "awscc_eks_addon"];

    public void Read(World world)
    {
        foreach (var resource in world.Managed(Types))
        {
            world.Add(new AddOn
            {
                Name = resource.Field("addon_name", "AddonName"),
                Address = resource.Address,
                Place = resource.Place,
                Resource = resource,
                Guard = resource.Existence,
            });
        }
    }

    public void Join(World world)
    {
        var names = ClusterNames.Of(world);
        foreach (var addOn in world.Facts.All<AddOn>(AddOn.Fields))
        {
            addOn.Cluster = names.ClusterOf(addOn.Resource!.Field("cluster_name", "ClusterName"), addOn.Address.Scope);
        }
    }
}
