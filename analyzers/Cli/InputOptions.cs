using System.CommandLine;

namespace Analyzer.Cli;

/// <summary>The options that say what variables and parameters are given.</summary>
internal sealed class InputOptions
{
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

    /// <summary>What was given.</summary>
    internal Inputs Read(ParseResult parsed) => new()
    {
        DoubtDefaults = parsed.GetValue(_doubt),
        Variables = parsed.GetValue(_variables)!,
        Files = parsed.GetValue(_files)!,
        Environments = parsed.GetValue(_environments)!,
        RendersCharts = parsed.GetValue(_helm),
        ChartValues = parsed.GetValue(_helmValues)!,
        TakesProcessVariables = parsed.GetValue(_tfVars),
    };
}
