using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Json;
using Analyzer.Terraform.Configuration;

namespace Analyzer.Terraform.Plans;

/// <summary>What <c>terraform show -json</c> prints of a plan, format 1.x.</summary>
internal sealed class PlanFile
{
    private readonly MapValue _document;
    private readonly PlanSecrets _secrets;

    private PlanFile(SourceFile source, MapValue document)
    {
        Source = source;
        _document = document;
        Configuration = new PlanConfiguration(Map(document, "configuration"));
        _secrets = new PlanSecrets(document);
    }

    /// <summary>The file.</summary>
    internal SourceFile Source { get; }

    /// <summary>What the plan says of the configuration it was made from.</summary>
    internal PlanConfiguration Configuration { get; }

    /// <summary>False for a plan of a part of the configuration, and for one that met an error.</summary>
    internal bool IsComplete => _document["complete"] is not BoolValue { Value: false } && _document["errored"] is not BoolValue { Value: true };

    /// <summary>Reads a plan; null with a problem if the file is none.</summary>
    internal static PlanFile? Read(FileTree files, string path, ProblemLog problems)
    {
        if (files.Read(path) is not { } source || JsonReader.Read(source, problems) is not MapValue document)
        {
            return null;
        }

        if (Text(document, "format_version")?.StartsWith("1.", StringComparison.Ordinal) == true && document["resource_changes"] is ListValue or null && document["configuration"] is MapValue)
        {
            return new PlanFile(source, document);
        }

        problems.Add(new Problem("invalid-plan", "This is no plan in format 1 as \"terraform show -json\" prints it", source.At(0, 0)));
        return null;
    }

    /// <summary>The values of the root's variables, without places: a plan holds secrets, and a place would show them.</summary>
    internal Dictionary<string, Given> Variables() => Map(_document, "variables").Entries
        .Select(entry => (entry.Key, Value: entry.Value is MapValue variable ? variable["value"] : null, Place: entry.KeyPlace ?? Source.At(0, 0)))
        .Where(variable => variable.Value is not null)
        .ToDictionary(variable => variable.Key, variable => new Given(PlanValues.Placeless(variable.Value!), variable.Place), StringComparer.Ordinal);

    /// <summary>The planned outputs.</summary>
    internal MapValue Outputs() => new([.. Map(_document, "output_changes").Entries.Select(entry => entry with
    {
        Value = entry.Value is MapValue change ? _secrets.Hidden(PlanValues.After(change, new Reference(new Address("", "output." + entry.Key), ""), _ => true)) : NullValue.Instance,
    })]);

    /// <summary>
    /// The resources as they will be: those that are deleted or forgotten are left out, data sources that were already read are in the state before.
    /// </summary>
    /// <param name="scope">Scope of their addresses.</param>
    internal IEnumerable<PlannedResource> Resources(string scope)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var each in List(_document, "resource_changes").OfType<MapValue>())
        {
            var change = Map(each, "change");
            var actions = List(change, "actions").Select(action => (action as TextValue)?.Known ?? "").ToList();
            if (actions is not (["delete"] or ["forget"]) && Resource(each, scope) is { } resource && seen.Add(resource.Address.Path))
            {
                yield return resource with { Values = (MapValue)_secrets.Hidden(PlanValues.Body(change, resource.Address, Configuration.IsWritten(resource))) };
            }
        }

        foreach (var each in InState(Map(Map(Map(_document, "prior_state"), "values"), "root_module")))
        {
            if (Text(each, "mode") == "data" && Resource(each, scope) is { } resource && seen.Add(resource.Address.Path))
            {
                yield return resource with { Values = _secrets.Hidden(PlanValues.Marked(Map(each, "values"), each["sensitive_values"])) as MapValue ?? MapValue.Empty };
            }
        }
    }

    private static IEnumerable<MapValue> InState(MapValue module) => List(module, "resources").OfType<MapValue>()
        .Concat(List(module, "child_modules").OfType<MapValue>().SelectMany(InState));

    private PlannedResource? Resource(MapValue written, string scope) =>
        Text(written, "address") is { } address && Text(written, "type") is { } type && Text(written, "name") is { } name
            ? new PlannedResource(new Address(scope, address), ModuleOf(address, type, name), type, name, Text(written, "mode") == "data", written["address"]!.Trace?.Place ?? Source.At(0, 0), MapValue.Empty)
            : null;

    /// <summary>What stands before the resource in its address: the state has no field for it.</summary>
    private static string ModuleOf(string address, string type, string name)
    {
        var at = address.LastIndexOf($"data.{type}.{name}", StringComparison.Ordinal);
        at = at < 0 ? address.LastIndexOf($"{type}.{name}", StringComparison.Ordinal) : at;
        return at <= 0 ? "" : address[..(at - 1)];
    }

    private static MapValue Map(MapValue map, string key) => map[key] as MapValue ?? MapValue.Empty;

    private static IEnumerable<Value> List(MapValue map, string key) => map[key] is ListValue list ? list.Values : [];

    private static string? Text(MapValue map, string key) => (map[key] as TextValue)?.Known;
}

/// <summary>A resource of a plan.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Module">Address of its module; empty for the root.</param>
/// <param name="Type">Its type.</param>
/// <param name="Name">Its label.</param>
/// <param name="IsData">True for data sources.</param>
/// <param name="Place">Where its address stands in the plan.</param>
/// <param name="Values">Its attributes.</param>
internal sealed record PlannedResource(Address Address, string Module, string Type, string Name, bool IsData, Span Place, MapValue Values)
{
    /// <summary>Its name in its module, without instance key.</summary>
    internal string LocalName => $"{(IsData ? "data." : "")}{Type}.{Name}";
}
