using System.Globalization;
using System.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Operations;

namespace Analyzer.Languages.Functions;

/// <summary>Writes values as JSON text as <c>jsonencode</c> does: keys in order, no blanks, HTML characters escaped; what is unknown is a hole.</summary>
public static class JsonText
{
    private const int DepthLimit = 256;

    /// <summary>The text of a value; it keeps the value, so that decoding gives it back.</summary>
    internal static TextValue Encode(Value value) => Plain(value).Encoding(new Encoded("json", value));

    /// <summary>The text of a value.</summary>
    public static TextValue Plain(Value value)
    {
        var parts = new List<TextPart>();
        var literal = new StringBuilder();
        Write(value, parts, literal, 0);
        if (parts.Count == 0)
        {
            return new TextValue(literal.ToString());
        }

        parts.Add(new TextPart(literal.ToString()));
        return TextValue.Of(parts);
    }

    /// <summary>Appends text with what JSON cannot hold escaped, without quotes.</summary>
    internal static void Escape(string text, StringBuilder into)
    {
        var plain = 0;
        for (var at = 0; at < text.Length; at++)
        {
            var unit = text[at];
            if (!IsEscaped(unit))
            {
                continue;
            }

            into.Append(text, plain, at - plain);
            plain = at + 1;
            switch (unit)
            {
                case '"' or '\\':
                    into.Append('\\').Append(unit);
                    break;
                case '\n':
                    into.Append("\\n");
                    break;
                case '\r':
                    into.Append("\\r");
                    break;
                case '\t':
                    into.Append("\\t");
                    break;
                case '\b':
                    into.Append("\\b");
                    break;
                case '\f':
                    into.Append("\\f");
                    break;
                default:
                    into.Append("\\u").Append(((int)unit).ToString("x4", CultureInfo.InvariantCulture));
                    break;
            }
        }

        into.Append(text, plain, text.Length - plain);
    }

    private static bool IsEscaped(char unit) => unit is < ' ' or '"' or '\\' or '<' or '>' or '&' or '\u2028' or '\u2029';

    private static void Write(Value value, List<TextPart> parts, StringBuilder literal, int depth)
    {
        switch (value)
        {
            case NullValue:
                literal.Append("null");
                break;
            case BoolValue boolean:
                literal.Append(boolean.Value ? "true" : "false");
                break;
            case NumberValue number:
                literal.Append(number.Number.ToString());
                break;
            case TextValue { Known: { } all }:
                literal.Append('"');
                Escape(all, literal);
                literal.Append('"');
                break;
            case TextValue text:
                literal.Append('"');
                foreach (var part in text.Parts)
                {
                    if (part.Literal is { } known)
                    {
                        Escape(known, literal);
                    }
                    else
                    {
                        Hole(part.Hole!);
                    }
                }

                literal.Append('"');
                break;
            case ListValue { HasKnownLength: true, IsUnordered: false } list when depth < DepthLimit:
                literal.Append('[');
                for (var at = 0; at < list.Items.Length; at++)
                {
                    literal.Append(at > 0 ? "," : "");
                    Write(list.Items[at].Value, parts, literal, depth + 1);
                }

                literal.Append(']');
                break;
            case MapValue { IsOpen: false } map when depth < DepthLimit && map.Entries.All(entry => entry.Guard.IsAlways):
                literal.Append('{');
                var first = true;
                foreach (var entry in map.Entries.OrderBy(entry => entry.Key, TextOrder.Instance))
                {
                    literal.Append(first ? "\"" : ",\"");
                    first = false;
                    Escape(entry.Key, literal);
                    literal.Append("\":");
                    Write(entry.Value, parts, literal, depth + 1);
                }

                literal.Append('}');
                break;
            case UnknownValue { Type: NumberType or BoolType, IsNotNull: true }:
                Hole(value);
                break;
            default:
                Hole(Holes.Derived("jsonencode", value, DataType.Text));
                break;
        }

        void Hole(Value hole)
        {
            parts.Add(new TextPart(literal.ToString()));
            literal.Clear();
            parts.Add(new TextPart(hole));
        }
    }
}
