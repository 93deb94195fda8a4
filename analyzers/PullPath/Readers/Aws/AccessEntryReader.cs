using Analyzer.Facts.Model;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Aws;

/// <summary>Access entries of EKS clusters, and how a cluster decides whom it lets in.</summary>
internal sealed class AccessEntryReader : IReader
{
    private static readonly string[] Types = ["aws_eks_access_entry", "AWS::EKS::AccessEntry", "awscc_eks_access_entry"];

    public void Read(World world)
    {
        foreach (var resource in world.Managed(Types))
        {
            world.Add(new AccessEntry
            {
                Type = resource.Field("type", "Type") is not NullValue and var written ? written : new TextValue("STANDARD"),
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
        var roles = RoleNames.Of(world);
        var entries = world.Facts.All<AccessEntry>(AccessEntry.Fields).ToList();
        foreach (var entry in entries)
        {
            entry.Cluster = names.ClusterOf(entry.Resource!.Field("cluster_name", "ClusterName"), entry.Address.Scope);
            entry.Identity = roles.RoleOf(entry.Resource!.Field("principal_arn", "PrincipalArn"), entry.Address.Scope);
        }

        foreach (var cluster in names.All)
        {
            // The API's default, as long as the cluster says nothing else.
            cluster.AuthenticationMode = cluster.Resource!.Field("access_config.authentication_mode", "AccessConfig.AuthenticationMode") is not NullValue and var mode ? mode : new TextValue("CONFIG_MAP");
            var open = AwsResources.Unseen(world, cluster.Resource!, cluster.Name, Types)
                .Concat(entries.Where(each => each.Cluster is not FactValue).Select(each => new Cause(UnknownReason.OpenWorld, $"{each.Address.Path} may be an entry of it", each.Place, null)));
            cluster.AccessEntries = Links.To(entries.Where(each => ReferenceEquals(each.Cluster.As<Cluster>(), cluster)), open);
        }
    }
}
