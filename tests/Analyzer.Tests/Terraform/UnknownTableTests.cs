using System.Text.Json;
using Analyzer.Tests.Languages;

namespace Analyzer.Tests.Terraform;

/// <summary>
/// Every row of the table of unknowns, in the configuration it was recorded with: what Terraform knows when it plans is known here and the same. What <c>terraform_data</c> puts out is known
/// here, because it is what was put in.
/// </summary>
public class UnknownTableTests
{
    private static readonly Lazy<JsonElement> Table = new(() =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Languages", "Data", "tf-unknowns.json"))).RootElement);

    private static readonly Lazy<Loaded> Configuration = new(() => Loaded.Of(
        Table.Value.GetProperty("preamble").GetString() + "\n" + string.Join('\n', Rows.Select((row, at) => $"resource \"terraform_data\" \"row{at}\" {{\n  input = {row.GetProperty("expr").GetString()}\n}}"))));

    private static IEnumerable<JsonElement> Rows => Table.Value.GetProperty("cases").EnumerateArray();

    public static TheoryData<int, string> Cases()
    {
        var cases = new TheoryData<int, string>();
        foreach (var (at, row) in Rows.Index())
        {
            cases.Add(at, row.GetProperty("expr").GetString()!);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_terraform_knows_is_known_in_a_configuration(int at, string expression)
    {
        var row = Rows.ElementAt(at);
        Assert.Equal(expression, row.GetProperty("expr").GetString());
        PlannedValue.AssertKnown(row.GetProperty("after"), row.TryGetProperty("unknown", out var mask) ? mask : default, Configuration.Value[$"terraform_data.row{at}"].Body["input"]);
    }

    [Fact]
    public void The_table_is_complete() => Assert.Equal(186, Rows.Count());
}
