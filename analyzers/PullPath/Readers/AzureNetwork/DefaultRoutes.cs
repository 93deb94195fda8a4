using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Networks;

namespace Analyzer.PullPath.Readers.AzureNetwork;

/// <summary>Where routes lead what leaves a subnet.</summary>
internal static class DefaultRoutes
{
    /// <summary>The declared firewall to which the default route of a subnet leads, with what may lead past it; null for none, and where that is not known.</summary>
    internal static (Resource Firewall, List<Cause> Doubts)? FirewallOf(Resource subnet, World world)
    {
        var given = SubnetPart.RouteTable.Seen(subnet, world);
        if (given is not { Items: [{ Guard.IsAlways: true } only], IsOpen: false } || Names.Only(only.Value, AzureNetworkTypes.RouteTable, world) is not { IsData: false, Multiplicity: Multiplicity.One } table || table.Address.Scope != subnet.Address.Scope)
        {
            return null;
        }

        var inline = Written.Blocks(table.Body, "route");
        var doubts = new List<Cause>(inline.OpenBecause ?? []);
        doubts.AddRange(OtherMakers.Of(world).Causes(table, AzureNetworkTypes.Route, "Microsoft.Network/routeTables", "route-table route"));
        var routes = inline.Items.Select(static item => (Body: item.Value, IsCertain: item.Guard.IsAlways)).ToList();
        foreach (var route in world.Managed(AzureNetworkTypes.Route))
        {
            var name = route.At("route_table_name");
            if (Names.Mean(name, name, table, route, world) is var isOwn and not Truth.No)
            {
                routes.Add((route.Body, isOwn == Truth.Yes && table.Guard.Implies(route.Guard) && route.Multiplicity == Multiplicity.One));
            }
        }

        var defaults = routes.FindAll(static route => Written.Find(route.Body, "address_prefix") is TextValue { Known: "0.0.0.0/0" });
        if (defaults is not [{ IsCertain: true, Body: var chosen }]
            || Written.Find(chosen, "next_hop_type") is not TextValue { Known: "VirtualAppliance" }
            || Names.Only(Written.Find(chosen, "next_hop_in_ip_address"), AzureNetworkTypes.Firewall, world) is not { IsData: false, Multiplicity: Multiplicity.One } firewall)
        {
            return null;
        }

        doubts.AddRange(routes.Where(route => route.Body != chosen && !IsPrivate(Written.Find(route.Body, "address_prefix"))).Select(_ => new Cause(UnknownReason.External, $"a route of {table.Address.Path} may lead elsewhere", table.Place, null)));
        return (firewall, doubts);
    }

    private static bool IsPrivate(Value prefix) => prefix is TextValue { Known: { } known } && AddressBlock.Parse(known) is { IsPrivate: true };
}
