using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Analyzer.Facts.Values;

namespace Analyzer.Tests.CloudFormation;

/// <summary>Writes a template as people write YAML: blocks, and functions in their short forms where one may stand.</summary>
internal static class YamlTwin
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Appends a map, each entry on lines of its own.</summary>
    internal static void Write(Value root, StringBuilder yaml)
    {
        foreach (var entry in ((MapValue)root).Entries)
        {
            Entry(entry, yaml, 0);
        }
    }

    private static void Block(Value value, StringBuilder yaml, int depth)
    {
        switch (value)
        {
            case MapValue { Entries: [{ Key: var key } call] } when Short(key) is { } name:
                // The argument of a short form may not begin with another one.
                yaml.Append(' ').Append(name).Append(' ').Append(Flow(Argument(call), isArgument: true)).Append('\n');
                break;
            case MapValue { Entries.Length: > 0 } map:
                yaml.Append('\n');
                foreach (var entry in map.Entries)
                {
                    Entry(entry, yaml, depth + 1);
                }

                break;
            case ListValue { Items.Length: > 0 } list:
                yaml.Append('\n');
                foreach (var item in list.Values)
                {
                    yaml.Append(' ', (depth + 1) * 2).Append('-');
                    Block(item, yaml, depth + 1);
                }

                break;
            default:
                yaml.Append(' ').Append(Flow(value, isArgument: false)).Append('\n');
                break;
        }
    }

    private static void Entry(Entry entry, StringBuilder yaml, int depth)
    {
        yaml.Append(' ', depth * 2).Append(Quoted(entry.Key)).Append(':');
        Block(entry.Value, yaml, depth);
    }

    private static string Flow(Value value, bool isArgument) => value switch
    {
        MapValue { Entries: [{ Key: var key } call] } when !isArgument && Short(key) is { } name => $"{name} {Flow(Argument(call), isArgument: true)}",
        MapValue map => $"{{{string.Join(", ", map.Entries.Select(entry => $"{Quoted(entry.Key)}: {Flow(entry.Value, isArgument: false)}"))}}}",
        ListValue list => $"[{string.Join(", ", list.Values.Select(item => Flow(item, isArgument: false)))}]",
        BoolValue flag => flag.Value ? "true" : "false",
        NumberValue number => number.Number.ToString(),
        TextValue { Known: { } known } => Quoted(known),
        _ => "null",
    };

    /// <summary>The tag of a function; null for what is none. <c>Condition</c> is one only in conditions.</summary>
    private static string? Short(string key) =>
        key == "Ref" ? "!Ref" : key.StartsWith("Fn::", StringComparison.Ordinal) && key.LastIndexOf("::", StringComparison.Ordinal) == 2 ? "!" + key[4..] : null;

    private static Value Argument(Entry call) =>
        call is { Key: "Fn::GetAtt", Value: ListValue { Items: [{ Value: TextValue { Known: { } name } }, { Value: TextValue { Known: { } attribute } }] } }
            ? new TextValue($"{name}.{attribute}")
            : call.Value;

    private static string Quoted(string text) => JsonSerializer.Serialize(text, Plain);
}
