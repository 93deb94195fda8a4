using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>A private DNS zone of Azure with the names of registries.</summary>
public sealed class PrivateZone : Fact
{
    /// <summary>Fields of zones.</summary>
    public static Shape Fields { get; } = new(
        "private_zone",
        "A private DNS zone of Azure into which private endpoints of registries write their names.",
        Shape.Field<PrivateZone>("name", FieldType.Text, "Its name, such as privatelink.azurecr.io.", zone => zone.Name),
        Shape.Field<PrivateZone>("private_endpoints", FieldType.List(FieldType.Of("private_endpoint")), "Endpoints that write their names into it.", zone => zone.PrivateEndpoints),
        Shape.Field<PrivateZone>("registries", FieldType.List(FieldType.Of("registry")), "Registries behind these.", zone => zone.Registries),
        Shape.Field<PrivateZone>("links", FieldType.List(FieldType.Text), "Addresses of its links to networks; open when something unseen may link it.", zone => zone.Links));

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary>Its name.</summary>
    public required Value Name { get; init; }

    /// <summary>Endpoints with names in it.</summary>
    public required Value PrivateEndpoints { get; init; }

    /// <summary>Registries with names in it.</summary>
    public required Value Registries { get; init; }

    /// <summary>Its links.</summary>
    public required Value Links { get; init; }
}
