using System.Text.Json;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Evaluation;
using static Analyzer.Tests.Languages.ExpressionBench;

namespace Analyzer.Tests.Languages.Evaluation;

/// <summary>Types of variables with defaults, as Terraform 1.11.4 converts them.</summary>
public class TypeTableTests
{
    private static readonly Lazy<Dictionary<string, JsonElement>> Table = new(() =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Languages", "Data", "tf-variable-types.json"))).RootElement.GetProperty("cases").EnumerateArray()
            .ToDictionary(each => $"{each.GetProperty("type").GetString()} <- {each.GetProperty("default").GetString()}", StringComparer.Ordinal));

    public static TheoryData<string> Cases() => [.. Table.Value.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_default_is_converted_as_terraform_does(string name)
    {
        var row = Table.Value[name];
        var expected = row.TryGetProperty("error", out _) ? "error"
            : $"{Sorted(row.GetProperty("value"))} : {Compact(row.GetProperty("actual_type").GetString()!)}";
        var actual = Converted(row.GetProperty("type").GetString()!, row.GetProperty("default").GetString()!);
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void The_table_is_there() => Assert.Equal(61, Table.Value.Count);

    private static string Converted(string type, string written)
    {
        var constraint = TypeExpressions.Read(Parsed(type), out var problem);
        var value = constraint.Convert(new Evaluator(new NoFunctions()).Evaluate(Parsed(written)));
        return problem is not null || value is UnknownValue || HasError(value) ? "error" : $"{Plain(value)} : {Named(value.Type)}";
    }

    private static string Plain(Value value) => value switch
    {
        MapValue map => "{" + string.Join(", ", map.Entries.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => $"{each.Key} = {Plain(each.Value)}")) + "}",
        ListValue list => "[" + string.Join(", ", list.Values.Select(Plain)) + "]",
        _ => Shown(value),
    };

    private static string Sorted(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object when value.TryGetProperty("$num", out var number) => number.GetString()!,
        JsonValueKind.Object => "{" + string.Join(", ", value.EnumerateObject().OrderBy(each => each.Name, StringComparer.Ordinal).Select(each => $"{each.Name} = {Sorted(each.Value)}")) + "}",
        JsonValueKind.Array => "[" + string.Join(", ", value.EnumerateArray().Select(Sorted)) + "]",
        _ => value.GetRawText(),
    };

    private static string Compact(string type) => type.Replace(" ", "", StringComparison.Ordinal).Replace(",)", ")", StringComparison.Ordinal).Replace(",}", "}", StringComparison.Ordinal)
        .Replace(",]", "]", StringComparison.Ordinal);

    private static string Named(DataType type) => type switch
    {
        TextType => "string",
        NumberType => "number",
        BoolType => "bool",
        ListType list => $"list({Named(list.Element)})",
        SetType set => $"set({Named(set.Element)})",
        MapType map => $"map({Named(map.Element)})",
        TupleType tuple => $"tuple([{string.Join(",", tuple.Elements.Select(Named))}])",
        ObjectType shape => $"object({{{string.Join(",", shape.Attributes.Select(each => $"{each.Key}:{Named(each.Value)}"))}}})",
        _ => "dynamic",
    };

    private sealed class NoFunctions : IScope
    {
        public string PredicatePrefix => "";

        public Value? Resolve(Analyzer.Languages.Hcl.Expression root, ReadOnlySpan<Analyzer.Languages.Hcl.Expression> steps, out int taken)
        {
            taken = 0;
            return null;
        }

        public Function? FindFunction(string name) => null;
    }
}

/// <summary>Types and values that Terraform's table does not have: unknown and guarded ones.</summary>
public class TypeConstraintTests
{
    [Fact]
    public void An_unknown_keeps_its_identity_and_gets_the_type()
    {
        var value = Type("object({ a = optional(number, 7) })").Convert(Unknown("var.x"));
        Assert.Equal("var.x", Assert.IsType<UnknownValue>(value).Reference!.ToString());
        Assert.IsType<ObjectType>(value.Type);
    }

    [Fact]
    public void An_attribute_that_may_be_missing_may_have_its_default()
    {
        var given = new MapValue([new Entry("a", Number(1), When("create"))]);
        Assert.Equal("{a = create -> 1 | not create -> 7}", Shown(Type("object({ a = optional(number, 7) })").Convert(given)));
    }

    [Fact]
    public void A_wrong_part_counts_as_any_and_has_its_place()
    {
        var expression = Parsed("object({ a = frob, b = number })");
        var constraint = TypeExpressions.Read(expression, out var problem);
        Assert.Equal("frob", problem!.Place!.Value.Text);
        Assert.Equal("{a = [1], b = 2}", Shown(constraint.Convert(Evaluated("{ a = [1], b = \"2\" }"))));
    }

    [Theory]
    [InlineData("list(string, number)")]
    [InlineData("list()")]
    [InlineData("object([])")]
    [InlineData("tuple({})")]
    [InlineData("map")]
    [InlineData("optional(string)")]
    [InlineData("object({ a = optional() })")]
    [InlineData("object({ (x) = string })")]
    [InlineData("1 + ")]
    public void Whatever_is_written_gives_a_constraint(string type) => Assert.NotNull(TypeExpressions.Read(Parsed(type), out _).Convert(Evaluated("{ a = 1 }")));

    [Fact]
    public void A_type_of_a_thousand_levels_is_a_problem()
    {
        var text = string.Concat(Enumerable.Repeat("list(", 400)) + "any" + new string(')', 400);
        TypeExpressions.Read(HclOf(text), out var problem);
        Assert.NotNull(problem);
    }

    private static TypeConstraint Type(string type)
    {
        var constraint = TypeExpressions.Read(Parsed(type), out var problem);
        Assert.Null(problem);
        return constraint;
    }

    private static Analyzer.Languages.Hcl.Expression HclOf(string text) => Analyzer.Languages.Hcl.HclParser.ParseExpression(SourceFile.FromText("types.tf", text)).Expression;
}
