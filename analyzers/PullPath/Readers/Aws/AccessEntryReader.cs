using Analyzer.Facts.Model;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Aws;

/// <summary>Access entries of EKS clusters, and how a cluster decides whom it lets in.</summary>
internal sealed class AccessEntryReader : IReader
{
    private const string AdminPolicy = ":cluster-access-policy/AmazonEKSClusterAdminPolicy";

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
        var given = world.Managed("aws_eks_access_policy_association").Select(each => new Association(
            names.ClusterOf(each.At("cluster_name"), each.Address.Scope),
            roles.RoleOf(each.At("principal_arn"), each.Address.Scope),
            Gives(each.At("policy_arn"), each.At("access_scope.type")).And(Answer.Exists(each.Guard)))).Where(each => each.IsAdmin != Truth.No).ToList();
        foreach (var entry in entries)
        {
            var resource = entry.Resource!;
            entry.Cluster = names.ClusterOf(resource.Field("cluster_name", "ClusterName"), entry.Address.Scope);
            entry.Identity = roles.RoleOf(resource.Field("principal_arn", "PrincipalArn"), entry.Address.Scope);
            entry.IsAdmin = Answer.Of(
                IsAdmin(resource, resource.FieldBlocks("access_policies", "AccessPolicies")).Or(given.Any(each => entry.Identity.EqualTo(each.Identity).And(entry.Cluster.EqualTo(each.Cluster)).And(each.IsAdmin))),
                given.SelectMany(each => Cause.Of(each.Identity).Concat(Cause.Of(each.Cluster))));
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

    /// <summary>Whether the entry itself names the policy; groups are bound to roles that nobody sees here.</summary>
    private static Truth IsAdmin(Resource entry, ListValue policies)
    {
        var (arn, scope) = entry.Type == "AWS::EKS::AccessEntry" ? ("PolicyArn", "AccessScope.Type") : ("policy_arn", "access_scope.type");
        var groups = entry.Field("kubernetes_groups", "KubernetesGroups") is NullValue or ListValue { Items: [], IsOpen: false } ? Truth.No : Truth.Unknown;
        return groups.Or(Answer.Has(policies, each => Gives(Written.Find(each, arn), Written.Find(each, scope))));
    }

    private static Truth Gives(Value policy, Value scope) => policy switch
    {
        TextValue text when text.Suffix.EndsWith(AdminPolicy, StringComparison.Ordinal) => scope.EqualTo(new TextValue("cluster")),
        TextValue { Known: not null } => Truth.No,
        _ => Truth.Unknown,
    };

    /// <summary>A policy that is given to an entry by a declaration of its own.</summary>
    private sealed record Association(Value Cluster, Value Identity, Truth IsAdmin);
}
