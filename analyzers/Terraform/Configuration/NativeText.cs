using System.Buffers;
using System.Text;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;

namespace Analyzer.Terraform.Configuration;

/// <summary>Writes JSON values as native syntax and remembers where each piece came from.</summary>
internal sealed class NativeText(SourceFile source)
{
    private readonly ArrayBufferWriter<byte> _bytes = new(source.Bytes.Length + 64);
    private readonly List<(int Inner, int Outer)> _map = [(0, 0)];

    /// <summary>The text, whose places are places of the JSON file.</summary>
    internal EmbeddedText Finish() => new(source.Whole, _bytes.WrittenMemory.ToArray(), [.. _map]);

    /// <summary>Begins a block or a map: <c>resource "a" "b" {</c>.</summary>
    internal void Open(string type, Span? place, IReadOnlyList<Entry> labels, bool isMap)
    {
        Mark(place);
        Write(type);
        foreach (var label in labels)
        {
            Write(" ");
            Mark(label.KeyPlace);
            Quoted(label.Key, label.KeyPlace, isTemplate: false);
        }

        Write(isMap ? " = {\n" : " {\n");
    }

    /// <summary>Ends a block or map.</summary>
    internal void Close() => Write("}\n");

    /// <summary>An argument whose texts are templates.</summary>
    internal void Attribute(Entry entry) => Assign(entry, () => Value(entry.Value, isTemplate: true));

    /// <summary>An argument whose texts are meant literally.</summary>
    internal void Literal(Entry entry) => Assign(entry, () => Value(entry.Value, isTemplate: false));

    /// <summary>An argument whose text is native syntax: a name, a type.</summary>
    internal void Name(Entry entry, bool quoteKey = false)
    {
        if (quoteKey)
        {
            Mark(entry.KeyPlace);
            Quoted(entry.Key, entry.KeyPlace, isTemplate: false);
            Write(" = ");
            Bare(entry.Value);
            Write("\n");
        }
        else
        {
            Assign(entry, () => Bare(entry.Value));
        }
    }

    /// <summary>An argument whose texts are names, in a list.</summary>
    internal void Names(Entry entry) => Assign(entry, () =>
    {
        Write("[");
        foreach (var each in entry.Value is ListValue list ? list.Values : [entry.Value])
        {
            Bare(each);
            Write(", ");
        }

        Write("]");
    });

    private void Assign(Entry entry, Action write)
    {
        if (!IsIdentifier(entry.Key))
        {
            return;
        }

        Mark(entry.KeyPlace is { } place ? source.At(place.Start + 1, place.Length - 2) : null);
        Write(entry.Key);
        Write(" = ");
        write();
        Write("\n");
    }

    private void Bare(Value value)
    {
        Mark(value.Trace?.Place, skip: 1);
        Write(value is TextValue { Known: { Length: > 0 } text } && !text.Contains('\n', StringComparison.Ordinal) ? text : "null");
    }

    private void Value(Value value, bool isTemplate)
    {
        Mark(value.Trace?.Place);
        switch (value)
        {
            case TextValue text:
                Quoted(text.ToString(), text.Trace?.Place, isTemplate);
                break;
            case BoolValue flag:
                Write(flag.Value ? "true" : "false");
                break;
            case NumberValue or UnknownValue when value.Trace is { } number:
                Write(number.Place.Text);
                break;
            case ListValue list:
                Write("[");
                foreach (var item in list.Values)
                {
                    Value(item, isTemplate);
                    Write(", ");
                }

                Mark(value.Trace?.Place is { } end ? source.At(end.End - 1, 1) : null);
                Write("]");
                break;
            case MapValue map:
                Write("{\n");
                foreach (var entry in map.Entries)
                {
                    Mark(entry.KeyPlace);
                    Quoted(entry.Key, entry.KeyPlace, isTemplate);
                    Write(" = ");
                    Value(entry.Value, isTemplate);
                    Write("\n");
                }

                Mark(map.Trace?.Place is { } brace ? source.At(brace.End - 1, 1) : null);
                Write("}");
                break;
            default:
                Write("null");
                break;
        }
    }

