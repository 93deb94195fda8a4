using System.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Json;
using Analyzer.Languages.Operations;
using static Analyzer.Languages.Functions.Definition;
using static Analyzer.Languages.Functions.Input;

namespace Analyzer.Languages.Functions;

/// <summary>Functions that write values as text and read them back. A text knows what it encodes, so that what was encoded is decoded with its holes.</summary>
internal static class EncodingFunctions
{
    internal static IEnumerable<Function> All =>
    [
        Of("jsonencode", DataType.Text, "The value as JSON text.", call => call[0].Deep().Any(inner => inner is NumberValue { Number.IsInfinite: true })
            ? Conversion.Error("an infinite number has no JSON text", DataType.Text)
            : Derived(JsonText.Encode(call[0]), call[0]), Any("val") with { TakesNull = true }),
        Of("jsondecode", DataType.Dynamic, "The value that JSON text says.", JsonDecode, Text("str")),
        Of("yamlencode", DataType.Text, "The value as YAML text.", call => Derived(YamlText.Encode(call[0]), call[0]), Any("value") with { TakesNull = true }),
        Of("yamldecode", DataType.Dynamic, "The value that YAML text says.", YamlDecode, Text("src")),
        Of("base64encode", DataType.Text, "The text in base64.", Base64Encode, Text("str")),
        Of("base64decode", DataType.Text, "The text that base64 says.", Base64Decode, Text("str")),
        Of("base64gzip", DataType.Text, "The text compressed, in base64; the bytes are not computed.", call => Encoded("base64gzip", "gzip", call[0]), Text("str")),
        OfKnown("textencodebase64", DataType.Text, "The text in another encoding, in base64.", EncodeText, Text("string"), Text("encoding")),
        OfKnown("textdecodebase64", DataType.Text, "The text that base64 of another encoding says.", DecodeText, Text("source"), Text("encoding")),
        Of("urlencode", DataType.Text, "The text as a part of an address.", call => Holes.Each("urlencode", call.Text(0), UrlEncoded), Text("str")),
        OfKnown("csvdecode", new ListType(DataType.Dynamic), "A list of objects from comma-separated lines under a header.", call => CsvText.Decode(call.Known(0)), Text("str")),
    ];

    private static Value Derived(TextValue text, Value value) => value is UnknownValue && text.Known is null ? text : TextFunctions.Limited(text);

    private static Value JsonDecode(Arguments call) => Content(call[0], "json") ?? Marked(HoleTolerantJson.Read(call.Text(0)), call);

    private static Value YamlDecode(Arguments call) => Content(call[0], "yaml") ?? (call[0] is TextValue text ? YamlText.Decode(text, call.Place) : UnknownValue.From(null, call[0]));

    /// <summary>What a text was made from. JSON is YAML, so that both read JSON.</summary>
    private static Value? Content(Value value, string format) => value is TextValue { Content: { } content } && (content.Format == format || (format == "yaml" && content.Format == "json"))
        ? Decoded(content.Content)
        : null;

    /// <summary>A value as it comes out of text: there are no lists, sets and maps in it, but tuples and objects, and no null has a type.</summary>
    private static Value Decoded(Value value)
    {
        if (!value.Deep().Any(ChangesInText))
        {
            return value;
        }

        Value decoded = value switch
        {
            ListValue list => new ListValue([.. list.Items.Select(item => item with { Value = Decoded(item.Value) })]) { OpenBecause = list.OpenBecause, IsUnordered = list.IsUnordered },
            MapValue map => new MapValue([.. map.Entries.Select(entry => entry with { Value = Decoded(entry.Value) })]) { OpenBecause = map.OpenBecause, Place = map.Place },
            ChoiceValue choice => ChoiceValue.Of(choice.Alternatives.Select(each => each with { Value = Decoded(each.Value) })),
            NullValue => NullValue.Instance,
            UnknownValue { Type: ListType or SetType or MapType } unknown => unknown.As(DataType.Dynamic, unknown.Element),
            _ => value,
        };
        return ReferenceEquals(decoded, value) ? value : decoded.With(value.Trace).WithSensitive(value.IsSensitive).WithMayFail(value.MayFail);
    }

    private static bool ChangesInText(Value value) => value is ListValue { Kind: not SequenceKind.Tuple } or MapValue { IsObject: false } or NullValue { Type: not DynamicType }
        or UnknownValue { Type: ListType or SetType or MapType };

