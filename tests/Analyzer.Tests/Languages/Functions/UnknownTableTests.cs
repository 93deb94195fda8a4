using System.Text.Json;
using Analyzer.Facts.Values;

namespace Analyzer.Tests.Languages.Functions;

/// <summary>
/// Expressions over unknown values against Terraform's plan: what Terraform knows is known here and the same; what it does not know may be known here, never wrongly.
/// </summary>
public class UnknownTableTests
{
    private static readonly Lazy<Dictionary<string, JsonElement>> Calls = new(() =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Languages", "Data", "tf-unknowns.json"))).RootElement.GetProperty("cases").EnumerateArray()
            .Where(each => !each.GetProperty("expr").GetString()!.Contains("terraform_data", StringComparison.Ordinal))
            .ToDictionary(each => each.GetProperty("expr").GetString()!, StringComparer.Ordinal));

    internal static IEnumerable<string> Written => Calls.Value.Keys;

    public static TheoryData<string> Cases() => [.. Calls.Value.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_terraform_knows_is_known(string expression)
    {
        var value = Expressions.Compute(expression, Local);
        var expected = Calls.Value[expression];
        var mask = expected.TryGetProperty("unknown", out var unknown) ? unknown : default;
        PlannedValue.AssertKnown(expected.GetProperty("after"), mask, value);
    }

    internal static Value? Local(string name) => name switch
    {
        "local.us" => Unknown("s.id", DataType.Text),
        "local.un" => Unknown("n.output", DataType.Number),
        "local.ub" => Unknown("b.output", DataType.Bool),
        "local.ul" => Unknown("l.output", new ListType(DataType.Text)),
        "local.um" => Unknown("m.output", new MapType(DataType.Text)),
        "local.ut" => Unknown("t.output", new TupleType([DataType.Text, DataType.Number])),
        "local.uo" => Unknown("o.output", MapValue.Of(("a", new TextValue("")), ("n", NumberValue.Of(1))).Type),
        "local.uz" => Unknown("z.output", new SetType(DataType.Text)),
        "local.ud" => new UnknownValue(UnknownReason.Computed, "what a text holds is known after apply"),
        "local.up" => TextValue.Of([new TextPart("pre-"), new TextPart(Unknown("s.id", DataType.Text))]),
        "local.uq" => TextValue.Of([new TextPart("pre-"), new TextPart(Unknown("s.id", DataType.Text)), new TextPart("-post")]),
        "local.kl" => ListValue.Of([new TextValue("k"), Unknown("s.id", DataType.Text)]),
        "local.ko" => MapValue.Of(("a", new TextValue("k")), ("b", Unknown("s.id", DataType.Text))),
        _ => null,
    };

    private static UnknownValue Unknown(string attribute, DataType type) =>
        new(UnknownReason.Computed, "known after apply", null, new Reference(new Address("root", "terraform_data"), attribute), type) { IsNotNull = true };
}
