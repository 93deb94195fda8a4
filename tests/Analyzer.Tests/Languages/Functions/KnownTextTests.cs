using static Analyzer.Tests.Languages.ExpressionBench;

namespace Analyzer.Tests.Languages.Functions;

/// <summary>Corners of functions of known values that the recorded table does not have, as Terraform 1.11.4 answers.</summary>
public class KnownTextTests
{
    [Theory]
    [InlineData("""substr("hello", 2, -2)""", "\"llo\"")]
    [InlineData("""format("%.2s|%4.1s", "abc", "xyz")""", "\"ab|   x\"")]
    [InlineData("""regex("(?U)a+", "aaa")""", "\"a\"")]
    [InlineData("""regex("(?U)a+?", "aaa")""", "\"aaa\"")]
    [InlineData("""regex("(?iU)(A[+]?)b*", "a+bb")[0]""", "\"a\"")]
    [InlineData("""toset([null, "a"])""", "[\"a\", null]")]
    [InlineData("""title("ǆ")""", "\"ǅ\"")]
    [InlineData("""lower("İ")""", "\"i\"")]
    [InlineData("""parseint(10, 2)""", "error")]
    [InlineData("""true ? "a" : []""", "error")]
    [InlineData("""false ? ({}) : "a" """, "error")]
    public void A_corner_answers_as_terraform_does(string expression, string value) => Assert.Equal(value, Shown(Evaluated(expression)));
}
