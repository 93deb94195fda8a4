using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Images;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.Gcp;

/// <summary>
/// Private DNS zones that lead Google's names to addresses inside of a network. Registries have zones of their own, with a record for the name itself and one for all below it
/// (cloud.google.com/artifact-registry/docs/gke-private-clusters): a zone without them hides the public names and has nothing in their place.
/// </summary>
internal sealed class ApiZoneReader : IReader
{
    private const string ZoneType = "google_dns_managed_zone";
    private const string RecordType = "google_dns_record_set";
    private const string ApiName = "googleapis.com.";
    private const string RegistryName = "pkg.dev.";
    private const string OldRegistryName = "gcr.io.";

    /// <summary>What else answers names in a network.</summary>
    private static readonly string[] Policies = ["google_dns_response_policy", "google_dns_response_policy_rule", "google_dns_policy"];

    public void Read(World world)
    {
        foreach (var zone in world.Inventory.OfType(ZoneType).Where(each => !each.IsData))
        {
            if (NameOf(zone) is ApiName or RegistryName or OldRegistryName && zone.At("visibility") is TextValue { Known: "private" } && Forwards(zone) is NullValue)
            {
                world.Add(new ApiZone { DnsName = zone.At("dns_name"), Address = zone.Address, Place = zone.Place, Resource = zone, Guard = zone.Guard });
            }
        }
    }

    public void Join(World world)
    {
        foreach (var zone in world.Facts.All<ApiZone>(ApiZone.Fields))
        {
            var name = NameOf(zone.Resource!)!;
            if (name == ApiName)
            {
                zone.LackingZone = LackingZone(zone.Resource!, world);
            }
            else
            {
                zone.LackingRecord = LackingRecord(zone.Resource!, name, world);
            }

            zone.IsOnlyWay = BoolValue.Of(world.Inventory.Referents(Written.Find(zone.Resource!.Body, "private_visibility_config.networks.network_url"))
                .FirstOrDefault(each => !each.IsData)?.At("delete_default_routes_on_create") is BoolValue { Value: true });
        }
    }

    /// <summary>A zone that asks other servers or other networks has no records of its own.</summary>
    private static Value Forwards(Resource zone) =>
        zone.Block("forwarding_config") is not NullValue and var forwarding ? forwarding : zone.Block("peering_config") is not NullValue and var peering ? peering : zone.Block("service_directory_config");

    /// <summary>The record that is missing in a zone of a registry.</summary>
    private static Value LackingRecord(Resource zone, string name, World world)
    {
        var records = world.Inventory.OfType(RecordType).Where(each => !each.IsData && IsIn(each, zone, world) != Truth.No).ToList();
        var below = records.FindAll(each => each.At("name").EqualTo(new TextValue("*." + name)) != Truth.No || Ends(each.At("name"), "." + name));

        // Of gcr.io the name itself is a registry too: those who use no other one need no more.
        var lacking = below.Count == 0 ? name == OldRegistryName && records.Count > 0 ? null : "*." + name
            : below.TrueForAll(each => LeadsTo(each, name)) && records.TrueForAll(each => each.At("name").EqualTo(new TextValue(name)) == Truth.No) ? name
            : null;
        return lacking is null ? NullValue.Instance : Sure(new TextValue(lacking), zone, [RecordType], world);
    }

    /// <summary>Whether a record is one of a zone.</summary>
    private static Truth IsIn(Resource record, Resource zone, World world)
    {
        var written = record.At("managed_zone");
        return world.Inventory.Referents(written).ToList() is { Count: > 0 } named ? Kleene.Of(named.Exists(each => each.Block == zone.Block)) : written.EqualTo(zone.At("name"));
    }

    /// <summary>True for a name below a domain, of which the first part may not be known.</summary>
    private static bool Ends(Value name, string end) => name is not TextValue text || text.Suffix.EndsWith(end, StringComparison.OrdinalIgnoreCase) || text.Known is null;

    /// <summary>True for a record that is another name of the domain itself.</summary>
    private static bool LeadsTo(Resource record, string name) =>
        record.At("type") is TextValue { Known: "CNAME" } && Written.Blocks(record.Body, "rrdatas") is { IsOpen: false, Items: [var only] } && only.Value.EqualTo(new TextValue(name)) == Truth.Yes;

    /// <summary>The zone of a registry that is missing beside one for Google's APIs, where the repository uses the registry.</summary>
    private static Value LackingZone(Resource zone, World world)
    {
        var stage = ClusterChoice.StageOf(zone.Address.Scope);
        if (!world.Inventory.OfType(RecordType).Any(each => IsIn(each, zone, world) == Truth.Yes && each.At("name").EqualTo(new TextValue("*." + ApiName)) == Truth.Yes)
            || !world.Facts.All<Cluster>(Cluster.Fields).Any(each => each.Kind == "gke" && ClusterChoice.StageOf(each.Address.Scope) == stage))
        {
            return NullValue.Instance;
        }

        var kinds = world.Workloads.SelectMany(each => (each.Images as ListValue)?.Values ?? []).Select(image => ImageName.Of(image).Registry)
            .Where(each => each is { IsPublic: not BoolValue { Value: true } }).Select(each => each!.Kind).ToHashSet(StringComparer.Ordinal);
        var usesNew = kinds.Contains("gar") || world.Facts.All<Registry>(Registry.Fields).Any(each => each is { Kind: "gar", Resource: not null });
        var lacking = usesNew && IsMissing(RegistryName, world) ? RegistryName : kinds.Contains("gcr") && IsMissing(OldRegistryName, world) ? OldRegistryName : null;
        return lacking is null ? NullValue.Instance : Sure(new TextValue(lacking), zone, [ZoneType], world);
    }

    /// <summary>True where no zone of the repository has the name, or may have it.</summary>
    private static bool IsMissing(string name, World world) => world.Inventory.OfType(ZoneType).Concat(world.Inventory.Omissions.Select(each => each.Resource).Where(each => each.Type == ZoneType))
        .All(each => NameOf(each) is { } other && !other.EndsWith(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>What is missing, unless something unseen may have it or answer in its stead.</summary>
    private static Value Sure(Value lacking, Resource zone, string[] types, World world)
    {
        var others = world.Inventory.OfTypes(Policies).Concat(world.Inventory.Omissions.Select(each => each.Resource).Where(each => types.Contains(each.Type) || Policies.Contains(each.Type)))
            .Where(each => ClusterChoice.StageOf(each.Address.Scope) == ClusterChoice.StageOf(zone.Address.Scope));
        List<Cause> unseen =
        [
            .. others.Select(each => new Cause(UnknownReason.NotComputed, $"{each.Address.Path} may answer for {lacking}", each.Place, null)),
            .. world.Inventory.GapsOf(zone.Address.Scope, [.. types, .. Policies]).Select(World.Because),
        ];
        if (world.Inventory.IsExported(zone.Address))
        {
            unseen.Add(new Cause(UnknownReason.OpenWorld, $"others may add to {zone.Address.Path}, which an output names", zone.Place, null));
        }

        return unseen.Count == 0 ? lacking : new UnknownValue([.. unseen.Take(Cause.Limit)], DataType.Text);
    }

    private static string? NameOf(Resource zone) => (zone.At("dns_name") as TextValue)?.Known;
}
