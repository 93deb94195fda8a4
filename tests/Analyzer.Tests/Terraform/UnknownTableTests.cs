using System.Text.Json;
using Analyzer.Facts.Values;

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
        AssertKnown(row.GetProperty("after"), row.TryGetProperty("unknown", out var mask) ? mask : default, Configuration.Value[$"terraform_data.row{at}"].Body["input"]);
    }

    [Fact]
    public void The_table_is_complete() => Assert.Equal(186, Rows.Count());

    private static void AssertKnown(JsonElement expected, JsonElement mask, Value? actual)
    {
        if (mask.ValueKind == JsonValueKind.True)
        {
            Assert.False(actual is null or NullValue);
            return;
        }

        switch (expected.ValueKind)
        {
            case JsonValueKind.Array:
                var list = Assert.IsType<ListValue>(actual);
                Assert.Equal(expected.GetArrayLength(), list.Items.Length);
                for (var at = 0; at < list.Items.Length; at++)
                {
                    AssertKnown(expected[at], mask.ValueKind == JsonValueKind.Array ? mask[at] : default, list.Items[at].Value);
                }

                break;
            case JsonValueKind.Object:
                var map = Assert.IsType<MapValue>(actual);
                var masked = mask.ValueKind == JsonValueKind.Object ? mask.EnumerateObject().Where(each => each.Value.ValueKind != JsonValueKind.False).Select(each => each.Name) : [];
                Assert.Equal(expected.EnumerateObject().Select(each => each.Name).Union(masked).Order(StringComparer.Ordinal), map.Entries.Select(entry => entry.Key).Order(StringComparer.Ordinal));
                foreach (var entry in map.Entries)
                {
                    var inner = mask.ValueKind == JsonValueKind.Object && mask.TryGetProperty(entry.Key, out var own) ? own : default;
                    AssertKnown(expected.TryGetProperty(entry.Key, out var value) ? value : default, inner, entry.Value);
                }

                break;
            case JsonValueKind.String:
                Assert.Equal(expected.GetString(), Assert.IsType<TextValue>(actual).Known);
                break;
            case JsonValueKind.Number:
                Assert.Equal(expected.GetRawText(), Assert.IsType<NumberValue>(actual).Number.ToString());
                break;
            case JsonValueKind.True or JsonValueKind.False:
                Assert.Equal(expected.GetBoolean(), Assert.IsType<BoolValue>(actual).Value);
                break;
            default:
                // An argument that is null reads as not written.
                Assert.True(actual is null or NullValue);
                break;
        }
    }
}
