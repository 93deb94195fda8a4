using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Toml;
using Analyzer.Tests.Languages.Yaml;

namespace Analyzer.Tests.Languages.Toml;

public sealed class TomlReaderTests
{
    private readonly ProblemLog _problems = new();

    private IEnumerable<string> Codes => _problems.Sorted().Select(problem => problem.Code);

    private MapValue? Read(string text) => TomlReader.Read(SourceFile.FromText("a.toml", text), _problems);

    [Theory]
    [InlineData("a = 1\nb = true\nc = \"x\\ty\"\nd = [1, 'z', []]\n", "{a: 1, b: true, c: 'x\ty', d: [1, 'z', []]}")]
    [InlineData("[a.b]\nc = 1\n[a]\nd = { e.f = 2, g = {} }\n", "{a: {b: {c: 1}, d: {e: {f: 2}, g: {}}}}")]
    [InlineData("[[a]]\nx = 1\n[[a]]\n[a.b]\ny = 2\n", "{a: [{x: 1}, {b: {y: 2}}]}")]
    [InlineData("'a b'.\"c.d\" = \"\"\"\nline\\\n   on\"\"\"\n", "{a b: {c.d: 'lineon'}}")]
    [InlineData("", "{}")]
    public void Values_are_read(string text, string expected)
    {
        Assert.Equal(expected, YamlValueTests.Show(Read(text)!));
        Assert.Empty(Codes);
    }

    [Fact]
    public void Values_and_keys_stand_where_they_are_written()
    {
        var root = Read("# é\n[default.deploy]\nname = \"ü\" # x\nlist = [ \"a\" ]\n")!;
        var deploy = (MapValue)((MapValue)root["default"]!)["deploy"]!;
        Assert.Equal("name", deploy.Find("name")!.KeyPlace!.Value.Text);
        Assert.Equal("\"ü\"", deploy["name"]!.Trace!.Place.Text);
        Assert.Equal("a.toml:4:10", ((ListValue)deploy["list"]!).Items[0].Value.Trace!.Place.ToString());
    }

    [Fact]
    public void A_long_document_costs_no_more_for_each_character_that_is_not_ASCII()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var root = Read("# é\n" + string.Concat(Enumerable.Range(0, 200_000).Select(at => $"k{at} = \"é\"\n")))!;
        Assert.Equal("k199999", root.Find("k199999")!.KeyPlace!.Value.Text);
        Assert.Equal("a.toml:200001:11", root["k199999"]!.Trace!.Place.ToString());
        Assert.True(watch.Elapsed < Patience.Of, $"it takes {watch.Elapsed}");
    }

    [Theory]
    [InlineData("a = \nb = 2\n", "syntax-error")]
    [InlineData("[a\nb = 2\n", "syntax-error")]
    [InlineData("a = 1\na = 2\n", "syntax-error")]
    [InlineData("a = 1\n[a.b]\nc = 1\n", "syntax-error")]
    [InlineData("a = \"\0\"\n", "not-text")]
    public void What_is_wrong_is_told_once_and_costs_nothing_else(string text, string code)
    {
        Read(text);
        Assert.Contains(code, Codes);
    }

    [Theory]
    [InlineData("a = ", "[", 100_000)]
    [InlineData("a = ", "{b=", 100_000)]
    [InlineData("", "a.", 100_000)]
    [InlineData("[", "a.", 5_000)]
    public void Depth_has_a_limit(string start, string unit, int count)
    {
        Assert.Null(Read(start + string.Concat(Enumerable.Repeat(unit, count)) + "a"));
        Assert.Equal(["nesting-limit"], Codes);
    }
}
