using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Functions;
using Analyzer.Languages.Operations;

namespace Analyzer.Tests.Languages.Functions;

public class FileFunctionsTests
{
    private static readonly MemoryFiles Files = new(
        ("live/hello.txt", "hello\n"), ("live/sub/a.tmpl", "Hi"), ("live/sub/b.json", "{}"), ("live/sub/deep/c.yaml", "a: 1"), ("modules/m/policy.json", "{}"), ("live/utf8.txt", "é"));

    private static readonly FileFunctions Functions = new(
        Files, "modules/m", "live", (file, variables) => new TextValue($"{file.Path} {string.Join(",", variables.Entries.Select(entry => entry.Key))} {variables.IsOpen}"), new FileReads());

    private static Value Call(string name, params Value[] arguments) => Functions.Find(name)!.Body(new Call([.. arguments], null));

    private static TextValue T(string text) => new(text);

    private static string Known(Value value) => Assert.IsType<TextValue>(value).ToString();

    [Fact]
    public void A_file_is_text_that_knows_its_file()
    {
        var text = Call("file", T("./hello.txt"));
        Assert.Equal("hello\n", Known(text));
        Assert.Equal("live/hello.txt", text.Trace!.Place.File.Path);
        Assert.Equal("{}", Known(Call("file", T("../modules/m/policy.json"))));
        Assert.Equal("b1946ac92492d2347c6235b4d2611184", Known(Call("filemd5", T("hello.txt"))));
    }

    [Fact]
    public void A_file_that_is_not_there_may_come_from_a_step_before() =>
        Assert.Equal(UnknownReason.Missing, Assert.Single(Assert.IsType<UnknownValue>(Call("file", T("nope.txt"))).Causes).Reason);

    [Fact]
    public void Nothing_is_read_outside_of_the_tree()
    {
        Assert.Equal(UnknownReason.External, Assert.Single(Assert.IsType<UnknownValue>(Call("file", T("/etc/passwd"))).Causes).Reason);
        Assert.Equal(UnknownReason.External, Assert.Single(Assert.IsType<UnknownValue>(Call("file", T("../../x"))).Causes).Reason);
        Assert.IsType<UnknownValue>(Call("fileexists", T("/etc/passwd")));
    }

    [Theory]
    [InlineData(".", "*.txt", "hello.txt utf8.txt")]
    [InlineData(".", "**/*.yaml", "sub/deep/c.yaml")]
    [InlineData("sub", "*", "a.tmpl b.json")]
    [InlineData("sub", "**", "a.tmpl b.json deep/c.yaml")]
    [InlineData(".", "{hello,utf8}.txt", "hello.txt utf8.txt")]
    [InlineData("nope", "*", "")]
    public void A_pattern_finds_files(string folder, string pattern, string found) =>
        Assert.Equal(found, string.Join(' ', Assert.IsType<ListValue>(Call("fileset", T(folder), T(pattern))).Values.Select(Known)));

    [Fact]
    public void A_broken_pattern_is_an_error() => Assert.True(Conversion.IsError(Call("fileset", T("."), T("["))));

    [Fact]
    public void A_template_is_rendered_with_what_is_known_of_its_variables()
    {
        Assert.Equal("live/sub/a.tmpl name False", Known(Call("templatefile", T("sub/a.tmpl"), MapValue.Of(("name", T("x"))))));
        Assert.Equal("live/sub/a.tmpl  True", Known(Call("templatefile", T("sub/a.tmpl"), new UnknownValue(UnknownReason.NoValue, "no value"))));
    }

    [Fact]
    public void Paths_are_taken_apart_without_reading()
    {
        Assert.Equal(("a/b", "c.txt"), (Known(Call("dirname", T("a/b/c.txt"))), Known(Call("basename", T("a/b/c.txt")))));
        Assert.Equal("/b", Known(Call("abspath", T("/a/../b"))));
        Assert.Equal("/x", Assert.IsType<TextValue>(Call("abspath", T("x"))).Suffix);
    }
}
