using Analyzer.Facts.Text;
using Analyzer.Languages.Hcl;

namespace Analyzer.Tests.Languages.Hcl;

public class RecoveryTests
{
    private static HclFile Parse(string text)
    {
        var file = HclParser.ParseFile(SourceFile.FromText("main.tf", text));
        Trees.Check(file);
        return file;
    }

    private static string Problems(HclFile file) => string.Join(' ', file.Problems.Select(problem => problem.Place!.Value.ToString()[8..]));

    [Theory]
    [InlineData("a = 1 +\nb = 2\n", "a=(Error) b=(Number 2)", "1:8")]
    [InlineData("a = [1, 2\nb = 2\nc = [3]\n", "a=(Error) b=(Number 2) c=(Tuple (Number 3))", "2:1")]
    [InlineData("a = { x = [1, 2 }\nb = 2\n", "a=(Error) b=(Number 2)", "1:17")]
    [InlineData("a = {\n  x = 1 1\n  y = 2\n}\nb = 2\n", "a=(Error) b=(Number 2)", "2:9")]
    [InlineData("a = {\nx = 1 1\ny = 2\n}\nb = 2\n", "a=(Error) b=(Number 2)", "2:7")]
    [InlineData("a = \"x\nb = 2\n", "a=(Error) b=(Number 2)", "1:7")]
    [InlineData("a = \"x${f(\"y\nb = 2\n", "a=(Error) b=(Number 2)", "1:13")]
    [InlineData("a = 'x'\nb = 2\n", "a=(Error) b=(Number 2)", "1:5")]
    [InlineData("a 1\nb = 2\n", "b=(Number 2)", "1:1")]
    [InlineData("1 = 1\n}\nb = 2\n", "b=(Number 2)", "1:1 2:1")]
    [InlineData("a = 1\na = 2\nb = 2\n", "a=(Number 1) a=(Number 2) b=(Number 2)", "2:1")]
    [InlineData("a = 1\r\nb = \"x\r\nc = 3\r\n", "a=(Number 1) b=(Error) c=(Number 3)", "2:7")]
    [InlineData("a = 1 /* never closed\nb = 2\n", "a=(Error) b=(Number 2)", "1:8")]
    [InlineData("a = \"${f(\nb = 2\n", "a=(Error) b=(Number 2)", "1:6")]
    public void A_broken_attribute_costs_only_itself(string text, string tree, string places)
    {
        var file = Parse(text);
        Assert.Equal(tree, TreeText.Of(file.Body));
        Assert.Equal(places, Problems(file));
        Assert.All(file.Problems, problem => Assert.Equal("syntax-error", problem.Code));
    }

    [Theory]
    [InlineData("b {\n  x = 1 2\n  y = 3\n}\nc {}\n", "[b: x=(Error) y=(Number 3)] [c: ]", "2:9")]
    [InlineData("b {\n  x = [1\n  y = 3\n}\nc {}\n", "[b: x=(Error) y=(Number 3)] [c: ]", "3:3")]
    [InlineData("b {\n  x = [1\n}\nc {}\n", "[b: x=(Error)] [c: ]", "3:1")]
    [InlineData("b \"x\" = {\n y = 1\n}\nc {}\n", "[c: ]", "1:7")]
    [InlineData("b { x = 1, y = 2 }\nc {}\n", "[b: x=(Number 1)] [c: ]", "1:10")]
    [InlineData("b {} c {}\nd {}\n", "[b: ] [d: ]", "1:6")]
    [InlineData("b \"x${y}\" {\n z = 1\n}\nc {}\n", "[c: ]", "1:5")]
    public void A_broken_block_costs_only_itself(string text, string tree, string places)
    {
        var file = Parse(text);
        Assert.Equal(tree, TreeText.Of(file.Body));
        Assert.Equal(places, Problems(file));
    }

    [Fact]
    public void A_block_without_closing_brace_does_not_swallow_the_next_one()
    {
        var file = Parse("b \"x\" {\n  y = 1\n  z {\n    q = 1\n  }\n\nb \"w\" {\n  y = 2\n}\n");
        Assert.Equal("[b 'x': y=(Number 1) [z: q=(Number 1)]] [b 'w': y=(Number 2)]", TreeText.Of(file.Body));
        Assert.Equal("1:7", Problems(file));
    }

    [Fact]
    public void A_truncated_file_keeps_its_first_blocks()
    {
        var file = Parse("b \"x\" {\n  y = 1\n}\nb \"w\" {\n  y = 2\n  z = [1, ");
        Assert.Equal("[b 'x': y=(Number 1)] [b 'w': y=(Number 2) z=(Error)]", TreeText.Of(file.Body));
    }

    [Fact]
    public void A_heredoc_without_end_marker_does_not_swallow_the_next_block()
    {
        var file = Parse("b \"x\" {\n  y = <<EOT\nsome ${text}\nEOT,\n}\n\nb \"w\" {\n  y = 2\n}\n");
        Assert.Equal("[b 'x': y=(Error)] [b 'w': y=(Number 2)]", TreeText.Of(file.Body));
        Assert.Contains(file.Problems, problem => problem.Message.Contains("line 2", StringComparison.Ordinal) && problem.Message.Contains("EOT", StringComparison.Ordinal));
    }

    [Fact]
    public void Conflict_markers_are_named_and_both_sides_are_kept()
    {
        var file = Parse("b {\n<<<<<<< HEAD\n  x = 1\n=======\n  y = 2\n>>>>>>> branch\n  z = 3\n}\n");
        Assert.Equal("[b: x=(Number 1) y=(Number 2) z=(Number 3)]", TreeText.Of(file.Body));
        Assert.Equal("2:1 4:1 6:1", Problems(file));
        Assert.All(file.Problems, problem => Assert.Equal("A merge conflict is not resolved here.", problem.Message));
    }

    [Fact]
    public void Text_that_is_not_UTF8_is_a_problem_and_the_rest_is_kept()
    {
        var file = HclParser.ParseFile(new SourceFile("f", "a = \"x\u00ff\"\nb = 2\n"u8.ToArray().Select(unit => unit == 0xC3 ? (byte)0xFF : unit).ToArray()));
        Trees.Check(file);
        Assert.Equal(6, Assert.Single(file.Problems).Place!.Value.Start);
        Assert.Equal("2", file.Body.Find("b")!.Value.Name);
    }

    [Fact]
    public void Noise_gives_a_bounded_number_of_problems()
    {
        var noise = new byte[200_000];
        new Random(7).NextBytes(noise);
        var file = HclParser.ParseFile(new SourceFile("f", noise));
        Trees.Check(file);
        Assert.InRange(file.Problems.Count, 1, 100);
    }
}
