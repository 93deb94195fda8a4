using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;

namespace Analyzer.Languages.Recognition;

/// <summary>Tells text from what only has the name of a text file.</summary>
public static class TextCheck
{
    /// <summary>Length of the UTF-8 byte order mark at the start; 0 if there is none.</summary>
    public static int MarkLength(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;

    /// <summary>
    /// False for a file with zero bytes, which is the problem <c>not-text</c>. Bytes that are not UTF-8 are only the problem <c>invalid-utf8</c>: readers take them as U+FFFD.
    /// </summary>
    public static bool IsText(SourceFile source, ProblemLog problems)
    {
        var bytes = source.Bytes.Span;
        var zero = bytes.IndexOf((byte)0);
        if (zero >= 0)
        {
            problems.Add(new Problem("not-text", "This is not text: it has zero bytes.", source.At(zero, 1)));
            return false;
        }

        if (!Utf8.IsValid(bytes))
        {
            problems.Add(new Problem("invalid-utf8", "This is not UTF-8; the bytes that are not are read as U+FFFD.", source.At(FirstInvalid(bytes), 1)));
        }

        return true;
    }

    private static int FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(bytes[at..], out _, out var length) == OperationStatus.Done)
        {
            at += length;
        }

        return at;
    }
}
