using Analyzer.Facts.Text;
using Analyzer.Rules;
using Newtonsoft.Json;

namespace Analyzer.Reports;

/// <summary>
/// SARIF 2.1.0, written for GitHub code scanning first: every field it requires is there and not empty, paths are relative to the root, each result has the key
/// <c>pullPath/v1</c> (its own <c>primaryLocationLineHash</c> is left to the upload action, which warns about foreign values).
/// </summary>
public static class SarifReport
{
    private const string Schema = "https://json.schemastore.org/sarif-2.1.0.json";
    private const string Home = "https://github.com/pullpath/pullpath";

    // Limits of code scanning: longer texts make an upload fail.
    private const int TextLimit = 1024;
    private const int PlaceLimit = 100;

    /// <summary>Writes the report.</summary>
    /// <param name="summary">What was found.</param>
    /// <param name="version">Version of the tool.</param>
    /// <param name="output">Where to.</param>
    public static void Write(Summary summary, string version, TextWriter output)
    {
        var rules = summary.Findings.Select(finding => finding.Rule).DistinctBy(rule => rule.Id).OrderBy(rule => rule.Id, StringComparer.Ordinal).ToList();
        var indexes = rules.Select((rule, index) => (rule.Id, index)).ToDictionary(pair => pair.Id, pair => pair.index, StringComparer.Ordinal);
        using var json = new JsonTextWriter(output) { Formatting = Formatting.Indented, CloseOutput = false };
        json.WriteStartObject();
        json.Field("$schema", Schema);
        json.Field("version", "2.1.0");
        json.List("runs", [summary], (json, run) =>
        {
            json.WriteStartObject();
            json.Object("tool", json => json.Object("driver", json =>
            {
                json.Field("name", "PullPath");
                json.Field("version", version);
                json.Field("semanticVersion", version);
                json.Field("informationUri", Home);
                json.List("rules", rules, WriteRule);
            }));
            json.Field("columnKind", "unicodeCodePoints");
            json.Object("originalUriBaseIds", json => json.Object("ROOT", json => json.Object("description", json =>
                json.Field("text", "The root of the analysed repository."))));
            json.List("invocations", [run.Problems], WriteInvocation);
            json.List("results", run.Findings, (json, finding) => WriteResult(json, finding, indexes[finding.Rule.Id]));
            json.WriteEndObject();
        });
        json.WriteEndObject();
        json.Flush();
        output.WriteLine();
    }

    private static void WriteRule(JsonTextWriter json, Rule rule)
    {
        json.WriteStartObject();
        json.Field("id", rule.Id);
        json.Field("name", PascalCase(rule.Id));
        Text(json, "shortDescription", rule.Title);
        Text(json, "fullDescription", FirstParagraph(rule.Why) is { Length: > 0 } why ? why : rule.Title);
        json.Object("help", json =>
        {
            json.Field("text", $"{rule.Why.Trim()}\n\n{rule.Fix.Trim()}".Trim() is { Length: > 0 } help ? help : rule.Title);
            json.Field("markdown", Markdown(rule));
        });
        if (rule.See.FirstOrDefault() is { } see)
        {
            json.Field("helpUri", see);
        }

        json.Object("defaultConfiguration", json => json.Field("level", rule.Level.Word));
        json.Object("properties", json =>
        {
            json.List("tags", rule.Checklist.Take(8).Prepend("image-pull"), static (json, tag) => json.WriteValue(tag));
            json.Field("precision", "very-high");
            json.Field("problem.severity", rule.Level switch { Level.Error => "error", Level.Warning => "warning", _ => "recommendation" });
            json.Field("security-severity", rule.Level switch { Level.Error => "7.5", Level.Warning => "5.0", _ => "2.0" });
        });
        json.WriteEndObject();
    }

    private static void WriteResult(JsonTextWriter json, Verdict finding, int ruleIndex)
    {
        json.WriteStartObject();
        json.Field("ruleId", finding.Rule.Id);
        json.Field("ruleIndex", ruleIndex);
        json.Field("level", finding.Level.Word);
        Text(json, "message", WithLinks(finding));
        json.List("locations", [finding], static (json, finding) =>
        {
            json.WriteStartObject();
            PhysicalLocation(json, finding.Primary);
            LogicalLocations(json, (finding.Fact.Address.Path, "resource"), Named(finding.Primary));
            json.WriteEndObject();
        });
        json.Object("partialFingerprints", json => json.Field("pullPath/v1", finding.Fingerprint));
        if (finding.Related.Count > 0)
        {
            json.List("relatedLocations", finding.Related.Take(PlaceLimit).Index(), static (json, related) => Location(json, related.Item, related.Index));
            json.List("codeFlows", [finding], static (json, finding) =>
            {
                json.WriteStartObject();
                json.List("threadFlows", [finding], static (json, finding) =>
                {
                    json.WriteStartObject();

                    // From the outermost cause to the place to edit: the order in which a reader follows a value.
                    var steps = finding.Related.Take(PlaceLimit).Reverse().Append(new RelatedPlace(finding.Primary, finding.Message + Words.Under(finding)));
                    json.List("locations", steps, static (json, step) =>
                    {
                        json.WriteStartObject();
                        json.WritePropertyName("location");
                        Location(json, step, null);
                        json.WriteEndObject();
                    });
                    json.WriteEndObject();
                });
                json.WriteEndObject();
            });
        }

        json.WriteEndObject();
    }

