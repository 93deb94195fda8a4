using System.Globalization;
using System.Text.Json;
using Analyzer.Facts.Text;
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
        ["UPPER(\"a\")"] = "a function that is not known may come with a newer version: unknown, not an error",
        ["nope(1)"] = "a function that is not known may come with a newer version: unknown, not an error",
        ["core::nope(1)"] = "a function that is not known may come with a newer version: unknown, not an error",
        ["a::b::c(1)"] = "a function that is not known may come with a newer version: unknown, not an error",
        ["provider::aws::arn_parse(\"x\")"] = "a function that is not known may come with a newer version: unknown, not an error",
    };

    /// <summary>Rows in which the recorded version has a defect, or that depend on where it ran: what newer ones answer.</summary>
    private static readonly Dictionary<string, string> Newest = new(StringComparer.Ordinal)
    {
        ["false && \"notabool\""] = "false : \"bool\"",
        ["true || \"notabool\""] = "true : \"bool\"",
        ["1 && true"] = "error",
        ["null || true"] = "true : \"bool\"",
        ["true || null"] = "true : \"bool\"",
        ["false && null"] = "false : \"bool\"",
        ["element([\"a\", \"b\", \"c\"], -1)"] = "\"c\" : \"string\"",
        ["element([\"a\", \"b\", \"c\"], -4)"] = "\"c\" : \"string\"",
        ["path.cwd == \"\""] = "unknown",
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
        if (Newest.TryGetValue(expression, out var newest))
        {
            Assert.True(expected.TryGetProperty("quirk", out _));
            Assert.Equal(newest, actual is ChoiceValue ? "unknown" : Printed(actual));
        }
        else if (Deviations.ContainsKey(expression))
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
        .. Table.Value.RootElement.GetProperty("filesystem").GetProperty("cases").EnumerateArray().Select(each => each.GetProperty("expr").GetString()!),
    ];

    [Theory]
    [MemberData(nameof(FileCases))]
    public void An_expression_over_files_answers_as_terraform_does(string expression)
    {
        var table = Table.Value.RootElement.GetProperty("filesystem");
        var files = new MemoryFiles(
        [
            .. table.GetProperty("files").EnumerateObject().Select(file => SourceFile.FromText(file.Name, file.Value.GetString()!)),
            .. table.GetProperty("binary_files_base64").EnumerateObject().Select(file => new SourceFile(file.Name, file.Value.GetBytesFromBase64())),
        ]);
        var expected = table.GetProperty("cases").EnumerateArray().First(each => each.GetProperty("expr").GetString() == expression);
        var actual = Expressions.Compute(expression, null, files);
        if (expected.TryGetProperty("error", out _))
        {
            // A file that is not there may come from a step before: unknown.
            Assert.True(Printed(actual) is "error" or "unknown");
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
    public void The_tables_are_complete()
    {
        Assert.Equal(758, Table.Value.RootElement.GetProperty("cases").GetArrayLength());
        Assert.Equal(37, Table.Value.RootElement.GetProperty("filesystem").GetProperty("cases").GetArrayLength());
        Assert.Equal(All().Count(each => each.TryGetProperty("quirk", out _)), Newest.Count);
    }

    [Fact]
    public void Every_built_in_function_is_there()
    {
        var files = new FileFunctions(new MemoryFiles(), "", "", (_, _) => NullValue.Instance, new FileReads());
        var missing = Table.Value.RootElement.GetProperty("functions_in_this_version").EnumerateArray().Select(name => name.GetString()!)
            .Where(name => TerraformFunctions.Find(name) is null && files.Find(name) is null);
        Assert.Empty(missing);
    }

    private static IEnumerable<JsonElement> All() => Table.Value.RootElement.GetProperty("cases").EnumerateArray();

    private static string Expected(JsonElement each)
    {
        if (each.TryGetProperty("error", out _))
        {
            return "error";
        }

        return each.TryGetProperty("value", out var value)
            ? $"{Sorted(value)} : {JsonSerializer.Serialize(each.GetProperty("type"))}"
            : $"{each.GetProperty("display").GetString()} : \"number\"";
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
        value.Deep().Any(Conversion.IsError) ? "error" : value is UnknownValue ? "unknown" : $"{Text(value)} : {Type(value.Type)}";

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
