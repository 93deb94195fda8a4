using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.AzureNetwork;

/// <summary>Which rules of network security groups keep nodes of AKS from their registries, or from services of the host without which they cannot sign in.</summary>
internal sealed class NsgReader : IReader
{
    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        if (world.Inventory.OfType(AzureNetworkTypes.SecurityGroup).Count == 0)
        {
            return;
        }

        var filters = new Dictionary<Address, SecurityFilter>();
        var uses = world.Facts.All<RegistryUse>(RegistryUse.Fields).ToLookup(static use => use.Cluster);
        var verdicts = new Verdicts();
        foreach (var cluster in world.Facts.All<Cluster>(Cluster.Fields).Where(static cluster => cluster is { Kind: "aks", NodePools: ListValue }))
        {
            var pools = cluster.NodePools.Each<NodePool>().Select(pool => Filtered(pool, cluster, filters, world)).ToList();
            if (pools.TrueForAll(static pool => pool.Filter is null))
            {
                continue;
            }

            foreach (var use in uses[cluster])
            {
                Judge(use, pools, verdicts, world);
            }

            foreach (var pool in pools.Where(static pool => pool.Filter is not null))
            {
                JudgeServices(pool, cluster, verdicts, world);
            }
        }

        foreach (var (rule, filter) in filters.Values.SelectMany(static filter => filter.Denials, static (filter, rule) => (rule, filter)))
        {
            world.Add(verdicts.FactOf(rule, filter.Group, world));
        }
    }

    /// <summary>The group that filters what nodes of a pool send; none where that is not certain, and why.</summary>
    private static Filtered Filtered(NodePool pool, Cluster cluster, Dictionary<Address, SecurityFilter> filters, World world)
    {
        if (NodeSubnets.Single(pool, cluster, world) is not { } subnet)
        {
            return new Filtered(pool, null, null, Links.Undeclared(pool.SubnetsValue, "subnet").Causes);
        }

        var given = SubnetPart.SecurityGroup.Seen(subnet, world);
        var groups = given.Values.SelectMany(world.Inventory.Referents).Where(static each => each.Type == AzureNetworkTypes.SecurityGroup).Distinct().Take(2).ToList();
        if (groups is not [{ IsData: false, Multiplicity: Multiplicity.One } group] || group.Address.Scope != subnet.Address.Scope)
        {
            return new Filtered(pool, subnet, null, []);
        }

        if (!filters.TryGetValue(group.Address, out var filter))
        {
            filters.Add(group.Address, filter = new SecurityFilter(group, world));
        }

        var causes = given is { Items: [{ Guard.IsAlways: true }], IsOpen: false } ? filter.Doubts
            : [.. given.Items.SelectMany(static item => item.Guard.Causes).Concat(given.OpenBecause ?? []).Concat(filter.Doubts).Take(Cause.Limit)];
        return new Filtered(pool, subnet, filter, causes) { IsCertain = causes.Count == 0 && pool.Guard.Implies(group.Guard) };
    }

    /// <summary>Nothing is pulled where all pools are kept from the registry; one that is not may be where the pods run.</summary>
    private static void Judge(RegistryUse use, List<Filtered> pools, Verdicts verdicts, World world)
    {
        var causes = (use.Cluster.NodePools as ListValue)?.OpenBecause?.ToList() ?? [];
        if (use.Cluster.Resource!.Block("http_proxy_config") is not NullValue)
        {
            causes.Add(new Cause(UnknownReason.External, $"{use.Cluster.Address.Path} has a proxy", use.Cluster.Place, null));
        }

        foreach (var areLayers in new[] { false, true })
        {
            var denials = pools.ConvertAll(pool => pool.Denial(subnet => areLayers ? RegistryFlows.OfLayers(use.Registry, subnet, world) : RegistryFlows.Of(use.Registry, subnet, world)));
            var all = denials.All(static each => each.Answer);
            if (all == Truth.No)
            {
                continue;
            }

            foreach (var (rules, answer) in denials)
            {
                foreach (var rule in rules)
                {
                    verdicts.Add(rule, areLayers ? Verdicts.Layers : Verdicts.Registry, Links.To(use), all.And(answer).And(causes.Count == 0 ? Truth.Yes : Truth.Unknown), [.. causes, .. pools.SelectMany(static pool => pool.Causes)]);
                }
            }

            if (all == Truth.Yes)
            {
                // Where nothing can be pulled nobody asks for layers.
                return;
            }
        }
    }

    private static void JudgeServices(Filtered pool, Cluster cluster, Verdicts verdicts, World world)
    {
        foreach (var (flow, name) in new[] { (Flow.ToMetadata, "instance metadata"), (Flow.ToNames, "name resolution") })
        {
            var (rules, answer) = pool.Denial(_ => [flow]);
            var causes = flow == Flow.ToMetadata
                ? cluster.Resource!.Block("service_principal") is NullValue ? [] : [new Cause(UnknownReason.External, $"{cluster.Address.Path} signs in as a service principal", cluster.Place, null)]
                : EndpointNames.ServerCauses(pool.Subnet!, cluster.Resource!, world).ToList();
            foreach (var rule in rules.Where(rule => Answer.Any(rule.Destination is ListValue list ? list : ListValue.Of([rule.Destination]), written => Kleene.Of(written is TextValue { Known: { } word } && word.Equals(flow.Tag, StringComparison.OrdinalIgnoreCase))) == Truth.Yes))
            {
                verdicts.Add(rule, Verdicts.Services, new TextValue(name), answer.And(causes.Count == 0 ? Truth.Yes : Truth.Unknown), [.. causes, .. pool.Causes]);
            }
        }
    }
}
