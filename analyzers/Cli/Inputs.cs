using System.Collections;
using Analyzer.Facts.Resources;

namespace Analyzer.Cli;

/// <summary>One run: the name of an environment, empty for the only one, and how the repository is read under it.</summary>
internal sealed record Scenario(string Environment, LoadOptions Options);

/// <summary>What variables and parameters are given, as the command line says it.</summary>
internal sealed record Inputs
{
    private const string EnvironmentPrefix = "TF_VAR_";

    /// <summary>Whether defaults count as unknown.</summary>
    internal bool DoubtDefaults { get; init; }

    /// <summary>Values of variables: <c>NAME=VALUE</c>.</summary>
    internal string[] Variables { get; init; } = [];

    /// <summary>Files of values.</summary>
    internal string[] Files { get; init; } = [];

    /// <summary>Environments and their files of values: <c>NAME=FILE</c>.</summary>
    internal string[] Environments { get; init; } = [];

    /// <summary>Whether charts are rendered by the helm of this machine.</summary>
    internal bool RendersCharts { get; init; }

    /// <summary>Files of values for charts.</summary>
    internal string[] ChartValues { get; init; } = [];

    /// <summary>Whether <c>TF_VAR_name</c> of this process counts.</summary>
    internal bool TakesProcessVariables { get; init; }

    /// <summary>The runs that are asked for: one for each environment, in the order of their names on the command line; one without a name if there is none.</summary>
    /// <exception cref="UsageException">An option is not understood, or names a file that is not there.</exception>
    internal IReadOnlyList<Scenario> Scenarios(Target target)
    {
        List<VariableInput> shared =
        [
            .. TakesProcessVariables ? FromEnvironment() : [],
            .. Files.Select(file => FileOf("--var-file", file, target)),
        ];
        var lines = Variables.Select(each => Pair("--var", each)).Select(pair => new VariableInput(VariableSource.CommandLine, pair.Name, pair.Value)).ToList();
        var files = new OrderedDictionary<string, List<VariableInput>>(StringComparer.Ordinal);
        foreach (var (name, file) in Environments.Select(each => Pair("--env", each)))
        {
            if (!files.TryGetValue(name, out var list))
            {
                files.Add(name, list = []);
            }

            list.Add(FileOf("--env", file, target) with { Name = name });
        }

        var options = new LoadOptions { DoubtDefaults = DoubtDefaults, Plans = target.Plans, RenderChart = RendersCharts ? new HelmRenderer(target, ValuesOf(target)).Render : null };
        return files.Count == 0
            ? [new Scenario("", options with { Variables = [.. shared, .. lines] })]
            : [.. files.Select(each => new Scenario(each.Key, options with { Variables = [.. shared, .. each.Value, .. lines] }))];
    }

    private List<string> ValuesOf(Target target) => [.. ChartValues.Select(file => FileOf("--helm-values", file, target).Text)];

    private static IEnumerable<VariableInput> FromEnvironment() => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .Select(entry => (Name: (string)entry.Key, Value: (string?)entry.Value ?? ""))
        .Where(entry => entry.Name.StartsWith(EnvironmentPrefix, StringComparison.Ordinal))
        .OrderBy(entry => entry.Name, StringComparer.Ordinal)
        .Select(entry => new VariableInput(VariableSource.Environment, entry.Name[EnvironmentPrefix.Length..], entry.Value));

    private static Given Pair(string option, string text) => text.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
        ? new Given(text[..at], text[(at + 1)..])
        : throw new UsageException($"{option} {text}: a name, an equals sign and a value are expected");

    /// <summary>What stands on both sides of an equals sign.</summary>
    private sealed record Given(string Name, string Value);

    private static VariableInput FileOf(string option, string file, Target target) => !File.Exists(file)
        ? throw new UsageException($"{option} {file}: no such file")
        : new VariableInput(VariableSource.File, "", target.PathOf(file) ?? throw new UsageException($"{option} {file}: the file lies outside of what is analysed"));
}
