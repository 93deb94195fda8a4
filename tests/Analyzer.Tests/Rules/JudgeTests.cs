using Analyzer.Facts.Model;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.Rules;
using static Analyzer.Tests.Rules.Toys;

namespace Analyzer.Tests.Rules;

public class JudgeTests
{
    [Theory]
    [InlineData(Truth.No, Truth.Yes, null)]
    [InlineData(Truth.No, Truth.No, null)]
    [InlineData(Truth.No, Truth.Unknown, null)]
    [InlineData(Truth.Yes, Truth.Yes, Outcome.Pass)]
    [InlineData(Truth.Yes, Truth.No, Outcome.Fail)]
    [InlineData(Truth.Yes, Truth.Unknown, Outcome.Undecided)]
    [InlineData(Truth.Unknown, Truth.Yes, Outcome.Pass)]
    [InlineData(Truth.Unknown, Truth.No, Outcome.Undecided)]
    [InlineData(Truth.Unknown, Truth.Unknown, Outcome.Undecided)]
    public void When_and_require_decide_as_the_table_says(Truth when, Truth require, Outcome? outcome)
    {
        var verdicts = Decide(Rule(more: "when: toy.sold"), Toy(safe: Of(require), sold: Of(when)));

        Assert.Equal(outcome, verdicts.SingleOrDefault()?.Outcome);
    }

    [Fact]
    public void Undecided_verdicts_name_what_would_have_to_be_known()
    {
        var verdict = Assert.Single(Decide(Rule("toy.safe && toy.sold"), Toy(safe: Unknown)));

        Assert.Equal(Outcome.Undecided, verdict.Outcome);
        Assert.Equal([NoValue], verdict.Because);
    }

    [Fact]
    public void A_condition_that_is_null_is_undecided_and_says_so()
    {
        var verdict = Assert.Single(Decide(Rule(), Toy(safe: NullValue.Instance)));

        Assert.Equal(Outcome.Undecided, verdict.Outcome);
        Assert.Equal("\"require\" is null", Assert.Single(verdict.Because).Detail);
    }

    [Fact]
    public void A_choice_decides_only_where_all_alternatives_agree()
    {
        var guard = Guard.When("p", true, "var.p");
        var other = Guard.When("p", false, "var.p");
        var mixed = ChoiceValue.Of([new Alternative(guard, BoolValue.True), new Alternative(other, BoolValue.False)]);
        var never = ChoiceValue.Of([new Alternative(guard, BoolValue.False), new Alternative(other, new TextValue("false"))]);

        Assert.Equal(Outcome.Undecided, Assert.Single(Decide(Rule(), Toy(safe: mixed))).Outcome);
        Assert.Equal(Outcome.Fail, Assert.Single(Decide(Rule(), Toy(safe: never))).Outcome);
    }

    [Fact]
    public void Absence_is_proven_only_in_a_closed_list()
    {
        var rule = Rule("length([for part in toy.parts : part if !part.safe]) > 0");
        var open = new ListValue([]) { OpenBecause = [NoValue] };

        Assert.Equal(Outcome.Fail, Assert.Single(Decide(rule, Toy())).Outcome);
        var verdict = Assert.Single(Decide(rule, Toy(parts: open)));
        Assert.Equal(Outcome.Undecided, verdict.Outcome);
        Assert.Contains(NoValue, verdict.Because);
    }

    [Fact]
    public void The_finding_of_a_guarded_fact_names_the_scenario()
    {
        var verdict = Assert.Single(Decide(Rule(), Toy(safe: BoolValue.False, guard: Guard.When("p", true, "var.create"))));

        Assert.Equal("car is not safe when var.create", verdict.Message);
    }

    [Theory]
    [InlineData(Truth.Yes, Level.Note)]
    [InlineData(Truth.No, Level.Warning)]
    [InlineData(Truth.Unknown, Level.Warning)]
    public void The_first_proven_level_counts(Truth sold, Level expected)
    {
        var rule = Rule(more: """
            levels:
              - level: note
                when: toy.sold
              - level: warning
                when: toy.name == "car"
            """);

        Assert.Equal(expected, Assert.Single(Decide(rule, Toy(safe: BoolValue.False, sold: Of(sold)))).Level);
    }

    [Fact]
    public void A_proof_that_rests_on_the_default_of_a_root_variable_is_a_warning()
    {
        var verdict = Assert.Single(Decide(Rule(), Toy(safe: BoolValue.False.At(20, StepKind.RootDefault, "var.safe").At(3))));

        Assert.Equal(Level.Warning, verdict.Level);
        Assert.Equal("car is not safe (with the default of var.safe)", verdict.Message);
        Assert.Contains(verdict.Related, place => place == new RelatedPlace(Line(20), "default of var.safe"));
    }

