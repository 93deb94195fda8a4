using System.Collections;
using System.Text;
using Analyzer.Facts.Text;
using Analyzer.Languages.Names;

namespace Analyzer.Languages.Hcl;

/// <summary>
/// The tree of one HCL text: nodes are structs in arrays, names are decoded on demand. Always complete: what could not be parsed is missing or an
/// <see cref="NodeKind.Error"/> node, and <see cref="Problems"/> says so.
/// </summary>
public sealed class HclFile
{
    private readonly NodeList _nodes;
    private readonly string[] _names;
    private readonly int _root;
    private readonly ReadOnlyMemory<byte> _text;
    private readonly int[] _comments;

    internal HclFile(SourceFile source, NodeList nodes, string[] names, int root, int[] comments, IReadOnlyList<Problem> problems)
    {
        Source = source;
        _text = source.Bytes;
        _nodes = nodes;
        _names = names;
        _root = root;
        _comments = comments;
        Comments = comments.Length == 0 ? [] : new CommentList(source, comments);
        Problems = problems;
    }

    /// <summary>The text.</summary>
    public SourceFile Source { get; }

    /// <summary>The same tree with its places in another text of the same bytes.</summary>
    public HclFile In(SourceFile source) => new(source, _nodes, _names, _root, _comments, Problems);

    /// <summary>All comments in order, with their markers and without the line break.</summary>
    public IReadOnlyList<Span> Comments { get; }

    /// <summary>
    /// Syntax errors, in order of place; empty for a correct file. The first hundred: a file that has more is not HCL.
    /// </summary>
    public IReadOnlyList<Problem> Problems { get; }

    /// <summary>The file's body. Only for texts parsed as a file.</summary>
    public Body Body => new(this, _root);

    /// <summary>The expression. Only for texts parsed as an expression or template.</summary>
    public Expression Expression => new(this, _root);

    internal ref readonly Node this[int node] => ref _nodes[node];

    internal string NameOf(int node) => _nodes[node].Name switch
    {
        Node.NoName => "",
        < 0 and var name => _names[Node.NameIndex(name)],
        _ => NameTable.Get(NameBytes(node)),
    };

    /// <summary>Compares without making a string.</summary>
    internal bool IsNamed(int node, string name)
    {
        if (_nodes[node].Name < 0)
        {
            return NameOf(node) == name;
        }

        var bytes = NameBytes(node);
        return (bytes.Length == name.Length && Ascii.Equals(bytes, name)) || (bytes.Length > name.Length && NameOf(node) == name);
    }

    internal Span NamePlaceOf(int node)
    {
        ref readonly var at = ref this[node];
        return at.Name switch
        {
            Node.NoName => new Span(Source, at.Start, 0),
            >= 0 => new Span(Source, NameStart(at), at.Name),
            _ when at.Kind == NodeKind.Call => new Span(Source, at.Start, Math.Max(0, _text.Span.Slice(at.Start, at.Length).IndexOf((byte)'('))),
            _ => new Span(Source, at.Start, at.Length),
        };
    }

    private ReadOnlySpan<byte> NameBytes(int node) => _text.Span.Slice(NameStart(_nodes[node]), _nodes[node].Name);

    private static int NameStart(in Node node) => node.Kind switch
    {
        NodeKind.GetAttribute => node.Start + node.Length - node.Name,
        NodeKind.Label when (node.Flags & NodeFlags.Marked) != 0 => node.Start + 1,
        _ => node.Start,
    };

    /// <summary>
    /// One node, 24 bytes. <see cref="FirstChild"/> and <see cref="NextSibling"/> are indices or -1. <see cref="Name"/> is <see cref="NoName"/>, or the length of the
    /// name in the text (where it begins there follows from the kind), or tells the index of a decoded name.
    /// </summary>
    internal struct Node
    {
        internal const int NoName = -1;

        internal NodeKind Kind;
        internal NodeFlags Flags;
        internal HclOperator Operator;
        internal int Start;
        internal int Length;
        internal int FirstChild;
        internal int NextSibling;
        internal int Name;

        /// <summary>The <see cref="Name"/> that tells an index of a decoded name, and the other way round.</summary>
        internal static int NameIndex(int index) => -2 - index;
    }

    /// <summary>Makes the spans of comments when they are asked for.</summary>
    private sealed class CommentList(SourceFile source, int[] ranges) : IReadOnlyList<Span>
    {
        public int Count => ranges.Length / 2;

        public Span this[int index] => new(source, ranges[2 * index], ranges[(2 * index) + 1] - ranges[2 * index]);

        public IEnumerator<Span> GetEnumerator()
        {
            for (var index = 0; index < Count; index++)
            {
                yield return this[index];
            }
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
