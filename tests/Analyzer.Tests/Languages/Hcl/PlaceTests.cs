using Analyzer.Facts.Text;
using Analyzer.Languages.Hcl;

namespace Analyzer.Tests.Languages.Hcl;

public class PlaceTests
{
    private const string Text = "\uFEFF# top\nresource \"aws_é\" x-1 { // here\n  a = f(b.c[0], \"d\\te\") + 1 /* in */\n  inner { n = <<E\nt\nE\n  }\n}\n";

    [Fact]
    public void Spans_are_exact()
    {
        var body = HclParser.ParseFile(SourceFile.FromText("main.tf", "resource \"aws_é\" x-1 {\n  a = f(b.c[0], \"d\\te\") + 1\n}\n")).Body;
        var block = Assert.Single(body.Blocks);
        Assert.Equal("resource", block.TypePlace.Text);
        Assert.Equal("resource \"aws_é\" x-1", block.Header.Text);
        Assert.Equal(["\"aws_é\"", "x-1"], block.Labels.Select(label => label.Place.Text));
        Assert.Equal(["aws_é", "x-1"], block.Labels.Select(label => label.Text));
        Assert.Equal("\n  a = f(b.c[0], \"d\\te\") + 1\n", block.Body.Place.Text);
        Assert.EndsWith("+ 1\n}", block.Place.Text, StringComparison.Ordinal);

        var attribute = block.Body.Find("a")!;
        Assert.Equal("a", attribute.NamePlace.Text);
        Assert.Equal("a = f(b.c[0], \"d\\te\") + 1", attribute.Place.Text);
        var call = attribute.Value[0];
        Assert.Equal("f(b.c[0], \"d\\te\")", call.Place.Text);
        Assert.Equal("f", call.NamePlace.Text);
        Assert.Equal("b.c[0]", call[0].Place.Text);
        Assert.Equal("c", call[0][0].NamePlace.Text);
        Assert.Equal("\"d\\te\"", call[1].Place.Text);
        Assert.Equal("d\\te", call[1][0].Place.Text);
        Assert.Equal("d\te", call[1][0].Name);
    }

    [Fact]
    public void Comments_are_ranges_without_line_break() =>
        Assert.Equal(
            ["# top", "// here", "/* in\n */", "#"],
            HclParser.ParseFile(SourceFile.FromText("f", "# top\r\nb { // here\n a = 1 /* in\n */\n}\n#")).Comments.Select(comment => comment.Text));

    [Fact]
    public void Text_of_an_indented_heredoc_keeps_the_place_of_its_lines()
    {
        var value = HclParser.ParseFile(SourceFile.FromText("f", "a = <<-E\n  x\n  y${b}\n  E\n")).Body.Find("a")!.Value;
        Assert.Equal("<<-E\n  x\n  y${b}\n  E", value.Place.Text);
        Assert.Equal("x\n  y", value[0].Place.Text);
        Assert.Equal("x\ny", value[0].Name);
        Assert.Equal("b", value[1].Place.Text);
    }

    [Fact]
    public void A_byte_order_mark_counts_as_bytes_and_is_no_text()
    {
        var file = HclParser.ParseFile(SourceFile.FromText("f", "\uFEFFa = 1\n"));
        Assert.Empty(file.Problems);
        Assert.Equal(3, file.Body.Find("a")!.Place.Start);
    }

    [Fact]
    public void Blocks_and_attributes_are_found_by_name()
    {
        var body = HclParser.ParseFile(SourceFile.FromText("f", "é = 1\nb {}\nbb {}\nb \"x\" {}\n")).Body;
        Assert.Equal("1", body.Find("é")!.Value.Name);
        Assert.Null(body.Find("e"));
        Assert.Equal(2, body.BlocksOf("b").Count());
    }

    [Fact]
    public void Every_span_of_a_file_with_everything_lies_inside_its_parent() =>
        Trees.Check(HclParser.ParseFile(SourceFile.FromText("f", Text.Replace("inner { n = <<E\nt\nE\n  }", "inner {\n n = <<E\nt\nE\n  }", StringComparison.Ordinal))), correct: true);
}
