using System.Globalization;
using Analyzer.Facts.Model;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;

namespace Analyzer.Rules;

/// <summary>Reads files into a model: all rooms before this one in a row.</summary>
public delegate (FactModel Facts, IReadOnlyList<Function> Functions) ModelPipeline(FileTree files, ProblemLog problems);

/// <summary>Runs the examples of rules: the tests of a rule file.</summary>
public static class RuleExamples
{
    private static readonly string[] Broken = ["syntax-error", "internal-error", RuleReader.Invalid];

    /// <summary>
    /// Runs one example through all rules. The rule must say what the example expects, at the places it expects; no other rule may have a finding in it unless the example
    /// says so; the files must parse. Answers what is not so, one sentence each; nothing for a good example.
    /// </summary>
    public static IReadOnlyList<string> Check(Rule rule, RuleExample example, IReadOnlyList<Rule> rules, ModelPipeline pipeline)
    {
        var problems = new ProblemLog();
        var (facts, functions) = pipeline(new MemoryFiles(example.Files), problems);
        var (verdicts, _) = Suppressions.Apply(Judge.Decide([.. rules.Where(each => !each.IsOff || each.Id == rule.Id)], facts, functions, problems));
        var complaints = new List<string>();
        foreach (var problem in problems.Sorted().Where(problem => Broken.Contains(problem.Code) || problem.Severity == ProblemSeverity.Fatal))
        {
            complaints.Add($"{problem.Place}: {problem.Code}: {problem.Message}");
        }

        Compare(example, [.. verdicts.Where(verdict => verdict.Rule.Id == rule.Id)], complaints);
        foreach (var other in verdicts.Where(verdict => verdict.Outcome == Outcome.Fail && verdict.Rule.Id != rule.Id && !example.Also.Contains(verdict.Rule.Id)))
        {
            complaints.Add($"another rule speaks: {Line(other)}");
        }

        return complaints;
    }

    private static void Compare(RuleExample example, List<Verdict> own, List<string> complaints)
    {
        var findings = own.Where(verdict => verdict.Outcome == Outcome.Fail).ToList();
        var undecided = own.Where(verdict => verdict.Outcome == Outcome.Undecided).ToList();
        complaints.AddRange(findings.Where(finding => finding.Message.Contains(MessageText.Nameless, StringComparison.Ordinal)).Select(finding => $"a message that cannot be read: {Line(finding)}"));
        if (example.Expected == Outcome.Fail)
        {
            Places(example, findings, complaints);
        }
        else
        {
            complaints.AddRange(findings.Select(finding => $"unexpected finding: {Line(finding)}"));
        }

        if (example.Expected == Outcome.Undecided && undecided.Count == 0)
        {
            complaints.Add($"expected to be undecided; it {(own.Any(verdict => verdict.Outcome == Outcome.Pass) ? "passes" : "applies to nothing")}");
        }

        if (example.Expected == Outcome.Pass || (example.Expected == Outcome.Fail && findings.Count == 0))
        {
            complaints.AddRange(undecided.Select(verdict => $"undecided: {Line(verdict)}"));
        }
    }

    private static void Places(RuleExample example, List<Verdict> findings, List<string> complaints)
    {
        var found = findings.Select(finding => (finding.Primary.Outermost.File.Path, finding.Primary.StartPosition.Line)).ToHashSet();
        if (found.Count == 0)
        {
            complaints.Add("expected a finding; there is none");
        }

        foreach (var (path, line) in example.Places.Where(place => !found.Contains(place)))
        {
            complaints.Add(string.Create(CultureInfo.InvariantCulture, $"expected a finding at {path}:{line}"));
        }

        if (!example.Places.IsEmpty)
        {
            complaints.AddRange(findings
                .Where(finding => !example.Places.Contains((finding.Primary.Outermost.File.Path, finding.Primary.StartPosition.Line)))
                .Select(finding => $"finding at an unexpected place: {Line(finding)}"));
        }
    }

    private static string Line(Verdict verdict) => verdict.Outcome == Outcome.Fail
        ? $"{verdict.Primary}: {verdict.Rule.Id}: {verdict.Message}"
        : $"{verdict.Fact.Address}: {string.Join("; ", verdict.Because.Select(cause => cause.Detail))}";
}
