using System.CommandLine;
using Analyzer.Facts.Text;
using Analyzer.Reports;
using Analyzer.Rules;

namespace Analyzer.Cli.Commands;

/// <summary><c>pullpath check</c>: decide all rules, print findings.</summary>
internal static class CheckCommand
{
    private const string Text = "text";
    private const string Json = "json";
    private const string Sarif = "sarif";

    internal static Command Make()
    {
        var paths = new Argument<string[]>("PATH") { Description = "Files or folders to report on; the whole project around them is analysed.", DefaultValueFactory = _ => [] };
        var format = new Option<string[]>("--format")
        {
            Description = "text, json or sarif; with =FILE into a file. May be given several times: --format text --format sarif=pullpath.sarif",
            HelpName = "FORMAT[=FILE]",
            DefaultValueFactory = _ => new Settings().Formats,
        };
        var show = new Option<string[]>("--show") { Description = "undecided: what could not be decided and what would decide it; problems: all problems.", DefaultValueFactory = _ => [] };
        show.AcceptOnlyFromAmong("undecided", "problems");
        var failOn = new Option<string>("--fail-on") { Description = "Least level that fails the run.", DefaultValueFactory = _ => new Settings().FailOn };
        failOn.AcceptOnlyFromAmong("error", "warning", "note", "never");
        var strict = new Option<bool>("--strict") { Description = "Fail with status 3 when something could not be seen." };
        var only = new Option<string[]>("--rule") { Description = "Judge this rule only; may be given several times.", DefaultValueFactory = _ => [] };
        var rules = new Option<string[]>("--rules") { Description = "Folder with further rule files.", HelpName = "FOLDER", DefaultValueFactory = _ => [] };
        var inputs = new InputOptions();
        var command = new Command("check", "Decide all rules over a repository and print findings.") { paths, format, show, failOn, strict, only, rules };
        inputs.AddTo(command);
        command.SetAction(parsed => Run(new Settings
        {
            Paths = parsed.GetValue(paths)!,
            Formats = parsed.GetValue(format)!,
            Show = parsed.GetValue(show)!,
            FailOn = parsed.GetValue(failOn)!,
            IsStrict = parsed.GetValue(strict),
            Only = parsed.GetValue(only)!,
            RuleFolders = parsed.GetValue(rules)!,
            Inputs = inputs.Read(parsed),
        }));
        return command;
    }

    /// <summary>What is asked for; by itself a check of the current folder.</summary>
    internal sealed record Settings
    {
        internal string[] Paths { get; init; } = [];

        internal string[] Formats { get; init; } = [Text];

        internal string[] Show { get; init; } = [];

        internal string FailOn { get; init; } = "warning";

        internal bool IsStrict { get; init; }

        internal string[] Only { get; init; } = [];

        internal string[] RuleFolders { get; init; } = [];

        internal Inputs Inputs { get; init; } = new();
    }

    /// <summary>Checks, writes, and answers the exit status.</summary>
    /// <exception cref="UsageException">Something that was asked for is not understood or not there.</exception>
    internal static int Run(Settings settings)
    {
        var outputs = settings.Formats.Select(OutputOf).ToList();
        var target = Target.Of(settings.Paths);
        var rules = RuleFiles.Find(settings.RuleFolders, settings.Only, target.Problems);
        var summary = Analysis.SumUp(target, settings.Inputs.Scenarios(target), rules);
        foreach (var (name, file) in outputs)
        {
            Write(name, file, summary, settings.Show.Contains("undecided", StringComparer.Ordinal));
        }

        TextReport.WriteClosing(summary, settings.Show.Contains("problems", StringComparer.Ordinal), Terminal.ErrorHasColour, Console.Error);
        return StatusOf(summary, settings.FailOn, settings.IsStrict);
    }

    private static int StatusOf(Summary summary, string failOn, bool strict)
    {
        if (summary.Problems.Any(problem => problem.Severity == ProblemSeverity.Fatal))
        {
            return ExitCodes.CouldNotRun;
        }

        Level? threshold = failOn switch { "error" => Level.Error, "warning" => Level.Warning, "note" => Level.Note, _ => null };
        return summary.Findings.Any(finding => finding.Level >= threshold) ? ExitCodes.Findings
            : strict && summary.Problems.Any(problem => problem.Severity == ProblemSeverity.Incomplete) ? ExitCodes.Incomplete
            : ExitCodes.Clean;
    }

    private static Output OutputOf(string text)
    {
        var (name, file) = text.IndexOf('=', StringComparison.Ordinal) is > 0 and var at ? (text[..at], text[(at + 1)..]) : (text, null);
        return name is Text or Json or Sarif && file != ""
            ? new Output(name, file)
            : throw new UsageException($"--format {text}: formats are text, json and sarif, with =FILE for a file");
    }

    /// <summary>A format, and the file it goes to; null for the console.</summary>
    private sealed record Output(string Name, string? File);

    private static void Write(string name, string? file, Summary summary, bool showUndecided)
    {
        if (file is null)
        {
            using var console = Terminal.OpenOutput();
            WriteTo(name, summary, showUndecided, Terminal.OutputHasColour, console);
            return;
        }

        try
        {
            using var writer = new StreamWriter(file);
            WriteTo(name, summary, showUndecided, colour: false, writer);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{file} cannot be written: {failure.Message}", failure);
        }
    }

    private static void WriteTo(string name, Summary summary, bool showUndecided, bool colour, TextWriter output)
    {
        switch (name)
        {
            case Json:
                JsonReport.Write(summary, output);
                break;
            case Sarif:
                SarifReport.Write(summary, Program.Version, output);
                break;
            default:
                TextReport.Write(summary, new TextOptions(colour, showUndecided), output);
                break;
        }
    }
}
