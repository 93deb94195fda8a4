using Analyzer.Facts.Model;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Rules;
using Newtonsoft.Json;

namespace Analyzer.Reports;

/// <summary>What was understood at each stage, for debugging, bug reports and golden texts.</summary>
public static class ModelReport
{
    /// <summary>Every resource with its attributes and what it depends on, then every gap.</summary>
    public static void WriteResources(Inventory inventory, TextWriter output)
    {
        foreach (var resource in inventory.Resources)
        {
            output.WriteLine($"{(resource.IsData ? "data " : "")}{resource.Type} {Scoped(resource.Address)}  {resource.Place}{Existence(resource)}");
            foreach (var entry in resource.Body.Entries)
            {
                var guard = entry.Guard.IsAlways ? "" : $" if {entry.Guard}";
                output.WriteLine($"  {entry.Key} = {ValueText.Of(entry.Value)}{guard}");
            }

            if (resource.Body.IsOpen)
            {
                output.WriteLine("  …");
            }

            foreach (var dependency in resource.Dependencies)
            {
                var through = dependency.Through.Count == 0 ? "" : $" through {string.Join(", ", dependency.Through)}";
                output.WriteLine($"  {(dependency.IsExplicit ? "depends on" : "refers to")} {dependency.Target.Path}{through}");
            }
        }

        foreach (var gap in inventory.Gaps)
        {
            output.WriteLine($"gap {Scoped(gap.Address)}  {gap.Place}: {gap.Reason}");
        }
    }

    /// <summary>Every fact with its fields.</summary>
    public static void WriteFacts(FactModel model, TextWriter output)
    {
        foreach (var fact in model.Kinds.SelectMany(model.OfKind))
        {
            output.WriteLine($"{fact.Shape.Kind} {Scoped(fact.Address)}  {fact.Place}{(fact.Guard.IsAlways ? "" : $" if {fact.Guard}")}");
            foreach (var field in fact.Shape.Fields)
            {
                if (field.Name is not ("address" or "language" or "path" or "module") && field.Get(fact) is var value and not NullValue)
                {
                    output.WriteLine($"  {field.Name}: {ValueText.Of(value)}");
                }
            }
        }
    }

    /// <summary>Every verdict, one line each.</summary>
    public static void WriteVerdicts(IReadOnlyList<Verdict> verdicts, TextWriter output)
    {
        foreach (var verdict in verdicts.Where(verdict => verdict.Outcome != Outcome.NotApplicable)
            .OrderBy(verdict => verdict.Rule.Id, StringComparer.Ordinal).ThenBy(verdict => verdict.Fact.Address))
        {
            output.WriteLine(verdict.Outcome switch
            {
                Outcome.Pass => $"pass {verdict.Rule.Id} {Scoped(verdict.Fact.Address)}",
                Outcome.Fail => $"{verdict.Level.Word} {verdict.Rule.Id} {Scoped(verdict.Fact.Address)}  {verdict.Primary}: {verdict.Message}",
                _ => $"undecided {verdict.Rule.Id} {Scoped(verdict.Fact.Address)}: {string.Join("; ", verdict.Because.Select(cause => cause.Detail))}",
            });
        }
    }

    /// <summary>The JSON document <c>pullpath-model/1</c>: resources with their values and problems.</summary>
    public static void WriteJson(Inventory inventory, IReadOnlyList<Problem> problems, TextWriter output)
    {
        using var json = new JsonTextWriter(output) { Formatting = Formatting.Indented, CloseOutput = false };
        json.WriteStartObject();
        json.Field("format", "pullpath-model/1");
        json.List("resources", inventory.Resources, static (json, resource) =>
        {
            json.WriteStartObject();
            json.Field("address", resource.Address.Path);
            json.Field("scope", resource.Address.Scope);
            json.Field("type", resource.Type);
            json.Field("language", resource.Language.Word);
            json.Field("path", Words.PathOf(resource.Place));
            json.Field("startLine", resource.Place.StartPosition.Line);
            json.WritePropertyName("attributes");
            ValueJson.WriteEntries(json, resource.Body);
            if (resource.Body.IsOpen)
            {
                json.Field("isOpen", true);
            }

            json.WriteEndObject();
        });
        json.List("problems", problems, static (json, problem) =>
        {
            json.WriteStartObject();
            json.Field("code", problem.Code);
            json.Field("message", problem.Message);
            if (problem.Place is { } place)
            {
                json.Field("path", Words.PathOf(place));
                json.Field("startLine", place.StartPosition.Line);
            }

            json.WriteEndObject();
        });
        json.WriteEndObject();
        json.Flush();
        output.WriteLine();
    }

    private static string Scoped(Address address) => address.Scope.Length == 0 ? address.Path : $"{address.Scope}: {address.Path}";

    private static string Existence(Resource resource)
    {
        var any = resource.Multiplicity == Multiplicity.Any ? " any number" : "";
        return resource.Guard.IsAlways ? any : $"{any} if {resource.Guard}";
    }
}
