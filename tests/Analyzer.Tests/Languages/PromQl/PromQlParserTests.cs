using System.Globalization;
using Analyzer.Facts.Values;
using Analyzer.Languages.PromQl;
using FsCheck.Xunit;

namespace Analyzer.Tests.Languages.PromQl;

public class PromQlParserTests
{
    [Theory]
    [InlineData("up", "up")]
    [InlineData("{__name__=\"up\",job=~'a|b'}", "{__name__=up,job=~a|b}")]
    [InlineData("{\"up\", \"a.b\"!=`c\\d`}", "{__name__=up,a.b!=c\\d}")]
    [InlineData("up{a=\"\\\"\\u0041\\n\"} # end", "{__name__=up,a=\"A\n}")]
    [InlineData("1 + 2 * 3 ^ 2 ^ x", "(1 + (2 * (3 ^ (2 ^ x))))")]
    [InlineData("-2 ^ 2", "((2 ^ 2) * -1)")]
    [InlineData("-1h30m", "-5400")]
    [InlineData("0x1F + 1e3 + .5 + Inf", "(((31 + 1000) + 0.5) + ∞)")]
    [InlineData("a or b and c unless d > 1 == bool 2", "(a or ((b and c) unless ((d > 1) ==bool 2)))")]
    [InlineData("a - b - c", "((a - b) - c)")]
    [InlineData("a AND ON (x, y) GROUP_LEFT (z) b", "(a and b)")]
    [InlineData("a / ignoring(x) group_right b", "(a / b)")]
    [InlineData("sum by (a) (rate(x[5m] offset -1d)) > 0", "(sum(rate(x)) > 0)")]
    [InlineData("SUM(x) WITHOUT (a, b)", "sum(x)")]
    [InlineData("max_over_time(x[1h:5m] @ end())", "max_over_time(x)")]
    [InlineData("x @ 1609746000 + time()", "(x + time())")]
    [InlineData("rate(x[$__rate_interval]) > $limit", "(rate(x) > \uFFFClimit)")]
    [InlineData("count_values(\"v\", x)", "count_values('v', x)")]
    public void A_query_is_read(string query, string expected) => Assert.Equal(expected, Shown(PromQlParser.Parse(query)));

    [Theory]
    [InlineData("")]
    [InlineData("{{ .Values.query }}")]
    [InlineData("up{")]
    [InlineData("up{a}")]
    [InlineData("up{a=b}")]
    [InlineData("up{a=\"b\" c=\"d\"}")]
    [InlineData("up > ")]
    [InlineData("sum(a,)")]
    [InlineData("a b")]
    [InlineData("rate(x[5m)")]
    [InlineData("'open")]
    [InlineData("1x")]
    [InlineData("{app=\"a\"} |= \"error\"")]
    [InlineData("x offset (")]
    public void What_is_no_query_is_none(string text) => Assert.Null(PromQlParser.Parse(text));

    [Fact]
    public void Depth_and_length_are_bounded()
    {
        Assert.Null(PromQlParser.Parse(new string('(', 100_000)));
        Assert.Null(PromQlParser.Parse(string.Concat(Enumerable.Repeat("1^", 1000)) + "1"));
        Assert.Null(PromQlParser.Parse(string.Concat(Enumerable.Repeat("a + ", 100_000)) + "a"));
        Assert.NotNull(PromQlParser.Parse(string.Concat(Enumerable.Repeat("a or ", 1500)) + "a"));
        Assert.NotNull(PromQlParser.Parse(new string('-', 3000) + "a"));
    }

    [Property]
    public bool Any_text_is_answered(string? text)
    {
        _ = PromQlParser.Parse(text ?? "");
        return true;
    }

    [Theory]
    [InlineData(MatchKind.Equal, "A", "A", Truth.Yes)]
    [InlineData(MatchKind.Equal, "A", "a", Truth.No)]
    [InlineData(MatchKind.NotEqual, "A", "A", Truth.No)]
    [InlineData(MatchKind.Matches, "A|B", "B", Truth.Yes)]
    [InlineData(MatchKind.Matches, "(?:A|B)", "AB", Truth.No)]
    [InlineData(MatchKind.Matches, "(A)|(B)", "B", Truth.Yes)]
    [InlineData(MatchKind.Matches, ".*Pull.*", "ImagePullBackOff", Truth.Yes)]
    [InlineData(MatchKind.Matches, "Pull", "ImagePullBackOff", Truth.No)]
    [InlineData(MatchKind.Matches, "(?i)imagepullbackoff", "ImagePullBackOff", Truth.Yes)]
    [InlineData(MatchKind.Matches, ".+", "", Truth.No)]
    [InlineData(MatchKind.NotMatches, "Err.*", "ErrImagePull", Truth.No)]
    [InlineData(MatchKind.NotMatches, "(", "A", Truth.Unknown)]
    [InlineData(MatchKind.Equal, "${REASON}", "A", Truth.Unknown)]
    [InlineData(MatchKind.NotMatches, "\uFFFC", "A", Truth.Unknown)]
    public void A_matcher_admits_a_value_or_not(MatchKind kind, string operand, string value, Truth expected) => Assert.Equal(expected, new LabelMatcher("l", kind, operand).Admits(value));

    [Theory]
    [InlineData(MatchKind.Matches, "^(A|B_c)$", null)]
    [InlineData(MatchKind.Matches, "(A|B_c)", "A B_c")]
    [InlineData(MatchKind.Matches, "^A|B$", "A B")]
    [InlineData(MatchKind.Matches, "A.*", null)]
    [InlineData(MatchKind.NotEqual, "A.*", "A.*")]
    public void Plain_alternatives_are_words(MatchKind kind, string operand, string? expected) =>
        Assert.Equal(expected, new LabelMatcher("l", kind, operand).Words() is { } words ? string.Join(' ', words) : null);

    private static string? Shown(PromQlNode? node) => node switch
    {
        PromQlNumber number => number.Value.ToString(CultureInfo.InvariantCulture).Replace("Infinity", "∞", StringComparison.Ordinal),
        PromQlText text => $"'{text.Text}'",
        PromQlSelector { Matchers: [{ Label: LabelMatcher.Name, Kind: MatchKind.Equal, Operand: var name }] } => name,
        PromQlSelector selector => $"{{{string.Join(",", selector.Matchers.Select(each => each.Label + Sign(each.Kind) + each.Operand))}}}",
        PromQlCall call => $"{call.Name}({string.Join(", ", call.Operands.Select(Shown))})",
        PromQlBinary binary => $"({Shown(binary.Left)} {binary.Operator}{(binary.IsBool ? "bool" : "")} {Shown(binary.Right)})",
        _ => null,
    };

    private static string Sign(MatchKind kind) => kind switch { MatchKind.Equal => "=", MatchKind.NotEqual => "!=", MatchKind.Matches => "=~", _ => "!~" };
}
