namespace Analyzer.Languages.Hcl;

/// <summary>Nodes in chunks: growing copies nothing, and what is not used is not touched.</summary>
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
        _capacity = Math.Clamp(expected, SmallestChunk, ChunkSize);
        _chunks = [GC.AllocateUninitializedArray<HclFile.Node>(_capacity)];
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

    /// <summary>Gives back what the last chunk has too much.</summary>
    internal void Trim() => Array.Resize(ref _chunks[^1], Math.Max(1, Count - ((_chunks.Length - 1) << Shift)));

    private void Grow()
    {
        if (_capacity < ChunkSize)
        {
            _capacity = Math.Min(_capacity * 2, ChunkSize);
            Array.Resize(ref _chunks[0], _capacity);
            return;
        }

        Array.Resize(ref _chunks, _chunks.Length + 1);
        _chunks[^1] = GC.AllocateUninitializedArray<HclFile.Node>(ChunkSize);
        _capacity += ChunkSize;
    }
}
