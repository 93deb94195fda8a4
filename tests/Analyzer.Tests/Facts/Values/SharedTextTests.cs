using Analyzer.Facts.Values;
using Analyzer.Tests.Languages;

namespace Analyzer.Tests.Facts.Values;

public class SharedTextTests
{
    [Theory]
    [InlineData("""p ? "a:sub" : "b:sub" """, "<?>:sub")]
    [InlineData("""p ? "${unknown}:sub" : "b:sub" """, "<?>:sub")]
    [InlineData("""p ? "arn:a" : "arn:b" """, "arn:<?>")]
    [InlineData("""p ? "aXa" : "aa" """, "a<?>a")]
    [InlineData("""p ? "aa" : "a" """, "a<?>")]
    [InlineData(""" "${unknown}:sub" """, "<?>:sub")]
    [InlineData("""p ? "a" : "b" """, null)]
    [InlineData("""p ? "a" : 1 """, null)]
    [InlineData("""p ? "a" : unknown """, null)]
    public void A_choice_shares_the_ends_of_its_alternatives(string expression, string? expected) =>
        Assert.Equal(expected, SharedText.Of(Evaluated(expression))?.ToString());

    [Fact]
    public void A_key_that_is_a_choice_stays_with_its_value()
    {
        var map = Assert.IsType<MapValue>(Evaluated("""{ "${p ? unknown : "b"}:sub" = 1, "${p ? unknown : "b"}:aud" = 2 }"""));
        Assert.Equal(["<?>:sub", "<?>:aud"], map.Entries.Select(entry => entry.Key));
        Assert.True(map.IsOpen);
    }

    [Fact]
    public void Two_keys_that_only_look_alike_are_not_taken_for_one()
    {
        var map = Assert.IsType<MapValue>(Evaluated("""{ "${unknown}:sub" = 1, "${other}:sub" = 2, "${unknown}:sub" = 3 }"""));
        Assert.Equal("3", ExpressionBench.Shown(Assert.Single(map.Entries).Value));
        Assert.Contains(map.OpenBecause!.Value, cause => cause.Detail.Contains("two keys", StringComparison.Ordinal));
    }

    [Fact]
    public void Two_choices_by_one_condition_are_equal_case_by_case()
    {
        Assert.Equal(Truth.Yes, Evaluated("""p ? "a" : unknown""").EqualTo(Evaluated("""p ? "a" : unknown""")));
        Assert.Equal(Truth.No, Evaluated("""p ? "a" : "b" """).EqualTo(Evaluated("""p ? "b" : "a" """)));
        Assert.Equal(Truth.Unknown, Evaluated("""p ? "a" : "b" """).EqualTo(Evaluated("""q ? "a" : "b" """)));
    }

    private static Value Evaluated(string expression) => ExpressionBench.Evaluated(
        expression,
        ("p", ExpressionBench.Unknown("p", DataType.Bool)),
        ("q", ExpressionBench.Unknown("q", DataType.Bool)),
        ("unknown", ExpressionBench.Unknown("unknown", DataType.Text)),
        ("other", ExpressionBench.Unknown("other", DataType.Text)));
}
