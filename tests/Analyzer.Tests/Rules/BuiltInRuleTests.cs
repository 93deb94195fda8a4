using System.Globalization;
using Analyzer.Cli;
using Analyzer.Facts.Model;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Languages.Hcl;
using Analyzer.PullPath;
using Analyzer.Rules;

namespace Analyzer.Tests.Rules;

/// <summary>The rules that come with the product: each is complete, right over the model, and says in its examples what they expect.</summary>
public class BuiltInRuleTests
{
    private static readonly ProblemLog Problems = new();
    /// <summary>The rules of the repository, with their examples.</summary>
    internal static readonly IReadOnlyList<Rule> Rules = RuleSet.FromFolder(new DiskFiles(Golden.Root, Problems), "rules").Read(Problems, withExamples: true);

    public static TheoryData<string> Ids => [.. Rules.Select(rule => rule.Id)];

    public static TheoryData<string, string> Examples
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var rule in Rules)
            {
                foreach (var example in rule.Examples)
                {
                    rows.Add(rule.Id, example.Name);
                }
            }

            return rows;
        }
    }

    [Fact]
    public void All_rules_come_with_the_product()
    {
        var problems = new ProblemLog();
        var shipped = RuleFiles.BuiltIn().Read(problems);
        Assert.Equal(Rules.Select(Described), shipped.Select(Described));
        Assert.All(shipped, rule => Assert.True(rule.IsChecked && rule.Examples.IsEmpty && rule.Require.Place.File.Path == rule.File.Path));
        Assert.Empty(problems.Sorted());
    }

    /// <summary>All that a rule says, but for its examples.</summary>
    private static string Described(Rule rule) => string.Join(
        '\n',
        [
            rule.File.Path, rule.Id, rule.For, rule.Title, $"{rule.Level} {rule.IsOff} {rule.Since}", .. rule.Checklist, .. rule.See, rule.Why, rule.Fix,
            .. rule.Levels.Select(level => $"{level.Level} {Text(level.When)}"), .. rule.Related.Select(related => $"{Text(related.Value)} {Text(related.Message)}"),
            Text(rule.When), Text(rule.Require), Text(rule.Anchor), Text(rule.Message),
        ]);

    private static string Text(Expression? expression) => expression?.Place.Text ?? "none";

    [Fact]
    public void All_rules_are_read_and_fit_the_model()
    {
        var checker = new RuleChecker(ModelReader.Shapes, ModelReader.Functions(new World(new Inventory(), Problems)));
        foreach (var rule in Rules)
        {
            checker.Check(rule, Problems);
        }

        Assert.Empty(Problems.Sorted().Select(problem => $"{problem.Place}: {problem.Message}"));
    }

    [Theory]
    [MemberData(nameof(Ids), DisableDiscoveryEnumeration = true)]
    public void A_rule_is_complete(string id)
    {
        var rule = Rules.Single(rule => rule.Id == id);
        var missing = new List<string>();
        Need(rule.Title.Length is > 0 and <= 80, "a title of one line");
        Need(rule.Since.Length > 0, "the version it came in");
        Need(rule.Why.Trim().Length > 40, "a reason");
        Need(rule.Fix.Trim().Length > 20, "a fix");
        Need(!rule.See.IsEmpty && rule.See.All(address => address.StartsWith("https://", StringComparison.Ordinal)), "further reading");
        Need(rule.File.Path.StartsWith("rules/", StringComparison.Ordinal) && rule.File.Path.EndsWith($"/{rule.Id}.yaml", StringComparison.Ordinal), "a file of its name in a folder of rules");
        Need(rule.Id.All(unit => char.IsAsciiLetterLower(unit) || char.IsAsciiDigit(unit) || unit == '-') && rule.Id.Contains('-', StringComparison.Ordinal), "a kebab-case name");
        foreach (var outcome in (Outcome[])[Outcome.Fail, Outcome.Pass, Outcome.Undecided])
        {
            Need(rule.Examples.Any(example => example.Expected == outcome), string.Create(CultureInfo.InvariantCulture, $"an example that expects {outcome}"));
        }

        Need(rule.Examples.Select(example => example.Name).Distinct(StringComparer.Ordinal).Count() == rule.Examples.Length, "examples with different names");
        Assert.Empty(missing);

        void Need(bool given, string what)
        {
            if (!given)
            {
                missing.Add(what);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Ids), DisableDiscoveryEnumeration = true)]
    public void A_rule_is_shown_whole_in_each_of_its_languages(string id)
    {
        var rule = Rules.Single(rule => rule.Id == id);
        var shown = rule.Examples.ToLookup(example => example.Expected, example => LanguagesOf(example));
        var missing =
            from language in shown[Outcome.Fail].SelectMany(languages => languages).Distinct().Order()
            from outcome in (Outcome[])[Outcome.Pass, Outcome.Undecided]
            where !shown[outcome].Any(languages => languages.Contains(language))
            select $"an example in {language} that expects {outcome}";
        Assert.Empty(missing);
    }

    [Theory]
    [MemberData(nameof(Examples), DisableDiscoveryEnumeration = true)]
    public void An_example_is_judged_as_it_says(string id, string name)
    {
        var rule = Rules.Single(rule => rule.Id == id);
        var example = rule.Examples.First(example => example.Name == name);

        Assert.Empty(RuleExamples.Check(rule, example, Rules, (files, problems) =>
        {
            var (_, model) = Pipeline.Read(files, problems);
            return (model.Facts, model.Functions);
        }));
    }

    /// <summary>The languages of an example: those of its resources, and eksctl's.</summary>
    private static HashSet<string> LanguagesOf(RuleExample example) =>
        [.. Pipeline.Read(new MemoryFiles(example.Files), new ProblemLog()).Inventory.Resources.Select(resource => resource.Type.StartsWith("eksctl.io/", StringComparison.Ordinal) ? "eksctl" : resource.Language.Word)];
}