    [Fact]
    public void A_default_of_a_child_module_is_final()
    {
        var verdict = Assert.Single(Decide(Rule(), Toy(safe: BoolValue.False.At(20, StepKind.Default, "var.safe"))));

        Assert.Equal(Level.Error, verdict.Level);
        Assert.Equal("car is not safe", verdict.Message);
    }

    [Fact]
    public void Defaults_that_nothing_read_do_not_lower_the_level()
    {
        var part = Toy("toy.wheel", safe: BoolValue.False.At(20, StepKind.RootDefault, "var.safe"));
        var toy = Toy(safe: BoolValue.False, name: new TextValue("car").At(21, StepKind.RootDefault, "var.name"), parts: ListValue.Of([new FactValue(part)]));

        var verdict = Assert.Single(Decide(Rule("toy.safe && length(toy.parts) > 0"), toy));

        Assert.Equal(Level.Error, verdict.Level);
    }

    [Fact]
    public void Defaults_read_through_the_variable_of_a_for_lower_the_level()
    {
        var part = Toy("toy.wheel", safe: BoolValue.False.At(20, StepKind.RootDefault, "var.safe"));

        var verdict = Assert.Single(Decide(Rule("all([for part in toy.parts : part.safe])"), Toy(parts: ListValue.Of([new FactValue(part)]))));

        Assert.Equal(Level.Warning, verdict.Level);
    }

    [Fact]
    public void The_place_to_edit_is_the_newest_place_of_the_anchor_and_its_way_is_the_evidence()
    {
        var name = new TextValue("car").At(20).At(21, StepKind.Local, "local.name").At(4, StepKind.Argument, "var.name");

        var verdict = Assert.Single(Decide(Rule(more: "anchor: toy.name"), Toy(safe: BoolValue.False, name: name)));

        Assert.Equal(Line(4), verdict.Primary);
        Assert.Equal([(Line(21), "through local.name"), (Line(20), "written here"), (Line(1), "toy.car is declared here")], verdict.Related.Select(place => (place.Place, place.Message)));
    }

    [Fact]
    public void An_anchor_that_nobody_wrote_gives_way_to_the_declaration()
    {
        var verdict = Assert.Single(Decide(Rule(more: "anchor: toy.labels"), Toy(safe: BoolValue.False, line: 7)));

        Assert.Equal(Line(7), verdict.Primary);
        Assert.Empty(verdict.Related);
    }

    [Fact]
    public void Related_values_add_their_places()
    {
        var rule = Rule(more: """
            related:
              - value: toy.maker
                message: made by ${toy.maker.name}
            """);

        var verdict = Assert.Single(Decide(rule, Toy(safe: BoolValue.False, maker: new FactValue(Toy("toy.maker", line: 9, name: new TextValue("Ann"))))));

        Assert.Equal([new RelatedPlace(Line(9), "made by Ann")], verdict.Related);
    }

    [Fact]
    public void Messages_show_what_is_not_known_and_hide_what_is_secret()
    {
        var role = new Reference(new Address("toys", "aws_iam_role.node"), "name");
        var unknown = new UnknownValue(UnknownReason.Computed, "known after apply", reference: role);

        Assert.Equal("aws_iam_role.node.name is bad", Assert.Single(Decide(Rule(message: "${toy.name} is bad"), Toy(safe: BoolValue.False, name: unknown))).Message);
        Assert.Equal("(sensitive) is bad", Assert.Single(Decide(Rule(message: "${toy.name} is bad"), Toy(safe: BoolValue.False, name: new TextValue("s3cret").WithSensitive(true)))).Message);

        // A placeholder is shown as it is written, within a text too.
        var placeholder = new UnknownValue(UnknownReason.Placeholder, "placeholder <account>", null, new Reference(new Address("a", "<account>"), ""));
        Assert.Equal("<account>.example.com is bad", Assert.Single(Decide(Rule(message: "${toy.name} is bad"), Toy(safe: BoolValue.False, name: TextValue.Of([new TextPart(placeholder), new TextPart(".example.com")])))).Message);
    }

    [Fact]
    public void A_function_that_fails_is_a_problem_and_its_verdict_undecided()
    {
        var model = new FactModel();
        model.Add(Toy());
        var problems = new ProblemLog();
        var function = new Function("fails", [], FieldType.Bool, "Fails.", _ => throw new InvalidOperationException("no"));

        var verdicts = Judge.Decide([Rule("fails()")], model, [function], problems);

        Assert.Equal(Outcome.Undecided, Assert.Single(verdicts).Outcome);
        Assert.Equal("internal-error", Assert.Single(problems.Sorted()).Code);
    }
}
