namespace Analyzer.Facts.Text;

/// <summary>
/// Text that stands inside another file after decoding: a condition in a YAML block scalar, JSON in a heredoc, a manifest in
/// <c>yaml_body</c>. It is parsed like a file, and its places are places of the file around it.
/// </summary>
public sealed class EmbeddedText : SourceFile
{
    private readonly SourceFile _outer;
    private readonly (int Inner, int Outer)[] _map;
    private readonly int _outerEnd;

    /// <summary>Makes the text of a decoded part of a file.</summary>
    /// <param name="place">Where the text stands in the outer file.</param>
    /// <param name="decoded">The decoded bytes.</param>
    /// <param name="map">
    /// Pairs of offsets, ascending: from inner offset <c>Inner</c> on, bytes correspond one to one to outer offset <c>Outer</c> on,
    /// until the next pair. Empty: everything maps to the start of <paramref name="place"/>.
    /// </param>
    public EmbeddedText(Span place, ReadOnlyMemory<byte> decoded, (int Inner, int Outer)[] map)
        : base(place.File.Path, decoded)
    {
        _outer = place.File;
        _outerEnd = place.End;
        _map = map.Length == 0 ? [(0, place.Start)] : map;
    }

    /// <inheritdoc/>
    public override Span Outermost(Span span)
    {
        var start = OuterOffset(span.Start);
        var end = span.Length == 0 ? start : Math.Max(start, OuterEnd(span.End));
        return new Span(_outer, start, end - start).Outermost;
    }

    /// <summary>
    /// Behind the last character: where it is written with more bytes than it has (an escape), behind all of them; where it stands for fewer bytes than it has, behind these; never across a line break to the
    /// next text, and never behind the file.
    /// </summary>
    private int OuterEnd(int inner)
    {
        var end = Math.Min(OuterOffset(inner - 1) + 1, _outer.Bytes.Length);
        var index = Array.BinarySearch(_map, (inner, 0), Comparer<(int Inner, int Outer)>.Create((left, right) => left.Inner.CompareTo(right.Inner)));
        return index >= 0 && (_map[index].Outer == end - 1 || (_map[index].Outer > end && !_outer.Bytes.Span[end.._map[index].Outer].Contains((byte)'\n'))) ? _map[index].Outer : end;
    }

    private int OuterOffset(int inner)
    {
        var index = Array.BinarySearch(_map, (inner, int.MaxValue));
        index = index < 0 ? ~index - 1 : index;
        var (from, to) = _map[Math.Max(index, 0)];
        var limit = index + 1 < _map.Length ? _map[index + 1].Outer : _outerEnd;
        return Math.Clamp(to + (inner - from), to, Math.Max(to, limit));
    }
}
