using Analyzer.Facts.Values;
using static Analyzer.Tests.Languages.ExpressionBench;

namespace Analyzer.Tests.Languages.Evaluation;

public class AccessTests
{
    private static readonly Value Role = Resource("aws_iam_role.node", ("name", Text("node")));

    [Theory]
    [InlineData("x.name", "\"node\"")]
    [InlineData("x.arn", "aws_iam_role.node.arn")]
    [InlineData("x[\"arn\"]", "aws_iam_role.node.arn")]
    [InlineData("x.identity[0].oidc[0].issuer", "aws_iam_role.node.identity[0].oidc[0].issuer")]
    [InlineData("x.identity.0.oidc.0.issuer", "aws_iam_role.node.identity[0].oidc[0].issuer")]
    [InlineData("x.tags[\"a/b\"]", "aws_iam_role.node.tags[\"a/b\"]")]
    [InlineData("{ r = x }.r.arn", "aws_iam_role.node.arn")]
    [InlineData("[x, 1][0].arn", "aws_iam_role.node.arn")]
    [InlineData("[for r in [x] : r.arn][0]", "aws_iam_role.node.arn")]
    [InlineData("[x][*].arn", "[aws_iam_role.node.arn]")]
    public void An_attribute_nobody_knows_has_a_name(string expression, string expected) => Assert.Equal(expected, Shown(Evaluated(expression, ("x", Role))));

    [Fact]
    public void An_index_on_the_thing_names_an_instance()
    {
        var things = Computed("aws_iam_role.node", "");
        Assert.Equal("aws_iam_role.node[0].arn", Shown(Evaluated("x[0].arn", ("x", things))));
        Assert.Equal("aws_iam_role.node[\"a\"].arn", Shown(Evaluated("x[\"a.b\"].arn", ("x", things))).Replace("a.b", "a", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{ a = 1 }.b")]
    [InlineData("[1][1]")]
    [InlineData("[1][-1]")]
    [InlineData("[1][0.5]")]
    [InlineData("\"a\".b")]
    [InlineData("null.a")]
    [InlineData("toset([1])[0]")]
    [InlineData("[1].a")]
    [InlineData("nobody")]
    [InlineData("nobody.knows[0].this")]
    public void What_is_certainly_not_there_is_an_error(string expression) => Assert.Equal("error", Shown(Evaluated(expression)));

    [Fact]
    public void A_missing_key_of_an_open_map_is_unknown()
    {
        var open = new MapValue([new Entry("a", Number(1))]) { OpenBecause = [new Cause(UnknownReason.NoValue, "var.more", null, null)] };
        Assert.Equal("1", Shown(Evaluated("m.a", ("m", open))));
        Assert.Equal("?", Shown(Evaluated("m.b", ("m", open))));
    }

    [Fact]
    public void A_guarded_element_is_there_or_an_error()
    {
        var roles = new ListValue([new Item(Role, When("create"))]);
        Assert.Equal("create -> aws_iam_role.node.arn | not create -> error", Shown(Evaluated("x[0].arn", ("x", roles))));
        Assert.Equal("[create -> aws_iam_role.node.arn]", Shown(Evaluated("x[*].arn", ("x", roles))));
    }

    [Fact]
    public void Elements_move_up_where_others_are_not_there()
    {
        var list = new ListValue([new Item(Text("a"), When("first")), new Item(Text("b"))]);
        Assert.Equal("first -> \"a\" | not first -> \"b\"", Shown(Evaluated("x[0]", ("x", list))));
        Assert.Equal("first -> \"b\" | not first -> error", Shown(Evaluated("x[1]", ("x", list))));
    }

    [Fact]
    public void An_element_of_an_open_list_may_be_one_that_was_not_seen()
    {
        var open = new ListValue([new Item(Text("a"))]) { OpenBecause = [new Cause(UnknownReason.Missing, "module.x is not there", null, null)] };
        Assert.Equal("\"a\" | ?", Shown(Evaluated("x[0]", ("x", open))));
    }

    [Fact]
    public void An_unknown_index_chooses_among_few()
    {
        var index = ("i", (Value)Unknown("var.i", DataType.Number));
        Assert.Equal("var.i == 0 -> \"a\" | var.i == 1 -> \"b\"", Shown(Evaluated("[\"a\", \"b\"][i]", index)));
        Assert.Equal("?", Shown(Evaluated("[1, 2, 3, 4, 5, 6, 7, 8, 9][i]", index)));
        Assert.Equal("var.k == \"a\" -> 1 | var.k == \"b\" -> 2", Shown(Evaluated("{ a = 1, b = 2 }[k]", ("k", Unknown("var.k", DataType.Text)))));
    }

    [Fact]
    public void An_index_maps_over_choices()
    {
        var choice = ChoiceValue.Of([new Alternative(When("p"), List(Number(1))), new Alternative(When("p", false), List(Number(2)))]);
        Assert.Equal("p -> 1 | not p -> 2", Shown(Evaluated("x[0]", ("x", choice))));
    }

    [Theory]
    [InlineData("null[*]", "[]")]
    [InlineData("5[*]", "[5]")]
    [InlineData("{ a = 1 }[*].a", "[1]")]
    public void A_splat_takes_what_is_no_list_as_one(string expression, string expected) => Assert.Equal(expected, Shown(Evaluated(expression)));

    [Fact]
    public void A_splat_over_the_unknown_knows_the_look_of_its_elements()
    {
        var unknown = new UnknownValue(UnknownReason.NoValue, "var.create has no value") { Element = Role };
        Assert.Equal("?[aws_iam_role.node.arn]", Shown(Evaluated("x[*].arn", ("x", unknown))));
        Assert.Equal("aws_iam_role.node.arn", Shown(Evaluated("(x[*].arn)[0]", ("x", unknown))));
        Assert.Equal("aws_iam_role.node.arn", Shown(Evaluated("x[\"k\"].arn", ("x", unknown))));
    }

    [Fact]
    public void A_secret_list_has_secret_elements() => Assert.True(Evaluated("x[0]", ("x", List(Text("s")).WithSensitive(true))).IsSensitive);
}
