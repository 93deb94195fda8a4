using System.Text;

namespace Analyzer.Languages.Hcl;

/// <summary>Calls, tuples, objects and <c>for</c>.</summary>
internal ref partial struct Parser
{
    private int ParseCall(in Token name)
    {
        var last = name;
        StringBuilder? spaced = null;
        ref readonly var token = ref Read();
        while (token.Kind == TokenKind.DoubleColon)
        {
            ref readonly var part = ref Read();
            if (part.Kind != TokenKind.Identifier)
            {
                return Fail(part, "The name of a function is expected here.");
            }

            if (spaced is not null || token.Start != last.End || part.Start != token.End)
            {
                spaced ??= new StringBuilder(_source.TextOf(name.Start, last.End - name.Start));
                spaced.Append("::").Append(_source.TextOf(part.Start, part.Length));
            }

            last = part;
            token = ref Read();
        }

        if (token.Kind != TokenKind.OpenParenthesis)
        {
            return Fail(token, "The arguments of a function stand in parentheses; \"(\" is expected here.");
        }

        return ParseArguments(name, token, spaced is null ? last.End - name.Start : AddName(spaced.ToString()));
    }

    private int ParseArguments(in Token name, in Token open, int nodeName)
    {
        var arguments = new ChildList();
        var flags = NodeFlags.None;
        var newlines = _newlines;
        _newlines = false;
        while (PeekKind() != TokenKind.CloseParenthesis)
        {
            var argument = ParseExpression();
            if (_failed)
            {
                return -1;
            }

            arguments.Add(this, argument);
            ref readonly var token = ref Peek();
            if (token.Kind == TokenKind.CloseParenthesis)
            {
                break;
            }

            Read();
            if (token.Kind == TokenKind.Ellipsis)
            {
                flags = NodeFlags.Expand;
                if (PeekKind() != TokenKind.CloseParenthesis)
                {
                    return Fail(token, "Only the last argument can be expanded with \"...\", and \")\" follows it.");
                }
            }
            else if (token.Kind == TokenKind.End)
            {
                return Fail(name.Start, open.End, "This call is not closed: \")\" is missing.");
            }
            else if (token.Kind != TokenKind.Comma)
            {
                return Fail(token, "\",\" is expected between the arguments of a function.");
            }
        }

        var end = Read().End;
        _newlines = newlines;
        return Add(NodeKind.Call, name.Start, end, arguments.First, nodeName, flags);
    }

    private int ParseTuple()
    {
        ref readonly var open = ref Read();
        var newlines = _newlines;
        _newlines = false;
        if (Is(Peek(), "for"u8))
        {
            return ParseFor(open, newlines);
        }

        var elements = new ChildList();
        while (PeekKind() != TokenKind.CloseBracket)
        {
            var element = ParseExpression();
            if (_failed)
            {
                return -1;
            }

            elements.Add(this, element);
            ref readonly var token = ref Peek();
            if (token.Kind == TokenKind.Comma)
            {
                Read();
            }
            else if (token.Kind == TokenKind.End)
            {
                return Fail(open, "This list is not closed: \"]\" is missing.");
            }
            else if (token.Kind != TokenKind.CloseBracket)
            {
                return Fail(token, "\",\" is expected between the elements of a list.");
            }
        }

        var end = Read().End;
        _newlines = newlines;
        return Add(NodeKind.Tuple, open.Start, end, elements.First);
    }

    private int ParseObject()
    {
        ref readonly var open = ref Read();
        var newlines = _newlines;
        _newlines = false;
        if (Is(Peek(), "for"u8))
        {
            return ParseFor(open, newlines);
        }

        _newlines = true;
        var items = new ChildList();
        while (true)
        {
            ref readonly var token = ref _tokens[_next];
            if (token.Kind == TokenKind.Newline)
            {
                _next++;
                continue;
            }

            if (token.Kind == TokenKind.CloseBrace)
            {
                break;
            }

            var item = ParseObjectItem(open);
            if (_failed)
            {
                return -1;
            }

            items.Add(this, item);
            token = ref _tokens[_next];
            if (token.Kind is TokenKind.Newline or TokenKind.Comma)
            {
                _next++;
            }
            else if (token.Kind == TokenKind.End)
            {
                return Fail(open, "This object is not closed: \"}\" is missing.");
            }
            else if (token.Kind != TokenKind.CloseBrace)
            {
                return Fail(token, "\",\" or a line break is expected between the attributes of an object.");
            }
        }

        var end = _tokens[_next++].End;
        _newlines = newlines;
        return Add(NodeKind.Object, open.Start, end, items.First);
    }

    private int ParseObjectItem(in Token open)
    {
        ref readonly var first = ref _tokens[_next];
        var bare = first.Kind == TokenKind.Identifier && _tokens[_next + 1].Kind is TokenKind.Equal or TokenKind.Colon;
        int key;
        if (bare)
        {
            _next++;
            key = AddNamed(NodeKind.TemplateText, first);
        }
        else
        {
            key = ParseExpression();
            if (_failed)
            {
                return -1;
            }
        }

        ref readonly var separator = ref _tokens[_next];
        if (separator.Kind is not (TokenKind.Equal or TokenKind.Colon))
        {
            return separator.Kind switch
            {
                TokenKind.End => Fail(open, "This object is not closed: \"}\" is missing."),
                TokenKind.Newline or TokenKind.Comma => Fail(separator, "This key of an object has no value; \"=\" is expected."),
                _ => Fail(separator, "\"=\" or \":\" is expected between key and value."),
            };
        }

        _next++;
        var value = ParseExpression();
        if (_failed)
        {
            return -1;
        }

        Link(key, value);
        var quoted = first.Kind is TokenKind.String or TokenKind.EscapedString or TokenKind.OpenQuote;
        return Add(NodeKind.ObjectItem, first.Start, EndOf(value), key, flags: quoted ? NodeFlags.Marked : NodeFlags.None);
    }

    /// <summary>From the keyword <c>for</c> to the closing bracket; line breaks are already off.</summary>
    private int ParseFor(in Token open, bool newlines)
    {
        var makesObject = open.Kind == TokenKind.OpenBrace;
        var closer = makesObject ? TokenKind.CloseBrace : TokenKind.CloseBracket;
        var children = new ChildList();
        var flags = NodeFlags.None;
        Read();
        if (!ParseForVariables(ref children, ref flags))
        {
            return -1;
        }

        ref readonly var colon = ref Peek();
        if (colon.Kind != TokenKind.Colon)
        {
            return Fail(colon, "\":\" is expected behind the collection of a \"for\".");
        }

        Read();
        var element = ParseExpression();
        var key = -1;
        if (!_failed && PeekKind() == TokenKind.FatArrow)
        {
            Read();
            key = element;
            children.Add(this, key);
            element = ParseExpression();
        }

        if (_failed)
        {
            return -1;
        }

        children.Add(this, element);
        var ellipsis = Peek();
        if (ellipsis.Kind == TokenKind.Ellipsis)
        {
            Read();
            flags |= NodeFlags.Expand;
        }

        if (Is(Peek(), "if"u8))
        {
            Read();
            var condition = ParseExpression();
            if (_failed)
            {
                return -1;
            }

            children.Add(this, condition);
            flags |= NodeFlags.HasCondition;
        }

        ref readonly var close = ref Peek();
        if (close.Kind != closer)
        {
            return Fail(close, "The \"for\" is complete, but more follows before its closing bracket.");
        }

        Read();
        _newlines = newlines;
        if (makesObject && key < 0)
        {
            return Fail(_nodes[element].Start, EndOf(element), "A \"for\" in braces makes an object and needs \"key => value\".");
        }

        if (!makesObject && key >= 0)
        {
            return Fail(_nodes[key].Start, EndOf(key), "A \"for\" in brackets makes a list and has no key.");
        }

        return !makesObject && ellipsis.Kind == TokenKind.Ellipsis
            ? Fail(ellipsis, "A \"for\" in brackets makes a list and cannot group with \"...\".")
            : Add(makesObject ? NodeKind.ForObject : NodeKind.ForTuple, open.Start, close.End, children.First, flags: flags);
    }

    /// <summary><c>k, v in collection</c> of a <c>for</c> in brackets or in a template.</summary>
    private bool ParseForVariables(scoped ref ChildList children, scoped ref NodeFlags flags)
    {
        var first = Peek();
        if (first.Kind != TokenKind.Identifier)
        {
            Fail(first, "The name of a variable is expected behind \"for\".");
            return false;
        }

        Read();
        if (PeekKind() == TokenKind.Comma)
        {
            Read();
            ref readonly var second = ref Peek();
            if (second.Kind != TokenKind.Identifier)
            {
                Fail(second, "The name of a second variable is expected behind the comma.");
                return false;
            }

            Read();
            children.Add(this, AddNamed(NodeKind.Variable, second));
            flags |= NodeFlags.HasKey;
        }

        children.Add(this, AddNamed(NodeKind.Variable, first));
        if (!Is(Peek(), "in"u8))
        {
            Fail(Peek(), "\"in\" is expected behind the variables of a \"for\".");
            return false;
        }

        Read();
        var collection = ParseExpression();
        if (_failed)
        {
            return false;
        }

        children.Add(this, collection);
        return true;
    }
}
