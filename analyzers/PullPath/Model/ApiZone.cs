using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>A private DNS zone of Google Cloud that answers for Google's APIs or registries in the stead of their public names.</summary>
public sealed class ApiZone : Fact
{
    /// <summary>Fields of zones.</summary>
    public static Shape Fields { get; } = new(
        "api_zone",
        "A private DNS zone of Google Cloud for googleapis.com, pkg.dev or gcr.io: in its networks it answers in the stead of the public names.",
        Shape.Field<ApiZone>("dns_name", FieldType.Text, "The names it answers for, with the dot at the end: pkg.dev.", zone => zone.DnsName),
        Shape.Field<ApiZone>("lacking_record", FieldType.Text, "The record without which names of registries in it lead nowhere: *.pkg.dev., or pkg.dev. where all others lead to it; null for none.", zone => zone.LackingRecord),
        Shape.Field<ApiZone>("lacking_zone", FieldType.Text, "The zone that is missing beside it for names of registries that are used: pkg.dev. or gcr.io.; null for none, and for zones of registries.", zone => zone.LackingZone),
        Shape.Field<ApiZone>("is_only_way", FieldType.Bool, "Whether its network has no default route to the internet, so that only the addresses it tells are reached.", zone => zone.IsOnlyWay));

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary>The names it answers for.</summary>
    public required Value DnsName { get; init; }

    /// <summary>The missing record; set by the join.</summary>
    public Value LackingRecord { get; set; } = NullValue.Instance;

    /// <summary>The missing zone; set by the join.</summary>
    public Value LackingZone { get; set; } = NullValue.Instance;

    /// <summary>Whether nothing else leads to Google; set by the join.</summary>
    public Value IsOnlyWay { get; set; } = BoolValue.False;
}
