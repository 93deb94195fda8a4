using Analyzer.Facts.Values;
using static Analyzer.Tests.Languages.ExpressionBench;

namespace Analyzer.Tests.Languages.Evaluation;

public class TemplateTests
{
    private static readonly (string, Value)[] Names =
    [
        ("var.account", Unknown("var.account", DataType.Text)),
        ("var.create", Unknown("var.create", DataType.Bool)),
        ("var.list", Unknown("var.list", new ListType(DataType.Text))),
        ("some", new ListValue([new Item(Text("a")), new Item(Text("b"), When("b"))])),
    ];

    [Theory]
    [InlineData("\"arn:aws:iam::${var.account}:role/node\"", "\"arn:aws:iam::<var.account>:role/node\"")]
    [InlineData("\"${var.account}\"", "var.account")]
    [InlineData("\"a${1}b${true}\"", "\"a1btrue\"")]
    [InlineData("\"${var.create ? \"a\" : \"b\"}-x\"", "var.create -> \"a-x\" | not var.create -> \"b-x\"")]
    [InlineData("\"%{ if var.create }yes%{ endif }!\"", "var.create -> \"yes!\" | not var.create -> \"!\"")]
    [InlineData("\"%{ for v in some }${v},%{ endfor }\"", "b -> \"a,b,\" | not b -> \"a,\"")]
    [InlineData("\"x%{ for v in var.list }${v}%{ endfor }y\"", "\"x<?>y\"")]
    [InlineData("\"a${\"b${var.account}\"}\"", "\"ab<var.account>\"")]
    public void What_is_known_of_a_text_stays(string expression, string expected) => Assert.Equal(expected, Shown(Evaluated(expression, Names)));

    [Theory]
    [InlineData("\"x${null}\"")]
    [InlineData("\"x${[1]}\"")]
    [InlineData("\"x${nobody}\"")]
    [InlineData("\"x%{ if null }a%{ endif }\"")]
    [InlineData("\"x%{ for v in 5 }a%{ endfor }\"")]
    public void What_has_no_text_is_an_error_behind_the_prefix(string expression)
    {
        var error = Assert.IsType<UnknownValue>(Evaluated(expression, Names));
        Assert.True(HasError(error));
        Assert.Equal("x", error.Prefix);
    }

    [Fact]
    public void A_text_with_very_many_holes_keeps_its_ends()
    {
        var text = Assert.IsType<TextValue>(Evaluated("\"start-" + string.Concat(Enumerable.Repeat("${var.account},", 200)) + "end\"", Names));
        Assert.StartsWith("start-", text.Prefix, StringComparison.Ordinal);
        Assert.EndsWith("end", text.Suffix, StringComparison.Ordinal);
        Assert.InRange(text.Parts.Length, 2, 65);
    }

    [Fact]
    public void A_literal_knows_its_place_and_a_computed_text_its_parts()
    {
        Assert.Equal("\"abc\"", Evaluated("\"abc\"").Trace!.Place.Text);
        var name = Text("n").Through(StepKind.Default, "var.name", default);
        Assert.Equal([StepKind.Computed, StepKind.Default], Evaluated("\"${var.name}-x\"", ("var.name", name)).Trace!.Steps.Select(step => step.Kind));
    }

    [Fact]
    public void A_doubling_text_ends_at_the_limit()
    {
        var value = Evaluated("\"${a}${a}\"", ("a", Text(new string('x', 800_000))));
        Assert.Equal(UnknownReason.Limit, Assert.IsType<UnknownValue>(value).Causes[0].Reason);
    }
}
