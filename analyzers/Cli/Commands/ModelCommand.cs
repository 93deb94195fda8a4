using System.CommandLine;
using Analyzer.Reports;

namespace Analyzer.Cli.Commands;

/// <summary><c>pullpath model</c>: what was understood at each stage.</summary>
internal static class ModelCommand
{
    internal static Command Make()
    {
        var paths = new Argument<string[]>("PATH") { Description = "Files or folders of the project.", DefaultValueFactory = _ => [] };
        var stage = new Option<string>("--stage") { Description = "resources: what the languages declare; facts: the model that rules see; verdicts: what every rule says.", DefaultValueFactory = _ => "facts" };
        stage.AcceptOnlyFromAmong("resources", "facts", "verdicts");
        var format = new Option<string>("--format") { Description = "text or json (resources only).", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var inputs = new InputOptions();
        var command = new Command("model", "Show what was understood, for debugging and bug reports.") { paths, stage, format };
        inputs.AddTo(command);
        command.SetAction(parsed =>
        {
            var target = Target.Of(parsed.GetValue(paths)!);
            if (inputs.Read(parsed).Scenarios(target) is not [var scenario])
            {
                throw new UsageException("--env: a model is shown under one environment at a time");
            }

            var analysis = Analysis.Of(target.Files, scenario.Options, target.Problems);
            using var output = Terminal.OpenOutput();
            switch (parsed.GetValue(stage), parsed.GetValue(format))
            {
                case (_, "json"):
                    ModelReport.WriteJson(analysis.Inventory, target.Problems.Sorted(), output);
                    break;
                case ("resources", _):
                    ModelReport.WriteResources(analysis.Inventory, output);
                    break;
                case ("verdicts", _):
                    ModelReport.WriteVerdicts(analysis.Decide(RuleFiles.Find([], [], target.Problems)), output);
                    break;
                default:
                    ModelReport.WriteFacts(analysis.Model.Facts, output);
                    break;
            }

            TextReport.WriteProblems(target.Problems.Sorted(), Terminal.ErrorHasColour, Console.Error);

            return ExitCodes.Clean;
        });
        return command;
    }
}
