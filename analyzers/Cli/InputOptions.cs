using System.Collections;
using System.CommandLine;
using Analyzer.Facts.Resources;

namespace Analyzer.Cli;

/// <summary>One run: the name of an environment, empty for the only one, and how the repository is read under it.</summary>
internal sealed record Scenario(string Environment, LoadOptions Options);

/// <summary>The options that say what variables and parameters are given.</summary>
internal sealed class InputOptions
{
    private const string EnvironmentPrefix = "TF_VAR_";

    private readonly Option<bool> _doubt = new("--doubt-defaults") { Description = "Take defaults of variables and parameters for unknown." };
    private readonly Option<string[]> _variables = new("--var") { Description = "Value for a variable of Terraform root modules.", HelpName = "NAME=VALUE", DefaultValueFactory = _ => [] };
    private readonly Option<string[]> _files = new("--var-file")
    {
        Description = "File of values: for the root module around it, or for all if it lies in none.",
        HelpName = "FILE",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string[]> _environments = new("--env")
    {
        Description = "Judge under an environment with its file of values; may be given several times, also for one environment. Findings say under which they hold.",
        HelpName = "NAME=FILE",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<bool> _helm = new("--helm") { Description = "Render charts with the helm on this machine, which runs their templates; never done otherwise." };
    private readonly Option<string[]> _helmValues = new("--helm-values")
    {
        Description = "File of values for --helm: for the chart around it, or for all if it lies in none; may be given several times, later ones win.",
        HelpName = "FILE",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<bool> _tfVars = new("--tf-vars-from-env") { Description = "Read TF_VAR_name from the environment of this process." };

    /// <summary>Adds the options to a command.</summary>
    internal void AddTo(Command command)
    {
        command.Add(_doubt);
        command.Add(_variables);
        command.Add(_files);
        command.Add(_environments);
        command.Add(_tfVars);
        command.Add(_helm);
        command.Add(_helmValues);
    }

    /// <summary>The runs that are asked for: one for each environment, in the order of their names on the command line; one without a name if there is none.</summary>
    /// <exception cref="UsageException">An option is not understood, or names a file that is not there.</exception>
    internal IReadOnlyList<Scenario> Read(ParseResult parsed, Target target)
    {
        List<VariableInput> shared =
        [
            .. parsed.GetValue(_tfVars) ? FromEnvironment() : [],
            .. parsed.GetValue(_files)!.Select(file => FileOf("--var-file", file, target)),
        ];
        var lines = parsed.GetValue(_variables)!.Select(each => Pair("--var", each)).Select(pair => new VariableInput(VariableSource.CommandLine, pair.Name, pair.Value)).ToList();
        var files = new OrderedDictionary<string, List<VariableInput>>(StringComparer.Ordinal);
        foreach (var (name, file) in parsed.GetValue(_environments)!.Select(each => Pair("--env", each)))
        {
            if (!files.TryGetValue(name, out var list))
            {
                files.Add(name, list = []);
            }

            list.Add(FileOf("--env", file, target));
        }

        var options = new LoadOptions { DoubtDefaults = parsed.GetValue(_doubt), Plans = target.Plans, RenderChart = parsed.GetValue(_helm) ? new HelmRenderer(target, ValuesOf(parsed, target)).Render : null };
        return files.Count == 0
            ? [new Scenario("", options with { Variables = [.. shared, .. lines] })]
            : [.. files.Select(each => new Scenario(each.Key, options with { Variables = [.. shared, .. each.Value, .. lines] }))];
    }

    private List<string> ValuesOf(ParseResult parsed, Target target) => [.. parsed.GetValue(_helmValues)!.Select(file => FileOf("--helm-values", file, target).Text)];

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
