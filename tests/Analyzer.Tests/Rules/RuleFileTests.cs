using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Rules;

namespace Analyzer.Tests.Rules;

public class RuleFileTests
{
    private const string Whole = """
        title: Toy is not safe
        level: error
        levels:
          - { level: note, when: toy.sold }
        since: 0.1.0
        checklist: [safety]
        for: toy   # a comment
        when: true
        require: |
          toy.safe &&
          toy.sold
        anchor: toy.safe
        message: "${toy.name} is not safe"
        related:
          - value: toy.maker
            message: made here
        why: It breaks.
        fix: |
          Make it safe.
        see: [https://example.com]
        examples:
          - name: unsafe
            files:
              main.tf: |
                safe = false # expect: fail
              other.yaml: |
                a: 1
          - name: json
            expect: { fail: { path: a.json, line: 1 } }
            also: [toy-other]
            files:
              a.json: '{}'
          - name: safe
            expect: silent
            files:
              main.tf: safe = true
        """;

    [Fact]
    public void A_rule_file_is_read_whole()
    {
        var (rule, problems) = Read(Whole);

        Assert.Empty(problems);
        Assert.Equal(("toy-unsafe", "Toy is not safe", Level.Error, "toy", "0.1.0"), (rule!.Id, rule.Title, rule.Level, rule.For, rule.Since));
        Assert.Equal("safety", Assert.Single(rule.Checklist));
        Assert.Equal("https://example.com", Assert.Single(rule.See));
        Assert.Equal("toy.safe", rule.Anchor!.Value.Place.Text);
        Assert.Equal("It breaks.", rule.Why);
        Assert.Equal("Make it safe.\n", rule.Fix);
        Assert.Equal(Level.Note, Assert.Single(rule.Levels).Level);
        Assert.Equal("toy.maker", Assert.Single(rule.Related).Value.Place.Text);
        Assert.Equal([Outcome.Fail, Outcome.Fail, Outcome.Pass], rule.Examples.Select(example => example.Expected));
        Assert.Equal(("main.tf", 1), Assert.Single(rule.Examples[0].Places));
        Assert.Equal(("a.json", 1), Assert.Single(rule.Examples[1].Places));
        Assert.Equal("toy-other", Assert.Single(rule.Examples[1].Also));
        Assert.Equal(("other.yaml", "a: 1\n"), rule.Examples[0].Files[1]);
    }

    [Fact]
    public void Examples_are_not_read_for_judging()
    {
        var (rule, problems) = Read(Whole + "\n  broken: [", withExamples: false);

        Assert.Empty(problems);
        Assert.Empty(rule!.Examples);
    }

