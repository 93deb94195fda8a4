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
    private const string Kind = "eks-eksctl";
    private const string Prefix = "arn:aws:iam::aws:policy/";

    private static readonly MapValue Trust = MapValue.Of(("Statement", MapValue.Of(
        ("Effect", new TextValue("Allow")), ("Action", new TextValue("sts:AssumeRole")), ("Principal", MapValue.Of(("Service", new TextValue("ec2.amazonaws.com")))))));

    private readonly List<(NodePool Pool, Value Group)> _groups = [];

    public void Read(World world)
    {
        foreach (var config in world.Inventory.OfType("eksctl.io/ClusterConfig"))
        {
            foreach (var list in new[] { "managedNodeGroups", "nodeGroups" })
            {
                foreach (var item in Written.Blocks(config.Body, list).Items)
                {
                    ReadGroup(world, config, list, item);
                }
            }
        }
    }

    public void Join(World world)
    {
        var roles = RoleNames.Of(world);
        var policies = PolicyNames.Of(world);
        foreach (var (pool, group) in _groups)
        {
            var iam = Written.Find(group, "iam");
            var given = (Value[])[Written.Find(iam, "instanceRoleARN"), Written.Find(iam, "instanceRoleName")];
            var profile = Written.Find(iam, "instanceProfileARN");
            pool.IdentityValue = given.Append(profile).FirstOrDefault(each => each is not NullValue) ?? Written.Find(iam, "attachPolicyARNs");
            pool.Identity = given.FirstOrDefault(each => each is not NullValue) is { } role ? roles.RoleOf(role, pool.Address.Scope)
                : profile is not NullValue ? roles.RoleOfProfile(profile, pool.Address.Scope)
                : Links.To(Made(world, pool, iam, policies));
            pool.Cluster = new UnknownValue(UnknownReason.External, "eksctl makes the cluster", pool.Place);
        }
    }

    private void ReadGroup(World world, Resource config, string list, Item item)
    {
        var name = Written.Find(item.Value, "name");
        var pool = world.Add(new NodePool
        {
            Kind = Kind,
            Name = name,
            Address = config.Address with { Path = $"{config.Address.Path} {list} {(name as TextValue)?.ToString() ?? "<?>"}" },
            Place = (item.Value as MapValue)?.Place ?? config.Place,
            Resource = config,
            Guard = config.Guard.And(item.Guard) ?? config.Guard,
            NeedsEcr = BoolValue.True,
            IsManaged = list == "managedNodeGroups",
        });
        _groups.Add((pool, item.Value));
    }

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
            Grant(new TextValue("attachPolicy"), inline, Guard.Always);
        }

        var builds = Written.Find(iam, "withAddonPolicies.imageBuilder");
        if (Answer.TruthOf(builds) == Truth.Yes)
        {
            ByDefault("AmazonEC2ContainerRegistryPowerUser");
        }
        else if (!pool.IsManaged || (arns.Items.IsEmpty && !arns.IsOpen))
        {
            ByDefault("AmazonEC2ContainerRegistryPullOnly");
        }

        open.AddRange(builds is UnknownValue or ChoiceValue ? Cause.Of(builds) : []);
        identity.Grants = new ListValue([.. grants]) { OpenBecause = open.Count == 0 ? null : [.. open.Take(Cause.Limit)] };
        return identity;

        void ByDefault(string name) => Grant(new TextValue(Prefix + name), policies.DocumentOf(new TextValue(Prefix + name), pool.Address.Scope), Guard.Always);

        void Grant(Value arn, Value document, Guard guard) => grants.Add(new Item(new FactValue(new Grant
        {
            Address = pool.Address,
            Place = arn.Trace?.Place is { File: not null } place ? place : pool.Place,
            Guard = pool.Guard,
            Identity = Links.To(identity),
            Role = policies.ShortName(arn),
            Policy = document,
            Written = arn,
            IsSeparate = BoolValue.False,
            Pulls = RoleAccess.Of(world).Pulls(document),
        }), guard));
    }
}
