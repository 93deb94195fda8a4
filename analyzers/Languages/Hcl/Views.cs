using System.Collections;
using Analyzer.Facts.Text;

namespace Analyzer.Languages.Hcl;

/// <summary>
/// A body: attributes and blocks. Views point into the tree and are made when asked for; they are classes, because collections of own structs
/// have no precompiled code everywhere. <see cref="Expression"/> is none of them.
/// </summary>
public sealed class Body(HclFile file, int node)
{
    /// <summary>The whole body; for a block what stands between the braces.</summary>
    public Span Place => new(file.Source, file[node].Start, file[node].Length);

    /// <summary>The attributes in order.</summary>
    public IEnumerable<Attribute> Attributes
    {
        get
        {
            for (var child = file[node].FirstChild; child >= 0; child = file[child].NextSibling)
            {
                if (file[child].Kind == NodeKind.Attribute)
                {
                    yield return new Attribute(file, child);
                }
            }
        }
    }

    /// <summary>The blocks in order.</summary>
    public IEnumerable<Block> Blocks
    {
        get
        {
            for (var child = file[node].FirstChild; child >= 0; child = file[child].NextSibling)
            {
                if (file[child].Kind == NodeKind.Block)
                {
                    yield return new Block(file, child);
                }
            }
        }
    }

    /// <summary>The first attribute of a name, or null.</summary>
    public Attribute? Find(string name)
    {
        for (var child = file[node].FirstChild; child >= 0; child = file[child].NextSibling)
        {
            if (file[child].Kind == NodeKind.Attribute && file.IsNamed(child, name))
            {
                return new Attribute(file, child);
            }
        }

        return null;
    }

    /// <summary>The blocks of a type.</summary>
    public IEnumerable<Block> BlocksOf(string type)
    {
        for (var child = file[node].FirstChild; child >= 0; child = file[child].NextSibling)
        {
            if (file[child].Kind == NodeKind.Block && file.IsNamed(child, type))
            {
                yield return new Block(file, child);
            }
        }
    }
}

/// <summary><c>name = expression</c>.</summary>
public sealed class Attribute(HclFile file, int node)
{
    /// <summary>The name.</summary>
    public string Name => file.NameOf(node);

    /// <summary>Where the name stands.</summary>
    public Span NamePlace => file.NamePlaceOf(node);

    /// <summary>The whole attribute.</summary>
    public Span Place => new(file.Source, file[node].Start, file[node].Length);

    /// <summary>The value.</summary>
    public Expression Value => new(file, file[node].FirstChild);
}

/// <summary><c>type "label" { body }</c>.</summary>
public sealed class Block(HclFile file, int node)
{
    /// <summary>The type.</summary>
    public string Type => file.NameOf(node);

    /// <summary>Where the type stands.</summary>
    public Span TypePlace => file.NamePlaceOf(node);

    /// <summary>From the type to the last label.</summary>
    public Span Header
    {
        get
        {
            var header = TypePlace;
            foreach (var label in Labels)
            {
                header = header.To(label.Place);
            }

            return header;
        }
    }

    /// <summary>The whole block, closing brace included.</summary>
    public Span Place => new(file.Source, file[node].Start, file[node].Length);

    /// <summary>The labels in order.</summary>
    public IEnumerable<Label> Labels
    {
        get
        {
            for (var child = file[node].FirstChild; child >= 0; child = file[child].NextSibling)
            {
                if (file[child].Kind == NodeKind.Label)
                {
                    yield return new Label(file.NameOf(child), new Span(file.Source, file[child].Start, file[child].Length));
                }
            }
        }
    }

    /// <summary>The body.</summary>
    public Body Body
    {
        get
        {
            var child = file[node].FirstChild;
            while (file[child].Kind != NodeKind.Body)
            {
                child = file[child].NextSibling;
            }

            return new Body(file, child);
        }
    }
}

/// <summary>A label of a block.</summary>
/// <param name="Text">Decoded text.</param>
/// <param name="Place">Where it stands, quotes included.</param>
public sealed record Label(string Text, Span Place);

