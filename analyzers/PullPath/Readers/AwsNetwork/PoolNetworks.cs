using System.Collections.Immutable;
using Analyzer.Facts.Model;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Joins;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Aws;

namespace Analyzer.PullPath.Readers.AwsNetwork;

/// <summary>In which subnets and network the nodes of a pool stand, and how they reach the internet.</summary>
internal sealed class PoolNetworks : IReader
{
    /// <summary>Tasks of ECS, each on a node of its own.</summary>
    private const string Tasks = "ecs-fargate";

    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        var pools = world.Facts.All<NodePool>(NodePool.Fields).Where(pool => pool.Kind.StartsWith("eks-", StringComparison.Ordinal) || pool.Kind is "karpenter" or Tasks or EcsInstances.Kind).ToList();
        var (detours, tasks) = (new Detours(world), new TaskNetworks(world));
        world.Each(pools, pool =>
        {
            var task = pool.Kind == Tasks ? tasks.Of(pool) : null;
            pool.SubnetsValue = task?.Subnets ?? pool.SubnetsValue;
            pool.EcrServices = task?.Services ?? pool.EcrServices;
            var subnets = NetworkReader.SubnetsOf(world, pool.SubnetsValue);
            subnets = new ListValue([.. subnets.Items.Select(item => pool.Guard.Implies(item.Guard) ? item with { Guard = Guard.Always } : item)]) { OpenBecause = subnets.OpenBecause };
            pool.Subnets = subnets;
            pool.Network = NetworkOf(pool, subnets);
            pool.AclObstacle = AclObstacleOf(subnets);
            pool.NetworkIsElsewhere = (pool.Network.As<Network>() is { } network && network.Address.Scope != pool.Address.Scope)
                || subnets.Each<Subnet>().Any(subnet => subnet.Address.Scope != pool.Address.Scope);
            pool.Exit = Proof.Of(world).Resting(ExitOf(pool, subnets, detours), subnets.Each<Subnet>().Select(subnet => subnet.Exit).Where(exit => exit is TextValue { Known: RouteEffect.Isolated }));
            pool.Detours = detours.Of(pool);
            ReadInterfaces(pool, task?.Template ?? NodeTemplate.Of(pool), world);
            pool.IsolatedSubnets = new ListValue([.. subnets.Items.Where(item => item.Guard.IsAlways && IsIsolated(item.Value))]);
        });