    private static void WriteInvocation(JsonTextWriter json, IReadOnlyList<Problem> problems)
    {
        json.WriteStartObject();
        json.Field("executionSuccessful", problems.All(problem => problem.Severity != ProblemSeverity.Fatal));
        json.List("toolExecutionNotifications", problems, static (json, problem) =>
        {
            json.WriteStartObject();
            json.Object("descriptor", json => json.Field("id", problem.Code));
            json.Field("level", problem.Severity switch { ProblemSeverity.Fatal => "error", ProblemSeverity.Incomplete => "warning", _ => "note" });
            Text(json, "message", problem.Message);
            if (problem.Place is { } place)
            {
                json.List("locations", [place], static (json, place) =>
                {
                    json.WriteStartObject();
                    PhysicalLocation(json, place);
                    LogicalLocations(json, Named(place));
                    json.WriteEndObject();
                });
            }

            json.WriteEndObject();
        });
        json.WriteEndObject();
    }

    private static void Location(JsonTextWriter json, RelatedPlace related, int? id)
    {
        json.WriteStartObject();
        if (id is { } number)
        {
            json.Field("id", number);
        }

        PhysicalLocation(json, related.Place);
        LogicalLocations(json, Named(related.Place));
        Text(json, "message", related.Message);
        json.WriteEndObject();
    }

    private static void PhysicalLocation(JsonTextWriter json, Span place) => json.Object("physicalLocation", json =>
    {
        json.Object("artifactLocation", json =>
        {
            json.Field("uri", UriOf(Words.PathOf(place)));
            json.Field("uriBaseId", "ROOT");
        });
        var (start, end) = (place.StartPosition, place.EndPosition);
        json.Object("region", json =>
        {
            json.Field("startLine", start.Line);
            json.Field("startColumn", start.Column);
            json.Field("endLine", end.Line);
            json.Field("endColumn", end.Column);
        });
    });

    /// <summary>In JSON a pointer says more than line and column: a plan is one line.</summary>
    private static (string Name, string Kind)? Named(Span place) => JsonPointer.Of(place) is { Length: > 0 } pointer ? (pointer, "value") : null;

    private static void LogicalLocations(JsonTextWriter json, params ReadOnlySpan<(string Name, string Kind)?> names)
    {
        var known = new List<(string, string)?>();
        foreach (var name in names)
        {
            if (name is not null)
            {
                known.Add(name);
            }
        }

        if (known.Count == 0)
        {
            return;
        }

        json.List("logicalLocations", known, static (json, name) =>
        {
            json.WriteStartObject();
            json.Field("fullyQualifiedName", name!.Value.Item1);
            json.Field("kind", name.Value.Item2);
            json.WriteEndObject();
        });
    }

    private static void Text(JsonTextWriter json, string name, string text) => json.Object(name, json =>
        json.Field("text", text.Length <= TextLimit ? text : text[..(TextLimit - 1)] + "…"));

    /// <summary>Code scanning shows related places only where the message links to them.</summary>
    private static string WithLinks(Verdict finding)
    {
        var links = string.Join(", ", finding.Related.Take(5).Index().Select(related => $"[{Escape(related.Item.Message)}]({related.Index})"));
        var message = Escape(finding.Message + Words.Under(finding));
        return links.Length == 0 ? message : $"{message}\nSee {links}.";
    }

    private static string Escape(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal);

    private static string UriOf(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    private static string PascalCase(string id) => string.Concat(id.Split('-').Select(part => part.Length == 0 ? part : char.ToUpperInvariant(part[0]) + part[1..]));

    private static string FirstParagraph(string text)
    {
        var trimmed = text.Trim();
        return (trimmed.IndexOf("\n\n", StringComparison.Ordinal) is > 0 and var end ? trimmed[..end] : trimmed).Replace('\n', ' ');
    }

    private static string Markdown(Rule rule)
    {
        var see = string.Concat(rule.See.Select(address => $"\n- {address}"));
        return $"{rule.Why.Trim()}\n\n**Fix.** {rule.Fix.Trim()}{(see.Length == 0 ? "" : "\n\n**See**" + see)}";
    }
}
