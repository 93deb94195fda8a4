using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>A record, written by hand, that gives the name of a registry a private address.</summary>
public sealed class RegistryRecord : Fact
{
    /// <summary>Fields of records.</summary>
    public static Shape Fields { get; } = new(
        "registry_record",
        "A record in a private DNS zone of Azure for the name of a registry whose private endpoints write no records themselves.",
        Shape.Field<RegistryRecord>("registry", FieldType.Of("registry"), "The registry.", record => record.Registry),
        Shape.Field<RegistryRecord>("name", FieldType.Text, "Its name, as written: the place to edit.", record => record.Name),
        Shape.Field<RegistryRecord>("missing", FieldType.List(FieldType.Text), "Regions of the registry, by their short names, whose data endpoint has no record in the zone; open where one may be made that is not seen.", record => record.Missing));

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary>The registry.</summary>
    public required Value Registry { get; init; }

    /// <summary>Its name.</summary>
    public required Value Name { get; init; }

    /// <summary>Regions without a record.</summary>
    public required Value Missing { get; init; }
}
