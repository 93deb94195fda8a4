namespace Analyzer.Languages.Hcl;

/// <summary>Finding the end of what could not be parsed.</summary>
internal ref partial struct Parser
{
    /// <summary>
    /// Goes behind an item: to the line break at which all brackets are closed. Where they never are, to the first line that looks like an item and is not indented
    /// more than the broken one; never beyond the brace that closes the body.
    /// </summary>
    /// <param name="item">Index of the first token of the item.</param>
    /// <param name="from">Index of the first token to skip.</param>
    /// <param name="top">The body is the file, which no brace closes.</param>
    private void SkipItem(int item, int from, bool top)
    {
        _newlines = true;
        _failed = false;
        _templateDepth = 0;
        _parts.Clear();
        _open.Clear();
        var column = ColumnOf(item);
        var braces = 0;
        var candidate = -1;
        for (var index = from; ; index++)
        {
            var kind = _tokens[index].Kind;
            switch (kind)
            {
                case TokenKind.End:
                    _next = candidate >= 0 ? candidate : index;
                    return;
                case TokenKind.BrokenLine:
                    CloseOutermost(TokenKind.OpenQuote, ref braces);
                    goto case TokenKind.Newline;
                case TokenKind.BrokenHeredoc:
                    CloseOutermost(TokenKind.OpenHeredoc, ref braces);
                    break;
                case TokenKind.Newline:
                    if (_open.Count == 0)
                    {
                        _next = index + 1;
                        return;
                    }

                    if (candidate < 0 && BeginsItem(index + 1, column))
                    {
                        candidate = index + 1;
                    }

                    break;
                case TokenKind.CloseBrace when braces == 0:
                    if (candidate >= 0 || !top)
                    {
                        _next = candidate >= 0 ? candidate : index;
                        return;
                    }

                    break;
                case TokenKind.OpenBrace:
                    braces++;
                    _open.Add(kind);
                    break;
                case TokenKind.OpenBracket or TokenKind.OpenParenthesis or TokenKind.OpenQuote or TokenKind.OpenHeredoc or TokenKind.OpenInterpolation
                    or TokenKind.OpenDirective:
                    _open.Add(kind);
                    break;
                case TokenKind.CloseBrace or TokenKind.CloseBracket or TokenKind.CloseParenthesis or TokenKind.CloseQuote or TokenKind.CloseHeredoc
                    or TokenKind.CloseSequence:
                    Close(kind, ref braces);
                    break;
            }

            if (candidate >= 0 && --_lookahead < 0)
            {
                _next = candidate;
                return;
            }
        }
    }

    /// <summary>Closes the innermost bracket if this closes it, or those in between too if it is a brace or ends a text.</summary>
    private readonly void Close(TokenKind closer, ref int braces)
    {
        var strong = closer is not (TokenKind.CloseBracket or TokenKind.CloseParenthesis);
        while (_open.Count > 0)
        {
            var opener = _open[^1];
            var matches = closer switch
            {
                TokenKind.CloseBrace => opener == TokenKind.OpenBrace,
                TokenKind.CloseBracket => opener == TokenKind.OpenBracket,
                TokenKind.CloseParenthesis => opener == TokenKind.OpenParenthesis,
                TokenKind.CloseQuote => opener == TokenKind.OpenQuote,
                TokenKind.CloseHeredoc => opener == TokenKind.OpenHeredoc,
                _ => opener is TokenKind.OpenInterpolation or TokenKind.OpenDirective,
            };
            if (!matches && !strong)
            {
                return;
            }

            _open.RemoveAt(_open.Count - 1);
            braces -= opener == TokenKind.OpenBrace ? 1 : 0;
            if (matches)
            {
                return;
            }
        }
    }

    private readonly void CloseOutermost(TokenKind opener, ref int braces)
    {
        var outermost = _open.IndexOf(opener);
        for (var index = _open.Count - 1; outermost >= 0 && index >= outermost; index--)
        {
            braces -= _open[index] == TokenKind.OpenBrace ? 1 : 0;
            _open.RemoveAt(index);
        }
    }

    /// <summary>True if an attribute or block begins at a token, which is the first of its line, and is not indented more than a column.</summary>
    private readonly bool BeginsItem(int index, int column) =>
        _tokens[index].Kind == TokenKind.Identifier && _tokens[index].Start - _tokens[index - 1].End <= column
        && _tokens[index + 1].Kind is TokenKind.Equal or TokenKind.OpenBrace or TokenKind.String or TokenKind.EscapedString or TokenKind.OpenQuote
            or TokenKind.Identifier;

    /// <summary>True if the next token begins a block that is not indented more than the block with this header.</summary>
    private readonly bool BeginsOutside(int header)
    {
        var index = _next;
        if (_tokens[index - 1].Kind != TokenKind.Newline || _tokens[index].Start - _tokens[index - 1].End > ColumnOf(header))
        {
            return false;
        }

        for (index++; _tokens[index].Kind is TokenKind.Identifier or TokenKind.String or TokenKind.EscapedString; index++)
        {
        }

        return _tokens[index].Kind == TokenKind.OpenBrace;
    }

    /// <summary>Bytes between the start of the line and the first token on the line of a token.</summary>
    private readonly int ColumnOf(int index)
    {
        while (index > 0 && _tokens[index - 1].Kind is not (TokenKind.Newline or TokenKind.BrokenLine))
        {
            index--;
        }

        return index == 0 ? _tokens[0].Start : _tokens[index].Start - _tokens[index - 1].End;
    }
}
