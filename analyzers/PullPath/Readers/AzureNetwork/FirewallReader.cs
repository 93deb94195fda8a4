using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.AzureNetwork;

/// <summary>Firewalls through which routes lead all that nodes send, and whether their rules let registries through.</summary>
internal sealed class FirewallReader : IReader
{
    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        if (world.Inventory.OfType(AzureNetworkTypes.Firewall).Count == 0)
        {
            return;
        }

        var rules = new Dictionary<Address, FirewallRules>();
        foreach (var path in world.Facts.All<RegistryPath>(RegistryPath.Fields))
        {
            // A proxy asks instead of the nodes.
            if (path.Use.Cluster is not { NodePools: ListValue { IsOpen: false, Items.Length: > 0 } pools } cluster || path.Use.Registry.Resource is not { IsData: false } || cluster.Resource!.Block("http_proxy_config") is not NullValue)
            {
                continue;
            }

            var subnets = pools.Each<NodePool>().Select(pool => NodeSubnets.Single(pool, cluster, world)).ToList();
            var ways = subnets.ConvertAll(subnet => subnet is null ? null : DefaultRoutes.FirewallOf(subnet, world));
            if (ways.Select(static way => way?.Firewall).Distinct().ToList() is not [{ } firewall])
            {
                continue;
            }

            if (!rules.TryGetValue(firewall.Address, out var own))
            {
                rules.Add(firewall.Address, own = new FirewallRules(firewall, world));
            }

            path.Firewall = new TextValue(firewall.Address.Path).Through(StepKind.Literal, firewall.Address.Path, own.Place);
            Judge(path, own, subnets, [.. own.Doubts, .. ways.SelectMany(static way => way!.Value.Doubts)]);
        }
    }

    private static void Judge(RegistryPath path, FirewallRules rules, List<Resource?> subnets, List<Cause> doubts)
    {
        var registry = path.Use.Registry;
        var resource = registry.Resource!;
        var sources = ListValue.Of(subnets.SelectMany(static subnet => subnet!.At("address_prefixes") is ListValue { HasKnownLength: true } list ? list.Values : [Links.Undeclared(subnet!.At("address_prefixes"), "address range")]));
        var isData = Answer.TruthOf(resource.At("data_endpoint_enabled") is var written and not NullValue ? written : BoolValue.False);
        var toRegistry = rules.Allow(new HostName(registry.Host, ".azurecr.io", IsOneLabel: true) { Attribute = new Reference(resource.Address, "login_server") }, Flow.ToService(RegistryFlows.Tag, registry.Region, Truth.Unknown), sources);
        var toStorage = rules.Allow(new HostName(NullValue.Instance, ".blob.core.windows.net", IsOneLabel: true), Flow.ToService("Storage", registry.Region, Truth.Unknown), sources);
        var toData = rules.Allow(new HostName(DataHost(registry), ".data.azurecr.io", IsOneLabel: false) { Attribute = new Reference(resource.Address, "data_endpoint_host_names") }, Flow.ToService(RegistryFlows.Tag, registry.Region, Truth.Unknown), sources);
        path.FirewallAllowsStorage = Answer.Of(toStorage, doubts);

        // Service endpoints lead past all routes.
        var pastRegistry = subnets.Any(static subnet => ServiceEndpoints.Has(subnet!, "Microsoft.ContainerRegistry"));
        var pastStorage = subnets.Any(static subnet => ServiceEndpoints.Has(subnet!, "Microsoft.Storage").Or(ServiceEndpoints.Has(subnet!, "Microsoft.Storage.Global")));
        var found = new List<Item>();
        var open = new List<Cause>();
        Note("registry", toRegistry.Or(pastRegistry));
        Note("data", isData.Not().Or(toData).Or(pastRegistry));
        Note("storage", isData.Or(toStorage).Or(pastStorage));
        path.FirewallLacks = rules.Resting(new ListValue([.. found]) { OpenBecause = open.Count == 0 ? null : [.. open.Distinct().Take(Cause.Limit)] });

        void Note(string what, Truth passes)
        {
            if (passes == Truth.No && doubts.Count == 0)
            {
                found.Add(new Item(new TextValue(what)));
            }
            else if (passes != Truth.Yes)
            {
                open.AddRange(doubts.DefaultIfEmpty(new Cause(UnknownReason.NoValue, $"whether {path.Firewall} lets {what} through", path.Place, null)));
            }
        }
    }

    /// <summary>The data endpoint that is asked; null where a replica may be nearer.</summary>
    private static Value DataHost(Registry registry) => registry is { Host: TextValue { Known: { } host }, Region: TextValue { Known: { } region } } && registry.Resource!.Block("georeplications") is NullValue
        ? new TextValue($"{host[..host.IndexOf('.', StringComparison.Ordinal)]}.{Regions.Key(region)}.data.azurecr.io")
        : NullValue.Instance;
}
