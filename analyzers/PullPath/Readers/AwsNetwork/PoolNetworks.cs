using System.Collections.Immutable;
using Analyzer.Facts.Model;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Aws;

namespace Analyzer.PullPath.Readers.AwsNetwork;

/// <summary>In which subnets and network the nodes of a pool stand, and how they reach the internet.</summary>
internal sealed class PoolNetworks : IReader
{
    private static readonly string[] ProxyWords = ["HTTPS_PROXY", "https_proxy", "http-proxy.conf", "httpsProxy"];

    private static readonly string[] Templates =
        ["aws_launch_template", "aws_launch_configuration", "AWS::EC2::LaunchTemplate", "AWS::AutoScaling::LaunchConfiguration", "karpenter.k8s.aws/EC2NodeClass", "eks.amazonaws.com/NodeClass"];

    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        var pools = world.Facts.All<NodePool>(NodePool.Fields).Where(pool => pool.Kind.StartsWith("eks-", StringComparison.Ordinal) || pool.Kind == "karpenter").ToList();
        var proxies = Proxies(world);
        foreach (var pool in pools)
        {
            var subnets = NetworkReader.SubnetsOf(world, pool.SubnetsValue);
            subnets = new ListValue([.. subnets.Items.Select(item => pool.Guard.Implies(item.Guard) ? item with { Guard = Guard.Always } : item)]) { OpenBecause = subnets.OpenBecause };
            pool.Subnets = subnets;
            pool.Network = NetworkOf(pool, subnets);
            pool.NetworkIsElsewhere = (pool.Network.As<Network>() is { } network && network.Address.Scope != pool.Address.Scope)
                || subnets.Each<Subnet>().Any(subnet => subnet.Address.Scope != pool.Address.Scope);
            pool.Exit = ExitOf(pool, subnets, proxies);
            pool.IsolatedSubnets = new ListValue([.. subnets.Items.Where(item => item.Guard.IsAlways && IsIsolated(item.Value))]);
        }

        foreach (var network in world.Facts.All<Network>(Network.Fields))
        {
            JoinNetwork(network, pools, world);
        }
    }

    private static void JoinNetwork(Network network, List<NodePool> pools, World world)
    {
        var own = pools.Where(pool => ReferenceEquals(pool.Network.As<Network>(), network)).ToList();
        var open = Unseen.Of(world, network.Resource!)
            .Concat(pools.Where(pool => pool.Network is UnknownValue).Select(pool => new Cause(UnknownReason.OpenWorld, $"{pool.Address.Path} may stand in it", pool.Place, null)))
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

    /// <summary>The network of all subnets: those of one pool are in one.</summary>
    private static Value NetworkOf(NodePool pool, ListValue subnets)
    {
        var networks = subnets.Each<Subnet>().Select(subnet => subnet.Network.As<Network>()).OfType<Network>().Distinct().Take(2).ToList();
        return networks is [var only] ? Links.To(only)
            : networks.Count > 1 ? new UnknownValue(UnknownReason.Ambiguous, $"the subnets of {pool.Address.Path} are in several VPCs", pool.Place)
            : UnknownValue.From(null, subnets.Values.Concat(subnets.Each<Subnet>().Select(subnet => subnet.Network)).Append(subnets));
    }

    private static Value ExitOf(NodePool pool, ListValue subnets, List<(string Scope, Cause Because)> proxies)
    {
        var doubts = proxies.Where(proxy => proxy.Scope == pool.Address.Scope).Select(proxy => proxy.Because).ToList();
        if (pool.Cluster.As<Cluster>()?.Resource is { } cluster && cluster.Field("outpost_config", "OutpostConfig") is not NullValue)
        {
            doubts.Add(new Cause(UnknownReason.External, $"{cluster.Address.Path} is on an Outpost", cluster.Place, null));
        }

        if (doubts.Count > 0)
        {
            return new UnknownValue([.. doubts.Take(Cause.Limit)], DataType.Text);
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

    private static bool IsIsolated(Value subnet) => subnet.As<Subnet>()?.Exit is TextValue { Known: RouteEffect.Isolated };

    /// <summary>Node templates that tell of a proxy: nodes that have one reach registries through it.</summary>
    private static List<(string Scope, Cause Because)> Proxies(World world)
    {
        var found = new List<(string Scope, Cause Because)>();
        foreach (var resource in world.Inventory.OfTypes(Templates))
        {
            var isProxied = resource.Body.Deep().Any(value => value switch
            {
                TextValue text => Array.Exists(ProxyWords, word => text.Parts.Any(part => part.Literal?.Contains(word, StringComparison.Ordinal) == true)),
                MapValue map => map.Find("httpsProxy") is not null,
                _ => false,
            });
            if (isProxied)
            {
                found.Add((resource.Address.Scope, new Cause(UnknownReason.External, $"{resource.Address.Path} tells of a proxy", resource.Place, null)));
            }
        }

        return found;
    }
}