    private static Value Marked(Value decoded, Arguments call) =>
        decoded.Trace is null && call[0].Trace is { } trace && call.Place is { } place ? decoded.With(new Trace(StepKind.Computed, "jsondecode", place, trace)) : decoded;

    private static TextValue Encoded(string function, string format, Value value) =>
        Holes.Of(Holes.Derived(function, value, DataType.Text)).Encoding(new Encoded(format, value));

    private static Value Base64Encode(Arguments call) => call.Text(0).Known is { } text
        ? new TextValue(Convert.ToBase64String(Encoding.UTF8.GetBytes(text))).Encoding(new Encoded("base64", call[0]))
        : Encoded("base64encode", "base64", call[0]);

    private static Value Base64Decode(Arguments call)
    {
        if (Content(call[0], "base64") is { } content)
        {
            return content;
        }

        if (call.Text(0).Known is not { } text)
        {
            return Holes.Derived("base64decode", call[0], DataType.Text);
        }

        return Bytes(text) is not { } bytes ? Conversion.Error("the text is not base64", DataType.Text)
            : !System.Text.Unicode.Utf8.IsValid(bytes) ? Conversion.Error("the decoded bytes are not UTF-8", DataType.Text)
            : new TextValue(Encoding.UTF8.GetString(bytes));
    }

    private static byte[]? Bytes(string text)
    {
        var bytes = new byte[(text.Length * 3 / 4) + 3];
        return text.AsSpan().ContainsAny(" \t") || !Convert.TryFromBase64String(text, bytes, out var count) ? null : bytes[..count];
    }

    private static Encoding? Named(string name) => name.ToUpperInvariant() switch
    {
        "UTF-8" => new UTF8Encoding(false, true),
        "UTF-16" => new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
        "UTF-16LE" => new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true),
        "UTF-16BE" => new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true),
        "US-ASCII" or "ASCII" => Encoding.GetEncoding("us-ascii", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback),
        "ISO-8859-1" => Encoding.GetEncoding("iso-8859-1", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback),
        _ => null,
    };

    private static UnknownValue NoEncoding(string name) => name.StartsWith("windows-", StringComparison.OrdinalIgnoreCase) || name.StartsWith("ISO-", StringComparison.OrdinalIgnoreCase)
        ? new UnknownValue(UnknownReason.NotComputed, $"the encoding {name} is not computed", type: DataType.Text)
        : Conversion.Error($"\"{Conversion.Shortened(name)}\" is not an encoding", DataType.Text);

    private static Value EncodeText(Arguments call)
    {
        try
        {
            return Named(call.Known(1)) is { } encoding ? new TextValue(Convert.ToBase64String([.. encoding.GetPreamble(), .. encoding.GetBytes(call.Known(0))])) : NoEncoding(call.Known(1));
        }
        catch (EncoderFallbackException)
        {
            return Conversion.Error("the text has characters that the encoding does not have", DataType.Text);
        }
    }

    private static Value DecodeText(Arguments call)
    {
        try
        {
            return Named(call.Known(1)) is not { } encoding ? NoEncoding(call.Known(1))
                : Bytes(call.Known(0)) is { } bytes ? new TextValue(Unmarked(encoding, bytes))
                : Conversion.Error("the text is not base64", DataType.Text);
        }
        catch (ArgumentException)
        {
            return Conversion.Error("the bytes are not text in the encoding", DataType.Text);
        }
    }

    /// <summary>The text without a mark of the order of bytes; where there may be one, it tells the order.</summary>
    private static string Unmarked(Encoding encoding, byte[] bytes) =>
        encoding.Preamble.Length == 0 ? encoding.GetString(bytes)
        : bytes is [0xFF, 0xFE, ..] ? Named("UTF-16LE")!.GetString(bytes.AsSpan(2))
        : encoding.GetString(bytes is [0xFE, 0xFF, ..] ? bytes.AsSpan(2) : bytes);

    private static string UrlEncoded(string text)
    {
        var encoded = new StringBuilder();
        foreach (var unit in Encoding.UTF8.GetBytes(text))
        {
            encoded.Append(char.IsAsciiLetterOrDigit((char)unit) || unit is (byte)'-' or (byte)'_' or (byte)'.' or (byte)'~' ? ((char)unit).ToString() : unit == ' ' ? "+" : $"%{unit:X2}");
        }

        return encoded.ToString();
    }
}
