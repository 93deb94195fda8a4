using System.Buffers;
using System.Globalization;
using System.Text;

namespace Analyzer.Languages.Hcl;

/// <summary>Literal text: escapes, trimming, indentation.</summary>
internal ref partial struct Parser
{
    /// <summary>One node for all literals in a row; -1 if nothing is left of them. Text that stands in one piece in the file is not copied.</summary>
    private int BuildText(ref int at)
    {
        var first = at;
        var onePiece = true;
        int start = -1, end = -1;
        for (; _parts[at].Kind == PartKind.Literal; at++)
        {
            var part = _parts[at];
            if (part.Text is null ? part.Start == part.End : part.Text.Length == 0)
            {
                continue;
            }

            onePiece &= part.Text is null && (start < 0 || part.Start == end);
            start = start < 0 ? part.Start : start;
            end = part.End;
        }

        if (start < 0)
        {
            return -1;
        }

        return Add(NodeKind.TemplateText, start, end, name: onePiece ? end - start : AddName(Concatenate(first, at)));
    }

    private readonly string Concatenate(int first, int behind)
    {
        if (behind - first == 1)
        {
            return _parts[first].Text!;
        }

        var text = new StringBuilder();
        for (; first < behind; first++)
        {
            var part = _parts[first];
            text.Append(part.Text ?? _source.TextOf(part.Start, part.End - part.Start));
        }

        return text.ToString();
    }

    private readonly void TrimStart(ref Part part)
    {
        if (part.Text is not null)
        {
            part.Text = part.Text.TrimStart();
            return;
        }

        part.Start += BlankLength(_text[part.Start..part.End], out _);
    }

    private readonly void TrimEnd(ref Part part)
    {
        if (part.Text is not null)
        {
            part.Text = part.Text.TrimEnd();
            return;
        }

        while (part.End > part.Start && Rune.DecodeLastFromUtf8(_text[part.Start..part.End], out var rune, out var length) == OperationStatus.Done
               && Rune.IsWhiteSpace(rune))
        {
            part.End -= length;
        }
    }

    /// <summary>Number of bytes of white space at the start, and of characters; CRLF is one.</summary>
    private static int BlankLength(ReadOnlySpan<byte> text, out int characters)
    {
        var at = 0;
        for (characters = 0; at < text.Length; characters++)
        {
            if (text[at] is (byte)' ' or (byte)'\t' or (byte)'\n')
            {
                at++;
            }
            else if (text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n')
            {
                at += 2;
            }
            else if (Rune.DecodeFromUtf8(text[at..], out var rune, out var length) == OperationStatus.Done && Rune.IsWhiteSpace(rune))
            {
                at += length;
            }
            else
            {
                break;
            }
        }

        return at;
    }

    /// <summary>
    /// <c>&lt;&lt;-</c>: takes from each line the white space that all lines have. Only literals at the start of a line count, blank lines do not, and a line that
    /// starts with a sequence has none. Trimming came first: a literal whose line break was trimmed away is no end of a line any more.
    /// </summary>
    private readonly void RemoveIndentation(int first)
    {
        var common = int.MaxValue;
        foreach (var literal in LineStarts(first, ref common))
        {
            var part = _parts[literal];
            if (part.Text is not null)
            {
                part.Text = part.Text[Math.Min(common, part.Text.Length)..];
            }
            else
            {
                part.Start += PrefixLength(_text[part.Start..part.End], common);
            }

            _parts[literal] = part;
        }
    }

    private readonly List<int> LineStarts(int first, scoped ref int common)
    {
        var literals = new List<int>();
        var lineStart = true;
        for (var index = first; _parts[index].Kind != PartKind.End; index++)
        {
            var part = _parts[index];
            var literal = part.Kind == PartKind.Literal;
            if (lineStart && !literal)
            {
                common = 0;
            }
            else if (lineStart && !IsBlankLine(part, out var characters))
            {
                common = Math.Min(common, characters);
                literals.Add(index);
            }

            lineStart = literal && (part.Text is null ? part.End > part.Start && _text[part.End - 1] == '\n' : part.Text.EndsWith('\n'));
        }

        return literals;
    }

    private readonly bool IsBlankLine(in Part part, out int characters)
    {
        if (part.Text is not null)
        {
            // In a heredoc only $${ and %%{ are escapes: what stands before them is white space of one character each.
            characters = part.Text.Length - part.Text.TrimStart().Length;
            return characters == part.Text.Length && part.Text.EndsWith('\n');
        }

        var text = _text[part.Start..part.End];
        return BlankLength(text, out characters) == text.Length && text.EndsWith("\n"u8);
    }

    private static int PrefixLength(ReadOnlySpan<byte> text, int characters)
    {
        var at = 0;
        for (; characters > 0 && at < text.Length; characters--)
        {
            Rune.DecodeFromUtf8(text[at..], out _, out var length);
            at += text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? 2 : length;
        }

        return at;
    }

    /// <summary>Decodes a literal. Never longer than its source, hence one buffer. In text that is not quoted only <c>$${</c> and <c>%%{</c> are escapes.</summary>
    private string Unescape(int start, int length, bool quoted)
    {
        var raw = _text.Slice(start, length);
        var rented = length > 512 ? ArrayPool<byte>.Shared.Rent(length) : null;
        Span<byte> decoded = rented ?? stackalloc byte[512];
        var count = 0;
        for (var at = 0; at < raw.Length;)
        {
            var unit = raw[at];
            if (unit == '\\' && quoted)
            {
                at += DecodeEscape(raw[at..], start + at, decoded, ref count);
                continue;
            }

            decoded[count++] = unit;
            at += unit is (byte)'$' or (byte)'%' && at + 2 < raw.Length && raw[at + 1] == unit && raw[at + 2] == '{' ? 2 : 1;
        }

        var text = Encoding.UTF8.GetString(decoded[..count]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return text;
    }

    /// <summary>Decodes the escape at the start of a text and answers its length; a wrong one is a failure with its exact place.</summary>
    private int DecodeEscape(scoped ReadOnlySpan<byte> text, int place, scoped Span<byte> decoded, ref int count)
    {
        var selector = text.Length > 1 ? text[1] : (byte)0;
        switch (selector)
        {
            case (byte)'n':
                decoded[count++] = (byte)'\n';
                return 2;
            case (byte)'r':
                decoded[count++] = (byte)'\r';
                return 2;
            case (byte)'t':
                decoded[count++] = (byte)'\t';
                return 2;
            case (byte)'"' or (byte)'\\':
                decoded[count++] = selector;
                return 2;
            case (byte)'u' or (byte)'U':
                var digits = selector == 'u' ? 4 : 8;
                var length = 2;
                while (length < text.Length && length < digits + 2 && char.IsAsciiHexDigit((char)text[length]))
                {
                    length++;
                }

                if (length == digits + 2 && uint.TryParse(text[2..length], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
                    && Rune.TryCreate(value, out var rune))
                {
                    count += rune.EncodeToUtf8(decoded[count..]);
                }
                else
                {
                    Fail(place, place + length, "\\u is followed by four and \\U by eight hexadecimal digits of a Unicode character.");
                }

                return length;
            default:
                Rune.DecodeFromUtf8(text[1..], out _, out var width);
                Fail(place, place + 1 + width, "This is not an escape; there are \\n, \\r, \\t, \\\", \\\\, \\u and \\U, and a backslash is written \\\\.");
                return 1 + width;
        }
    }
}
