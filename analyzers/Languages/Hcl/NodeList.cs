using System.Buffers;

namespace Analyzer.Languages.Hcl;

/// <summary>Nodes in chunks: growing a long list copies nothing. Chunks in the making are borrowed, so that the many small files of a repository leave behind just what they need.</summary>
internal sealed class NodeList
{
    private const int Shift = 12;
    private const int ChunkSize = 1 << Shift;
    private const int SmallestChunk = 32;

    private HclFile.Node[][] _chunks;
    private int _capacity;

    /// <param name="expected">How many nodes there will be, roughly.</param>
    internal NodeList(int expected)
    {
        _chunks = [ArrayPool<HclFile.Node>.Shared.Rent(Math.Clamp(expected, SmallestChunk, ChunkSize))];
        _capacity = _chunks[0].Length;
    }

    internal int Count { get; private set; }

    internal ref HclFile.Node this[int node] => ref _chunks[node >> Shift][node & (ChunkSize - 1)];

    /// <summary>Adds a node; its content is whatever was there.</summary>
    internal ref HclFile.Node Add()
    {
        if (Count == _capacity)
        {
            Grow();
        }

        return ref this[Count++];
    }

    internal void Clear()
    {
        Count = 0;
        _chunks = [_chunks[0]];
        _capacity = _chunks[0].Length;
    }

    /// <summary>Gives the last chunk back and keeps what is in it: no node may be added any more.</summary>
    internal void Trim() => Move(GC.AllocateUninitializedArray<HclFile.Node>(Math.Max(1, Count - ((_chunks.Length - 1) << Shift))));

    private void Grow()
    {
        if (_capacity < ChunkSize)
        {
            Move(ArrayPool<HclFile.Node>.Shared.Rent(_capacity * 2));
            _capacity = _chunks[0].Length;
            return;
        }

        Array.Resize(ref _chunks, _chunks.Length + 1);
        _chunks[^1] = ArrayPool<HclFile.Node>.Shared.Rent(ChunkSize);
        _capacity += ChunkSize;
    }

    /// <summary>Puts another array in the place of the last chunk.</summary>
    private void Move(HclFile.Node[] chunk)
    {
        var old = _chunks[^1];
        old.AsSpan(0, Math.Min(old.Length, chunk.Length)).CopyTo(chunk);
        ArrayPool<HclFile.Node>.Shared.Return(old);
        _chunks[^1] = chunk;
    }
}
