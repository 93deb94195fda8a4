using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Json;
using Analyzer.Languages.Recognition;
using Analyzer.Languages.Yaml;

namespace Analyzer.CloudFormation;

/// <summary>Finds out whether a file is a template, and reads it.</summary>
internal static class TemplateReader
{
    /// <summary>The template of a file, or null if it is none; a gap if it looks like one and cannot be read. Files that are no templates give no problems.</summary>
    internal static (Template? Template, Gap? Gap) Read(SourceFile source, FileTree files, ProblemLog problems)
    {
        var bytes = source.Bytes.Span;
        if (!ContentScan.Of(source.Path, bytes).HasFlag(ContentKinds.CloudFormation))
        {
            return default;
        }

        var said = new ProblemLog();
        var roots = Roots(source, said);
        var template = roots.Select(root => Of(source, root, files, said)).FirstOrDefault(found => found is not null);
        var failed = template is null && said.Sorted().Any(problem => problem.Severity == ProblemSeverity.Incomplete);
        if (template is not null || failed)
        {
            foreach (var problem in said.Sorted())
            {
                problems.Add(problem);
            }
        }

        return (template, failed ? Unreadable(source) : null);
    }

    /// <summary>The template in a text inside a template; null if it is none.</summary>
    internal static Template? ReadText(SourceFile text, TemplateSet set) =>
        Roots(text, set.Problems).Select(root => Of(text, root, set.Files, set.Problems)).FirstOrDefault(found => found is not null);

    private static Template? Of(SourceFile source, Value root, FileTree files, ProblemLog problems) => Template.Of(
        source, root is MapValue map && Includes.May(source.Bytes.Span) ? new Includes(files, source.Folder, problems).Splice(map) : root);

    /// <summary>What the documents of a file say, JSON or YAML.</summary>
    internal static IReadOnlyList<Value> Roots(SourceFile source, ProblemLog said)
    {
        // Most templates in JSON are YAML, too, but JSON may be indented with tabs.
        var content = source.Bytes.Span[TextCheck.MarkLength(source.Bytes.Span)..].TrimStart(" \t\r\n"u8);
        if (content.StartsWith("{"u8))
        {
            var isJson = source.Path.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
            var log = isJson ? said : new ProblemLog();
            if (JsonReader.Read(source, log) is { } root)
            {
                foreach (var problem in log.Sorted())
                {
                    said.Add(problem);
                }

                return [root];
            }

            if (isJson)
            {
                return [];
            }
        }

        return [.. YamlReader.Read(source, YamlOptions.CloudFormation, said).Select(document => document.Root)];
    }

    private static Gap Unreadable(SourceFile source) => new()
    {
        Address = new Address(source.Path, ""),
        Place = source.At(0, 0),
        Reason = "the template cannot be read",
    };
}
