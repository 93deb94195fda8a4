namespace Analyzer.Languages.Hcl;

/// <summary>
/// Templates in two steps, as the language defines them: a flat list of parts, to which trimming and indentation apply, and then the tree of directives.
/// </summary>
internal ref partial struct Parser
{
    private enum PartKind : byte
    {
        Literal,
        Interpolation,
        If,
        Else,
        EndIf,
        For,
        EndFor,
        End,
    }

    private struct Part
    {
        internal PartKind Kind;
        internal NodeFlags Flags;

        /// <summary>Where it stands; of a literal, what is left of it.</summary>
        internal int Start;
        internal int End;

        /// <summary>The decoded text of a literal with escapes.</summary>
        internal string? Text;

        /// <summary>The expression; of a <c>for</c>, the first and last of its children.</summary>
        internal int Node;
        internal int LastNode;
    }

    /// <summary>From behind the opening quote, marker or nothing to the closing one, which is read.</summary>
    private int ParseTemplateBody(TokenKind closer, int start, NodeFlags flags)
    {
        if (++_templateDepth > TemplateDepthLimit || !Enter())
        {
            return FailLimit("Templates are nested deeper than 64 levels here and are not read.");
        }

        var first = _parts.Count;
        var flush = closer == TokenKind.CloseHeredoc && _text[start..].StartsWith("<<-"u8);
        if (!ParseParts(closer))
        {
            return -1;
        }

        var end = _parts[^1].End;
        if (flush)
        {
            RemoveIndentation(first);
        }

        int node;
        if (closer != TokenKind.CloseHeredoc && _parts.Count - first == 2 && _parts[first].Kind == PartKind.Interpolation)
        {
            node = Add(NodeKind.TemplateWrap, start, end, _parts[first].Node);
        }
        else
        {
            var at = first;
            var children = BuildChildren(ref at);
            if (!_failed && _parts[at].Kind != PartKind.End)
            {
                Fail(_parts[at].Start, _parts[at].End, "This directive ends nothing that was begun.");
            }

            if (_failed)
            {
                return -1;
            }

            node = Add(NodeKind.Template, start, end, children.First, flags: flags);
        }

        _parts.RemoveRange(first, _parts.Count - first);
        _templateDepth--;
        _depth--;
        return node;
    }

    private bool ParseParts(TokenKind closer)
    {
        var begin = _tokens[_next];
        var trimNext = false;
        var afterLiteral = false;
        while (true)
        {
            ref readonly var token = ref _tokens[_next];
            if (token.Kind == closer)
            {
                _next += closer == TokenKind.End ? 0 : 1;
                _parts.Add(new Part { Kind = PartKind.End, Start = token.Start, End = token.End });
                return true;
            }

            _next++;
            switch (token.Kind)
            {
                case TokenKind.Text or TokenKind.EscapedText:
                    var escaped = token.Kind == TokenKind.EscapedText;
                    var literal = new Part
                    {
                        Start = token.Start,
                        End = token.End,
                        Text = escaped ? Unescape(token.Start, token.Length, quoted: closer == TokenKind.CloseQuote) : null,
                    };
                    if (trimNext)
                    {
                        TrimStart(ref literal);
                    }

                    _parts.Add(literal);
                    trimNext = false;
                    afterLiteral = true;
                    break;
                case TokenKind.OpenInterpolation or TokenKind.OpenDirective:
                    if (afterLiteral && token.Length == 3)
                    {
                        var trimmed = _parts[^1];
                        TrimEnd(ref trimmed);
                        _parts[^1] = trimmed;
                    }

                    afterLiteral = false;
                    trimNext = token.Kind == TokenKind.OpenInterpolation ? ParseInterpolation(token, begin, closer) : ParseDirective(token);
                    break;
                default:
                    _next--;
                    Fail(token, closer == TokenKind.CloseQuote ? "The closing quote of this text is missing." : "The end of this template is missing.");
                    break;
            }

            if (_failed)
            {
                return false;
            }
        }
    }

    /// <summary>Answers whether the text behind it is to be trimmed.</summary>
    private bool ParseInterpolation(in Token open, in Token begin, TokenKind closer)
    {
        var newlines = _newlines;
        _newlines = false;
        var expression = ParseExpression();
        if (_failed)
        {
            return false;
        }

        ref readonly var close = ref Peek();
        if (close.Kind != TokenKind.CloseSequence)
        {
            var quote = close.Kind is TokenKind.OpenQuote or TokenKind.CloseQuote or TokenKind.String or TokenKind.EscapedString;
            if (close.Kind == TokenKind.End || (quote && closer == TokenKind.CloseQuote))
            {
                Fail(begin, "An interpolation \"${\" in this text is not closed: \"}\" is missing.");
            }
            else
            {
                Fail(close, "\"}\" is expected at the end of the interpolation; a literal \"${\" is written \"$${\".");
            }

            return false;
        }

        Read();
        _newlines = newlines;
        _parts.Add(new Part { Kind = PartKind.Interpolation, Start = open.Start, End = close.End, Node = expression });
        return close.Length == 2;
    }

    /// <summary>Answers whether the text behind it is to be trimmed.</summary>
    private bool ParseDirective(in Token open)
    {
        var newlines = _newlines;
        _newlines = false;
        var keyword = Peek();
        if (keyword.Kind != TokenKind.Identifier)
        {
            Fail(keyword, "A directive begins with if, else, endif, for or endfor; a literal \"%{\" is written \"%%{\".");
            return false;
        }

        Read();
        var part = new Part { Start = open.Start };
        if (Is(keyword, "if"u8))
        {
            part.Kind = PartKind.If;
            part.Node = ParseExpression();
        }
        else if (Is(keyword, "for"u8))
        {
            var children = new ChildList();
            part.Kind = PartKind.For;
            ParseForVariables(ref children, ref part.Flags);
            part.Node = children.First;
            part.LastNode = children.Last;
        }
        else if (Is(keyword, "else"u8))
        {
            part.Kind = PartKind.Else;
        }
        else if (Is(keyword, "endif"u8))
        {
            part.Kind = PartKind.EndIf;
        }
        else if (Is(keyword, "endfor"u8))
        {
            part.Kind = PartKind.EndFor;
        }
        else
        {
            Fail(keyword, "This is not a directive; there are if, else, endif, for and endfor.");
        }

        if (_failed)
        {
            return false;
        }

        ref readonly var close = ref Peek();
        if (close.Kind != TokenKind.CloseSequence)
        {
            Fail(close, "\"}\" is expected at the end of the directive.");
            return false;
        }

        Read();
        _newlines = newlines;
        part.End = close.End;
        _parts.Add(part);
        return close.Length == 2;
    }

    /// <summary>The nodes for the parts up to one that ends a directive or the template.</summary>
    private ChildList BuildChildren(ref int at)
    {
        var children = new ChildList();
        while (!_failed)
        {
            var part = _parts[at];
            switch (part.Kind)
            {
                case PartKind.Literal:
                    if (BuildText(ref at) is >= 0 and var text)
                    {
                        children.Add(this, text);
                    }

                    break;
                case PartKind.Interpolation:
                    children.Add(this, part.Node);
                    at++;
                    break;
                case PartKind.If or PartKind.For:
                    if (!Enter())
                    {
                        break;
                    }

                    var directive = part.Kind == PartKind.If ? BuildIf(ref at) : BuildFor(ref at);
                    _depth--;
                    if (!_failed)
                    {
                        children.Add(this, directive);
                    }

                    break;
                default:
                    return children;
            }
        }

        return children;
    }

    private int BuildIf(ref int at)
    {
        var open = _parts[at++];
        var whenTrue = BuildBranch(ref at);
        var whenFalse = -1;
        if (!_failed && _parts[at].Kind == PartKind.Else)
        {
            at++;
            whenFalse = BuildBranch(ref at);
        }

        if (_failed)
        {
            return -1;
        }

        var close = _parts[at++];
        if (close.Kind != PartKind.EndIf)
        {
            return Fail(close.Start, close.End, close.Kind == PartKind.End
                ? "An \"if\" in this template has no \"endif\"."
                : "\"endif\" is expected here, for the \"if\" before it.");
        }

        Link(open.Node, whenTrue);
        if (whenFalse >= 0)
        {
            Link(whenTrue, whenFalse);
        }

        return Add(NodeKind.TemplateIf, open.Start, close.End, open.Node, flags: whenFalse >= 0 ? NodeFlags.HasElse : NodeFlags.None);
    }

    private int BuildFor(ref int at)
    {
        var open = _parts[at++];
        var body = BuildBranch(ref at);
        if (_failed)
        {
            return -1;
        }

        var close = _parts[at++];
        if (close.Kind != PartKind.EndFor)
        {
            return Fail(close.Start, close.End, close.Kind == PartKind.End
                ? "A \"for\" in this template has no \"endfor\"."
                : "\"endfor\" is expected here, for the \"for\" before it.");
        }

        Link(open.LastNode, body);
        return Add(NodeKind.TemplateFor, open.Start, close.End, open.Node, flags: open.Flags);
    }

    private int BuildBranch(ref int at)
    {
        var start = _parts[at - 1].End;
        var children = BuildChildren(ref at);
        return _failed ? -1 : Add(NodeKind.Template, start, Math.Max(start, _parts[at].Start), children.First);
    }
}
