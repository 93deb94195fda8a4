namespace Analyzer.Languages.Hcl;

/// <summary>Operators, terms and the steps behind them. Every method answers a node, or -1 when <see cref="_failed"/> is set.</summary>
internal ref partial struct Parser
{
    /// <summary>How tightly the operators bind, from <see cref="TokenKind.Or"/> on.</summary>
    private static ReadOnlySpan<byte> Precedences => [1, 2, 3, 3, 4, 4, 4, 4, 5, 5, 6, 6, 6];

    private int ParseExpression()
    {
        if (!Enter())
        {
            return -1;
        }

        var node = ParseBinary(1);
        if (!_failed && PeekKind() == TokenKind.Question)
        {
            node = FinishConditional(node);
        }

        _depth--;
        return node;
    }

    private int FinishConditional(int condition)
    {
        Read();
        var whenTrue = ParseExpression();
        if (_failed)
        {
            return -1;
        }

        ref readonly var colon = ref Peek();
        if (colon.Kind != TokenKind.Colon)
        {
            return Fail(colon, "A condition is followed by two values, \"? a : b\"; the second is missing.");
        }

        Read();
        var whenFalse = ParseExpression();
        if (_failed)
        {
            return -1;
        }

        Link(condition, whenTrue);
        Link(whenTrue, whenFalse);
        return Add(NodeKind.Conditional, _nodes[condition].Start, EndOf(whenFalse), condition);
    }

    private int ParseBinary(int tightness)
    {
        var left = ParseOperand();
        for (var length = 0; !_failed; length++)
        {
            var kind = PeekKind();
            if (kind is < TokenKind.Or or > TokenKind.Percent || Precedences[kind - TokenKind.Or] < tightness)
            {
                return left;
            }

            if (length == ChainLimit)
            {
                return FailLimit("This chain of operators is longer than 2,000 and is not read.");
            }

            Read();
            var right = ParseBinary(Precedences[kind - TokenKind.Or] + 1);
            if (_failed)
            {
                return -1;
            }

            Link(left, right);
            left = Add(NodeKind.Binary, _nodes[left].Start, EndOf(right), left);
            _nodes[left].Operator = HclOperator.Or + (kind - TokenKind.Or);
        }

        return -1;
    }

    private int ParseOperand()
    {
        ref readonly var token = ref Peek();
        if (token.Kind is not (TokenKind.Minus or TokenKind.Bang))
        {
            var term = ParseTerm(token);
            return _failed || PeekKind() is not (TokenKind.Dot or TokenKind.OpenBracket) ? term : ParseSteps(term);
        }

        if (!Enter())
        {
            return -1;
        }

        Read();
        var operand = ParseOperand();
        _depth--;
        if (_failed)
        {
            return -1;
        }

        var node = Add(NodeKind.Unary, token.Start, EndOf(operand), operand);
        _nodes[node].Operator = token.Kind == TokenKind.Minus ? HclOperator.Negate : HclOperator.Not;
        return node;
    }

    private int ParseTerm(in Token token)
    {
        switch (token.Kind)
        {
            case TokenKind.Identifier:
                Read();
                return ParseName(token);
            case TokenKind.String or TokenKind.EscapedString:
                Read();
                return AddString(token);
            case TokenKind.Number:
                Read();
                return IsNumber(_text.Slice(token.Start, token.Length))
                    ? AddNamed(NodeKind.Number, token)
                    : Fail(token, "This is not a number.");
            case TokenKind.OpenQuote:
                Read();
                return ParseTemplateBody(TokenKind.CloseQuote, token.Start, NodeFlags.None);
            case TokenKind.OpenHeredoc:
                Read();
                return ParseTemplateBody(TokenKind.CloseHeredoc, token.Start, NodeFlags.Marked);
            case TokenKind.OpenBracket:
                return ParseTuple();
            case TokenKind.OpenBrace:
                return ParseObject();
            case TokenKind.OpenParenthesis:
                return ParseParentheses();
            case TokenKind.End:
                return Fail(token, "An expression is expected here, but the text ends.");
            default:
                return Fail(token, "An expression is expected here.");
        }
    }

    private int ParseName(in Token name)
    {
        if (PeekKind() is TokenKind.OpenParenthesis or TokenKind.DoubleColon)
        {
            return ParseCall(name);
        }

        var kind = name.Length switch
        {
            4 when Is(name, "true"u8) => NodeKind.True,
            4 when Is(name, "null"u8) => NodeKind.Null,
            5 when Is(name, "false"u8) => NodeKind.False,
            _ => NodeKind.Variable,
        };
        return kind == NodeKind.Variable ? AddNamed(kind, name) : Add(kind, name.Start, name.End);
    }

    private int AddString(in Token token)
    {
        var text = -1;
        if (token.Kind == TokenKind.EscapedString)
        {
            text = Add(NodeKind.TemplateText, token.Start + 1, token.End - 1, name: AddName(Unescape(token.Start + 1, token.Length - 2, quoted: true)));
        }
        else if (token.Length > 2)
        {
            text = Add(NodeKind.TemplateText, token.Start + 1, token.End - 1, name: token.Length - 2);
        }

        return Add(NodeKind.Template, token.Start, token.End, text);
    }

    /// <summary>Digits, at most one dot, at most one exponent and that at the end. The lexer has already seen to it that digits are where they must be.</summary>
    private static bool IsNumber(ReadOnlySpan<byte> text)
    {
        var dots = 0;
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '.' && ++dots > 1)
            {
                return false;
            }

            if (text[index] is (byte)'e' or (byte)'E')
            {
                return text[(index + 1)..].IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0;
            }
        }

        return true;
    }

    private int ParseParentheses()
    {
        var start = Read().Start;
        var newlines = _newlines;
        _newlines = false;
        var inner = ParseExpression();
        if (_failed)
        {
            return -1;
        }

        ref readonly var close = ref Read();
        _newlines = newlines;
        return close.Kind == TokenKind.CloseParenthesis
            ? Add(NodeKind.Parentheses, start, close.End, inner)
            : Fail(close, "\")\" is expected here.");
    }

    /// <summary>Attributes, indices and splats behind an operand.</summary>
    private int ParseSteps(int node)
    {
        for (var length = 0; !_failed; length++)
        {
            var kind = PeekKind();
            if (kind is not (TokenKind.Dot or TokenKind.OpenBracket))
            {
                return node;
            }

            if (length == ChainLimit)
            {
                return FailLimit("This chain of steps is longer than 2,000 and is not read.");
            }

            node = kind == TokenKind.Dot ? ParseDot(node) : ParseBracket(node);
        }

        return -1;
    }

    private int ParseDot(int operand)
    {
        ref readonly var dot = ref Read();
        ref readonly var token = ref Peek();
        switch (token.Kind)
        {
            case TokenKind.Identifier:
                Read();
                return AddGetAttribute(operand, token);
            case TokenKind.Number:
                Read();
                return AddLegacyIndex(operand, token);
            case TokenKind.Star:
                Read();
                return ParseAttributeSplat(operand, dot, token);
            default:
                return Fail(token, "The name of an attribute is expected here.");
        }
    }

    private int AddGetAttribute(int operand, in Token name) =>
        Add(NodeKind.GetAttribute, _nodes[operand].Start, name.End, operand, name.Length);

    private int AddLegacyIndex(int operand, in Token number)
    {
        if (_text.Slice(number.Start, number.Length).IndexOfAny((byte)'.', (byte)'e', (byte)'E') >= 0)
        {
            return Fail(number, "Several indices in a row are written in brackets, like [0][1].");
        }

        Link(operand, AddNamed(NodeKind.Number, number));
        return Add(NodeKind.Index, _nodes[operand].Start, number.End, operand);
    }

    /// <summary><c>.*</c> with the attributes and legacy indices behind it.</summary>
    private int ParseAttributeSplat(int source, in Token dot, in Token star)
    {
        var each = Add(NodeKind.SplatItem, dot.Start, star.End);
        for (var length = 0; PeekKind() == TokenKind.Dot; length++)
        {
            Read();
            ref readonly var token = ref Peek();
            each = token.Kind switch
            {
                _ when length == ChainLimit => FailLimit("This chain of steps is longer than 2,000 and is not read."),
                TokenKind.Identifier => AddGetAttribute(each, Read()),
                TokenKind.Number => AddLegacyIndex(each, Read()),
                TokenKind.Star => Fail(token, "A splat inside a splat is written with brackets, [*][*]."),
                _ => Fail(star, "The name of an attribute is expected behind the dot."),
            };
            if (_failed)
            {
                return -1;
            }
        }

        Link(source, each);
        return Add(NodeKind.Splat, _nodes[source].Start, EndOf(each), source);
    }

    private int ParseBracket(int operand)
    {
        var open = Read().Start;
        if (PeekKind() == TokenKind.Star)
        {
            return ParseFullSplat(operand, open);
        }

        var newlines = _newlines;
        _newlines = false;
        var key = ParseExpression();
        if (_failed)
        {
            return -1;
        }

        ref readonly var close = ref Read();
        _newlines = newlines;
        if (close.Kind != TokenKind.CloseBracket)
        {
            return Fail(close, "\"]\" is expected here.");
        }

        Link(operand, key);
        return Add(NodeKind.Index, _nodes[operand].Start, close.End, operand);
    }

    /// <summary><c>[*]</c>, which takes all steps behind it into the splat.</summary>
    private int ParseFullSplat(int source, int open)
    {
        Read();
        ref readonly var close = ref Read();
        if (close.Kind != TokenKind.CloseBracket)
        {
            return Fail(close, "\"]\" is expected here.");
        }

        if (!Enter())
        {
            return -1;
        }

        var each = ParseSteps(Add(NodeKind.SplatItem, open, close.End));
        _depth--;
        if (_failed)
        {
            return -1;
        }

        Link(source, each);
        return Add(NodeKind.Splat, _nodes[source].Start, EndOf(each), source, flags: NodeFlags.Marked);
    }
}
