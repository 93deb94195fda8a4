using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Names;
using Analyzer.Languages.Yaml;

namespace Analyzer.Languages.Json;

/// <summary>Makes values of the tokens of one document.</summary>
internal sealed class JsonBuilder(SourceFile source, int mark, ProblemLog problems)
{
    private readonly Stack<MapEntries> _idle = [];
    private readonly List<Item> _items = [];

    /// <summary>Reads the value whose first token is current; afterwards its last token is.</summary>
    internal Value Node(ref Utf8JsonReader reader)
    {
        var start = Start(reader);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var entries = _idle.TryPop(out var idle) ? idle : new MapEntries(problems);
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var keyStart = Start(reader);

                    // The colon belongs to the token: the key ends with its quote.
                    var keyPlace = source.At(keyStart, reader.ValueSpan.Length + 2);
                    var key = Text(ref reader);
                    reader.Read();
                    entries.Add(key, Node(ref reader), keyPlace);
                }

                var map = entries.ToMap(Place(start, reader));
                _idle.Push(entries);
                return map;
            case JsonTokenType.StartArray:
                var first = _items.Count;
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    _items.Add(new Item(Node(ref reader)));
                }

                var items = ImmutableArray.Create<Item>(CollectionsMarshal.AsSpan(_items)[first..]);
                _items.RemoveRange(first, items.Length);
                return new ListValue(items) { Written = Place(start, reader) };
            case JsonTokenType.String:
                return new TextValue(Text(ref reader)) { Written = Place(start, reader) };
            case JsonTokenType.Number:
                var written = Encoding.ASCII.GetString(reader.ValueSpan);
                var place = Place(start, reader);
                return Number.TryParse(written, out var number)
                    ? new NumberValue(number) { Written = place }
                    : new UnknownValue(UnknownReason.Limit, "a number with too many digits", place, type: DataType.Number) { Written = place };
            case JsonTokenType.True or JsonTokenType.False:
                return BoolValue.Of(reader.TokenType == JsonTokenType.True).WrittenAt(Place(start, reader));
            default:
                return NullValue.Instance.WrittenAt(Place(start, reader));
        }
    }

    private int Start(in Utf8JsonReader reader) => (int)reader.TokenStartIndex + mark;

    private int End(in Utf8JsonReader reader) => (int)reader.BytesConsumed + mark;

    private Span Place(int start, in Utf8JsonReader reader) => source.At(start, End(reader) - start);

    private static string Text(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return NameTable.Get(reader.ValueSpan);
        }

        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return Unescape(Encoding.UTF8.GetString(reader.ValueSpan));
        }
    }

    /// <summary>Decodes escapes of text that is not valid Unicode (half a surrogate pair, bytes that are not UTF-8): what is invalid becomes U+FFFD.</summary>
    private static string Unescape(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '\\')
            {
                result.Append(text[at]);
                continue;
            }

            at++;
            if (text[at] == 'u')
            {
                result.Append((char)ushort.Parse(text.AsSpan(at + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                at += 4;
            }
            else
            {
                result.Append(text[at] switch { 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', var same => same });
            }
        }

        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(result.ToString()));
    }
}