    [Theory]
    [InlineData("level: error", "level: fatal", "2:8", "\"fatal\" is no level")]
    [InlineData("since: 0.1.0", "sinse: 0.1.0", "5:1", "The field \"sinse\" is unknown")]
    [InlineData("title: Toy is not safe\n", "", "1:1", "The field \"title\" of a rule is missing")]
    [InlineData("see: [https://example.com]", "see: here", "20:6", "A list of texts is expected here")]
    [InlineData("why: It breaks.", "why: [a]", "17:6", "Text is expected here")]
    [InlineData("  toy.sold\nanchor", "  toy.)\nanchor", "11:7", "")]
    [InlineData("anchor: toy.safe", "anchor: toy..safe", "12:13", "")]
    [InlineData("    expect: silent\n", "", "35:7", "Nothing says what is expected")]
    [InlineData("expect: silent", "expect: nothing", "34:13", "An example expects fail, silent or undecided")]
    public void A_mistake_in_a_rule_file_is_a_fatal_problem_at_its_place(string right, string wrong, string place, string message)
    {
        var (rule, problems) = Read(Whole.Replace(right, wrong, StringComparison.Ordinal));

        Assert.Null(rule);
        Assert.All(problems, problem => Assert.Equal((RuleReader.Invalid, ProblemSeverity.Fatal), (problem.Code, problem.Severity)));
        Assert.Contains(problems, problem => $"{problem.Place}" == $"rules/toy-unsafe.yaml:{place}" && problem.Message.StartsWith(message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("- 1")]
    [InlineData("a: [")]
    [InlineData("title: x\n---\ntitle: y\n")]
    [InlineData("examples: []\ntitle: x\n")]
    public void Anything_else_than_a_rule_is_a_problem(string text)
    {
        var (rule, problems) = Read(text);

        Assert.Null(rule);
        Assert.NotEmpty(problems);
    }

    [Theory]
    [InlineData("toy.safe", null, null)]
    [InlineData("length(toy.parts) > 0", null, null)]
    [InlineData("all([for i, part in toy.parts : part.safe && i < 3 if part.sold])", null, null)]
    [InlineData("contains(toy.parts[*].name, toy.maker.name)", null, null)]
    [InlineData("toy.labels.a.b == 1", null, null)]
    [InlineData("toy.maker == null || exists(toy.maker)", null, null)]
    [InlineData("toy.save", "4:15", "toy has no field \"save\"")]
    [InlineData("tay.safe", "4:11", "The name \"tay\" is unknown")]
    [InlineData("toy.maker.maker.size == 1", "4:27", "toy has no field \"size\"")]
    [InlineData("alltrue([for part in toy.parts : part.size])", "4:49", "toy has no field \"size\"")]
    [InlineData("toy.parts.name == 1", "4:21", "A list(toy) has no field")]
    [InlineData("allows(toy)", "4:11", "There is no function \"allows\"")]
    [InlineData("exists(toy, 1)", "4:11", "exists takes 1 arguments (value), not 2")]
    [InlineData("any(toy.name)", "4:15", "Argument \"list\" of any must be list(bool), not text")]
    [InlineData("toy.name", "4:11", "\"require\" must be bool, not text")]
    [InlineData("!toy.name", "4:12", "The operand must be bool, not text")]
    [InlineData("toy.maker == \"ann\"", "4:11", "A toy never equals a text")]
    [InlineData("any([for p in toy.safe : p])", "4:25", "A for needs a list, not bool")]
    public void Expressions_are_checked_against_the_shapes(string require, string? place, string? message)
    {
        var rule = Toys.Rule(require);
        var problems = new ProblemLog();

        var isRight = new RuleChecker([Toy.Fields], []).Check(rule, problems);

        Assert.Equal(message is null, isRight);
        Assert.Equal(
            message is null ? [] : [$"rules/toy-unsafe.yaml:{place} {message}"],
            problems.Sorted().Select(problem => $"{problem.Place} {problem.Message}"[..Math.Min($"{problem.Place} {problem.Message}".Length, $"rules/toy-unsafe.yaml:{place} {message}".Length)]));
    }

    [Fact]
    public void A_kind_that_is_not_there_is_a_problem_on_its_line()
    {
        var (rule, _) = Read(Whole.Replace("for: toy", "for: tay", StringComparison.Ordinal));
        var problems = new ProblemLog();

        Assert.False(new RuleChecker([Toy.Fields], []).Check(rule!, problems));
        Assert.Equal(7, Assert.Single(problems.Sorted()).Place!.Value.StartPosition.Line);
    }

    [Fact]
    public void Only_the_rules_for_facts_that_are_there_are_read()
    {
        var set = RuleSet.FromFolder(new MemoryFiles(("r/a-b.yaml", "for: toy\nbroken: ["), ("r/x/c-d.yaml", Toys.Text()), ("k8s/a.yaml", "a: 1")), "r");
        var problems = new ProblemLog();

        Assert.Equal(["r/a-b.yaml", "r/x/c-d.yaml"], set.Sources.Select(source => source.File.Path));
        Assert.False(set.ByKind().ContainsKey("cluster"));
        Assert.Empty(problems.Sorted());
        Assert.Equal("c-d", Assert.Single(set.ByKind()["toy"].Read(problems)).Id);
        Assert.NotEmpty(problems.Sorted());
    }

    [Fact]
    public void Two_rules_with_one_name_are_a_problem()
    {
        var set = RuleSet.FromFolder(new MemoryFiles(("r/a/x-y.yaml", Toys.Text()), ("r/b/x-y.yaml", Toys.Text())), "r");
        var problems = new ProblemLog();

        Assert.Equal("r/a/x-y.yaml", Assert.Single(set.Read(problems)).File.Path);
        Assert.Equal("r/b/x-y.yaml", Assert.Single(problems.Sorted()).Place!.Value.File.Path);
    }

    private static (Rule? Rule, IReadOnlyList<Problem> Problems) Read(string text, bool withExamples = true)
    {
        var problems = new ProblemLog();
        var rule = RuleReader.Read(SourceFile.FromText("rules/toy-unsafe.yaml", text), problems, withExamples);
        return (rule, problems.Sorted());
    }
}
