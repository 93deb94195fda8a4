using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Rules;
using static Analyzer.Tests.Rules.Toys;

namespace Analyzer.Tests.Rules;

public class FindingTests
{
    private static readonly Value Bad = BoolValue.False;

    [Fact]
    public void Findings_with_one_place_to_edit_are_one_finding()
    {
        var shared = new TextValue("car").At(12);

        var verdict = Assert.Single(Decide(Rule(more: "anchor: toy.name"),
            Toy("toy.a", 1, Bad, name: shared), Toy("toy.b", 2, Bad, name: shared), Toy("toy.c", 3, Bad, name: shared)));

        Assert.Equal("toy.a", verdict.Fact.Address.Path);
        Assert.Equal(["toy.b", "toy.c"], verdict.Also.Select(fact => fact.Address.Path));
        Assert.Equal("car is not safe (and 2 more: toy.b, toy.c)", verdict.Message);
        Assert.Equal(Line(12), verdict.Primary);
    }

    [Fact]
    public void The_worst_of_the_joined_findings_speaks()
    {
        var shared = new TextValue("car").At(12);
        var doubtful = Bad.At(20, StepKind.RootDefault, "var.safe");

        var verdict = Assert.Single(Decide(Rule(more: "anchor: toy.name"), Toy("toy.a", 1, doubtful, name: shared), Toy("toy.b", 2, Bad, name: shared)));

        Assert.Equal((Level.Error, "toy.b"), (verdict.Level, verdict.Fact.Address.Path));
    }

    [Theory]
    [InlineData("error", Level.Warning)]
    [InlineData("note", Level.Note)]
    public void What_is_said_of_a_guess_is_no_error(string level, Level expected)
    {
        var guess = new Toy { Address = new("toys", "toy.a"), Place = Line(1), Safe = Bad, IsGuessed = true };

        Assert.Equal(expected, Assert.Single(Decide(Rule(level: level), guess)).Level);
    }

    [Fact]
    public void A_fingerprint_survives_moved_lines_and_changed_instance_keys()
    {
        var before = Print(Toy("module.shop[\"a.b\"].toy.car[0]", 3, Bad));

        Assert.Matches("^[0-9a-f]{32}$", before);
        Assert.Equal(before, Print(Toy("module.shop[\"a.b\"].toy.car[0]", 30, Bad)));
        Assert.Equal(before, Print(Toy("module.store[\"c\"].toy.car[7]", 3, Bad)));
        Assert.NotEqual(before, Print(Toy("module.shop[\"a.b\"].toy.bus[0]", 3, Bad)));
        Assert.NotEqual(before, Print(Toy("module.shop[\"a.b\"].toy.car[0]", 1, Bad, file: SourceFile.FromText("other.tf", "x"))));

        static string Print(Toy toy) => Assert.Single(Decide(Rule(), toy)).Fingerprint;
    }

    [Fact]
    public void Findings_that_would_share_a_fingerprint_are_told_apart()
    {
        var verdicts = Decide(Rule(), Toy("toy.car[0]", 1, Bad), Toy("toy.car[1]", 2, Bad));

        Assert.Equal(2, verdicts.Select(verdict => verdict.Fingerprint).Distinct().Count());
    }

    [Theory]
    [InlineData("resource \"toy\" \"car\" {\n  safe = false # pullpath:ignore toy-unsafe it is a model\n}", true)]
    [InlineData("resource \"toy\" \"car\" {\n  // pullpath:ignore toy-other, toy-unsafe\n  safe = false\n}", true)]
    [InlineData("resource \"toy\" \"car\" {\n  # pullpath:ignore toy-unsafe because\n  # it is a model\n  safe = false\n}", true)]
    [InlineData("resource \"toy\" \"car\" { # pullpath:ignore toy-unsafe\n  size = 1\n  safe = false\n}", true)]
    [InlineData("resource \"toy\" \"car\" {\n  safe = false # pullpath:ignore toy-other\n}", false)]
    [InlineData("resource \"toy\" \"car\" {\n  safe = false # pullpath:ignore Reason toy-unsafe\n}", false)]
    [InlineData("resource \"toy\" \"car\" {\n  size = 1 # pullpath:ignore toy-unsafe\n  safe = false\n}", false)]
    [InlineData("resource \"toy\" \"car\" {\n  safe = false\n  name = \"pullpath:ignore toy-unsafe\"\n}", false)]
    public void Comments_suppress_the_findings_they_name(string text, bool isSuppressed)
    {
        var file = SourceFile.FromText("main.tf", text);
        var line = Enumerable.Range(1, file.LineCount).First(number => Line(number, file).Text.Contains("safe = ", StringComparison.Ordinal));
        var safe = Bad.Through(StepKind.Literal, "", Line(line, file));

        var (kept, suppressed) = Suppressions.Apply(Decide(Rule(more: "anchor: toy.safe"), Toy(line: 1, safe: safe, file: file)));

        Assert.Equal((isSuppressed ? 0 : 1, isSuppressed ? 1 : 0), (kept.Count, suppressed.Count));
    }

    [Fact]
    public void A_comment_on_one_declaration_does_not_silence_the_others()
    {
        var file = SourceFile.FromText("main.tf", "a # pullpath:ignore toy-unsafe\nb\nshared");
        var shared = new TextValue("car").Through(StepKind.Literal, "", Line(3, file));

        var (kept, suppressed) = Suppressions.Apply(Decide(Rule(more: "anchor: toy.name"),
            Toy("toy.a", 1, Bad, name: shared, file: file), Toy("toy.b", 2, Bad, name: shared, file: file)));

        Assert.Single(kept);
        Assert.Empty(suppressed);
    }
}
