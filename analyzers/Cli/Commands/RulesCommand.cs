using System.CommandLine;
using Analyzer.Facts.Resources;
using Analyzer.Reports;

namespace Analyzer.Cli.Commands;

/// <summary><c>pullpath rules</c>: the list of rules.</summary>
internal static class RulesCommand
{
    internal static Command Make()
    {
        var folders = new Option<string[]>("--rules") { Description = "Folder with further rule files.", HelpName = "FOLDER", DefaultValueFactory = _ => [] };
        var command = new Command("rules", "List all rules with their levels.") { folders };
        command.SetAction(parsed =>
        {
            var problems = new ProblemLog();
            var rules = RuleFiles.Find(parsed.GetValue(folders)!, [], problems).Read(null);
            using (var output = Terminal.OpenOutput())
            {
                RulePage.WriteList(rules, Terminal.OutputHasColour, output);
            }

            TextReport.WriteProblems(problems.Sorted(), Terminal.ErrorHasColour, Console.Error);

            return problems.Sorted().Count == 0 ? ExitCodes.Clean : ExitCodes.CouldNotRun;
        });
        return command;
    }
}
