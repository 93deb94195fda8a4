using System.Diagnostics;
using System.Text;
using Analyzer.Facts.Values;

namespace Analyzer.Tests.Languages.Yaml;

/// <summary>What libyaml and its kin read, which the tools of AWS and Kubernetes use, and a stricter scanner refuses. The expected values are libyaml's (PyYAML 6.0.3).</summary>
public sealed class YamlStrictnessTests
{
    [Theory]
    [InlineData("a:\n  b: \"one\n  two\"\n  c: 3\n", "one two")]
    [InlineData("a:\n  b: \"one\ntwo\n\n three\"\n  c: 3\n", "one two\nthree")]
    [InlineData("a:\n  b: \"one \\\n  two \\\" \\\\\n\tthree\"\n  c: 3\n", "one two \" \\ three")]
    [InlineData("a:\r\n  b: \"one\r\n  two\"\r\n  c: 3\r\n", "one two")]
    [InlineData("a:\n  b: !x &y \"one\n  two\"\n  c: 3\n", "one two")]
    [InlineData("a: {b: \"one\ntwo\",\n  c: 3}\n", "one two")]
    public void Lines_of_a_quoted_text_may_begin_anywhere(string yaml, string expected)
    {
        var read = new Documents(yaml);

        Assert.Empty(read.Problems);
        Assert.Equal(expected, read.Text("a.b"));
        Assert.Equal("3", read.Written("a.c"));
        Assert.StartsWith("\"one", read.Written("a.b"), StringComparison.Ordinal);
        Assert.EndsWith("\"", read.Written("a.b"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a:\n  b: |\n      \n      one\n  c: 3\n", "\none\n")]
    [InlineData("a:\n  b: |-\n    \n  \n\n     one\n     two\n  c: 3\n", "\n\n\none\ntwo")]
    [InlineData("a:\n  b: |+ # said\n     \n     one\n\n  c: 3\n", "\none\n\n")]
    [InlineData("a:\r\n  b: |\r\n     \r\n     one\r\n  c: 3\r\n", "\none\n")]
    [InlineData("a:\n  b: |\n      \n  c: 3\n", "")]
    [InlineData("a:\n  b: |+\n      \n  c: 3\n", "\n")]
    public void The_first_lines_of_a_block_may_be_blanks(string yaml, string expected)
    {
        var read = new Documents(yaml);

        Assert.Empty(read.Problems);
        Assert.Equal(expected, read.Text("a.b"));
        Assert.Equal("3", read.Written("a.c"));
        Assert.StartsWith("|", read.Written("a.b"), StringComparison.Ordinal);
    }

    [Fact]
    public void Places_behind_both_are_those_of_the_file()
    {
        var read = new Documents("é: \"1\n2\"\nb:\n  - |\n    \n    x\n  - {c: \"3\n4\", d: é}\n---\ne: \"5\n6\"\nf: g\n");

        Assert.Empty(read.Problems);
        Assert.Equal(["\"1\n2\"", "|\n    \n    x", "é"], [read.Written("é"), read.Written("b.0"), read.Written("b.1.d")]);
        Assert.Equal("f", ((MapValue)read.All[1].Root).Find("f")!.KeyPlace!.Value.Text);
        Assert.Equal("e: \"5\n6\"\nf: g", read.All[1].Place.Text["---\n".Length..]);
    }

    [Theory]
    [InlineData("a:\n  b: \"one\n  two\n  c: 3\n", "a:\n  b: ")] // Nothing ends it.
    [InlineData("a:\n  b: \"one\n---\ntwo\"\n", "a:\n  b: ")] // A document ends it.
    [InlineData("a:\n  b: \"one\n  \\q\"\n", "a:\n  b: ")] // No such escape.
    [InlineData("a:\n  b: |\n         \n      one\n  c: 3\n", "a:\n  b: |\n         \n")] // How far is it indented?
    public void What_they_refuse_is_refused_at_its_place(string yaml, string before)
    {
        var problem = Assert.Single(new Documents(yaml).Problems);

        Assert.Equal("syntax-error", problem.Code);
        Assert.Equal(before.Length, problem.Place!.Value.Start);
    }

    [Fact]
    public void So_many_that_reading_again_would_take_long_are_given_up()
    {
        var yaml = new StringBuilder();
        for (var at = 0; at < 20_000; at++)
        {
            yaml.Append('a').Append(at).Append(": \"one\ntwo\"\n");
        }

        var watch = Stopwatch.StartNew();
        var read = new Documents(yaml.ToString());

        Assert.Equal("syntax-error", Assert.Single(read.Problems).Code);
        Assert.True(watch.Elapsed < Patience.Of, $"took {watch.Elapsed}");
    }

    [Fact]
    public void What_follows_what_is_mended_is_not_copied_each_time()
    {
        var yaml = new StringBuilder();
        for (var at = 0; at < 500; at++)
        {
            yaml.Append('a').Append(at).Append(": \"\n\"\n");
        }

        yaml.Insert(yaml.Length, "# nothing but words\n", 1_000_000);
        var watch = Stopwatch.StartNew();
        var read = new Documents(yaml.ToString());

        Assert.Empty(read.Problems);
        Assert.Equal(" ", read.Text("a499"));
        Assert.True(watch.Elapsed < Patience.Of, $"took {watch.Elapsed}");
    }

    [Fact]
    public void A_block_may_begin_with_very_many_lines_of_blanks()
    {
        var watch = Stopwatch.StartNew();
        var read = new Documents("a: |\n" + string.Concat(Enumerable.Repeat("  \n", 300_000)) + "  b\n");

        Assert.Empty(read.Problems);
        Assert.Equal(new string('\n', 300_000) + "b\n", read.Text("a"));
        Assert.True(watch.Elapsed < Patience.Of, $"took {watch.Elapsed}");
    }
}
