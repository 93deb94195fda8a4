using System.Reflection;
using System.Text;

namespace Analyzer.Facts.Text;

/// <summary>
/// The bytes of one file as they were read, with the name by which reports call it. Positions are byte offsets everywhere;
/// lines and columns are computed only when something is printed.
/// </summary>
public class SourceFile
{
    private int[]? _lineStarts;

    /// <summary>Wraps the bytes of a file. The bytes must not change afterwards.</summary>
    /// <param name="path">Path relative to the analysed root, with '/' between its parts.</param>
    /// <param name="bytes">The whole content, UTF-8; a byte order mark is part of it.</param>
    public SourceFile(string path, ReadOnlyMemory<byte> bytes)
    {
        Path = path;
        Bytes = bytes;
    }

    /// <summary>Wraps text, encoded as UTF-8. For tests and for text that was never a file.</summary>
    public static SourceFile FromText(string path, string text) => new(path, Encoding.UTF8.GetBytes(text));

    /// <summary>A file that travels in an assembly, under the name it has there.</summary>
    public static SourceFile FromResource(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name) ?? throw new ArgumentException($"{assembly.GetName().Name} has no resource {name}", nameof(name));
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new SourceFile(name.Replace('\\', '/'), bytes);
    }

    /// <summary>Path relative to the analysed root, with '/' between its parts; never absolute, so that reports do not name machines.</summary>
    public string Path { get; }

    /// <summary>The whole content, UTF-8.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The folder part of <see cref="Path"/>, without a trailing slash; empty for the root.</summary>
    public string Folder => Path.LastIndexOf('/') is >= 0 and var slash ? Path[..slash] : "";

    /// <summary>A span of this file. The range is clipped to the file.</summary>
    public Span At(int start, int length)
    {
        start = Math.Clamp(start, 0, Bytes.Length);
        return new Span(this, start, Math.Clamp(length, 0, Bytes.Length - start));
    }

    /// <summary>The whole file as a span.</summary>
    public Span Whole => new(this, 0, Bytes.Length);

    /// <summary>
    /// Where a span of this text stands in the file that a user can open: itself for a file, a part of the outer file for
    /// <see cref="EmbeddedText"/>.
    /// </summary>
    public virtual Span Outermost(Span span) => span;

    /// <summary>The text between two byte offsets; invalid bytes become U+FFFD.</summary>
    public string TextOf(int start, int length) => Encoding.UTF8.GetString(Bytes.Span.Slice(start, length));

    /// <summary>Line (1-based) and byte offset within the line (0-based) of a byte offset.</summary>
    public (int Line, int ByteInLine) LineOf(int offset)
    {
        var starts = LineStarts;
        var index = Array.BinarySearch(starts, offset);
        if (index < 0)
        {
            index = ~index - 1;
        }

        return (index + 1, offset - starts[index]);
    }

    /// <summary>Byte range of a line (1-based), without its line break.</summary>
    public (int Start, int Length) Line(int line)
    {
        var starts = LineStarts;
        if (line < 1 || line > starts.Length)
        {
            return (Bytes.Length, 0);
        }

        var start = starts[line - 1];
        var end = line < starts.Length ? starts[line] - 1 : Bytes.Length;
        if (end > start && Bytes.Span[end - 1] == (byte)'\r')
        {
            end--;
        }

        return (start, end - start);
    }

    /// <summary>How many lines the file has; an empty file has one.</summary>
    public int LineCount => LineStarts.Length;

    private int[] LineStarts => _lineStarts ??= FindLineStarts(Bytes.Span);

    private static int[] FindLineStarts(ReadOnlySpan<byte> bytes)
    {
        var starts = new List<int>(bytes.Length / 32 + 1) { 0 };
        for (var at = 0; ;)
        {
            var next = bytes[at..].IndexOf((byte)'\n');
            if (next < 0)
            {
                return [.. starts];
            }

            at += next + 1;
            starts.Add(at);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Path;
}
