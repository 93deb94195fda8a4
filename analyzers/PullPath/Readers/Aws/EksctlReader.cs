using Analyzer.Facts.Model;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Aws;

/// <summary>
/// Node groups of eksctl configurations. Where no role is given eksctl makes one, and attaches what it needs: always the pull policy to the role of an unmanaged group; to that of a
/// managed group only as long as no list of policies is written.
/// </summary>
internal sealed class EksctlReader : IReader
{
    /// <summary>Kind of its pools.</summary>
    internal const string Kind = "eks-eksctl";
    private const string Prefix = "arn:aws:iam::aws:policy/";

    private static readonly MapValue Trust = MapValue.Of(("Statement", MapValue.Of(
        ("Effect", new TextValue("Allow")), ("Action", new TextValue("sts:AssumeRole")), ("Principal", MapValue.Of(("Service", new TextValue("ec2.amazonaws.com")))))));

    private readonly List<(NodePool Pool, Value Group)> _groups = [];

    public void Read(World world)
    {
        foreach (var group in world.Inventory.OfType("eksctl.io/NodeGroup"))
        {
            ReadGroup(world, group);
        }
    }

    public void Join(World world)
    {
        var roles = RoleNames.Of(world);
        var policies = PolicyNames.Of(world);
        var clusters = ClusterNames.Of(world);
        foreach (var (pool, group) in _groups)
        {
            pool.Cluster = clusters.ClusterOf(pool.Resource!.At("cluster_name"), pool.Address.Scope);
            var iam = Written.Find(group, "iam");
            var given = (Value[])[Written.Find(iam, "instanceRoleARN"), Written.Find(iam, "instanceRoleName")];
            var profile = Written.Find(iam, "instanceProfileARN");
            pool.IdentityValue = given.Append(profile).FirstOrDefault(each => each is not NullValue) ?? Written.Find(iam, "attachPolicyARNs");
            pool.Identity = given.FirstOrDefault(each => each is not NullValue) is { } role ? roles.RoleOf(role, pool.Address.Scope)
                : profile is not NullValue ? roles.RoleOfProfile(profile, pool.Address.Scope)
                : Links.To(Made(world, pool, iam, policies));
        }
    }

    private void ReadGroup(World world, Resource group)
    {
        var written = group.At("group");
        var isManaged = group.At("is_managed") is BoolValue { Value: true };
        var template = world.Inventory.Referents(group.At("launch_template")).Select(world.FactOf<LaunchTemplate>).FirstOrDefault();
        var pool = world.Add(new NodePool
        {
            Kind = Kind,
            Name = Written.Find(written, "name"),
            Address = group.Address,
            Place = group.Place,
            Resource = group,
            Guard = group.Guard,
            NeedsEcr = BoolValue.True,
            IsManaged = BoolValue.Of(isManaged),
            SubnetsValue = group.At("subnet_ids"),
            Template = Links.To(template),
            ReleaseVersion = Written.Find(written, "releaseVersion"),
            AutoRepair = Written.Find(written, "nodeRepairConfig.enabled") is not NullValue and var repair ? repair : BoolValue.False,
            MaxLifetime = AwsResources.Number(Written.Find(written, "maxInstanceLifetime")),
            IsLive = IsZero(Written.Find(written, "maxSize")) || (Written.Find(written, "maxSize") is NullValue && IsZero(Written.Find(written, "desiredCapacity"))) ? BoolValue.False : BoolValue.True,
        });
        _groups.Add((pool, written));
    }

    private static bool IsZero(Value size) => size is NumberValue { Number.Whole: 0 };

    /// <summary>The role that eksctl makes for a group.</summary>
    private static Identity Made(World world, NodePool pool, Value iam, PolicyNames policies)
    {
        var boundary = Written.Find(iam, "instanceRolePermissionsBoundary");
        var identity = world.Add(new Identity
        {
            Kind = RoleReader.Kind,
            Name = TextValue.Of([new TextPart("the role of "), new TextPart(pool.Name)]),
            Address = pool.Address,
            Place = pool.Place,
            Guard = pool.Guard,
            Trust = Trust,
            BoundaryValue = boundary,
            Boundary = policies.DocumentOf(boundary, pool.Address.Scope),
        });
        var open = new List<Cause>();
        var arns = Written.Blocks(iam, "attachPolicyARNs");
        open.AddRange(arns.OpenBecause ?? []);
        var grants = new List<Item>();
        foreach (var item in arns.Items)
        {
            Grant(item.Value, policies.DocumentOf(item.Value, pool.Address.Scope), item.Guard);
        }

        if (Written.Find(iam, "attachPolicy") is not NullValue and var inline)
        {
            Grant(new TextValue("attachPolicy"), inline, Guard.Always, isInline: true);
        }

        var builds = Written.Find(iam, "withAddonPolicies.imageBuilder");
        if (Answer.TruthOf(builds) == Truth.Yes)
        {
            ByDefault("AmazonEC2ContainerRegistryPowerUser");
        }
        else if (pool.IsManaged is BoolValue { Value: false } || (arns.Items.IsEmpty && !arns.IsOpen))
        {
            ByDefault("AmazonEC2ContainerRegistryPullOnly");
        }

        open.AddRange(builds is UnknownValue or ChoiceValue ? Cause.Of(builds) : []);
        identity.Grants = new ListValue([.. grants]) { OpenBecause = open.Count == 0 ? null : [.. open.Take(Cause.Limit)] };
        return identity;

        void ByDefault(string name) => Grant(new TextValue(Prefix + name), policies.DocumentOf(new TextValue(Prefix + name), pool.Address.Scope), Guard.Always);

        void Grant(Value arn, Value document, Guard guard, bool isInline = false) => grants.Add(new Item(new FactValue(world.Add(new Grant
        {
            Address = pool.Address,
            Place = arn.Trace?.Place is { File: not null } place ? place : pool.Place,
            Guard = pool.Guard,
            Identity = Links.To(identity),
            Role = policies.ShortName(arn),
            Policy = document,
            Written = arn,
            IsSeparate = BoolValue.False,
            IsInline = isInline,
            PullsWhenAsked = grant => RoleAccess.Of(world).Pulls(grant.Policy),
        })), guard));
    }
}
