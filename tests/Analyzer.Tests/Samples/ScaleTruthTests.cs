using Analyzer.Benchmarks;
using Analyzer.Cli;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Rules;
using Analyzer.Tests.Rules;
using Newtonsoft.Json.Linq;

namespace Analyzer.Tests.Samples;

/// <summary>
/// In a large repository exactly the defects that were put into it are found: each at its place, none of the near misses, and nothing in all the rest. The tree of 100,000 files that the
/// benchmarks write is this one, larger.
/// </summary>
public sealed class ScaleTruthTests
{
    [Fact]
    public void What_is_found_is_what_was_put_in()
    {
        var files = new List<(string Path, string Text)>();
        ScaleTree.Make((path, text) => files.Add((path, text)), files: 1_000, seed: 1, BuiltInRuleTests.Rules);
        var truth = JObject.Parse(files.Single(file => file.Path == "truth.json").Text);
        var problems = new ProblemLog();
        var verdicts = Analysis.Of(new MemoryFiles(files), new LoadOptions(), problems).Decide(RuleFiles.Find([], [], problems));
        var found = verdicts.Where(verdict => verdict.Outcome == Outcome.Fail).ToList();
        Assert.Equal(
            Expected(truth).Order(StringComparer.Ordinal),
            found.Where(verdict => verdict.Primary.File.Path.StartsWith("defects/", StringComparison.Ordinal))
                .Select(verdict => $"{verdict.Rule.Id} {verdict.Primary.File.Path}:{verdict.Primary.StartPosition.Line}").Distinct().Order(StringComparer.Ordinal));
        Assert.Empty(found
            .Where(verdict => !verdict.Primary.File.Path.StartsWith("defects/", StringComparison.Ordinal) && (verdict.Level != Level.Note || IsNearMiss(verdict, truth)))
            .Select(verdict => $"{verdict.Rule.Id} {verdict.Primary}"));
        Assert.DoesNotContain(problems.Sorted(), problem => problem.Code == "internal-error");
    }

    [Fact]
    public void There_are_enough_topics() => Assert.InRange(new ScaleDefects(BuiltInRuleTests.Rules).Topics, 30, int.MaxValue);

    /// <summary>Of each folder of rules something is among them: topics of all three clouds, and of Kubernetes itself.</summary>
    [Theory]
    [InlineData("aws-", 30)]
    [InlineData("azure-", 5)]
    [InlineData("gke-", 5)]
    [InlineData("k8s-", 10)]
    [InlineData("karpenter-", 4)]
    public void Topics_are_of_everything_that_is_analysed(string prefix, int atLeast) => Assert.InRange(
        new ScaleDefects(BuiltInRuleTests.Rules).Take(0, defects: true).Select(each => each.Defect.Topic).Distinct().Count(topic => topic.StartsWith(prefix, StringComparison.Ordinal)), atLeast, int.MaxValue);

    private static IEnumerable<string> Expected(JObject truth) =>
        truth["defects"]!.SelectMany(defect => defect["places"]!.Select(place => $"{defect["topic"]} {place}"));

    /// <summary>True for a finding of the rule that a near miss is about. Other rules may have notes on it: hardening that it does without.</summary>
    private static bool IsNearMiss(Verdict verdict, JObject truth) =>
        truth["nearMisses"]!.Any(miss => (string)miss["topic"]! == verdict.Rule.Id && verdict.Primary.File.Path.StartsWith((string)miss["folder"]! + "/", StringComparison.Ordinal));
}
