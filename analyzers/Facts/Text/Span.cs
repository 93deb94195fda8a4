using System.Globalization;

namespace Analyzer.Facts.Text;

/// <summary>A place: a half-open range of bytes in a file.</summary>
/// <param name="File">The file, or a text embedded in one.</param>
/// <param name="Start">Byte offset of the first byte.</param>
/// <param name="Length">Number of bytes; may be 0 for a point.</param>
public readonly record struct Span(SourceFile File, int Start, int Length)
{
    /// <summary>Byte offset behind the last byte.</summary>
    public int End => Start + Length;

    /// <summary>The same place in a file that a user can open.</summary>
    public Span Outermost => File.Outermost(this);

    /// <summary>The bytes, decoded.</summary>
    public string Text => File.TextOf(Start, Length);

    /// <summary>The smallest span that covers both; both must be in the same file, otherwise this one is answered.</summary>
    public Span To(Span other) => ReferenceEquals(File, other.File) && other.End >= Start
        ? new Span(File, Math.Min(Start, other.Start), Math.Max(End, other.End) - Math.Min(Start, other.Start))
        : this;

    /// <summary>First position, in a file that a user can open.</summary>
    public Position StartPosition => Position.Of(Outermost, atEnd: false);

    /// <summary>Position behind the last character, in a file that a user can open.</summary>
    public Position EndPosition => Position.Of(Outermost, atEnd: true);

    /// <summary><c>path:line:column</c>, for messages and test failures.</summary>
    public override string ToString()
    {
        if (File is null)
        {
            return "?";
        }

        var at = StartPosition;
        return string.Create(CultureInfo.InvariantCulture, $"{Outermost.File.Path}:{at.Line}:{at.Column}");
    }
}

/// <summary>A position as people and editors count: both 1-based.</summary>
/// <param name="Line">1-based line.</param>
/// <param name="Column">1-based column in Unicode code points, the <c>unicodeCodePoints</c> of SARIF.</param>
public readonly record struct Position(int Line, int Column)
{
    internal static Position Of(Span span, bool atEnd)
    {
        var offset = atEnd ? span.End : span.Start;
        var (line, inLine) = span.File.LineOf(offset);
        var column = 1;
        foreach (var unit in span.File.Bytes.Span.Slice(offset - inLine, inLine))
        {
            // Continuation bytes of UTF-8 belong to the code point before them.
            if ((unit & 0xC0) != 0x80)
            {
                column++;
            }
        }

        return new Position(line, column);
    }
}
