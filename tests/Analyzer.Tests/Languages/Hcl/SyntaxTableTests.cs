using System.Globalization;
using System.Text;
using System.Text.Json;
using Analyzer.Facts.Text;
using Analyzer.Languages.Hcl;

namespace Analyzer.Tests.Languages.Hcl;

/// <summary>Every case of the table of whole files that Terraform accepts or rejects, with the place of the first error.</summary>
public class SyntaxTableTests
{
    private static readonly Lazy<Dictionary<string, JsonElement>> Cases = new(() => Load().ToDictionary(row => row.GetProperty("id").GetString()!));

    public static TheoryData<string> Ids => [.. Cases.Value.Keys];

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_file_is_accepted_or_rejected_as_Terraform_does(string id)
    {
        var row = Cases.Value[id];
        var source = SourceFile.FromText("main.tf", row.GetProperty("source").GetString()!);
        var file = HclParser.ParseFile(source);
        var expected = row.GetProperty("accepted").GetBoolean() ? "accepted" : Place(row.GetProperty("diagnostics")[0].GetProperty("start"));
        var actual = file.Problems.Count == 0 ? "accepted" : Place(source, file.Problems[0].Place!.Value.Start);
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void The_table_is_complete() => Assert.Equal(203, Cases.Value.Count);

    private static string Place(JsonElement start) =>
        $"{start.GetProperty("line").GetInt32()}:{start.GetProperty("column").GetInt32()} byte {start.GetProperty("byte").GetInt32()}";

    /// <summary>Line, column in grapheme clusters, byte.</summary>
    private static string Place(SourceFile source, int offset)
    {
        var (line, inLine) = source.LineOf(offset);
        var before = Encoding.UTF8.GetString(source.Bytes.Span.Slice(offset - inLine, inLine));
        return string.Create(CultureInfo.InvariantCulture, $"{line}:{new StringInfo(before).LengthInTextElements + 1} byte {offset}");
    }

    private static IEnumerable<JsonElement> Load()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Languages", "Data", "hcl-syntax.json")));
        return [.. document.RootElement.GetProperty("cases").EnumerateArray().Select(row => row.Clone())];
    }
}
