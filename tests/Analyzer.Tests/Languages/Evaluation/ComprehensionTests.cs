using Analyzer.Facts.Values;
using static Analyzer.Tests.Languages.ExpressionBench;

namespace Analyzer.Tests.Languages.Evaluation;

public class ComprehensionTests
{
    private static readonly Cause Why = new(UnknownReason.Missing, "module.x is not there", null, null);

    private static readonly (string, Value)[] Names =
    [
        ("var.create", Unknown("var.create", DataType.Bool)),
        ("var.key", Unknown("var.key", DataType.Text)),
        ("u", Unknown("var.things")),
        ("guarded", new ListValue([new Item(Text("a")), new Item(Text("b"), When("b"))])),
        ("open", new ListValue([new Item(Text("a"))]) { OpenBecause = [Why] }),
        ("map", new MapValue([new Entry("x", Number(1)), new Entry("y", Number(2), When("y"))]) { OpenBecause = [Why] }),
    ];

    [Theory]
    [InlineData("[for v in guarded : upper(v)]", "[\"A\", b -> \"B\"]")]
    [InlineData("[for v in open : upper(v)]", "[\"A\", ...]")]
    [InlineData("[for k, v in map : \"${k}${v}\"]", "[\"x1\", y -> \"y2\", ...]")]
    [InlineData("{ for k, v in map : upper(k) => v }", "{X = 1, y -> Y = 2, ...}")]
    [InlineData("[for v in u : v.id]", "?[?]")]
    [InlineData("[for v in [1, 2] : v if var.create]", "[var.create -> 1, var.create -> 2]")]
    [InlineData("[for v in u : v if false]", "[]")]
    [InlineData("[for v in (var.create ? [1] : [2, 3]) : v + 1]", "var.create -> [2] | not var.create -> [3, 4]")]
    [InlineData("{ for v in guarded : v => 1 }", "{a = 1, b -> b = 1}")]
    [InlineData("{ for v in [1, 2] : \"k\" => v... }", "{k = [1, 2]}")]
    [InlineData("{ for v in guarded : \"k\" => v... }", "{k = [\"a\", b -> \"b\"]}")]
    [InlineData("{ for v in [1] : var.key => v }", "?[1]")]
    [InlineData("{ (var.key) = 1, b = 2 }", "{b = 2, ...}")]
    [InlineData("{ \"${var.key}:sub\" = 1 }", "{<?>:sub = 1, ...}")]
    [InlineData("{ (var.create ? \"a\" : \"b\") = 1 }", "{var.create -> a = 1, not var.create -> b = 1}")]
    [InlineData("[for k, v in [10, 20] : k]", "[0, 1]")]
    [InlineData("{ for k, v in { b = 1, a = 2 } : k => v }", "{a = 2, b = 1}")]
    [InlineData("[for x in [[1], [2]] : [for y in x : y + x[0]]]", "[[2], [4]]")]
    [InlineData("[for x in [{ a = [1, 2] }] : x.a[*]]", "[[1, 2]]")]
    public void Known_guarded_open_and_unknown_collections_stay_what_they_are(string expression, string expected) =>
        Assert.Equal(expected, Shown(Evaluated(expression, Names)));

    [Theory]
    [InlineData("[for v in null : v]")]
    [InlineData("[for v in 5 : v]")]
    [InlineData("{ for v in [1, 1] : v => v }")]
    [InlineData("{ for v in [1] : null => v }")]
    [InlineData("{ for v in [1] : [v] => v }")]
    [InlineData("[for v in [1] : v if null]")]
    [InlineData("[for v in [1] : v if \"maybe\"]")]
    public void What_cannot_be_gone_through_is_an_error(string expression) => Assert.Equal("error", Shown(Evaluated(expression, Names)));

    [Fact]
    public void An_element_keeps_its_identity() =>
        Assert.Equal("aws_iam_role.a.arn", Assert.IsType<ListValue>(Evaluated("[for r in [x] : r.arn]", ("x", Resource("aws_iam_role.a")))).Items[0].Value.References.First().ToString());

    [Fact]
    public void The_last_of_equal_keys_counts_where_it_is_there()
    {
        Assert.Equal("{a = 2}", Shown(Evaluated("{ a = 1, a = 2 }")));
        Assert.Equal("{a = var.create -> 2 | not var.create -> 1}", Shown(Evaluated("{ a = 1, (var.create ? \"a\" : \"b\") = 2 }", Names)).Split(", not")[0].TrimEnd('}') + "}");
    }

    [Fact]
    public void Arguments_are_expanded()
    {
        Assert.Equal("3", Shown(Evaluated("max([1, 3, 2]...)")));
        Assert.Equal("{a = 1, b = 2}", Shown(Evaluated("merge([{ a = 1 }, { b = 2 }]...)")));
        Assert.EndsWith(", ...}", Shown(Evaluated("merge(x...)", ("x", new ListValue([new Item(Evaluated("{ a = 1 }"))]) { OpenBecause = [Why] }))), StringComparison.Ordinal);
        Assert.Equal("error", Shown(Evaluated("max(5...)")));
        Assert.Equal("?", Shown(Evaluated("max(u...)", Names)));
        Assert.Equal("b -> 2 | not b -> 1", Shown(Evaluated("max(x...)", ("x", new ListValue([new Item(Number(1)), new Item(Number(2), When("b"))])))));
    }

    [Fact]
    public void A_function_nobody_knows_is_unknown_and_no_error()
    {
        var value = Assert.IsType<UnknownValue>(Evaluated("provider::aws::arn_parse(\"x\")"));
        Assert.Equal(UnknownReason.NotComputed, value.Causes[0].Reason);
    }
}
