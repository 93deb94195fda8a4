using System.Runtime.CompilerServices;
using Analyzer.Facts.Text;

namespace Analyzer.Languages.Hcl;

/// <summary>
/// Builds the tree from tokens: bodies by recursive descent, operators by precedence. The first error inside an item of a body sets <see cref="_failed"/>, with which
/// every method returns; the item is then skipped as a whole, without recursion.
/// </summary>
internal ref partial struct Parser
{
    private const int DepthLimit = 512;
    private const int TemplateDepthLimit = 64;

    /// <summary>The longest chain of operators of one precedence, or of steps like <c>.a</c>: each is a level of the tree too.</summary>
    private const int ChainLimit = 2000;

    private readonly SourceFile _source;
    private readonly ReadOnlySpan<byte> _text;
    private readonly Token[] _tokens;
    private readonly SyntaxProblems _problems;
    private readonly List<string> _names = [];
    private readonly List<Part> _parts = [];
    private readonly NodeList _nodes;

    /// <summary>Index behind the last token read.</summary>
    private int _next;

    /// <summary>Line breaks are tokens here; otherwise they are skipped.</summary>
    private bool _newlines = true;
    private bool _failed;
    private int _depth;
    private int _templateDepth;

    /// <summary>Offset of the body item that is being parsed.</summary>
    private int _itemStart;

    /// <summary>A block was still open at the end of the text.</summary>
    private bool _unclosed;

    /// <summary>A block ends where another one begins that is not indented more.</summary>
    private bool _boundedByIndentation;

    /// <summary>The brackets that are open in an item that is being skipped.</summary>
    private readonly List<TokenKind> _open = [];

    /// <summary>How many tokens may be looked at behind a place where a broken item seems to end, all items together.</summary>
    private int _lookahead = 2_000_000;

    internal Parser(SourceFile source, ReadOnlySpan<byte> text, Token[] tokens, int tokenCount, SyntaxProblems problems)
    {
        _source = source;
        _text = text;
        _tokens = tokens;
        _problems = problems;
        _nodes = new NodeList(tokenCount / 2);
    }

    internal HclFile Run(HclParser.Goal goal, int[] comments)
    {
        var root = goal switch
        {
            HclParser.Goal.File => ParseFile(),
            HclParser.Goal.Expression => ParseWhole(ParseExpressionToEnd()),
            _ => ParseWhole(ParseTemplateBody(TokenKind.End, _tokens[0].Start, NodeFlags.None)),
        };
        _nodes.Trim();
        return new HclFile(_source, _nodes, _names.Count == 0 ? [] : [.. _names], root, comments, _problems.Sorted());
    }

    private int ParseExpressionToEnd()
    {
        _newlines = false;
        var expression = ParseExpression();
        if (!_failed && PeekKind() != TokenKind.End)
        {
            Fail(Peek(), "The expression is complete, but more follows.");
        }

        return expression;
    }

    private int ParseWhole(int expression) => _failed ? Add(NodeKind.Error, 0, _text.Length) : expression;

    private readonly int PeekIndex()
    {
        var index = _next;
        if (!_newlines)
        {
            while (_tokens[index].Kind == TokenKind.Newline)
            {
                index++;
            }
        }

        return index;
    }

    private readonly TokenKind PeekKind() => _tokens[PeekIndex()].Kind;

    private readonly ref readonly Token Peek() => ref _tokens[PeekIndex()];

    /// <summary>Reads a token; the last one again and again.</summary>
    private ref readonly Token Read()
    {
        var index = PeekIndex();
        ref readonly var token = ref _tokens[index];
        _next = token.Kind == TokenKind.End ? index : index + 1;
        return ref token;
    }

    private readonly bool Is(in Token token, ReadOnlySpan<byte> keyword) =>
        token.Kind == TokenKind.Identifier && token.Length == keyword.Length && _text.Slice(token.Start, token.Length).SequenceEqual(keyword);

    /// <summary>One level deeper; false, with a problem, where that is too deep. Decrement <see cref="_depth"/> on the way out.</summary>
    private bool Enter()
    {
        if (++_depth <= DepthLimit && (_depth < 32 || RuntimeHelpers.TryEnsureSufficientExecutionStack()))
        {
            return true;
        }

        FailLimit("This is nested deeper than 512 levels and is not read.");
        return false;
    }

    private int FailLimit(string message)
    {
        if (!_failed)
        {
            _failed = true;
            Report(Peek(), message, "nesting-limit");
        }

        return -1;
    }

    private int Fail(in Token token, string message)
    {
        if (!_failed)
        {
            _failed = true;
            Report(token, message);
        }

        return -1;
    }

    private int Fail(int start, int end, string message) => Fail(new Token(TokenKind.Text, start, end - start), message);

    /// <summary>Reports, unless the lexer has already complained about this item, up to the end of the line in which the token stands.</summary>
    private readonly void Report(in Token token, string message, string code = "syntax-error")
    {
        if (token.Kind >= TokenKind.Invalid || _problems.Full)
        {
            return;
        }

        var line = _text[token.Start..].IndexOf((byte)'\n');
        if (!_problems.LexicalBetween(_itemStart, line < 0 ? _text.Length : token.Start + line))
        {
            _problems.Add(token.Start, token.Length, message, code);
        }
    }

    private int Add(NodeKind kind, int start, int end, int firstChild = -1, int name = HclFile.Node.NoName, NodeFlags flags = NodeFlags.None)
    {
        ref var node = ref _nodes.Add();
        node.Kind = kind;
        node.Flags = flags;
        node.Operator = HclOperator.None;
        node.Start = start;
        node.Length = end - start;
        node.FirstChild = firstChild;
        node.NextSibling = -1;
        node.Name = name;
        return _nodes.Count - 1;
    }

    /// <summary>A node for a token that is its own name.</summary>
    private int AddNamed(NodeKind kind, in Token token) => Add(kind, token.Start, token.End, name: token.Length);

    /// <summary>Keeps a decoded name and answers what a node calls it.</summary>
    private readonly int AddName(string name)
    {
        _names.Add(name);
        return HclFile.Node.NameIndex(_names.Count - 1);
    }

    private readonly void Link(int node, int sibling) => _nodes[node].NextSibling = sibling;

    private readonly int EndOf(int node) => _nodes[node].Start + _nodes[node].Length;

    /// <summary>Children in the making.</summary>
    private struct ChildList
    {
        internal int First = -1;
        internal int Last = -1;

        public ChildList()
        {
        }

        internal void Add(scoped in Parser parser, int node)
        {
            if (First < 0)
            {
                First = node;
            }
            else
            {
                parser.Link(Last, node);
            }

            Last = node;
        }
    }
}
