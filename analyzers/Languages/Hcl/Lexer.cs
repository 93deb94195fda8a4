using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Analyzer.Languages.Hcl;

/// <summary>
/// Cuts a text into tokens. Quoted texts, heredocs and the sequences in them are modes on an explicit stack, so that no nesting of the text nests calls.
/// </summary>
internal ref partial struct Lexer
{
    /// <summary>The most tokens of one text.</summary>
    internal const int TokenLimit = 4_000_000;

    private readonly ReadOnlySpan<byte> _text;
    private readonly SyntaxProblems _problems;
    private readonly bool _valid;
    private Token[] _tokens;
    private int _count;
    private int[] _comments = [];
    private int _commentCount;
    private Mode[] _modes = [];
    private int _depth;
    private int _at;
    private int _braces;
    private int _cuts;
    private int _complainedUntil = -1;
    private bool _endlessComment;

    internal Lexer(ReadOnlySpan<byte> text, SyntaxProblems problems)
    {
        _text = text;
        _problems = problems;
        _valid = Utf8.IsValid(text);
        _tokens = ArrayPool<Token>.Shared.Rent(Math.Clamp(text.Length / 4, 64, TokenLimit + 16));
    }

    /// <summary>Starts and ends of the comments, in pairs.</summary>
    internal readonly int[] Comments => _comments.AsSpan(0, _commentCount).ToArray();

    /// <summary>Number of tokens, the <see cref="TokenKind.End"/> included.</summary>
    internal readonly int Count => _count;

    /// <summary>Cuts everything. The array comes from the shared pool and ends with <see cref="TokenKind.End"/>; give it back.</summary>
    /// <param name="template">The text is the inside of a template.</param>
    internal Token[] Run(bool template)
    {
        if (_text.StartsWith("\uFEFF"u8))
        {
            _at = 3;
        }

        if (template)
        {
            Push(new Mode { Kind = ModeKind.Bare });
        }

        while (true)
        {
            if (_count >= TokenLimit)
            {
                _problems.Add(_at, 0, "The text is longer than 4,000,000 tokens and is not read from here on.", "size-limit");
                break;
            }

            if (_at >= _text.Length && !GiveUpOutermostText())
            {
                break;
            }

            switch (_depth == 0 ? ModeKind.Sequence : _modes[_depth - 1].Kind)
            {
                case ModeKind.Quoted:
                    LexQuoted();
                    break;
                case ModeKind.Heredoc:
                    LexLines(heredoc: true);
                    break;
                case ModeKind.Bare:
                    LexLines(heredoc: false);
                    break;
                default:
                    LexMain();
                    break;
            }
        }

        Emit(TokenKind.End, _at, 0);
        ReturnBuffers();
        return _tokens;
    }

    private void LexMain()
    {
        var text = _text;
        var at = _at;
        var depth = _depth;
        while ((uint)at < (uint)text.Length && depth == _depth && _count < TokenLimit)
        {
            var unit = text[at];
            switch (unit)
            {
                case (byte)' ' or (byte)'\t':
                    at++;
                    continue;
                case (byte)'\n':
                    Emit(TokenKind.Newline, at++, 1);
                    continue;
                case (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') or (byte)'_':
                    at = LexIdentifier(at);
                    continue;
                case >= (byte)'0' and <= (byte)'9':
                    at = LexNumber(at);
                    continue;
                case (byte)'"':
                    at = LexString(at);
                    continue;
                case (byte)'#':
                    at = LexLineComment(at);
                    continue;
                case (byte)'{':
                    _braces++;
                    Emit(TokenKind.OpenBrace, at++, 1);
                    continue;
                case (byte)'}':
                    at = CloseBrace(at, 1);
                    continue;
                case (byte)'(':
                    Emit(TokenKind.OpenParenthesis, at++, 1);
                    continue;
                case (byte)')':
                    Emit(TokenKind.CloseParenthesis, at++, 1);
                    continue;
                case (byte)'[':
                    Emit(TokenKind.OpenBracket, at++, 1);
                    continue;
                case (byte)']':
                    Emit(TokenKind.CloseBracket, at++, 1);
                    continue;
                case (byte)',':
                    Emit(TokenKind.Comma, at++, 1);
                    continue;
                case (byte)'.':
                    at = Next(at) == '.' && Next(at + 1) == '.' ? Emit(TokenKind.Ellipsis, at, 3) : Emit(TokenKind.Dot, at, 1);
                    continue;
                case (byte)'=':
                    at = Next(at) switch
                    {
                        (byte)'=' => Emit(TokenKind.EqualEqual, at, 2),
                        (byte)'>' => Emit(TokenKind.FatArrow, at, 2),
                        _ => Emit(TokenKind.Equal, at, 1),
                    };
                    continue;
                case (byte)':':
                    at = Next(at) == ':' ? Emit(TokenKind.DoubleColon, at, 2) : Emit(TokenKind.Colon, at, 1);
                    continue;
                case (byte)'?':
                    at = Emit(TokenKind.Question, at, 1);
                    continue;
                case (byte)'!':
                    at = Next(at) == '=' ? Emit(TokenKind.NotEqual, at, 2) : Emit(TokenKind.Bang, at, 1);
                    continue;
                case (byte)'<':
                    at = LexLess(at);
                    continue;
                case (byte)'>':
                    at = Next(at) == '=' ? Emit(TokenKind.GreaterOrEqual, at, 2) : Emit(TokenKind.Greater, at, 1);
                    continue;
                case (byte)'+':
                    at = Emit(TokenKind.Plus, at, 1);
                    continue;
                case (byte)'-':
                    at = Emit(TokenKind.Minus, at, 1);
                    continue;
                case (byte)'*':
                    at = Emit(TokenKind.Star, at, 1);
                    continue;
                case (byte)'/':
                    at = LexSlash(at);
                    continue;
                case (byte)'%':
                    at = Emit(TokenKind.Percent, at, 1);
                    continue;
                case (byte)'&' when Next(at) == '&':
                    at = Emit(TokenKind.And, at, 2);
                    continue;
                case (byte)'|' when Next(at) == '|':
                    at = Emit(TokenKind.Or, at, 2);
                    continue;
                case (byte)'~' when Next(at) == '}':
                    at = CloseBrace(at, 2);
                    continue;
                case (byte)'\r' when Next(at) == '\n':
                    at = Emit(TokenKind.Newline, at, 2);
                    continue;
                default:
                    var end = unit < 128 ? at : Identifier.End(text, at);
                    at = end > at ? Emit(TokenKind.Identifier, at, end - at) : LexInvalid(at);
                    continue;
            }
        }

        _at = at;
    }

    private int LexIdentifier(int start)
    {
        var text = _text;
        var at = start + 1;
        while ((uint)at < (uint)text.Length && Identifier.Continues(text[at]))
        {
            at++;
        }

        if ((uint)at < (uint)text.Length && text[at] >= 128)
        {
            at = Identifier.End(text, start);
        }

        return Emit(TokenKind.Identifier, start, at - start);
    }

    /// <summary>A digit and then digits, dots and exponents, the last dots excluded: whether that is a number, the parser says.</summary>
    private int LexNumber(int start)
    {
        var end = start + 1;
        for (var at = end; (uint)at < (uint)_text.Length;)
        {
            var unit = _text[at];
            if (unit is >= (byte)'0' and <= (byte)'9')
            {
                end = ++at;
            }
            else if (unit == '.')
            {
                at++;
            }
            else if (unit is (byte)'e' or (byte)'E')
            {
                at += Next(at) is (byte)'+' or (byte)'-' ? 2 : 1;
                if ((uint)at >= (uint)_text.Length || _text[at] is < (byte)'0' or > (byte)'9')
                {
                    break;
                }

                end = ++at;
            }
            else
            {
                break;
            }
        }

        return Emit(TokenKind.Number, start, end - start);
    }

    private int LexSlash(int at)
    {
        switch (Next(at))
        {
            case (byte)'/':
                return LexLineComment(at);
            case (byte)'*' when !_endlessComment:
                var length = _text[(at + 2)..].IndexOf("*/"u8);
                if (length >= 0)
                {
                    AddComment(at, at + length + 4);
                    return at + length + 4;
                }

                _endlessComment = true;
                break;
        }

        return Emit(TokenKind.Slash, at, 1);
    }

    private int LexLineComment(int start)
    {
        var length = _text[start..].IndexOf((byte)'\n');
        if (length < 0)
        {
            AddComment(start, _text.Length);
            return _text.Length;
        }

        var end = start + length;
        AddComment(start, _text[end - 1] == '\r' ? end - 1 : end);
        return Emit(TokenKind.Newline, start, length + 1);
    }

    private int LexLess(int at)
    {
        if (Next(at) == '=')
        {
            return Emit(TokenKind.LessOrEqual, at, 2);
        }

        if (Next(at) == '<')
        {
            var marker = at + (Next(at + 1) == '-' ? 3 : 2);
            var end = Identifier.End(_text, marker);
            var line = end < _text.Length && _text[end] == '\r' ? end + 1 : end;
            if (end > marker && line < _text.Length && _text[line] == '\n')
            {
                Emit(TokenKind.OpenHeredoc, at, line + 1 - at);
                Push(new Mode { Kind = ModeKind.Heredoc, Braces = _braces, Opener = at, MarkerStart = marker, MarkerLength = end - marker, AtLineStart = true });
                return line + 1;
            }
        }

        return Emit(TokenKind.Less, at, 1);
    }

    private int LexInvalid(int at)
    {
        var known = Rune.DecodeFromUtf8(_text[at..], out _, out var length) == OperationStatus.Done;
        if (!known)
        {
            Complain(at, 1, "The text is not valid UTF-8 here.");
            return Emit(TokenKind.Invalid, at, 1);
        }

        Complain(at, length, _text[at] switch
        {
            (byte)'&' => "\"&\" is not an operator; \"&&\" is the logical and.",
            (byte)'|' => "\"|\" is not an operator; \"||\" is the logical or.",
            (byte)'~' => "\"~\" is not an operator; \"!\" is the logical not.",
            (byte)'^' => "\"^\" is not an operator.",
            (byte)';' => "\";\" is not used here; arguments are separated by line breaks, elements by commas.",
            (byte)'\'' or (byte)'`' => "Text stands in double quotes.",
            (byte)'\r' => "A carriage return without a line feed is not a line break.",
            _ when _text[at..].StartsWith("“"u8) || _text[at..].StartsWith("”"u8) => "Curly quotes are not quotes here; text stands in straight double quotes.",
            _ => "This character has no meaning here.",
        });
        return Emit(TokenKind.Invalid, at, length);
    }

    private readonly byte Next(int at) => (uint)(at + 1) < (uint)_text.Length ? _text[at + 1] : (byte)0;

    private int Emit(TokenKind kind, int start, int length)
    {
        if (_count == _tokens.Length)
        {
            Grow(ref _tokens, _count);
        }

        _tokens[_count++] = new Token(kind, start, length);
        return start + length;
    }

    private void AddComment(int start, int end)
    {
        if (_commentCount + 2 > _comments.Length)
        {
            Grow(ref _comments, _commentCount);
        }

        _comments[_commentCount++] = start;
        _comments[_commentCount++] = end;
    }

    private static void Grow<T>(ref T[] array, int count)
    {
        var larger = ArrayPool<T>.Shared.Rent(Math.Max(count * 2, 256));
        array.AsSpan(0, count).CopyTo(larger);
        if (array.Length > 0)
        {
            ArrayPool<T>.Shared.Return(array);
        }

        array = larger;
    }

    private void ReturnBuffers()
    {
        if (_modes.Length > 0)
        {
            ArrayPool<Mode>.Shared.Return(_modes);
            _modes = [];
        }

        var comments = Comments;
        if (_comments.Length > 0)
        {
            ArrayPool<int>.Shared.Return(_comments);
        }

        _comments = comments;
    }

    /// <summary>One message per line: what follows is mostly the same mistake.</summary>
    private void Complain(int start, int length, string message)
    {
        if (start < _complainedUntil)
        {
            return;
        }

        var line = _problems.Full ? -1 : _text[start..].IndexOf((byte)'\n');
        _complainedUntil = line < 0 ? _text.Length : start + line;
        _problems.Add(start, length, message);
    }
}
