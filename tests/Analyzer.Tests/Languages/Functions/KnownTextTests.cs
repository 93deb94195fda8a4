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
    [InlineData("""title("o'neil")""", "\"O'Neil\"")]
    [InlineData("""upper("ı")""", "\"I\"")]
    [InlineData("""format("%#x %#X %#o %#b %#08x|%#8x", 255, 255, 8, 5, 255, 255)""", "\"0xff 0XFF 010 0b101 0x0000ff|    0xff\"")]
    [InlineData("""format("%g %g %g %g", 100000, 1000000, 1234567, 123456.5)""", "\"100000 1e+06 1.234567e+06 123456.5\"")]
    [InlineData("""format("%v %v %v", 1234567890123456789012, 0.0000001, -1.5)""", "\"1.234567890123456789012e+21 1e-07 -1.5\"")]
    [InlineData("""formatlist("%s", ["a"], ["b"])""", "error")]
    [InlineData("""textencodebase64("a", "UTF-16")""", "\"/v8AYQ==\"")]
    [InlineData("""textdecodebase64("/v8AYQ==", "UTF-16")""", "\"a\"")]
    [InlineData("""textdecodebase64("AGE=", "UTF-16")""", "\"a\"")]
    [InlineData("""regexall("a*", "baa")""", "[\"\", \"aa\"]")]
    [InlineData("""replace("baac", "/a*/", "x")""", "\"xbxcx\"")]
    [InlineData("""replace("xyz", "/(?P<a>x)(y)/", "$2$1$${a}")""", "\"yxxz\"")]
    [InlineData("""regex("(?P<a>x)(y)", "xy")""", "error")]
    [InlineData("""regex("(?<a>x)", "xy").a""", "\"x\"")]
    [InlineData("""try(regex("\\p{Greek}", "aβ"), "none")""", "a value that is not known is there -> ? | not a value that is not known is there -> \"none\"")]
    [InlineData("""yamlencode(1.5)""", "\"1.5\n...\n\"")]
    [InlineData("""jsondecode(jsonencode(tolist([1]))) == [1]""", "true")]
    [InlineData("""jsondecode(jsonencode(toset(["b", "a"])))[0]""", "\"a\"")]
    [InlineData("""yamldecode(yamlencode(tomap({ a = "x" }))) == { a = "x" }""", "true")]
    [InlineData("""lookup(jsondecode(jsonencode(tomap({ a = 1 }))), "b", "x")""", "\"x\"")]
    [InlineData("""false ? ({}) : "a" """, "error")]
    public void A_corner_answers_as_terraform_does(string expression, string value) => Assert.Equal(value, Shown(Evaluated(expression)));
}
