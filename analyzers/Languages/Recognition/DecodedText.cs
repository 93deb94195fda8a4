using System.Text;
using Analyzer.Facts.Text;

namespace Analyzer.Languages.Recognition;

/// <summary>
/// The characters of a file and where each stands in its bytes: scanners of libraries count UTF-16 units, places count bytes. Free for ASCII; otherwise a
/// checkpoint every 256 units.
/// </summary>
internal sealed class DecodedText
{
    private const int Step = 256;
    private readonly SourceFile _source;
    private readonly int _mark;
    private readonly bool _oneToOne;
    private (int Unit, int Byte)[]? _checkpoints;

    internal DecodedText(SourceFile source)
    {
        _source = source;
        _mark = TextCheck.MarkLength(source.Bytes.Span);
        Characters = Encoding.UTF8.GetString(source.Bytes.Span[_mark..]);
        _oneToOne = Characters.Length == source.Bytes.Length - _mark;
    }

    /// <summary>The decoded file, without byte order mark.</summary>
    internal string Characters { get; }

    /// <summary>The place between two positions in <see cref="Characters"/>.</summary>
    internal Span Place(int start, int end)
    {
        var first = ByteOf(start);
        return _source.At(first, Math.Max(0, ByteOf(end) - first));
    }

    /// <summary>The place between two positions, without blanks at its end.</summary>
    internal Span Trimmed(int start, int end) => Place(start, start + Characters.AsSpan(start, Math.Clamp(end, start, Characters.Length) - start).TrimEnd().Length);

    private int ByteOf(int unit)
    {
        unit = Math.Clamp(unit, 0, Characters.Length);
        if (_oneToOne)
        {
            return unit + _mark;
        }

        _checkpoints ??= FindCheckpoints();
        var (at, offset) = _checkpoints[unit / Step];
        var bytes = _source.Bytes.Span;
        if (offset + unit - at <= bytes.Length && Ascii.IsValid(bytes.Slice(offset, unit - at)))
        {
            return offset + unit - at;
        }

        while (at < unit)
        {
            Rune.DecodeFromUtf8(bytes[offset..], out var rune, out var length);
            at += rune.Utf16SequenceLength;
            offset += length;
        }

        return offset;
    }

    private (int Unit, int Byte)[] FindCheckpoints()
    {
        var checkpoints = new (int, int)[Characters.Length / Step + 1];
        var bytes = _source.Bytes.Span;
        var (unit, offset, next) = (0, _mark, 0);
        while (next < checkpoints.Length)
        {
            var before = (unit, offset);
            var length = 0;
            if (offset < bytes.Length)
            {
                Rune.DecodeFromUtf8(bytes[offset..], out var rune, out length);
                unit += rune.Utf16SequenceLength;
                offset += length;
            }

            // The last boundary at or before the multiple of Step: a surrogate pair may straddle it.
            if (unit > next * Step || length == 0)
            {
                checkpoints[next++] = before;
            }
        }

        return checkpoints;
    }
}
