using System.CommandLine;
using Analyzer.Facts.Resources;
using Analyzer.Reports;

namespace Analyzer.Cli.Commands;

/// <summary><c>pullpath explain RULE</c>: a rule's page in the terminal.</summary>
internal static class ExplainCommand
{
    internal static Command Make()
    {
        var id = new Argument<string>("RULE") { Description = "Id of the rule." };
        var command = new Command("explain", "Show what a rule proves, why it matters and how to fix what it finds.") { id };
        command.SetAction(parsed =>
        {
            var problems = new ProblemLog();
            var rule = RuleFiles.Find([], [parsed.GetValue(id)!], problems).Read(null).Single();
            using var output = Terminal.OpenOutput();
            RulePage.Write(rule, Terminal.OutputHasColour, output);
            return ExitCodes.Clean;
        });
        return command;
    }
}
