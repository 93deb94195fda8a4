using Analyzer.Facts.Values;
using Analyzer.Rules;
using static Analyzer.Tests.Rules.Toys;

namespace Analyzer.Tests.Rules;

public class RuleFunctionTests
{
    private static readonly Guard Maybe = Guard.When("p", true, "var.p");

    [Theory]
    [InlineData("any", "", "no")]
    [InlineData("any", "n", "no")]
    [InlineData("any", "ny", "yes")]
    [InlineData("any", "n?", "unknown")]
    [InlineData("any", "n+", "unknown")]
    [InlineData("any", "y+", "yes")]
    [InlineData("any", "Y", "unknown")]
    [InlineData("any", "N", "no")]
    [InlineData("all", "", "yes")]
    [InlineData("all", "y", "yes")]
    [InlineData("all", "yn", "no")]
    [InlineData("all", "y+", "unknown")]
    [InlineData("all", "n+", "no")]
    [InlineData("all", "Y", "yes")]
    [InlineData("all", "N", "unknown")]
    [InlineData("none", "n", "yes")]
    [InlineData("none", "y+", "no")]
    [InlineData("none", "n+", "unknown")]
    [InlineData("none", "Y", "unknown")]
    public void Lists_of_truths_answer_three_valued(string function, string list, string expected) =>
        Assert.Equal(expected, Call(function, List(list)));

    [Theory]
    [InlineData("", 1, "no")]
    [InlineData("y", 1, "yes")]
    [InlineData("+", 1, "unknown")]
    [InlineData("Y", 1, "unknown")]
    [InlineData("yY", 2, "unknown")]
    [InlineData("yY", 3, "no")]
    [InlineData("y+", 1, "yes")]
    public void At_least_counts_what_is_certain(string list, int count, string expected) =>
        Assert.Equal(expected, Call("at_least", List(list), NumberValue.Of(count)));

    [Fact]
    public void Exists_is_about_null_alone()
    {
        Assert.Equal("no", Call("exists", NullValue.Instance));
        Assert.Equal("yes", Call("exists", new TextValue("")));
        Assert.Equal("unknown", Call("exists", Unknown));
        Assert.Equal("yes", Call("exists", new UnknownValue([NoValue]) { IsNotNull = true }));
    }

    [Fact]
    public void What_is_unknown_says_why()
    {
        var answer = Function("any").Body(new Call([List("n?+")], null));

        Assert.Equal([NoValue], Assert.IsType<UnknownValue>(answer).Causes.Distinct());
    }

    private static Function Function(string name) => RuleFunctions.All.Single(function => function.Name == name);

    private static string Call(string name, params Value[] arguments) => Function(name).Body(new Call([.. arguments], null)) switch
    {
        BoolValue answer => answer.Value ? "yes" : "no",
        _ => "unknown",
    };

    /// <summary>y and n are elements, capital ones guarded, ? is unknown, + opens the list.</summary>
    private static ListValue List(string text) => new([.. text.Where(sign => sign != '+').Select(sign => sign switch
    {
        'y' => new Item(BoolValue.True),
        'n' => new Item(BoolValue.False),
        'Y' => new Item(BoolValue.True, Maybe),
        'N' => new Item(BoolValue.False, Maybe),
        _ => new Item(Unknown),
    })])
    {
        OpenBecause = text.Contains('+', StringComparison.Ordinal) ? [NoValue] : null,
    };
}