/// <summary>
/// An expression; what <see cref="Name"/> and the children are, <see cref="NodeKind"/> says. A value of two words: a large configuration asks for millions of them, and keeps none.
/// </summary>
public readonly struct Expression(HclFile file, int node) : IEquatable<Expression>
{
    /// <summary>The file it is in.</summary>
    public HclFile File => file;

    /// <summary>The kind.</summary>
    public NodeKind Kind => file[node].Kind;

    /// <summary>The flags.</summary>
    public NodeFlags Flags => file[node].Flags;

    /// <summary>True if a flag is set.</summary>
    public bool Has(NodeFlags flag) => (file[node].Flags & flag) != 0;

    /// <summary>The operator of a unary or binary expression.</summary>
    public HclOperator Operator => file[node].Operator;

    /// <summary>Name, literal text or number text; empty where the kind has none.</summary>
    public string Name => file.NameOf(node);

    /// <summary>Where the name stands.</summary>
    public Span NamePlace => file.NamePlaceOf(node);

    /// <summary>The whole expression.</summary>
    public Span Place => new(file.Source, file[node].Start, file[node].Length);

    /// <summary>The children in order.</summary>
    public Children Children => new(file, file[node].FirstChild);

    /// <summary>A child by position; it must be there.</summary>
    public Expression this[int index]
    {
        get
        {
            var child = file[node].FirstChild;
            for (; index > 0; index--)
            {
                child = file[child].NextSibling;
            }

            return new Expression(file, child);
        }
    }

    /// <summary>The attributes and indexes that are taken of something, in order: <c>.a</c> and <c>[0]</c> of <c>x.a[0]</c>, whose root is <c>x</c>. None, and itself, for anything else.</summary>
    public Expression[] Steps(out Expression root)
    {
        var count = 0;
        for (var at = node; file[at].Kind is NodeKind.GetAttribute or NodeKind.Index; at = file[at].FirstChild)
        {
            count++;
        }

        var steps = count == 0 ? [] : new Expression[count];
        root = this;
        for (var at = count - 1; at >= 0; at--)
        {
            (steps[at], root) = (root, root[0]);
        }

        return steps;
    }

    /// <summary>Index of the node in its file: with the file, the identity of the expression.</summary>
    public int Id => node;

    /// <inheritdoc/>
    public bool Equals(Expression other) => ReferenceEquals(file, other.File) && node == other.Id;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Expression other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(file, node);

    /// <summary>Same node.</summary>
    public static bool operator ==(Expression left, Expression right) => left.Equals(right);

    /// <summary>Another node.</summary>
    public static bool operator !=(Expression left, Expression right) => !left.Equals(right);
}

/// <summary>The children of an expression, enumerable without allocation.</summary>
public readonly struct Children(HclFile file, int first) : IEnumerable<Expression>
{
    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            var count = 0;
            for (var child = first; child >= 0; child = file[child].NextSibling)
            {
                count++;
            }

            return count;
        }
    }

    /// <summary>Enumerates without allocation.</summary>
    public Enumerator GetEnumerator() => new(file, first);

    IEnumerator<Expression> IEnumerable<Expression>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Walks the siblings.</summary>
    public struct Enumerator : IEnumerator<Expression>
    {
        private readonly HclFile _file;
        private readonly int _first;
        private int _next;
        private int _current;

        internal Enumerator(HclFile file, int first)
        {
            _file = file;
            _first = first;
            _next = first;
            _current = -1;
        }

        /// <inheritdoc/>
        public readonly Expression Current => new(_file, _current);

        readonly object IEnumerator.Current => Current;

        /// <inheritdoc/>
        public bool MoveNext()
        {
            _current = _next;
            if (_current < 0)
            {
                return false;
            }

            _next = _file[_current].NextSibling;
            return true;
        }

        /// <inheritdoc/>
        public void Reset()
        {
            _next = _first;
            _current = -1;
        }

        /// <inheritdoc/>
        public readonly void Dispose()
        {
        }
    }
}
