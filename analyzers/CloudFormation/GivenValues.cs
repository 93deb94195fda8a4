using System.Collections.Concurrent;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;

namespace Analyzer.CloudFormation;

/// <summary>
/// Values that are given to parameters: by parameter files and by the command line, later ones win; then what the CDK says. A file is for the templates beside it that have all its
/// parameters; where there are none, for all that have them, because a stack with a parameter that its template does not have is refused.
/// </summary>
internal sealed class GivenValues
{
    private readonly List<Given> _given = [];
    private readonly ConcurrentDictionary<string, Lazy<SamConfig?>> _configs = new(StringComparer.Ordinal);
    private readonly FileTree _files;
    private readonly ProblemLog _problems;

    internal GivenValues(FileTree files, IReadOnlyList<Template> templates, IReadOnlyList<VariableInput> inputs, ProblemLog problems)
    {
        (_files, _problems) = (files, problems);
        foreach (var input in inputs)
        {
            if (input.Source == VariableSource.CommandLine)
            {
                _given.Add(new Given(MapValue.Of((input.Name, new TextValue(input.Text))), null));
            }
            else if (input.Source == VariableSource.File && ParameterFile.Read(files, input, templates, problems) is { } file)
            {
                var takers = templates.Where(template => file.Template is { } path ? template.Path == path : file.Values.Entries.All(entry => template.Parameters.Find(entry.Key) is not null)).ToList();
                var beside = takers.Where(template => template.Source.Folder == file.Folder).ToList();
                _given.Add(new Given(file.Values, (beside.Count > 0 ? beside : takers).Select(template => template.Path).ToHashSet(StringComparer.Ordinal)));
            }
        }
    }

    /// <summary>The value given to a parameter of a template that is deployed by itself; null if none is.</summary>
    internal Value? Find(Template template, StackFacts? stack, string name)
    {
        for (var at = _given.Count - 1; at >= 0; at--)
        {
            var (values, takers) = _given[at];
            if ((takers is null || takers.Contains(template.Path)) && values[name] is { } value)
            {
                return value;
            }
        }

        return stack?.Parameters[name];
    }

    /// <summary>The value that SAM gives a parameter unless it is told otherwise; null if there is none.</summary>
    internal Value? Preferred(Template template, string name) =>
        _configs.GetOrAdd(template.Source.Folder, folder => new Lazy<SamConfig?>(() => SamConfig.In(folder, _files, _problems))).Value?.Find(template, name);

    /// <summary>Values, and the paths of the templates that they are for; null for all.</summary>
    private sealed record Given(MapValue Values, IReadOnlySet<string>? Takers);
}

/// <summary>A file of values for parameters, in one of the forms that the tools of AWS take.</summary>
/// <param name="Folder">Where it lies.</param>
/// <param name="Values">The values by name.</param>
/// <param name="Template">The path of the only template it is for; null where it does not say.</param>
internal sealed record ParameterFile(string Folder, MapValue Values, string? Template)
{
    /// <summary>
    /// Reads a file: a list of <c>ParameterKey</c> and <c>ParameterValue</c>, a list of <c>Key=Value</c>, a map with <c>Parameters</c>, a deployment file with <c>template-file-path</c>,
    /// the configuration of SAM with an environment of the name of the input, or a plain map of JSON. Null for files of other tools.
    /// </summary>
    internal static ParameterFile? Read(FileTree files, VariableInput input, IReadOnlyList<Template> templates, ProblemLog problems)
    {
        var path = input.Text;
        if (SamConfig.Is(path))
        {
            return SamConfig.Read(path, files, problems) is { } config && templates.FirstOrDefault(template => config.IsFor(template.Path, input.Name)) is { } deployed
                ? new ParameterFile(deployed.Source.Folder, config.Values(input.Name), deployed.Path) : null;
        }

        var isJson = path.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
        if (path.EndsWith(".tfvars.json", StringComparison.Ordinal) || !(isJson || path.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".yml", StringComparison.OrdinalIgnoreCase))
            || files.Read(path) is not { } source)
        {
            return null;
        }

        switch (TemplateReader.Roots(source, problems) is [var root, ..] ? root : null)
        {
            case ListValue list:
                return new ParameterFile(source.Folder, new MapValue([.. list.Values.Select(Pair).OfType<Entry>().GroupBy(entry => entry.Key, StringComparer.Ordinal).Select(same => same.Last())]), null);
            case MapValue map when map["template-file-path"] is TextValue { Known: { } file }:
                return new ParameterFile(source.Folder, map["parameters"] as MapValue ?? MapValue.Empty, FileTree.Resolve("", file));
            case MapValue map when map["Parameters"] is MapValue parameters:
                return new ParameterFile(source.Folder, parameters, null);
            case MapValue map when isJson:
                return new ParameterFile(source.Folder, map, null);
            default:
                return null;
        }
    }

    private static Entry? Pair(Value written) => written switch
    {
        MapValue pair when Texts.Of(pair["ParameterKey"])?.Known is { } key && pair["ParameterValue"] is { } value => new Entry(key, value, pair["ParameterKey"]!.Trace?.Place),
        TextValue { Known: { } text } when text.IndexOf('=', StringComparison.Ordinal) is > 0 and var at => new Entry(text[..at], new TextValue(text[(at + 1)..]).With(written.Trace), written.Trace?.Place),
        _ => null,
    };
}
