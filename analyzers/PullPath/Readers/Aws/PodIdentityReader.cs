using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Aws.Policies;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Aws;

/// <summary>Pod Identity associations, of their own and inside add-ons, and what they are for.</summary>
internal sealed class PodIdentityReader : IReader
{
    private static readonly string[] Types = ["aws_eks_pod_identity_association", "AWS::EKS::PodIdentityAssociation", "awscc_eks_pod_identity_association"];

    public void Read(World world)
    {
        foreach (var resource in world.Managed(Types))
        {
            Add(world, resource, 0, resource.Field("namespace", "Namespace"), resource.Field("service_account", "ServiceAccount"), resource.Field("role_arn", "RoleArn"),
                Answer.TruthOf(resource.Field("disable_session_tags", "DisableSessionTags") is not NullValue and var written ? written : BoolValue.False).Not());
        }

        foreach (var resource in world.Managed(AddOnReader.Types))
        {
            var inside = resource.FieldBlocks(resource.Type.StartsWith("awscc", StringComparison.Ordinal) ? "pod_identity_associations" : "pod_identity_association", "PodIdentityAssociations");
            for (var at = 0; at < inside.Items.Length; at++)
            {
                var block = inside.Items[at].Value;
                Add(world, resource, at + 1, new UnknownValue(UnknownReason.External, $"{resource.Address.Path} chooses the namespace of its pods", resource.Place, type: DataType.Text),
                    Written.Either(block, "service_account", "ServiceAccount"), Written.Either(block, "role_arn", "RoleArn"), Truth.Yes);
            }
        }
    }

    public void Join(World world)
    {
        var names = ClusterNames.Of(world);
        var roles = RoleNames.Of(world);
        var associations = world.Facts.All<Association>(Association.Fields).ToList();
        world.Each(associations, association =>
        {
            var resource = association.Resource!;
            association.Cluster = names.ClusterOf(resource.Field("cluster_name", "ClusterName"), resource.Address.Scope);
            association.Identity = roles.RoleOf(association.IdentityValue, resource.Address.Scope);
            association.Refused = association.Identity.As<Identity>() is { } role ? Refused(association, role) : new ListValue([]) { OpenBecause = UnknownValue.From(null, association.Identity).Causes };
        });

        var unseen = world.Each(names.All, cluster => KeyValuePair.Create(cluster, AwsResources.Unseen(world, cluster.Resource!, cluster.Name, Types).ToList())).ToDictionary();
        new AssociatedAccounts(world, associations, unseen).Join();
        var agents = new PodIdentityAgents(world);
        world.Each(names.All, cluster =>
        {
            cluster.Associations = Links.To(
                associations.Where(each => ReferenceEquals(each.Cluster.As<Cluster>(), cluster)),
                associations.Where(each => each.Cluster is UnknownValue or ChoiceValue).SelectMany(each => Cause.Of(each.Cluster)).Concat(unseen[cluster]));
            cluster.PodIdentityAgent = agents.Of(cluster);
        });
    }

    private static void Add(World world, Resource resource, int number, Value space, Value account, Value role, Truth isTagged) => world.Add(new Association
    {
        Namespace = space,
        ServiceAccountName = account,
        IdentityValue = role,
        IsTagged = isTagged,
        Address = number == 0 ? resource.Address : resource.Address with { Path = $"{resource.Address.Path}#{number}" },
        Place = role.Trace?.Place is { File: not null } place && number > 0 ? place : resource.Place,
        Resource = resource,
        Guard = resource.Existence,
    });

    /// <summary>What the trust policy certainly does not allow.</summary>
    private static ListValue Refused(Association association, Identity role)
    {
        var refused = new List<Item>();
        var open = new List<Cause>();
        foreach (var action in PodTrust.ActionsOf(association))
        {
            var decision = PodTrust.Decide(role.Trust, action, association);
            if (decision.Result == Truth.No)
            {
                refused.Add(new Item(new TextValue(action)));
            }
            else if (decision.Result == Truth.Unknown)
            {
                open.AddRange(decision.Causes);
            }
        }

        return new ListValue([.. refused]) { OpenBecause = open.Count == 0 ? null : [.. open.Distinct().Take(Cause.Limit)] };
    }
}
