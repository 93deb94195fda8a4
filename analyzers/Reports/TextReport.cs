using System.Globalization;
using Analyzer.Facts.Text;
using Analyzer.Rules;

namespace Analyzer.Reports;

/// <summary>How much the text report shows.</summary>
/// <param name="Colour">Whether the terminal takes colours.</param>
/// <param name="ShowUndecided">Whether undecided verdicts are listed, each with what would decide it.</param>
public sealed record TextOptions(bool Colour, bool ShowUndecided);

/// <summary>The report for people: errors and warnings with the line to edit and the chain of evidence, notes as one line each.</summary>
public static class TextReport
{
    private const int RelatedLimit = 8;

    /// <summary>Writes findings, and undecided verdicts if asked for.</summary>
    public static void Write(Summary summary, TextOptions options, TextWriter output)
    {
        var paint = new Paint(options.Colour);
        foreach (var finding in summary.Findings.Where(finding => finding.Level != Level.Note))
        {
            WriteFinding(finding, paint, output);
        }

        foreach (var note in summary.Findings.Where(finding => finding.Level == Level.Note))
        {
            output.WriteLine($"{paint.Of(Level.Note, "note")}: {Words.At(note.Primary)}: {note.Message}{Words.Under(note)} {paint.Faint($"[{note.Rule.Id}]")}");
        }

        if (options.ShowUndecided)
        {
            foreach (var verdict in summary.Undecided)
            {
                WriteUndecided(verdict, paint, output);
            }
        }
    }

    /// <summary>Writes what is not a finding: problems, one line each, and the counts. Meant for standard error.</summary>
    public static void WriteClosing(Summary summary, bool showAllProblems, bool colour, TextWriter output)
    {
        var paint = new Paint(colour);
        var problems = summary.Problems.Where(problem => showAllProblems || problem.Severity != ProblemSeverity.Information).ToList();
        var shown = showAllProblems ? problems.Count : Math.Min(problems.Count, 10);
        WriteProblems(problems.Take(shown), colour, output);

        if (shown < problems.Count)
        {
            output.WriteLine($"problem: and {Words.Count(problems.Count - shown, "more problem")} (--show problems lists them)");
        }

        var counts = summary.Counts;
        var found = counts.Failed == 0
            ? "nothing to report"
            : string.Join(", ", new[]
            {
                (Level: summary.CountOf(Level.Error), Word: "error"),
                (Level: summary.CountOf(Level.Warning), Word: "warning"),
                (Level: summary.CountOf(Level.Note), Word: "note"),
            }.Where(part => part.Level > 0).Select(part => Words.Count(part.Level, part.Word)));
        var undecided = counts.Undecided == 0 ? "" : $", {counts.Undecided.ToString(CultureInfo.InvariantCulture)} undecided{(counts.Undecided > 0 ? " (--show undecided)" : "")}";
        var suppressed = counts.Suppressed == 0 ? "" : $", {Words.Count(counts.Suppressed, "suppressed", "suppressed")}";
        var incomplete = problems.Count == 0 ? "" : $", {Words.Count(problems.Count, "problem")}";
        output.WriteLine($"{paint.Bold(found)}; {Words.Count(counts.Passed, "check")} passed{undecided}{suppressed}{incomplete}; "
            + $"{Words.Count(counts.Files, "file")}, {Words.Count(counts.Resources, "resource")}");
    }

    /// <summary>Writes problems, one line each.</summary>
    public static void WriteProblems(IEnumerable<Problem> problems, bool colour, TextWriter output)
    {
        var paint = new Paint(colour);
        foreach (var problem in problems)
        {
            var place = problem.Place is { } known ? $"{Words.At(known)}: " : "";
            output.WriteLine($"{paint.Bold("problem")}: {place}{problem.Message} {paint.Faint($"[{problem.Code}]")}");
        }
    }

    private static void WriteFinding(Verdict finding, Paint paint, TextWriter output)
    {
        output.WriteLine($"{paint.Of(finding.Level, finding.Level.Word)}: {paint.Bold(finding.Message + Words.Under(finding))} {paint.Faint($"[{finding.Rule.Id}]")}");
        output.WriteLine($"  {paint.Blue("-->")} {Words.At(finding.Primary)}");
        CodeFrame.Write(finding.Primary, paint, text => paint.Of(finding.Level, text), output);
        foreach (var related in finding.Related.Take(RelatedLimit))
        {
            output.WriteLine($"  {paint.Blue("=")} {Words.At(related.Place)}: {related.Message}");
        }

        if (finding.Related.Count > RelatedLimit)
        {
            output.WriteLine($"  {paint.Blue("=")} and {Words.Count(finding.Related.Count - RelatedLimit, "more place")}");
        }

        if (FirstLine(finding.Rule.Fix) is { Length: > 0 } fix)
        {
            output.WriteLine($"  {paint.Blue("=")} fix: {fix}");
        }

        output.WriteLine();
    }

    private static void WriteUndecided(Verdict verdict, Paint paint, TextWriter output)
    {
        output.WriteLine($"undecided: {Words.At(verdict.Fact.Place)}: {verdict.Rule.Title} {paint.Faint($"[{verdict.Rule.Id}]")} {verdict.Fact.Address.Path}");
        foreach (var cause in verdict.Because)
        {
            var place = cause.Place is { } known ? $"{Words.At(known)}: " : "";
            output.WriteLine($"  {paint.Blue("=")} {place}{cause.Detail}");
        }
    }

    private static string FirstLine(string text) => text.Trim().Split('\n')[0].Trim();
}
