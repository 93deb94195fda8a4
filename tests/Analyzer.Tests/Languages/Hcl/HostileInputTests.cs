using System.Diagnostics;
using System.Text;
using Analyzer.Facts.Text;
using Analyzer.Languages.Hcl;

namespace Analyzer.Tests.Languages.Hcl;

public class HostileInputTests
{
    private static string Repeat(string part, int count) => new StringBuilder(part.Length * count).Insert(0, part, count).ToString();

    private static HclFile Parse(string text)
    {
        var watch = Stopwatch.StartNew();
        var file = HclParser.ParseFile(SourceFile.FromText("f", text));
        Assert.True(watch.Elapsed < Patience.Of, $"{watch.Elapsed}");
        Trees.Check(file);
        return file;
    }

    public static TheoryData<string> DeepOpeners => ["[", "(", "{a=", "!", "-", "f(", "a[", "a ? b : ", "\"${", "x[*]", "[for a in ", "\"%{ if a }", "%{"];

    [Theory]
    [MemberData(nameof(DeepOpeners))]
    public void A_hundred_thousand_levels_end_at_once_and_cost_one_attribute(string opener)
    {
        var file = Parse($"b = 1\na = {Repeat(opener, 100_000)}\nc = 2\n");
        Assert.Single(file.Problems);
        Assert.Equal("1", file.Body.Find("b")!.Value.Name);
        Assert.Equal("2", file.Body.Find("c")!.Value.Name);
    }

    [Fact]
    public void Balanced_brackets_nested_too_deep_are_one_problem()
    {
        var file = Parse($"a = {Repeat("[\n", 100_000)}{Repeat("]\n", 100_000)}\nc = 2\n");
        Assert.Equal("nesting-limit", Assert.Single(file.Problems).Code);
        Assert.Equal("2", file.Body.Find("c")!.Value.Name);
    }

    [Fact]
    public void Five_hundred_levels_are_read() => Assert.Empty(Parse($"a = {Repeat("[", 500)}{Repeat("]", 500)}\n").Problems);

    [Fact]
    public void Blocks_nested_too_deep_are_one_problem()
    {
        var file = Parse($"{Repeat("b {\n", 50_000)}{Repeat("}\n", 50_000)}c = 2\n");
        Assert.Equal("nesting-limit", Assert.Single(file.Problems).Code);
        Assert.Equal("2", file.Body.Find("c")!.Value.Name);
    }

    [Theory]
    [InlineData("1 + ")]
    [InlineData("b.")]
    public void Endless_chains_are_one_problem(string link) =>
        Assert.Equal("nesting-limit", Assert.Single(Parse($"a = {Repeat(link, 500_000)}c\n").Problems).Code);

    public static TheoryData<string> Lines => ["a = [1\n", "b {\n", "a \"x\" {\n<<A\n", "a = \"${\n", "\"", "}", "/*", "<<<<<<<\n", "a = <<E\n", "a=1 a=1\n", "x", "a = <<-E\n \n", "'", "b \"\\u\" {\n", "[}(", "a{a=a a"];

    [Theory]
    [MemberData(nameof(Lines))]
    public void Repeated_mistakes_take_linear_time(string line) => Assert.NotEmpty(Parse(Repeat(line, 2_000_000 / line.Length)).Problems);

    [Fact]
    public void A_line_of_sixteen_megabytes_is_read()
    {
        var file = Parse($"a = \"{new string('x', (16 * 1024 * 1024) - 10)}\"");
        Assert.Empty(file.Problems);
        Assert.Equal((16 * 1024 * 1024) - 10, file.Body.Find("a")!.Value[0].Name.Length);
    }

    [Fact]
    public void A_longer_text_is_one_problem() => Assert.Equal("size-limit", Assert.Single(Parse(new string(' ', (16 * 1024 * 1024) + 1)).Problems).Code);

    [Fact]
    public void Four_million_tokens_are_the_most()
    {
        var file = Parse($"b = 1\na = [\n{Repeat("1,", 2_500_000)}]\n");
        Assert.Contains(file.Problems, problem => problem.Code == "size-limit");
        Assert.Equal("1", file.Body.Find("b")!.Value.Name);
    }

    [Fact]
    public void A_body_with_very_many_attributes_is_checked_for_repeated_names()
    {
        var text = new StringBuilder();
        for (var index = 0; index < 100_000; index++)
        {
            text.Append("name").Append(index).Append(" = 1\n");
        }

        Assert.Single(Parse(text.Append("name77777 = 2\n").ToString()).Problems);
    }
}
