using System.Globalization;
using System.Text;
using Analyzer.Languages.Names;

namespace Analyzer.Languages.Hcl;

/// <summary>Bodies, attributes and blocks.</summary>
internal ref partial struct Parser
{
    /// <summary>From this many attributes of a body on, names are looked up in a set to find one written twice.</summary>
    private const int ManyAttributes = 24;

    /// <summary>
    /// A file with an unclosed block is parsed again: now blocks end where the indentation says so, and what follows the block is not taken for its content.
    /// </summary>
    private int ParseFile()
    {
        var first = ParseItems(opener: -1, header: -1, out _);
        if (_unclosed)
        {
            _boundedByIndentation = true;
            _unclosed = false;
            _next = _depth = 0;
            _nodes.Clear();
            _names.Clear();
            _problems.Restart();
            first = ParseItems(opener: -1, header: -1, out _);
        }

        return Add(NodeKind.Body, 0, _text.Length, first);
    }

    /// <summary>The items of a body up to its end, which is read. Answers the first.</summary>
    /// <param name="opener">Index of the opening brace; -1 for a file.</param>
    /// <param name="header">Index of the token with which the block begins; -1 for a file.</param>
    /// <param name="closed">True if the closing brace was there.</param>
    private int ParseItems(int opener, int header, out bool closed)
    {
        closed = false;
        var items = new ChildList();
        var attributes = 0;
        HashSet<string>? names = null;
        while (true)
        {
            ref readonly var token = ref _tokens[_next];
            switch (token.Kind)
            {
                case TokenKind.Newline:
                    _next++;
                    break;
                case TokenKind.Identifier:
                    if (_boundedByIndentation && opener >= 0 && BeginsOutside(header))
                    {
                        Report(_tokens[opener], "This block is not closed: \"}\" is missing.");
                        return items.First;
                    }

                    var item = ParseItem(opener < 0);
                    if (item >= 0)
                    {
                        if (_nodes[item].Kind == NodeKind.Attribute)
                        {
                            CheckName(items.First, item, attributes++, ref names);
                        }

                        items.Add(this, item);
                    }

                    break;
                case TokenKind.CloseBrace when opener >= 0:
                    _next++;
                    closed = true;
                    return items.First;
                case TokenKind.CloseBrace:
                    _itemStart = token.Start;
                    Report(token, "This \"}\" closes nothing.");
                    _next++;
                    break;
                case TokenKind.End when opener < 0:
                    return items.First;
                case TokenKind.End:
                    if (!_unclosed)
                    {
                        _unclosed = true;
                        Report(_tokens[opener], "This block is not closed: \"}\" is missing.");
                    }

                    return items.First;
                default:
                    _itemStart = token.Start;
                    Report(token, MessageForNoItem(token));
                    SkipItem(_next, _next, opener < 0);
                    break;
            }
        }
    }

    private readonly string MessageForNoItem(in Token token)
    {
        if (token.Kind is TokenKind.OpenQuote or TokenKind.String or TokenKind.EscapedString)
        {
            return "The name of an argument is written without quotes.";
        }

        var rest = _text[token.Start..];
        return rest.StartsWith("<<<<<<<"u8) || rest.StartsWith("======="u8) || rest.StartsWith(">>>>>>>"u8) || rest.StartsWith("|||||||"u8)
            ? "A merge conflict is not resolved here."
            : "An argument or a block is expected here.";
    }

    /// <summary>An attribute or block. -1, with everything skipped, if it is neither.</summary>
    private int ParseItem(bool top)
    {
        var item = _next;
        ref readonly var name = ref _tokens[_next++];
        _itemStart = name.Start;
        switch (_tokens[_next].Kind)
        {
            case TokenKind.Equal:
                return ParseAttribute(item, top);
            case TokenKind.String or TokenKind.EscapedString or TokenKind.OpenQuote or TokenKind.OpenBrace or TokenKind.Identifier:
                return ParseBlock(item, top);
            default:
                Report(name, "An argument is written as name = value, a block as type \"label\" { }.");
                SkipItem(item, item, top);
                return -1;
        }
    }

    private int ParseAttribute(int item, bool top)
    {
        _next++;
        var from = _next;
        var depth = _depth;
        var value = ParseExpression();
        if (!_failed)
        {
            ref readonly var end = ref _tokens[_next];
            if (end.Kind == TokenKind.Newline)
            {
                _next++;
            }
            else if (end.Kind != TokenKind.End)
            {
                Fail(end, end.Kind == TokenKind.Comma
                    ? "Arguments are separated by line breaks, not by commas."
                    : "A line break is expected behind the value of an argument.");
            }
        }

        if (_failed)
        {
            _depth = depth;
            SkipItem(item, from, top);
            value = AddError(from);
        }

        return AddAttribute(item, value);
    }

    private int AddAttribute(int item, int value) =>
        Add(NodeKind.Attribute, _tokens[item].Start, EndOf(value), value, _tokens[item].Length);

    /// <summary>Stands for everything that was skipped.</summary>
    private int AddError(int from)
    {
        var last = _next - 1;
        while (last > from && _tokens[last].Kind is TokenKind.Newline or TokenKind.End or TokenKind.BrokenLine or TokenKind.BrokenHeredoc)
        {
            last--;
        }

        var start = Math.Max(_tokens[Math.Min(from, Math.Max(last, 0))].Start, _tokens[from - 1].End);
        return Add(NodeKind.Error, start, Math.Max(start, _tokens[last].End));
    }

    private readonly void CheckName(int first, int attribute, int count, ref HashSet<string>? names)
    {
        if (count >= ManyAttributes)
        {
            if (names is null)
            {
                names = new HashSet<string>(StringComparer.Ordinal);
                for (var sibling = first; sibling >= 0; sibling = _nodes[sibling].NextSibling)
                {
                    if (_nodes[sibling].Kind == NodeKind.Attribute)
                    {
                        names.Add(NameTable.Get(_text.Slice(_nodes[sibling].Start, _nodes[sibling].Name)));
                    }
                }
            }

            if (!names.Add(NameTable.Get(_text.Slice(_nodes[attribute].Start, _nodes[attribute].Name))))
            {
                ReportTwice(attribute);
            }

            return;
        }

        var name = _text.Slice(_nodes[attribute].Start, _nodes[attribute].Name);
        for (var sibling = first; sibling >= 0 && count > 0; sibling = _nodes[sibling].NextSibling)
        {
            ref readonly var other = ref _nodes[sibling];
            if (other.Kind != NodeKind.Attribute)
            {
                continue;
            }

            count--;
            if (other.Name == name.Length && _text.Slice(other.Start, other.Name).SequenceEqual(name))
            {
                ReportTwice(attribute);
                return;
            }
        }
    }

    private readonly void ReportTwice(int attribute)
    {
        var name = _text.Slice(_nodes[attribute].Start, _nodes[attribute].Name);
        _problems.Add(_nodes[attribute].Start, name.Length, $"The argument \"{Encoding.UTF8.GetString(name)}\" is already set in this block.");
    }

    private int ParseBlock(int item, bool top)
    {
        var children = new ChildList();
        while (_tokens[_next].Kind != TokenKind.OpenBrace && !_failed)
        {
            ref readonly var token = ref _tokens[_next];
            switch (token.Kind)
            {
                case TokenKind.Identifier:
                    children.Add(this, AddNamed(NodeKind.Label, token));
                    _next++;
                    break;
                case TokenKind.String:
                    children.Add(this, Add(NodeKind.Label, token.Start, token.End, name: token.Length - 2, flags: NodeFlags.Marked));
                    _next++;
                    break;
                case TokenKind.EscapedString or TokenKind.OpenQuote:
                    children.Add(this, ParseLabel());
                    break;
                default:
                    Fail(token, token.Kind switch
                    {
                        TokenKind.Equal => "A block has no \"=\" before its \"{\".",
                        TokenKind.Newline => "The \"{\" of a block stands on the line of its type and labels.",
                        _ => "A label in quotes or \"{\" is expected here.",
                    });
                    break;
            }
        }

        var depth = _depth;
        if (_failed || !Enter())
        {
            _depth = depth;
            SkipItem(item, item, top);
            return -1;
        }

        var opener = _next++;
        var first = _tokens[_next].Kind is TokenKind.Newline or TokenKind.CloseBrace or TokenKind.End
            ? ParseBlockLines(item, opener, top, out var end, out var closed)
            : ParseOneLine(item, top, out end, out closed);
        _depth = depth;
        var inside = closed ? end - 1 : Math.Max(end, _tokens[opener].End);
        children.Add(this, Add(NodeKind.Body, _tokens[opener].End, inside, first));
        return Add(NodeKind.Block, _tokens[item].Start, Math.Max(end, _tokens[opener].End), children.First, _tokens[item].Length);
    }

    private int ParseBlockLines(int item, int opener, bool top, out int end, out bool closed)
    {
        var first = ParseItems(opener, item, out closed);
        end = EndOfLastToken();
        if (!closed)
        {
            return first;
        }

        ref readonly var eol = ref _tokens[_next];
        if (eol.Kind == TokenKind.Newline)
        {
            _next++;
        }
        else if (eol.Kind != TokenKind.End)
        {
            _itemStart = eol.Start;
            Report(eol, "A line break is expected behind the \"}\" of a block.");
            SkipItem(item, _next, top);
        }

        return first;
    }

    /// <summary><c>type { name = value }</c>: the one attribute.</summary>
    private int ParseOneLine(int item, bool top, out int end, out bool closed)
    {
        var name = _next;
        var from = -1;
        var value = -1;
        ref readonly var token = ref _tokens[_next];
        if (token.Kind != TokenKind.Identifier)
        {
            Fail(token, "An argument is expected here.");
        }
        else if (_tokens[++_next].Kind != TokenKind.Equal)
        {
            Fail(token, _tokens[_next].Kind is TokenKind.Identifier or TokenKind.OpenBrace or TokenKind.OpenQuote or TokenKind.String or TokenKind.EscapedString
                ? "A block inside a block begins on a line of its own."
                : "An argument is written as name = value.");
        }
        else
        {
            from = ++_next;
            value = ParseExpression();
        }

        if (!_failed && _tokens[_next].Kind != TokenKind.CloseBrace)
        {
            if (_tokens[_next].Kind == TokenKind.End)
            {
                Fail(_tokens[name - 1], "This block is not closed: \"}\" is missing.");
            }
            else
            {
                Fail(_tokens[_next], "A block on one line has one argument and ends on this line.");
            }
        }

        if (!_failed && _tokens[_next + 1].Kind is not (TokenKind.Newline or TokenKind.End))
        {
            Fail(_tokens[_next + 1], "A line break is expected behind the \"}\" of a block.");
        }

        if (_failed)
        {
            SkipItem(item, item, top);
            end = EndOfLastToken();
            closed = _text[end - 1] == '}';
            if (value < 0 && from >= 0)
            {
                var inside = closed ? end - 1 : end;
                value = Add(NodeKind.Error, Math.Min(_tokens[from].Start, inside), inside);
            }

            return value < 0 ? -1 : AddAttribute(name, value);
        }

        closed = true;
        end = _tokens[_next++].End;
        _next += _tokens[_next].Kind == TokenKind.Newline ? 1 : 0;
        return AddAttribute(name, value);
    }

    private readonly int EndOfLastToken()
    {
        var last = _next - 1;
        while (last > 0 && _tokens[last].Kind == TokenKind.Newline)
        {
            last--;
        }

        return _tokens[last].End;
    }

    /// <summary>A quoted label with escapes or, which is an error, sequences.</summary>
    private int ParseLabel()
    {
        ref readonly var open = ref _tokens[_next++];
        if (open.Kind == TokenKind.EscapedString)
        {
            var text = Unescape(open.Start + 1, open.Length - 2, quoted: true);
            return Add(NodeKind.Label, open.Start, open.End, name: AddName(text), flags: NodeFlags.Marked);
        }

        var label = new StringBuilder();
        while (!_failed)
        {
            ref readonly var token = ref Read();
            switch (token.Kind)
            {
                case TokenKind.CloseQuote:
                    return Add(NodeKind.Label, open.Start, token.End, name: AddName(label.ToString()), flags: NodeFlags.Marked);
                case TokenKind.Text:
                    label.Append(_source.TextOf(token.Start, token.Length));
                    break;
                case TokenKind.EscapedText:
                    label.Append(Unescape(token.Start, token.Length, quoted: true));
                    break;
                case TokenKind.OpenInterpolation or TokenKind.OpenDirective:
                    Fail(token, string.Create(CultureInfo.InvariantCulture,
                        $"A label is a plain text; a literal \"{(char)_text[token.Start]}{{\" is written \"{(char)_text[token.Start]}{(char)_text[token.Start]}{{\"."));
                    break;
                default:
                    Fail(token, "This label has no closing quote.");
                    break;
            }
        }

        return Add(NodeKind.Error, open.Start, open.End);
    }
}
