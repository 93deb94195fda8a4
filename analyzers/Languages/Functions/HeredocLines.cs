using Analyzer.Facts.Text;

namespace Analyzer.Languages.Functions;

/// <summary>
/// Finds the lines of a text again where it was written as a heredoc: line by line, less indentation. Interpolations may stand inside lines; text that was put together otherwise is
/// not found.
/// </summary>
internal static class HeredocLines
{
    private static ReadOnlySpan<byte> Blanks => " \t\r"u8;

    /// <summary>Pairs of offsets for an <see cref="EmbeddedText"/>; empty when the lines do not correspond.</summary>
    /// <param name="place">Where the text is written.</param>
    /// <param name="decoded">The text, with words in place of interpolations.</param>
    internal static (int Inner, int Outer)[] Map(Span place, ReadOnlySpan<byte> decoded)
    {
        var raw = place.File.Bytes.Span.Slice(place.Start, place.Length);
        var outer = raw.StartsWith("<<"u8) ? raw.IndexOf((byte)'\n') + 1 : 0;
        var map = new List<(int, int)>();
        for (var inner = 0; inner < decoded.Length;)
        {
            var line = Line(decoded[inner..]);
            var written = outer < raw.Length ? Line(raw[outer..]) : [];
            var content = line.Trim(Blanks);
            var found = written.Trim(Blanks);
            if (!content.SequenceEqual(found) && !(found.IndexOf("${"u8) is >= 0 and var hole && content.StartsWith(found[..hole])))
            {
                return [];
            }

            if (content.Length > 0)
            {
                map.Add((inner + Indentation(line), place.Start + outer + Indentation(written)));
            }

            inner += line.Length + 1;
            outer += written.Length + 1;
        }

        return [.. map];
    }

    private static ReadOnlySpan<byte> Line(ReadOnlySpan<byte> text) => text.IndexOf((byte)'\n') is >= 0 and var end ? text[..end] : text;

    private static int Indentation(ReadOnlySpan<byte> line) => line.Length - line.TrimStart(Blanks).Length;
}
