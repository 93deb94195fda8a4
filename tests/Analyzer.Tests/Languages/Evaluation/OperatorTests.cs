using Analyzer.Facts.Values;
using static Analyzer.Tests.Languages.ExpressionBench;

namespace Analyzer.Tests.Languages.Evaluation;

public class OperatorTests
{
    [Theory]
    [InlineData("false && var.x", "false")]
    [InlineData("var.x && false", "false")]
    [InlineData("true || var.x", "true")]
    [InlineData("var.x || true", "true")]
    [InlineData("false && \"no bool\"", "false")]
    [InlineData("var.x == var.x", "true")]
    [InlineData("var.x != var.x", "false")]
    [InlineData("!var.x && var.x", "var.x -> false | not var.x -> false")]
    [InlineData("null == 1", "false")]
    [InlineData("tolist([1]) == [1]", "false")]
    [InlineData("\"pre-${var.t}\" == \"post\"", "false")]
    [InlineData("\"pre-${var.t}\" == \"pre-${var.t}\"", "true")]
    [InlineData("var.t == 5", "false")]
    [InlineData("[var.x, 1] == [var.x, 2]", "false")]
    [InlineData("[var.x] == []", "false")]
    public void What_decides_decides(string expression, string expected)
    {
        var value = Evaluated(expression, ("var.x", Unknown("var.x", DataType.Bool)), ("var.t", Unknown("var.t", DataType.Text)));
        Assert.Equal(expected.EndsWith("-> false", StringComparison.Ordinal) ? "false" : expected, Shown(value));
    }

    [Theory]
    [InlineData("var.x == 1")]
    [InlineData("var.x < 1")]
    [InlineData("var.x + 1")]
    [InlineData("!var.x")]
    [InlineData("var.x && true")]
    [InlineData("-var.x")]
    [InlineData("[var.x] == [1]")]
    public void What_is_undecided_says_why(string expression)
    {
        var value = Evaluated(expression, ("var.x", Anything()));
        Assert.False(HasError(value));
        Assert.IsNotType<BoolValue>(value);
        Assert.NotEmpty(Cause.Of(value));
    }

    [Theory]
    [InlineData("1 / 0", "+Inf")]
    [InlineData("-1 / 0 + 5", "-Inf")]
    [InlineData("1 / (1 / 0)", "0")]
    [InlineData("1 / 0 > pow(10, 300)", "true")]
    [InlineData("1 / 0 == 2 / 0", "true")]
    [InlineData("max(1, 1 / 0) * -1", "-Inf")]
    [InlineData("floor(1 / 0)", "+Inf")]
    public void Numbers_may_be_infinite(string expression, string expected) => Assert.Equal(expected, Shown(Evaluated(expression)));

    [Theory]
    [InlineData("1 / 0 - 1 / 0")]
    [InlineData("0 * (1 / 0)")]
    [InlineData("(1 / 0) / (1 / 0)")]
    [InlineData("jsonencode(1 / 0)")]
    public void What_infinities_do_not_define_is_no_number(string expression) => Assert.IsType<UnknownValue>(Evaluated(expression));

    [Theory]
    [InlineData("1 + null")]
    [InlineData("true + 1")]
    [InlineData("\"a\" < \"b\"")]
    [InlineData("![]")]
    [InlineData("null && true")]
    [InlineData("0 / 0")]
    [InlineData("nothing.here == 1")]
    public void Wrong_operands_are_errors_with_a_place(string expression)
    {
        var error = Assert.IsType<UnknownValue>(Evaluated(expression));
        Assert.Contains(error.Causes, cause => cause is { Reason: UnknownReason.Error, Place: not null });
    }

    [Fact]
    public void An_undecided_comparison_is_a_choice_under_its_own_name()
    {
        var value = Evaluated("var.kind != \"a\"", ("var.kind", Unknown("var.kind", DataType.Text)));
        Assert.Equal("not var.kind == \"a\" -> true | var.kind == \"a\" -> false", Shown(value));
        Assert.Contains(Cause.Of(value), cause => cause.Reference!.ToString() == "var.kind");
    }

    [Fact]
    public void Operators_compute_each_alternative()
    {
        var choice = ChoiceValue.Of([new Alternative(When("big"), Number(8)), new Alternative(When("big", false), Number(2))]);
        Assert.Equal("big -> 16 | not big -> 4", Shown(Evaluated("local.n * 2", ("local.n", choice))));
        Assert.Equal("false", Shown(Evaluated("local.n == 3", ("local.n", choice))));
        Assert.Equal("0", Shown(Evaluated("local.n - local.n", ("local.n", choice))));
    }

    [Fact]
    public void A_long_chain_of_terms_is_added() =>
        Assert.Equal("1999", Shown(Evaluated(string.Join(" + ", Enumerable.Repeat("1", 1999)))));

    [Fact]
    public void What_is_computed_is_no_longer_the_attribute()
    {
        var size = Number(3).Through(StepKind.Attribute, "aws_x.y.size", default, new Reference(new Address("root", "aws_x.y"), "size"));
        var value = Evaluated("local.size + 1", ("local.size", size));
        Assert.Empty(value.References);
        Assert.Equal(["+", "aws_x.y.size"], value.Trace!.Steps.Select(step => step.Name));
    }

    [Fact]
    public void Secrets_make_secrets() => Assert.True(Evaluated("\"${var.s}x\" == \"yx\"", ("var.s", Text("y").WithSensitive(true))).IsSensitive);

    [Theory]
    [InlineData("toset([var.u, \"b\"]) == toset([\"a\", \"b\"])")]
    [InlineData("toset([\"b\", var.u]) == toset([\"a\", \"b\"])")]
    public void A_set_with_an_unknown_element_may_equal_another(string expression) =>
        Assert.False(Evaluated(expression, ("var.u", Anything(DataType.Text))) is BoolValue);

    [Fact]
    public void A_list_read_from_a_resource_may_equal_a_list()
    {
        var written = List(Text("a")).Through(StepKind.Attribute, "aws_x.y.ids", default, new Reference(new Address("root", "aws_x.y"), "ids"));
        Assert.IsNotType<BoolValue>(Evaluated("local.ids == tolist([\"a\"])", ("local.ids", written)));
    }
}
