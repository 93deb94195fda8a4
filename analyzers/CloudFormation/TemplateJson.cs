using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Analyzer.Facts.Values;

namespace Analyzer.CloudFormation;

/// <summary>Writes values as JSON text as <c>Fn::ToJsonString</c> does.</summary>
internal static class TemplateJson
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 512 };

    /// <summary>The text of a value; it keeps the value, so that decoding gives it back. The text of a value that is not wholly known is one hole.</summary>
    internal static TextValue Encode(Value value)
    {
        var content = new Encoded("json", value);
        if (!value.IsWhollyKnown)
        {
            return TextValue.Of([new TextPart(UnknownValue.From(DataType.Text, value))]).Encoding(content);
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Compact))
        {
            Write(value, writer);
        }

        return new TextValue(Encoding.UTF8.GetString(buffer.WrittenSpan)).Encoding(content);
    }

    private static void Write(Value value, Utf8JsonWriter writer)
    {
        switch (value)
        {
            case MapValue map:
                writer.WriteStartObject();
                foreach (var entry in map.Entries)
                {
                    writer.WritePropertyName(entry.Key);
                    Write(entry.Value, writer);
                }

                writer.WriteEndObject();
                break;
            case ListValue list:
                writer.WriteStartArray();
                foreach (var item in list.Values)
                {
                    Write(item, writer);
                }

                writer.WriteEndArray();
                break;
            case BoolValue flag:
                writer.WriteBooleanValue(flag.Value);
                break;
            case TextValue text:
                writer.WriteStringValue(text.Known);
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }
}
