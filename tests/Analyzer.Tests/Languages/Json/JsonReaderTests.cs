using System.Text;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Json;
using Analyzer.Languages.Yaml;
using Analyzer.Tests.Languages.Yaml;

namespace Analyzer.Tests.Languages.Json;

public sealed class JsonReaderTests
{
    private readonly ProblemLog _problems = new();

    private IEnumerable<string> Codes => _problems.Sorted().Select(problem => problem.Code);

    private Value? Read(string text) => JsonReader.Read(SourceFile.FromText("a.json", text), _problems);

    [Theory]
    [InlineData("""{"a": [1, -2.50, 1e3, true, null, "x"]}""", "{a: [1, -2.5, 1000, true, null, 'x']}")]
    [InlineData("\"a\\n\\u00e9\\ud83d\\ude00\"", "'a\né😀'")]
    [InlineData("\t[ ]\r\n", "[]")]
    public void Values_are_read(string text, string expected)
    {
        Assert.Equal(expected, YamlValueTests.Show(Read(text)!));
        Assert.Empty(Codes);
    }

    [Fact]
    public void Values_and_keys_stand_where_they_are_written()
    {
        var root = (MapValue)Read("{ \"é\\\"k\" : [ 10 , {\"b\":\"c\\td\"} ] , \"z\":false }")!;
        Assert.Equal("\"é\\\"k\"", root.Find("é\"k")!.KeyPlace!.Value.Text);
        var list = (ListValue)root["é\"k"]!;
        Assert.Equal("[ 10 , {\"b\":\"c\\td\"} ]", list.Trace!.Place.Text);
        Assert.Equal("10", list.Items[0].Value.Trace!.Place.Text);
        Assert.Equal("{\"b\":\"c\\td\"}", ((MapValue)list.Items[1].Value).Place!.Value.Text);
        Assert.Equal("\"c\\td\"", ((MapValue)list.Items[1].Value)["b"]!.Trace!.Place.Text);
        Assert.Equal("false", root["z"]!.Trace!.Place.Text);
    }

    [Fact]
    public void A_byte_order_mark_moves_all_places()
    {
        byte[] bytes = [.. Encoding.UTF8.Preamble, .. "{\"a\": @}"u8];
        Assert.Null(JsonReader.Read(new SourceFile("a.json", bytes), _problems));
        Assert.Equal("@", _problems.Sorted()[0].Place!.Value.Text);
        var good = (MapValue)JsonReader.Read(new SourceFile("b.json", (byte[])[.. Encoding.UTF8.Preamble, .. "{\"a\": 1}"u8]), _problems)!;
        Assert.Equal("1", good["a"]!.Trace!.Place.Text);
        Assert.Equal("\"a\"", good.Find("a")!.KeyPlace!.Value.Text);
    }

    [Theory]
    [InlineData("{\"a\": 1,}", 8)]
    [InlineData("{\n  // no\n}", 4)]
    [InlineData("{\"a\": 'x'}", 6)]
    [InlineData("{\"a\": ", 5)]
    [InlineData("{} {}", 3)]
    [InlineData("", 0)]
    [InlineData("{\n \"a\": 1\n \"b\": 2}", 11)]
    public void What_JSON_tools_reject_is_a_syntax_error_with_its_place(string text, int start)
    {
        Assert.Null(Read(text));
        var problem = Assert.Single(_problems.Sorted());
        Assert.Equal("syntax-error", problem.Code);
        Assert.Equal(start, problem.Place!.Value.Start);
    }

    [Fact]
    public void Of_equal_keys_the_last_wins()
    {
        Assert.Equal("{a: 2, b: 3}", YamlValueTests.Show(Read("{\"a\": 1, \"b\": 3, \"\\u0061\": 2}")!));
        Assert.Equal(["duplicate-key"], Codes);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{\"a\":")]
    public void Deep_nesting_is_a_problem(string opening)
    {
        Assert.Null(Read(string.Concat(Enumerable.Repeat(opening, 100_000))));
        Assert.Equal(["nesting-limit"], Codes);
    }

    [Fact]
    public void Nesting_below_the_limit_is_read() => Assert.NotNull(Read(new string('[', 256) + new string(']', 256)));

    [Fact]
    public void Text_that_is_not_Unicode_is_replaced()
    {
        Assert.Equal("'x\uFFFD\n'", YamlValueTests.Show(Read("\"x\\ud800\\n\"")!));
        byte[] bytes = [.. "{\"a\": \"x"u8, 0xFF, .. "\\n\"}"u8];
        Assert.Equal("{a: 'x\uFFFD\n'}", YamlValueTests.Show(JsonReader.Read(new SourceFile("a.json", bytes), _problems)!));
        Assert.Equal(["invalid-utf8"], Codes);
    }

    [Fact]
    public void A_number_beyond_all_limits_is_unknown() => Assert.IsType<UnknownValue>(Read("1e99999999"));

    [Fact]
    public void Text_in_JSON_keeps_its_places()
    {
        var policy = ((MapValue)Read("{\"policy\": \"{\\n \\\"Action\\\": \\\"ecr:*\\\"}\"}")!)["policy"]!;
        var inner = (MapValue)JsonReader.Read(ScalarText.Embed(policy)!, _problems)!;
        Assert.Equal("\\\"ecr:*\\\"", inner["Action"]!.Trace!.Place.Outermost.Text);
    }
}
