using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Joins;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.AwsNetwork;

/// <summary>
/// The way out of a route table. It is isolated only if everything that could give it one is seen: all of its routes, what is told of it, and its VPC.
/// </summary>
internal sealed class Exits
{
    private readonly World _world;
    private readonly FindFact<RouteTable> _find;
    private readonly Dictionary<RouteTable, List<(Resource Route, Value Id)>> _routes = [];
    private readonly Dictionary<RouteTable, List<Cause>> _propagated = [];
    private readonly List<Cause> _anywhere = [];

    /// <summary>Resolves all routes and propagations once.</summary>
    internal Exits(World world, FindFact<RouteTable> find)
    {
        (_world, _find) = (world, find);
        foreach (var (route, id, table) in world.Each(world.Managed(NetworkTypes.Routes), Linked))
        {
            if (table is not null)
            {
                Append(_routes, table, (route, id));
            }
            else
            {
                _anywhere.Add(new Cause(UnknownReason.OpenWorld, $"nobody knows in which route table {route.Address.Path} is", route.Place, null));
            }
        }

        foreach (var resource in world.Managed(NetworkTypes.Propagations))
        {
            ReadPropagation(resource);
        }
    }

    /// <summary>Text public, nat or isolated, or unknown with what would decide.</summary>
    internal Value Of(RouteTable table)
    {
        var exits = new HashSet<string>(StringComparer.Ordinal);
        var doubts = new List<Cause>();
        foreach (var (route, id) in _routes.GetValueOrDefault(table) ?? [])
        {
            Count(RouteEffect.Of(_world, route.Body, route.Language), Identifiers.Holds(route, id, table), route);
        }

        var resource = table.Resource!;
        if (NetworkTypes.Is(NetworkTypes.RouteTables, resource.Type) || NetworkTypes.Is(NetworkTypes.DefaultRouteTables, resource.Type))
        {
            var inline = Written.Blocks(resource.Body, "route");
            doubts.AddRange(inline.OpenBecause ?? []);
            foreach (var item in inline.Items)
            {
                Count(RouteEffect.Of(_world, item.Value, resource.Language), resource.Guard.Implies(item.Guard) ? Truth.Yes : Truth.Unknown, resource);
            }
        }

        if (exits.Count == 1)
        {
            // A table has one route per destination: what else it may have leads elsewhere.
            return new TextValue(exits.Single());
        }

        if (exits.Count > 1)
        {
            doubts.Add(new Cause(UnknownReason.Ambiguous, $"{table.Address.Path} has two routes to the internet", table.Place, null));
        }

        doubts.AddRange(Escapes(table));
        return doubts.Count == 0
            ? Absences.Of(_world).Resting(new TextValue(RouteEffect.Isolated), resource, [.. NetworkTypes.Routes, .. NetworkTypes.Propagations])
            : new UnknownValue([.. doubts.Distinct().Take(Cause.Limit)], DataType.Text);

        void Count(RouteEffect effect, Truth holds, Resource at)
        {
            if (holds == Truth.No)
            {
                return;
            }

            if (effect.Doubt is { } doubt)
            {
                doubts.Add(new Cause(UnknownReason.External, $"{doubt} ({at.Address.Path})", at.Place, null));
            }
            else if (effect.Exit is { } exit && holds == Truth.Yes)
            {
                exits.Add(exit);
            }
            else if (effect.Exit is not null)
            {
                doubts.Add(new Cause(UnknownReason.Condition, $"{at.Address.Path} may lead to the internet", at.Place, null));
            }
        }
    }

    /// <summary>What may give a table a way out that no route of it shows.</summary>
    private IEnumerable<Cause> Escapes(RouteTable table)
    {
        var resource = table.Resource!;
        if (table.Network.As<Network>() is not { } network)
        {
            yield return new Cause(UnknownReason.External, $"the VPC of {table.Address.Path} is not declared here", table.Place, null);
        }
        else
        {
            foreach (var cause in Unseen.Of(_world, network.Resource!))
            {
                yield return cause;
            }
        }

        if (resource.Ignores("route"))
        {
            yield return new Cause(UnknownReason.External, $"routes of {table.Address.Path} are changed elsewhere: it ignores changes", table.Place, null);
        }

        if (resource.Language == Language.Terraform && Written.Blocks(resource.Body, "propagating_vgws") is { Items.Length: > 0 } or { IsOpen: true })
        {
            yield return new Cause(UnknownReason.External, $"a VPN gateway adds routes to {table.Address.Path}", table.Place, null);
        }

        foreach (var cause in Unseen.Of(_world, resource).Concat(_propagated.GetValueOrDefault(table) ?? []).Concat(_anywhere))
        {
            yield return cause;
        }
    }

    private (Resource Route, Value Id, RouteTable? Table) Linked(Resource route)
    {
        var id = route.Field("route_table_id", "RouteTableId");
        return (route, id, Identifiers.Link(_world, id, "route table", _find).As<RouteTable>());
    }

    private void ReadPropagation(Resource resource)
    {
        var ids = resource.Type == "aws_vpn_gateway_route_propagation" ? resource.At("route_table_id") : resource.Field("route_table_ids", "RouteTableIds");
        var cause = new Cause(UnknownReason.External, $"{resource.Address.Path} adds the routes of a VPN gateway", resource.Place, null);
        var tables = ids is UnknownValue or ChoiceValue
            ? ListValue.Of([Identifiers.Link(_world, ids, "route table", _find)])
            : Identifiers.LinkAll(_world, ids, "route table", _find);
        foreach (var table in tables.Values)
        {
            if (table.As<RouteTable>() is { } known)
            {
                Append(_propagated, known, cause);
            }
            else
            {
                _anywhere.Add(cause);
            }
        }

        if (tables.IsOpen)
        {
            _anywhere.Add(cause);
        }
    }

    private static void Append<T>(Dictionary<RouteTable, List<T>> lists, RouteTable table, T item)
    {
        if (!lists.TryGetValue(table, out var list))
        {
            lists.Add(table, list = []);
        }

        list.Add(item);
    }
}
