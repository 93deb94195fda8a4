using Analyzer.Facts.Values;
using static Analyzer.Tests.Languages.ExpressionBench;

namespace Analyzer.Tests.Languages.Evaluation;

/// <summary>Undecided conditions: guards that agree where conditions mean the same.</summary>
public class GuardTests
{
    private static readonly (string, Value)[] Names =
    [
        ("var.create", Unknown("var.create", DataType.Bool)),
        ("local.create", Unknown("var.create", DataType.Bool)),
        ("var.other", Unknown("var.other", DataType.Bool)),
        ("var.list", Anything(new ListType(DataType.Text))),
        ("var.name", Unknown("var.name", DataType.Text)),
        ("local.anonymous", Anything(DataType.Bool)),
    ];

    [Theory]
    [InlineData("var.create ? 1 : 0", "var.create -> 1 | not var.create -> 0")]
    [InlineData("!var.create ? 1 : 0", "not var.create -> 1 | var.create -> 0")]
    [InlineData("var.create == true ? 1 : 0", "var.create == true -> 1 | not var.create == true -> 0")]
    [InlineData("var.create ? \"a\" : \"a\"", "\"a\"")]
    [InlineData("var.create ? 1 : \"a\"", "var.create -> \"1\" | not var.create -> \"a\"")]
    [InlineData("var.create ? [\"x\"] : []", "var.create -> [\"x\"] | not var.create -> []")]
    [InlineData("var.create ? null : \"a\"", "var.create -> null | not var.create -> \"a\"")]
    public void A_condition_chooses_under_its_guard(string expression, string expected) => Assert.Equal(expected, Shown(Evaluated(expression, Names)));

    [Theory]
    [InlineData("var.create", "local.create")]
    [InlineData("var.create", "(var.create)")]
    [InlineData("var.create", "!(!var.create)")]
    [InlineData("var.create", "var.create == true")]
    [InlineData("var.create", "var.create != false")]
    [InlineData("var.create", "!(var.create == false)")]
    [InlineData("var.create", "(local.anonymous ? var.create : local.create)")]
    [InlineData("var.name != null", "!(var.name == null)")]
    [InlineData("var.name == \"a\"", "\"a\" == var.name")]
    [InlineData("length(var.list) > 0", "length(var.list) != 0")]
    [InlineData("length(var.list) > 0", "!(length(var.list) == 0)")]
    [InlineData("length(var.list) > 0", "length(var.list) >= 1")]
    [InlineData("var.create && var.other", "var.create && var.other")]
    [InlineData("local.anonymous", "local.anonymous")]
    [InlineData("contains(var.list, \"a\")", "contains(var.list, \"a\")")]
    [InlineData("var.create || var.other", "!(!var.create && !var.other)")]
    public void Conditions_that_mean_the_same_agree(string one, string other) =>
        Assert.Equal("\"same\"", Shown(Evaluated($"({one} ? 1 : 0) == ({other} ? 1 : 0) ? \"same\" : \"different\"", Names)));

    [Theory]
    [InlineData("var.create", "var.other")]
    [InlineData("var.name == \"a\"", "var.name == \"b\"")]
    [InlineData("length(var.list) > 1", "length(var.list) > 0")]
    public void Conditions_that_differ_do_not_agree(string one, string other) =>
        Assert.IsType<ChoiceValue>(Evaluated($"({one} ? 1 : 0) == ({other} ? 1 : 0) ? \"same\" : \"different\"", Names));

    [Fact]
    public void The_variable_of_a_for_is_another_in_each_round()
    {
        var flags = List(Anything(DataType.Bool), Anything(DataType.Bool));
        var list = Assert.IsType<ListValue>(Evaluated("[for f in x : 1 if f]", ("x", flags)));
        Assert.NotEqual(list.Items[0].Guard, list.Items[1].Guard);
        Assert.True(list.Items[0].Guard.MeetsWith(list.Items[1].Guard));
    }

    [Fact]
    public void Both_implies_each()
    {
        var count = Assert.IsType<ChoiceValue>(Evaluated("var.create && var.other ? 1 : 0", Names));
        var created = Assert.IsType<ChoiceValue>(Evaluated("var.create ? 1 : 0", Names));
        Assert.True(count.Alternatives[0].Guard.Implies(created.Alternatives[0].Guard));
        Assert.False(count.Alternatives[1].Guard.IsAlways);
        Assert.False(count.Alternatives[0].Guard.MeetsWith(count.Alternatives[1].Guard));
    }

    [Fact]
    public void A_resource_that_is_created_under_the_condition_is_there_where_the_condition_holds()
    {
        var guard = Assert.IsType<ChoiceValue>(Evaluated("var.create ? 1 : 0", Names)).Alternatives[0].Guard;
        var roles = new ListValue([new Item(Resource("aws_iam_role.this[0]"), guard)]);
        var value = Evaluated("local.create ? aws_iam_role.this[0].arn : var.name", [.. Names, ("aws_iam_role.this", roles)]);
        Assert.Equal("local.create -> aws_iam_role.this[0].arn | not local.create -> var.name", Shown(value));
    }

    [Fact]
    public void An_undecided_condition_without_a_name_says_why()
    {
        var value = Evaluated("x ? 1 : 2", ("x", Anything()));
        Assert.Equal("x -> 1 | not x -> 2", Shown(value));
        Assert.Contains(Cause.Of(value), cause => cause.Detail == "nobody knows");
    }

    [Theory]
    [InlineData("null ? 1 : 2")]
    [InlineData("\"yes\" ? 1 : 2")]
    [InlineData("[] ? 1 : 2")]
    [InlineData("true ? 1 : true ? true : true")]
    public void A_wrong_condition_is_an_error(string expression) => Assert.Equal("error", Shown(Evaluated(expression)));

    [Fact]
    public void Branches_keep_their_identity()
    {
        var role = ("x", Resource("aws_iam_role.a"));
        Assert.Equal("aws_iam_role.a.arn", Evaluated("true ? x.arn : \"\"", role).References.Single().ToString());
    }

    [Fact]
    public void A_resource_is_not_forced_into_the_type_of_the_other_branch()
    {
        var role = ("x", Resource("aws_iam_role.a", ("name", Text("n")), ("path", Number(1))));
        Assert.Equal("aws_iam_role.a.arn", Shown(Evaluated("(true ? x : {}).arn", role)));
        Assert.Equal("1", Shown(Evaluated("(true ? x : {}).path", role)));
    }

    [Fact]
    public void More_alternatives_than_can_be_told_apart_are_unknown()
    {
        var names = Enumerable.Range(0, 12).Select(at => ($"var.v{at}", (Value)Unknown($"var.v{at}", DataType.Bool))).ToArray();
        var expression = string.Concat(Enumerable.Range(0, 12).Select(at => $"var.v{at} ? {at} : ")) + "99";
        var value = Evaluated(expression, names);
        Assert.True(value is UnknownValue or ChoiceValue { Alternatives.Length: <= ChoiceValue.Limit });
        Assert.NotEmpty(Cause.Of(value));
    }
}
