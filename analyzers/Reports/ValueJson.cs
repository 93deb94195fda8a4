using Analyzer.Facts.Model;
using Analyzer.Facts.Values;
using Analyzer.Languages.Operations;
using Newtonsoft.Json;

namespace Analyzer.Reports;

/// <summary>
/// Values in JSON: known ones plain (integers beyond 2^53 and decimals as <c>{"$num": "text"}</c>), an unknown <c>{"$unknown": "reason"}</c>, text with holes
/// <c>{"$text": ["arn:", null]}</c>, alternatives <c>{"$choice": [...]}</c>, a collection with the parts that are certainly there <c>{"$open": ...}</c>, a sensitive value <c>{"$sensitive": true}</c>.
/// </summary>
internal static class ValueJson
{
    private const int DepthLimit = 64;
    private const long ExactLimit = 1L << 53;

    internal static void Write(JsonTextWriter json, Value value, int depth = 0)
    {
        if (value.IsSensitive)
        {
            Mark(json, "$sensitive", json => json.WriteValue(true));
            return;
        }

        switch (value)
        {
            case var _ when depth > DepthLimit:
                Mark(json, "$unknown", json => json.WriteValue("nested too deeply"));
                break;
            case NullValue:
                json.WriteNull();
                break;
            case BoolValue known:
                json.WriteValue(known.Value);
                break;
            case NumberValue { Number.Whole: >= -ExactLimit and <= ExactLimit } whole:
                json.WriteValue(whole.Number.Whole);
                break;
            case NumberValue known:
                Mark(json, "$num", json => json.WriteValue(known.Number.ToString()));
                break;
            case TextValue { Known: { } text }:
                json.WriteValue(text);
                break;
            case TextValue holes:
                Mark(json, "$text", json =>
                {
                    json.WriteStartArray();
                    foreach (var part in holes.Parts)
                    {
                        json.WriteValue(part.Literal);
                    }

                    json.WriteEndArray();
                });
                break;
            case ListValue { IsOpen: false, HasKnownLength: false } or MapValue { IsOpen: false } when IsGuarded(value) && Alternatives.Expand(value) is ChoiceValue cases:
                Write(json, cases, depth);
                break;
            case ListValue open when open.IsOpen || IsGuarded(open):
                Mark(json, "$open", json => WriteItems(json, open, depth));
                break;
            case ListValue list:
                WriteItems(json, list, depth);
                break;
            case MapValue open when open.IsOpen || IsGuarded(open):
                Mark(json, "$open", json => WriteEntries(json, open, depth));
                break;
            case MapValue map:
                WriteEntries(json, map, depth);
                break;
            case ChoiceValue choice:
                Mark(json, "$choice", json =>
                {
                    json.WriteStartArray();
                    foreach (var alternative in choice.Alternatives)
                    {
                        Write(json, alternative.Value, depth + 1);
                    }

                    json.WriteEndArray();
                });
                break;
            case UnknownValue unknown:
                Mark(json, "$unknown", json => json.WriteValue(unknown.Causes[0].Detail));
                break;
            case FactValue fact:
                json.WriteValue(fact.Fact.Address.Path);
                break;
        }
    }

    private static bool IsGuarded(Value value) => value switch
    {
        ListValue list => list.Items.Any(item => !item.Guard.IsAlways),
        MapValue map => map.Entries.Any(entry => !entry.Guard.IsAlways),
        _ => false,
    };

    private static void WriteItems(JsonTextWriter json, ListValue list, int depth)
    {
        json.WriteStartArray();
        foreach (var item in list.Items)
        {
            if (item.Guard.IsAlways)
            {
                Write(json, item.Value, depth + 1);
            }
        }

        json.WriteEndArray();
    }

    internal static void WriteEntries(JsonTextWriter json, MapValue map, int depth = 0)
    {
        json.WriteStartObject();
        foreach (var entry in map.Entries)
        {
            if (depth == 0 || (entry.Guard.IsAlways && entry.KeyText is null))
            {
                json.WritePropertyName(entry.Key);
                Write(json, entry.Value, depth + 1);
            }
        }

        json.WriteEndObject();
    }

    private static void Mark(JsonTextWriter json, string mark, Action<JsonTextWriter> write)
    {
        json.WriteStartObject();
        json.WritePropertyName(mark);
        write(json);
        json.WriteEndObject();
    }
}
