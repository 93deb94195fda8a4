using System.Text;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Yaml;

namespace Analyzer.Tests.Languages.Yaml;

public sealed class YamlPlaceTests
{
    [Theory]
    [InlineData("a: b\n", "a", "b")]
    [InlineData("a: 'b'' c'  # d\n", "a", "'b'' c'")]
    [InlineData("a: \"x\\ty\"\n", "a", "\"x\\ty\"")]
    [InlineData("a: |\n  x\n  y\n\nb: 1\n", "a", "|\n  x\n  y")]
    [InlineData("a: [1, {b: c}] # d\n", "a", "[1, {b: c}]")]
    [InlineData("a: [1, {b: c}] # d\n", "a.1", "{b: c}")]
    [InlineData("a:\n  b: 1\n\n# c\nd: 2\n", "a", "b: 1")]
    [InlineData("a:\n- b\n- c: 1\n\n\nd: 2\n", "a", "- b\n- c: 1")]
    [InlineData("a: &anchor !!str x\n", "a", "x")]
    [InlineData("a: &anchor\n  b: 1\n", "a", "b: 1")]
    [InlineData("é: [ü, x, 😀]\n", "é.2", "😀")]
    [InlineData("a:\nb: 1\n", "a", "")]
    public void A_value_stands_where_it_is_written(string text, string path, string written) => Assert.Equal(written, new Documents(text).Written(path));

    [Fact]
    public void Keys_stand_where_they_are_written()
    {
        var read = new Documents("a:\n  \"b c\": 1\n  ? d\n  : 2\nä: 3\n");
        Assert.Equal("\"b c\"", read.KeyWritten("a", "b c"));
        Assert.Equal("d", read.KeyWritten("a", "d"));
        Assert.Equal("ä", read.KeyWritten("", "ä"));
    }

    [Fact]
    public void A_map_knows_its_place()
    {
        var map = (MapValue)new Documents("a:\n  b: 1\n  c: 2\nd: 3\n")["a"];
        Assert.Equal("b: 1\n  c: 2", map.Place!.Value.Text);
        Assert.Equal(map.Place, map.Trace!.Place);
    }

    [Fact]
    public void Places_are_bytes_behind_a_byte_order_mark_and_with_CRLF()
    {
        byte[] bytes = [.. Encoding.UTF8.Preamble, .. "a: ö\r\nb:\r\n  - c\r\n"u8];
        var read = new Documents(new SourceFile("a.yaml", bytes));
        Assert.Empty(read.Problems);
        Assert.Equal("ö", read.Written("a"));
        Assert.Equal("c", read.Written("b.0"));
        Assert.Equal(3, read.Root.Trace!.Place.Start);
        Assert.Equal("a.yaml:3:5", read["b.0"].Trace!.Place.ToString());
    }

    [Fact]
    public void Places_stay_exact_far_into_text_that_is_not_ASCII()
    {
        var text = string.Concat(Enumerable.Range(0, 2000).Select(index => $"key{index}: \"é😀{index}\"\n"));
        var read = new Documents(text);
        for (var index = 0; index < 2000; index++)
        {
            Assert.Equal($"\"é😀{index}\"", read.Written($"key{index}"));
        }
    }

    [Fact]
    public void Documents_have_places()
    {
        var read = new Documents("a: 1\n---\n# x\nb: 2\n");
        Assert.Equal(["a: 1", "---\n# x\nb: 2"], read.All.Select(document => document.Place.Text));
    }

    [Theory]
    [InlineData("k: |\n  one\n  two: é\n\n  three\n", "three")]
    [InlineData("k: |-\r\n  one\r\n  two\r\n", "two")]
    [InlineData("k: |2\n    one\n   two\n", "two")]
    [InlineData("k: >\n  one\n  two\n\n  three\n", "three")]
    [InlineData("k: >\n  one\n\n\n  two\n", "two")]
    [InlineData("k: 'it''s one\n  two'\n", "two")]
    [InlineData("k: \"a\\n\\u00e9\\tone \\\n  two\"\n", "two")]
    [InlineData("k: \"\\ud83d\\ude00 two\"\n", "two")]
    [InlineData("k: one\n  more\n\n  two\n", "two")]
    [InlineData("- - - k: two", "two")]
    public void Text_in_text_keeps_its_places(string text, string word)
    {
        var value = new Documents(text).Root.Deep().OfType<TextValue>().First(each => each.Known!.Contains(word, StringComparison.Ordinal));
        var embedded = ScalarText.Embed(value)!;
        Assert.Equal(value.Known, Encoding.UTF8.GetString(embedded.Bytes.Span));
        var at = embedded.Bytes.Span.IndexOf(Encoding.UTF8.GetBytes(word));
        var outer = embedded.At(at, word.Length).Outermost;
        Assert.Equal(word, outer.Text);
        Assert.Equal(text.IndexOf(word, StringComparison.Ordinal), outer.File.TextOf(0, outer.Start).Length);
    }

    [Fact]
    public void YAML_in_YAML_in_YAML_keeps_its_places()
    {
        const string Text = "outer: |\n  middle: |\n    inner: \"x\\u0041y\"\n";
        var outer = new Documents(Text);
        var middle = new Documents(ScalarText.Embed(outer["outer"])!);
        var inner = new Documents(ScalarText.Embed(middle["middle"])!);
        Assert.Equal("xAy", inner.Text("inner"));
        Assert.Equal("\"x\\u0041y\"", inner["inner"].Trace!.Place.Outermost.Text);
    }

    [Fact]
    public void Text_that_is_not_known_is_not_embedded()
    {
        Assert.Null(ScalarText.Embed(new TextValue("nowhere")));
        Assert.Null(ScalarText.Embed(NullValue.Instance));
    }
}