    /// <summary>
    /// A quoted text. In a template what stands between <c>${</c> and its brace is native syntax and stays as it is; everything else is escaped again.
    /// </summary>
    private void Quoted(string text, Span? place, bool isTemplate)
    {
        var raw = new JsonOffsets(source, place);
        Write("\"");
        for (var at = 0; at < text.Length; at++)
        {
            raw.Advance(this, at);
            var next = at + 1 < text.Length ? text[at + 1] : '\0';
            if (text[at] is '$' or '%' && next == '{')
            {
                var isEscaped = isTemplate && at > 0 && text[at - 1] == text[at];
                if (!isTemplate)
                {
                    Write(text[at] == '$' ? "$${" : "%%{");
                    at++;
                }
                else if (isEscaped)
                {
                    Write(text[at] == '$' ? "${" : "%{");
                    at++;
                }
                else
                {
                    var end = TemplateEnd(text, at + 2);
                    for (; at < end; at++)
                    {
                        raw.Advance(this, at);
                        Write(text[at]);
                    }

                    at--;
                }
            }
            else if (text[at] is '"' or '\\')
            {
                Write("\\");
                Write(text[at]);
            }
            else if (text[at] is '\n' or '\r' or '\t')
            {
                Write(text[at] switch { '\n' => "\\n", '\r' => "\\r", _ => "\\t" });
            }
            else if (char.IsHighSurrogate(text[at]) && char.IsLowSurrogate(next))
            {
                Write(text.Substring(at, 2));
                at++;
            }
            else
            {
                Write(text[at]);
            }
        }

        raw.Advance(this, text.Length);
        Write("\"");
    }

    /// <summary>Index behind the brace that closes an interpolation; the end of the text if none does.</summary>
    private static int TemplateEnd(string text, int at)
    {
        var depth = 1;
        var isQuoted = new Stack<bool>([false]);
        for (; at < text.Length; at++)
        {
            var next = at + 1 < text.Length ? text[at + 1] : '\0';
            switch (text[at])
            {
                case '\\' when isQuoted.Peek():
                    at++;
                    break;
                case '"':
                    isQuoted.Push(!isQuoted.Pop());
                    break;
                case '$' or '%' when isQuoted.Peek() && next == '{':
                    isQuoted.Push(false);
                    depth++;
                    at++;
                    break;
                case '{' when !isQuoted.Peek():
                    isQuoted.Push(false);
                    depth++;
                    break;
                case '}' when !isQuoted.Peek():
                    isQuoted.Pop();
                    if (--depth == 0)
                    {
                        return at + 1;
                    }

                    break;
            }
        }

        return text.Length;
    }

    private static bool IsIdentifier(string name)
    {
        if (name.Length == 0 || !(char.IsLetter(name[0]) || name[0] == '_'))
        {
            return false;
        }

        foreach (var letter in name)
        {
            if (!char.IsLetterOrDigit(letter) && letter is not ('_' or '-'))
            {
                return false;
            }
        }

        return true;
    }

    private void Mark(Span? place, int skip = 0)
    {
        if (place is { } known && ReferenceEquals(known.File, source))
        {
            MarkOffset(known.Start + skip);
        }
    }

    private void MarkOffset(int outer)
    {
        if (_map[^1].Inner == _bytes.WrittenCount)
        {
            _map[^1] = (_bytes.WrittenCount, outer);
        }
        else
        {
            _map.Add((_bytes.WrittenCount, outer));
        }
    }

    private void Write(string text) => Encoding.UTF8.GetBytes(text, _bytes);

    private void Write(char letter) => Encoding.UTF8.GetBytes([letter], _bytes);

    /// <summary>Follows the characters of a decoded JSON text through its raw bytes.</summary>
    private struct JsonOffsets(SourceFile source, Span? place)
    {
        private int _raw = place is { } start ? start.Start + 1 : -1;
        private int _decoded;

        /// <summary>Notes where the character at a decoded index stands in the file.</summary>
        internal void Advance(NativeText text, int decoded)
        {
            if (_raw < 0)
            {
                return;
            }

            var bytes = source.Bytes.Span;
            for (; _decoded < decoded && _raw < bytes.Length; _decoded++)
            {
                if (bytes[_raw] == (byte)'\\')
                {
                    _raw += _raw + 1 < bytes.Length && bytes[_raw + 1] == (byte)'u' ? 6 : 2;
                }
                else
                {
                    // A character outside of the basic plane is four bytes and two UTF-16 units.
                    var length = bytes[_raw] switch { < 0x80 => 1, < 0xE0 => 2, < 0xF0 => 3, _ => 4 };
                    _decoded += length == 4 ? 1 : 0;
                    _raw += length;
                }
            }

            var last = text._map[^1];
            if (_raw - last.Outer != text._bytes.WrittenCount - last.Inner)
            {
                text.MarkOffset(_raw);
            }
        }
    }
}
