using System.Text;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Yaml;

namespace Analyzer.Tests.Languages.Yaml;

public sealed class YamlHostileTests
{
    [Fact]
    public void An_alias_bomb_is_a_problem_and_the_rest_is_read()
    {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (var level = 1; level < 30; level++)
        {
            text.Append($"a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 9))}]\n");
        }

        text.Append("last: 1\n---\nnext: 2\n");
        var read = new Documents(text.ToString());
        Assert.Contains("alias-limit", read.Codes);
        Assert.False(read.Root.IsWhollyKnown);
        Assert.Equal("1", YamlValueTests.Show(read["last"]));
        Assert.Equal(2, read.All.Count);
    }

    [Fact]
    public void A_merge_bomb_is_a_problem_too()
    {
        var text = new StringBuilder("a0: &a0 {" + string.Join(", ", Enumerable.Range(0, 1000).Select(index => $"k{index}: 1")) + "}\n");
        for (var level = 1; level < 400; level++)
        {
            text.Append($"a{level}: &a{level} {{<<: *a{level - 1}, l{level}: 1}}\n");
        }

        Assert.Contains("alias-limit", new Documents(text.ToString()).Codes);
    }

    [Fact]
    public void An_alias_inside_what_it_names_is_unknown()
    {
        var read = new Documents("a: &x\n  b: *x\nc: 1\n");
        Assert.Equal(["recursive-alias"], read.Codes);
        Assert.Equal(UnknownReason.Cycle, Assert.IsType<UnknownValue>(read["a.b"]).Causes[0].Reason);
        Assert.NotNull(read["c"]);
    }

    [Theory]
    [InlineData("[", "")]
    [InlineData("{a: ", "")]
    [InlineData("- ", "x")]
    public void Deep_nesting_costs_one_document(string opening, string inner)
    {
        var deep = string.Concat(Enumerable.Repeat(opening, 100_000)) + inner;
        var read = new Documents($"a: 1\n---\n{deep}\n---\nb: 2\n");
        Assert.Equal(["nesting-limit"], read.Codes);
        Assert.Equal(["{a: 1}", "{b: 2}"], read.All.Select(document => YamlValueTests.Show(document.Root)));
    }

    [Fact]
    public void Nesting_below_the_limit_is_read()
    {
        var read = new Documents(string.Concat(Enumerable.Repeat("[", 128)) + string.Concat(Enumerable.Repeat("]", 128)));
        Assert.Empty(read.Problems);
        Assert.Equal(128, read.Root.Deep().Count());
    }

    [Fact]
    public void Ten_thousand_documents_are_read()
    {
        var read = new Documents(string.Concat(Enumerable.Range(0, 10_000).Select(index => $"---\na: {index}\n")));
        Assert.Equal(10_000, read.All.Count);
        Assert.Equal("{a: 9999}", YamlValueTests.Show(read.All[^1].Root));
    }

    [Fact]
    public void Ten_thousand_broken_documents_are_problems()
    {
        var read = new Documents(string.Concat(Enumerable.Range(0, 10_000).Select(index => $"---\na: [{index}\n")) + "---\nb: 1\n");
        Assert.Equal(10_000, read.Problems.Count);
        Assert.Equal("{b: 1}", YamlValueTests.Show(Assert.Single(read.All).Root));
    }

    [Fact]
    public void More_than_200_000_values_are_too_many()
    {
        var read = new Documents(string.Concat(Enumerable.Repeat("- x\n", 200_001)) + "---\na: 1\n");
        Assert.Equal(["node-limit"], read.Codes);
        Assert.Single(read.All);
    }

    [Theory]
    [InlineData("a: 1\n---\nb: [1\n---\nc: 2\n", "syntax-error", "{a: 1}|{c: 2}")]
    [InlineData("a: 1\n---\nb: \"1\n---\nc: 2\n", "syntax-error", "{a: 1}|{c: 2}")]
    [InlineData("a: 1\n---\nb:\n\tc: 1\n---\nd: 2\n", "syntax-error", "{a: 1}|{d: 2}")]
    [InlineData("a: \"\\UFFFFFFFF\"\n---\nb: 1\n", "syntax-error", "{b: 1}")]
    [InlineData("{{- if .Values.x }}\na: 1\n{{- end }}\n---\nb: 1\n", "templated-yaml", "{b: 1}")]
    [InlineData("a: 1\n---\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> x\n---\nc: 1\n", "syntax-error", "{a: 1}|{c: 1}")]
    [InlineData("%YAML 7.0\n---\na: 1\n---\nb: 2\n", "syntax-error", "{a: 1}|{b: 2}")]
    public void A_document_that_does_not_parse_costs_only_itself(string text, string code, string documents)
    {
        var read = new Documents(text);
        Assert.Equal([code], read.Codes);
        Assert.Equal(documents, string.Join('|', read.All.Select(document => YamlValueTests.Show(document.Root))));
    }