        var (blocks, needs) = (new InternetBlocks(world), new ServiceNeeds(world));
        var clusters = world.Facts.All<Cluster>(Cluster.Fields).Where(cluster => cluster.Kind == EksReader.Kind).ToLookup(cluster => NetworkOf(cluster, world));
        var exported = world.Facts.All<RouteTable>(RouteTable.Fields).Where(table => world.Inventory.IsExported(table.Address)).Select(table => table.Network.As<Network>()).ToHashSet();
        var (poolsOf, unplaced) = (pools.ToLookup(pool => pool.Network.As<Network>()), pools.FindAll(pool => pool.Network is UnknownValue));
        world.Each(world.Facts.All<Network>(Network.Fields), network =>
        {
            JoinNetwork(network, poolsOf[network], unplaced, world);
            network.Clusters = Links.To(clusters[network]);
            network.IsExported |= exported.Contains(network);
            network.InternetBlock = blocks.Of(network);
            network.Needs = needs.Of(network);
        });
    }

    private static Network? NetworkOf(Cluster cluster, World world) => NetworkReader.SubnetsOf(world, cluster.Resource!.Type == "awscc_eks_cluster"
            ? cluster.Resource.At("resources_vpc_config.subnet_ids")
            : cluster.Resource.Field("vpc_config.subnet_ids", "ResourcesVpcConfig.SubnetIds"))
        .Each<Subnet>().Select(subnet => subnet.Network.As<Network>()).FirstOrDefault(network => network is not null);

    private static void JoinNetwork(Network network, IEnumerable<NodePool> own, List<NodePool> unplaced, World world)
    {
        var open = Unseen.Of(world, network.Resource!)
            .Concat(unplaced.Select(pool => new Cause(UnknownReason.OpenWorld, $"{pool.Address.Path} may stand in {network.Address.Path}", pool.Place, null)))
            .Take(Cause.Limit).ToList();
        network.NodePools = new ListValue([.. own.Select(pool => new Item(new FactValue(pool), network.Guard.Implies(pool.Guard) ? Guard.Always : pool.Guard))])
        {
            OpenBecause = open.Count == 0 ? null : [.. open],
        };

        var subnets = ImmutableArray.CreateBuilder<Item>();
        foreach (var pool in own.Where(pool => pool.IsLive is BoolValue { Value: true }))
        {
            var list = (ListValue)pool.Subnets;
            open.AddRange((list.OpenBecause ?? []).Concat(list.Values.Where(value => value is not FactValue).SelectMany(Cause.Of)));
            foreach (var item in list.Items)
            {
                if (item.Value is FactValue link && !subnets.Any(each => ReferenceEquals(((FactValue)each.Value).Fact, link.Fact)))
                {
                    subnets.Add(item with { Guard = network.Guard.Implies(pool.Guard) ? item.Guard : item.Guard.And(pool.Guard) ?? pool.Guard });
                }
            }
        }

        network.NodeSubnets = new ListValue(subnets.ToImmutable()) { OpenBecause = open.Count == 0 ? null : [.. open.Take(Cause.Limit)] };
    }

    /// <summary>What network ACLs certainly stop in one of the subnets; where none is written nothing is asked of them.</summary>
    private static Value AclObstacleOf(ListValue subnets)
    {
        var stopped = subnets.Items.Where(item => item.Guard.IsAlways).Select(item => item.Value.As<Subnet>()?.AclObstacle).OfType<Value>().Where(obstacle => obstacle is not NullValue).ToList();
        return stopped.Find(obstacle => obstacle is TextValue) ?? (stopped.Count > 0 ? UnknownValue.From(DataType.Text, stopped) : NullValue.Instance);
    }

    /// <summary>The network of all subnets: those of one pool are in one.</summary>
    private static Value NetworkOf(NodePool pool, ListValue subnets)
    {
        var networks = subnets.Each<Subnet>().Select(subnet => subnet.Network.As<Network>()).OfType<Network>().Distinct().Take(2).ToList();
        return networks is [var only] ? Links.To(only)
            : subnets is { Items.IsEmpty: true, IsOpen: false } ? Unwritten(pool, null)
            : networks.Count > 1 ? new UnknownValue(UnknownReason.Ambiguous, $"the subnets of {pool.Address.Path} are in several VPCs", pool.Place)
            : UnknownValue.From(null, subnets.Values.Concat(subnets.Each<Subnet>().Select(subnet => subnet.Network)).Append(subnets));
    }

    private static Value ExitOf(NodePool pool, ListValue subnets, Detours detours)
    {
        var doubts = detours.ProxiesOf(pool).ToList();
        if (pool.Cluster.As<Cluster>()?.Resource is { } cluster && cluster.FieldBlock("outpost_config", "OutpostConfig") is not NullValue)
        {
            doubts.Add(new Cause(UnknownReason.External, $"{cluster.Address.Path} is on an Outpost", cluster.Place, null));
        }

        if (doubts.Count > 0)
        {
            return new UnknownValue([.. doubts.Take(Cause.Limit)], DataType.Text);
        }

        if (subnets is { Items.IsEmpty: true, IsOpen: false })
        {
            return Unwritten(pool, DataType.Text);
        }

        var exits = subnets.Items.Select(item => item.Value.As<Subnet>()?.Exit).ToList();
        var known = exits.OfType<TextValue>().Select(exit => exit.Known).Distinct().ToList();
        var isClosed = !subnets.IsOpen && exits.Count > 0 && exits.TrueForAll(exit => exit is TextValue);
        if (isClosed && known is [{ } only])
        {
            return new TextValue(only);
        }

        if (subnets.Items.Any(item => item.Guard.IsAlways && IsIsolated(item.Value)))
        {
            return new TextValue("mixed");
        }

        return isClosed && !known.Contains(RouteEffect.Isolated)
            ? new TextValue(RouteEffect.Nat)
            : UnknownValue.From(DataType.Text, subnets.Values.Select(value => value.As<Subnet>()?.Exit ?? value).Append(subnets));
    }

    private static UnknownValue Unwritten(NodePool pool, DataType? type) => new(UnknownReason.NoValue, $"nothing here says in which subnets {pool.Address.Path} stands", pool.Place, type: type);

    private static bool IsIsolated(Value subnet) => subnet.As<Subnet>()?.Exit is TextValue { Known: RouteEffect.Isolated };

    /// <summary>The security groups of nodes, and in which public subnets they get no public address.</summary>
    private static void ReadInterfaces(NodePool pool, NodeTemplate template, World world)
    {
        pool.SecurityGroupsValue = template.SecurityGroups;
        pool.SecurityGroups = template.SecurityGroups is NullValue or ListValue { Items: [], IsOpen: false }
            ? ListValue.Of([OwnGroupOf(pool, world)])
            : Identifiers.LinkAll(world, template.SecurityGroups, "security group", SecurityGroupReader.Find(world));

        var unaddressed = new List<Item>();
        var open = new List<Cause>(pool.Subnets is ListValue { OpenBecause: { } because } ? because : []);
        foreach (var item in ((ListValue)pool.Subnets).Items)
        {
            var subnet = item.Value.As<Subnet>();
            var gets = pool.Kind == "eks-fargate" ? Truth.No
                : template.PublicAddress is not NullValue ? Answer.TruthOf(template.PublicAddress)
                : subnet is null ? Truth.Unknown
                : Answer.TruthOf(subnet.PublicAddresses);
            var isPublic = subnet?.Exit.EqualTo(new TextValue(RouteEffect.Public)) ?? Truth.Unknown;
            switch (isPublic.And(gets.Not()))
            {
                case Truth.Yes:
                    unaddressed.Add(item);
                    break;
                case Truth.Unknown:
                    open.Add(new Cause(UnknownReason.OpenWorld, $"whether nodes get public addresses in {subnet?.Address.Path ?? "a subnet"} is not known", pool.Place, null));
                    break;
            }
        }

        pool.UnaddressedSubnets = new ListValue([.. unaddressed]) { OpenBecause = open.Count == 0 ? null : [.. open.Take(Cause.Limit)] };
    }

    /// <summary>The security group of nodes that name none: that of the cluster, or the default one of the VPC for groups that EKS does not manage.</summary>
    private static Value OwnGroupOf(NodePool pool, World world) => pool.Kind switch
    {
        "eks-self-managed" or Tasks or EcsInstances.Kind => pool.Network.As<Network>()?.DefaultSecurityGroup ?? UnknownValue.From(null, pool.Network),
        "eks-managed" or "eks-auto" or "eks-fargate" when pool.Kind != "eks-fargate" || !world.Inventory.OfType("vpcresources.k8s.aws/SecurityGroupPolicy").Any() =>
            pool.Cluster.As<Cluster>()?.Resource is { } cluster && world.FactOf<SecurityGroup>(cluster) is { } group ? Links.To(group)
                : new UnknownValue(UnknownReason.External, $"the cluster of {pool.Address.Path}, whose security group its nodes have, is not declared here", pool.Place),
        _ => new UnknownValue(UnknownReason.External, $"the security groups of {pool.Address.Path} are chosen elsewhere", pool.Place),
    };
}
