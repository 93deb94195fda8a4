using System.CommandLine;
using Analyzer.PullPath.Tracing;
using Analyzer.Reports;

namespace Analyzer.Cli.Commands;

/// <summary><c>pullpath trace</c>: the pull path of every image on every pool, link by link.</summary>
internal static class TraceCommand
{
    internal static Command Make()
    {
        var paths = new Argument<string[]>("PATH") { Description = "Files or folders whose images are shown; the whole project around them is analysed.", DefaultValueFactory = _ => [] };
        var format = new Option<string>("--format") { Description = "text, json, or a graph: mermaid, dot.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json", "mermaid", "dot");
        var inputs = new InputOptions();
        var command = new Command("trace", "Show the pull path of each image on each node pool, link by link, and how to check it on a live cluster.") { paths, format };
        inputs.AddTo(command);
        command.SetAction(parsed =>
        {
            var target = Target.Of(parsed.GetValue(paths)!);
            if (inputs.Read(parsed).Scenarios(target) is not [var scenario])
            {
                throw new UsageException("--env: pull paths are shown under one environment at a time");
            }

            var analysis = Analysis.Of(target.Files, scenario.Options, target.Problems);
            var traces = PullTraces.Of(analysis.Model).Where(trace => target.Reports(trace.Place.Outermost.File.Path)).ToList();
            using var output = Terminal.OpenOutput();
            switch (parsed.GetValue(format))
            {
                case "json":
                    TraceReport.WriteJson(traces, output);
                    break;
                case "mermaid":
                    TraceGraph.WriteMermaid(traces, output);
                    break;
                case "dot":
                    TraceGraph.WriteDot(traces, output);
                    break;
                default:
                    TraceReport.WriteText(traces, Terminal.OutputHasColour, output);
                    break;
            }

            TextReport.WriteProblems(target.Problems.Sorted(), Terminal.ErrorHasColour, Console.Error);
            return ExitCodes.Clean;
        });
        return command;
    }
}
