using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Json;
using Analyzer.Languages.Yaml;

namespace Analyzer.Kubernetes.Manifests;

/// <summary>The objects of one file.</summary>
/// <param name="Objects">The objects that were read.</param>
/// <param name="Lost">Why some of the file could not be read, a phrase; null if all of it was.</param>
/// <param name="LostAt">Where.</param>
/// <param name="MayHavePlaceholders">Whether there may be placeholders in it; they are text here.</param>
internal sealed record Manifest(IReadOnlyList<ManifestObject> Objects, string? Lost, Span? LostAt, bool MayHavePlaceholders)
{
    /// <summary>True for a file that can have nothing but alerting rules.</summary>
    internal bool IsRules { get; init; }
}

/// <summary>Reads the objects of manifest files: several documents, lists, JSON.</summary>
internal static class ManifestReader
{
    private const int ListDepth = 8;

    /// <summary>Reads a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="problems">For what cannot be read; a template is one problem per file.</param>
    internal static Manifest Read(SourceFile file, ProblemLog problems)
    {
        var own = new ProblemLog();
        return file.Path.EndsWith(".json", StringComparison.Ordinal)
            ? Of(file, JsonReader.Read(file, own) is { } json ? [json] : [], own, problems)
            : Of(file, YamlReader.Read(file, YamlOptions.Kubernetes, own).Select(document => document.Root), own, problems);
    }

    /// <summary>Reads a text that an object holds, as Cluster API does: YAML or JSON, also an array of objects.</summary>
    internal static Manifest ReadText(SourceFile text, ProblemLog problems)
    {
        var own = new ProblemLog();
        var roots = (IsOnlyDefinitions(text.Bytes.Span) ? [] : YamlReader.Read(text, YamlOptions.Kubernetes, own).SelectMany(document => document.Root is ListValue list ? list.Values : [document.Root])).ToList();
        var manifest = Of(text, roots, own, problems);

        // A word, or a map that is no object, stands where somebody puts objects in.
        return manifest.Lost is null && roots.Find(root => root is not (NullValue or MapValue) || (root is MapValue map && (map["kind"] is null || map["apiVersion"] is null))) is { } other
            ? manifest with { Lost = "it is no object", LostAt = other.Trace?.Source.Place ?? text.Whole }
            : manifest;
    }

    private static Manifest Of(SourceFile file, IEnumerable<Value> roots, ProblemLog own, ProblemLog problems)
    {
        var objects = new List<ManifestObject>();
        foreach (var root in roots)
        {
            Add(root, depth: 0);
        }

        var (lost, at) = Report(file, own, problems);
        return new Manifest(objects, lost, at, Placeholders.MayBeIn(file.Bytes.Span)) { IsRules = file.Bytes.Span.IndexOf("apiVersion"u8) < 0 };

        void Add(Value value, int depth)
        {
            if (value is MapValue { Entries.Length: > 0 } rules && rules["kind"] is null && rules["groups"] is ListValue groups && groups.Values.Any(group => (group as MapValue)?["rules"] is ListValue))
            {
                objects.Add(ManifestObject.RuleFile(rules, file, objects.Count));
                return;
            }

            // The machine configuration of Talos is no object, and has one inside.
            if (depth == 0 && value is MapValue talos && talos["kind"] is null && ((talos["machine"] as MapValue)?["kubelet"] as MapValue)?["credentialProviderConfig"] is MapValue inner)
            {
                Add(inner, ListDepth);
                return;
            }

            if (value is not MapValue map || map["kind"] is not TextValue { Known: { Length: > 0 } kind } || map["apiVersion"] is not TextValue { Known: { Length: > 0 } apiVersion })
            {
                return;
            }

            if (kind.EndsWith("List", StringComparison.Ordinal) && map["items"] is ListValue items && depth < ListDepth)
            {
                foreach (var item in items.Values)
                {
                    Add(item, depth + 1);
                }

                return;
            }

            objects.Add(new ManifestObject(map, apiVersion, kind, file, objects.Count));
        }
    }

    /// <summary>
    /// True for files that hold nothing but definitions of custom resources: large, and without anything that runs. Only YAML with unindented keys is told.
    /// </summary>
    internal static bool IsOnlyDefinitions(ReadOnlySpan<byte> bytes)
    {
        var any = false;
        for (var rest = bytes; ;)
        {
            if (rest.StartsWith("kind:"u8))
            {
                var value = rest["kind:"u8.Length..].TrimStart(" \t\"'"u8);
                if (!value.StartsWith("CustomResourceDefinition"u8) || value.StartsWith("CustomResourceDefinitionList"u8))
                {
                    return false;
                }

                any = true;
            }
            else if (rest.StartsWith("{"u8) || rest.StartsWith("\"kind\""u8) || rest.StartsWith("'kind'"u8) || (rest.StartsWith("--- "u8) && !rest.StartsWith("--- #"u8)))
            {
                return false;
            }

            var next = rest.IndexOf((byte)'\n');
            if (next < 0)
            {
                return any;
            }

            rest = rest[(next + 1)..];
        }
    }

    /// <summary>Passes the problems of a file on; answers what was lost.</summary>
    private static (string? Lost, Span? At) Report(SourceFile file, ProblemLog own, ProblemLog problems)
    {
        Problem? loss = null;
        var templated = false;
        foreach (var problem in own.Sorted())
        {
            var isTemplate = IsTemplateTrouble(problem, file);
            if (problem.Severity != ProblemSeverity.Information || isTemplate)
            {
                loss ??= problem;
            }

            if (!isTemplate)
            {
                problems.Add(problem);
            }
            else if (!templated)
            {
                templated = true;
                problems.Add(problem.Code == "templated-yaml"
                    ? problem
                    : new Problem("templated-yaml", "This is a template, not YAML: what its placeholders stand for is not known.", problem.Place));
            }
        }

        return loss is null ? (null, null) : (templated ? "it is a template" : "it does not parse", loss.Place);
    }

    /// <summary>Whether a problem comes from placeholders that are no YAML.</summary>
    private static bool IsTemplateTrouble(Problem problem, SourceFile file) => problem.Code switch
    {
        "templated-yaml" => true,
        "syntax-error" => Has(file, "{{"u8) || Has(file, "%{"u8) || Has(file, "{%"u8) || Has(file, "<%"u8),
        "invalid-key" or "duplicate-key" => Has(file, "{{"u8),
        _ => false,
    };

    private static bool Has(SourceFile file, ReadOnlySpan<byte> mark) => file.Bytes.Span.IndexOf(mark) >= 0;
}
