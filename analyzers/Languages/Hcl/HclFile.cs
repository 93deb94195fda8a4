using Analyzer.Facts.Text;

namespace Analyzer.Languages.Hcl;

/// <summary>
/// The tree of one HCL text: nodes are structs in one array, names are decoded on demand. Always complete: what could not be parsed is missing or an
/// <see cref="NodeKind.Error"/> node, and <see cref="Problems"/> says so.
/// </summary>
public sealed class HclFile
{
    private readonly Node[] _nodes;
    private readonly string[] _names;
    private readonly int _root;

    internal HclFile(SourceFile source, Node[] nodes, string[] names, int root, IReadOnlyList<Span> comments, IReadOnlyList<Problem> problems)
    {
        Source = source;
        _nodes = nodes;
        _names = names;
        _root = root;
        Comments = comments;
        Problems = problems;
    }

    /// <summary>The text.</summary>
    public SourceFile Source { get; }

    /// <summary>All comments in order, with their markers and without the line break.</summary>
    public IReadOnlyList<Span> Comments { get; }

    /// <summary>Syntax errors, in order of place; empty for a correct file.</summary>
    public IReadOnlyList<Problem> Problems { get; }

    /// <summary>The file's body. Only for texts parsed as a file.</summary>
    public Body Body => new(this, _root);

    /// <summary>The expression. Only for texts parsed as an expression or template.</summary>
    public Expression Expression => new(this, _root);

    internal ref readonly Node this[int node] => ref _nodes[node];

    internal string NameOf(int name) => name < 0 ? "" : _names[name];

    /// <summary>
    /// One node. <see cref="FirstChild"/> and <see cref="NextSibling"/> are indices or -1; <see cref="Name"/> is an index into the names or -1; the name stands in
    /// <see cref="NameStart"/> and <see cref="NameLength"/>.
    /// </summary>
    internal struct Node
    {
        internal NodeKind Kind;
        internal NodeFlags Flags;
        internal HclOperator Operator;
        internal int Start;
        internal int Length;
        internal int FirstChild;
        internal int NextSibling;
        internal int Name;
        internal int NameStart;
        internal int NameLength;
    }
}
