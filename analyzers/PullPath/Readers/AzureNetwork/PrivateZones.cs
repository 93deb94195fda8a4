using System.Collections.Immutable;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Joins;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.AzureNetwork;

/// <summary>
/// Private DNS zones with names of registries, and their links to networks. The zone is privatelink.azurecr.io, in other clouds of Azure with another end; regions may have one of their own.
/// </summary>
internal static class PrivateZones
{
    private const string Registries = "azurecr";

    /// <summary>True if one of the names certainly is that of a zone for registries.</summary>
    internal static bool HoldRegistries(Value names) => names is ListValue list && list.Items.Any(static item => item.Guard.IsAlways && item.Value is TextValue { Known: { } known } && IsOfRegistries(known));

    /// <summary>False for the name of a zone that certainly has no names of registries.</summary>
    internal static bool MayHoldRegistries(Value name) => name is not TextValue { Known: { } known } || IsOfRegistries(known);

    /// <summary>The names of zones that are told by their ids.</summary>
    internal static Value NamesOf(Value ids, World world) => ids switch
    {
        NullValue => ListValue.Empty,
        ListValue list => new ListValue([.. list.Items.Select(item => item with { Value = NameOfId(item.Value, world) })]) { OpenBecause = list.OpenBecause },
        _ => new ListValue([]) { OpenBecause = Links.Undeclared(ids, "list of DNS zones").Causes },
    };

    /// <summary>The name of the zone in which a record or link is.</summary>
    internal static Value NameOf(Resource part, World world) => part.At("private_dns_zone_id") is not NullValue and var id ? NameOfId(id, world)
        : Written.Either(part.Body, "zone_name", "private_dns_zone_name");

    /// <summary>Adds the zones into which endpoints of registries write their names.</summary>
    internal static void Join(List<PrivateEndpoint> endpoints, World world)
    {
        var users = endpoints.SelectMany(endpoint => ZonesOf(endpoint, world), static (endpoint, zone) => (endpoint, zone))
            .Where(static each => each.zone.At("name") is TextValue { Known: { } known } && IsOfRegistries(known))
            .ToLookup(static each => each.zone, static each => each.endpoint);
        foreach (var group in users)
        {
            var zone = group.Key;
            world.Add(new PrivateZone
            {
                Name = zone.At("name"),
                PrivateEndpoints = Links.To(group),
                Registries = ListValue.Of(group.Select(static endpoint => endpoint.Registry)),
                Links = LinksOf(zone, [.. group], world),
                Address = zone.Address,
                Place = zone.Place,
                Resource = zone,
                Guard = zone.Guard,
            });
        }
    }

    private static bool IsOfRegistries(string name) => name.Contains(Registries, StringComparison.OrdinalIgnoreCase);

    private static Value NameOfId(Value id, World world)
    {
        if (world.Inventory.Referents(id).FirstOrDefault(static each => each.Type == AzureNetworkTypes.Zone) is { } zone)
        {
            return world.Inventory.Referents(id).Where(static each => each.Type == AzureNetworkTypes.Zone).Take(2).Count() == 1
                ? zone.At("name")
                : new UnknownValue(UnknownReason.Ambiguous, $"any of {zone.Block.Path}", zone.Place, type: DataType.Text);
        }

        return id is TextValue { Suffix: var end } && end.LastIndexOf('/') is >= 0 and var slash && end[..slash].EndsWith("/privateDnsZones", StringComparison.OrdinalIgnoreCase)
            ? new TextValue(end[(slash + 1)..]).With(id.Trace)
            : UnknownValue.From(DataType.Text, id);
    }

    /// <summary>The zones of an endpoint that are declared here.</summary>
    private static IEnumerable<Resource> ZonesOf(PrivateEndpoint endpoint, World world) => endpoint.ZoneIdsValue is ListValue ids
        ? ids.Values.SelectMany(world.Inventory.Referents).Where(static each => each is { Type: AzureNetworkTypes.Zone, IsData: false }).Distinct()
        : [];

    /// <summary>Links of a zone to networks: those that name it, by reference or in its root by its name.</summary>
    private static Value LinksOf(Resource zone, List<PrivateEndpoint> users, World world)
    {
        var found = ImmutableArray.CreateBuilder<Item>();
        var open = new List<Cause>();
        foreach (var link in world.Inventory.OfType(AzureNetworkTypes.ZoneLink).Where(static each => !each.IsData))
        {
            switch (Holds(link, zone, world))
            {
                case Truth.Yes:
                    found.Add(new Item(new TextValue(link.Address.Path), link.Guard));
                    break;
                case Truth.Unknown:
                    open.Add(new Cause(UnknownReason.OpenWorld, $"{link.Address.Path} may link it", link.Place, null));
                    break;
            }
        }

        if (found.Count > 0)
        {
            return new ListValue(found.ToImmutable());
        }

        open.AddRange(OtherMakers.Of(world).Causes(zone, AzureNetworkTypes.ZoneLink, "Microsoft.Network/privateDnsZones", "private-dns"));
        open.AddRange(users.SelectMany(endpoint => EndpointNames.NetworkCauses(endpoint.Resource!, world)));
        return Absences.Of(world).Resting(new ListValue([]) { OpenBecause = open.Count == 0 ? null : [.. open.Distinct().Take(Cause.Limit)] }, zone, AzureNetworkTypes.ZoneLink);
    }

    /// <summary>Whether a link is one of a zone.</summary>
    internal static Truth Holds(Resource link, Resource zone, World world) =>
        Names.Mean(Written.Either(link.Body, "private_dns_zone_id", "private_dns_zone_name"), NameOf(link, world), zone, link, world);
}