    [Fact]
    public void A_syntax_error_has_its_place() => Assert.Equal("a.yaml:4:4", new Documents("a: 1\n---\nb: 1\nc: @x\n").Problems[0].Place.ToString());

    [Theory]
    [InlineData("a: 1\na: 2\n", "duplicate-key", "{a: 2}")]
    [InlineData("[a]: 1\nb: 2\n", "invalid-key", "{b: 2}")]
    [InlineData("<<: 1\nb: 2\n", "invalid-merge", "{b: 2}")]
    public void Entries_that_cannot_be_are_problems(string text, string code, string expected)
    {
        var read = new Documents(text);
        Assert.Equal([code], read.Codes);
        Assert.Equal(expected, YamlValueTests.Show(read.Root));
    }

    [Fact]
    public void Terraform_does_not_take_unknown_tags() => Assert.Equal(["unknown-tag"], new Documents("a: !custom 1", YamlOptions.Terraform).Codes);

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_a_problem_and_the_rest_is_read()
    {
        var read = new Documents(new SourceFile("a.yaml", (byte[])[.. "a: x"u8, 0xFF, 0xE2, 0x82, .. "y\nb: z\n"u8]));
        Assert.Equal(["invalid-utf8"], read.Codes);
        Assert.Equal(4, read.Problems[0].Place!.Value.Start);
        Assert.Equal("z", read.Written("b"));
        Assert.Equal("x\uFFFD\uFFFDy", read.Text("a"));
    }

    [Fact]
    public void A_binary_file_is_not_text()
    {
        var read = new Documents(new SourceFile("a.yaml", (byte[])[0x7F, 0x45, 0, 1, 2]));
        Assert.Equal(["not-text"], read.Codes);
        Assert.Empty(read.All);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("\uFEFF")]
    public void A_file_without_documents_has_none(string text)
    {
        var read = new Documents(text);
        Assert.Empty(read.All);
        Assert.Empty(read.Problems);
    }

    [Fact]
    public void Empty_documents_are_null() => Assert.All(new Documents("---\n---\n").All, document => Assert.IsType<NullValue>(document.Root));

    [Fact]
    public void Directives_and_tabs_between_tokens_are_YAML()
    {
        var read = new Documents("%YAML 1.1\n%TAG !e! tag:example.com,2000:\n---\na:\t1\nb: !e!x y\n");
        Assert.Empty(read.Problems);
        Assert.Equal("{a: 1, b: 'y'}", YamlValueTests.Show(read.Root));
    }

    [Fact]
    public void No_mutilated_text_throws()
    {
        const string Text = "%YAML 1.1\n---\na: &x !Sub \"q\\u00e9\\n\"\nb:\n  - *x\n  - |2-\n     t\n  - >+\n    u\n\nc: {<<: *x, 'k''': [1, !!int 0x2]}\n...\n---\n? {z: 1}\n: - - v\n";
        var random = new Random(7);
        const string Spice = "[]{}:-?&*!|>'\"%@`#,\n\t\r \\~<\u0085é\uD83D";
        for (var round = 0; round < 4000; round++)
        {
            var text = new StringBuilder(Text);
            for (var change = random.Next(1, 6); change > 0; change--)
            {
                var at = random.Next(text.Length);
                switch (random.Next(3))
                {
                    case 0:
                        text.Remove(at, Math.Min(random.Next(1, 9), text.Length - at));
                        break;
                    case 1:
                        text.Insert(at, Spice[random.Next(Spice.Length)]);
                        break;
                    default:
                        text[at] = Spice[random.Next(Spice.Length)];
                        break;
                }
            }

            var read = new Documents(text.ToString(), round % 2 == 0 ? YamlOptions.Kubernetes : YamlOptions.CloudFormation);
            foreach (var value in read.All.SelectMany(document => document.Root.Deep()))
            {
                _ = ScalarText.Embed(value);
                Assert.True(value.Trace?.Place.End <= value.Trace?.Place.File.Bytes.Length || value is UnknownValue);
            }
        }
    }
}
