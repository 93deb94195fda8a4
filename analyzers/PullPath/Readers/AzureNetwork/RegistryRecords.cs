using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Joins;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.AzureNetwork;

/// <summary>
/// Records that are written by hand for registries with private endpoints, and whether each data endpoint has one. Source: learn.microsoft.com, "Connect privately to an Azure container registry using Azure Private Link".
/// </summary>
internal sealed class RegistryRecords : IReader
{
    private static readonly string[] Types = [AzureNetworkTypes.Record, "azurerm_private_dns_cname_record"];

    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        var records = world.Inventory.OfTypes(Types).Where(static record => !record.IsData).ToList();
        if (records.Count == 0)
        {
            return;
        }

        foreach (var registry in world.Facts.All<Registry>(Registry.Fields).Where(static registry => registry is { Kind: "acr", Resource: { IsData: false }, PrivateEndpoints: ListValue { Items.Length: > 0 } }).ToList())
        {
            foreach (var record in records.Where(record => record.Type == AzureNetworkTypes.Record && record.Address.Scope == registry.Address.Scope && NamesRegistry(record, registry, world)))
            {
                world.Add(new RegistryRecord
                {
                    Registry = Links.To(registry),
                    Name = record.At("name"),
                    Missing = Missing(record, registry, records, world),
                    Address = record.Address,
                    Place = record.Place,
                    Resource = record,
                    Guard = record.Guard,
                });
            }
        }
    }

    private static bool NamesRegistry(Resource record, Registry registry, World world) =>
        PrivateZones.NameOf(record, world) is TextValue { Known: { } zone } && zone.StartsWith("privatelink.azurecr.", StringComparison.OrdinalIgnoreCase) && Same(record.At("name"), registry.Name) == Truth.Yes;

    private static Truth Same(Value one, Value other) =>
        one is TextValue { Known: { } known } && other is TextValue { Known: { } name } ? Kleene.Of(known.Equals(name, StringComparison.OrdinalIgnoreCase)) : one.EqualTo(other);

    private static Value Missing(Resource record, Registry registry, List<Resource> records, World world)
    {
        var resource = registry.Resource!;
        var replicas = Written.Blocks(resource.Body, "georeplications");
        var open = new List<Cause>(replicas.OpenBecause ?? []);
        open.AddRange(registry.PrivateEndpoints.Each<PrivateEndpoint>().Where(static endpoint => endpoint.HasZoneGroup is not BoolValue { Value: false })
            .Select(static endpoint => new Cause(UnknownReason.External, $"{endpoint.Address.Path} may write records itself", endpoint.Place, null)));
        open.AddRange(PrivateEndpointReader.Others(registry, world));
        if (resource.Ignores("georeplications") || registry.PrivateEndpoints is ListValue { IsOpen: true })
        {
            open.Add(new Cause(UnknownReason.External, $"replicas and endpoints of {resource.Address.Path} are changed elsewhere", resource.Place, null));
        }

        if (Names.Only(Written.Either(record.Body, "private_dns_zone_id", "zone_name"), AzureNetworkTypes.Zone, world) is not { IsData: false } zone)
        {
            open.Add(new Cause(UnknownReason.External, $"the zone of {record.Address.Path} is not declared here", record.Place, null));
            return Open([], open);
        }

        open.AddRange(OtherMakers.Of(world).Causes(zone, AzureNetworkTypes.Record, "Microsoft.Network/privateDnsZones", "private-dns"));
        open.AddRange(world.Inventory.OfType(AzureNetworkTypes.ZoneLink).Where(link => link.At("resolution_policy") is not (NullValue or TextValue { Known: "Default" }) && PrivateZones.Holds(link, zone, world) != Truth.No)
            .Select(static link => new Cause(UnknownReason.External, $"{link.Address.Path} lets names pass that the zone does not have", link.Place, null)));
        if (open.Count > 0)
        {
            return Open([], open);
        }

        var found = new List<Item>();
        foreach (var (region, guard) in replicas.Items.Select(static item => (Written.Find(item.Value, "location"), item.Guard)).Prepend((registry.Region, Guard.Always)))
        {
            if (region is not TextValue { Known: { } location })
            {
                open.AddRange(Links.Undeclared(region, "region").Causes);
                continue;
            }

            var key = Regions.Key(location);
            var has = records.Any(each => IsOfRegion(each, key, registry, zone, world));
            if (has == Truth.No)
            {
                found.Add(new Item(new TextValue(key), guard));
            }
            else if (has == Truth.Unknown)
            {
                open.Add(new Cause(UnknownReason.OpenWorld, $"a record that is not known may be the one of {key}", record.Place, null));
            }
        }

        return Absences.Of(world).Resting(Open(found, open), zone, AzureNetworkTypes.Record);
    }

    /// <summary>Whether a record is that of the data endpoint of a region: in the zone, or in one of the region's own.</summary>
    private static Truth IsOfRegion(Resource record, string region, Registry registry, Resource zone, World world)
    {
        var zoneName = PrivateZones.NameOf(record, world);
        if (zoneName is TextValue { Known: { } known } && known.StartsWith(region + ".data.privatelink.", StringComparison.OrdinalIgnoreCase))
        {
            return Same(record.At("name"), registry.Name);
        }

        if (Same(record.At("name"), registry.Name) == Truth.Yes)
        {
            return Truth.No;
        }

        var isThere = Names.Mean(Written.Either(record.Body, "private_dns_zone_id", "zone_name"), zoneName, zone, record, world);
        var name = record.At("name");
        if (name is not TextValue text)
        {
            return isThere.And(Truth.Unknown);
        }

        var end = $".{region}.data";
        return isThere.And(text.Known is { } written
            ? written.StartsWith('*') ? Truth.Unknown
                : registry.Name is TextValue { Known: { } own } ? Kleene.Of(written.Equals(own + end, StringComparison.OrdinalIgnoreCase))
                : written.EndsWith(end, StringComparison.OrdinalIgnoreCase) ? Truth.Unknown : Truth.No
            : text.Suffix.EndsWith(end, StringComparison.OrdinalIgnoreCase) ? Truth.Yes
            : text.Suffix.Length >= end.Length ? Truth.No
            : Truth.Unknown);
    }

    private static ListValue Open(List<Item> found, List<Cause> open) => new([.. found]) { OpenBecause = open.Count == 0 ? null : [.. open.Distinct().Take(Cause.Limit)] };
}
