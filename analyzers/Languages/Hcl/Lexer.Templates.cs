using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Analyzer.Languages.Hcl;

/// <summary>The inside of quoted texts, heredocs and templates.</summary>
internal ref partial struct Lexer
{
    /// <summary>How often a text is given up for lack of an end: each time costs a pass over the rest.</summary>
    private const int CutLimit = 16;

    private static readonly SearchValues<byte> QuotedStops = SearchValues.Create("\"\\$%\r\n"u8);

    private enum ModeKind : byte
    {
        /// <summary>Inside <c>${ }</c> or <c>%{ }</c>, or outside of any text.</summary>
        Sequence,
        Quoted,
        Heredoc,

        /// <summary>A text that is a template as a whole.</summary>
        Bare,
    }

    private struct Mode
    {
        internal ModeKind Kind;

        /// <summary>A heredoc is at the start of a line of literal text, where its end marker may stand.</summary>
        internal bool AtLineStart;

        /// <summary>Count of open braces where the mode began.</summary>
        internal int Braces;

        /// <summary>Where the mode began.</summary>
        internal int Opener;
        internal int MarkerStart;
        internal int MarkerLength;
    }

    private void Push(Mode mode)
    {
        if (_depth == _modes.Length)
        {
            Grow(ref _modes, _depth);
        }

        _modes[_depth++] = mode;
    }

    private int CloseBrace(int at, int length)
    {
        if (_depth > 0 && _modes[_depth - 1].Braces == _braces)
        {
            _depth--;
            _braces--;
            return Emit(TokenKind.CloseSequence, at, length);
        }

        _braces--;
        return Emit(length == 1 ? TokenKind.CloseBrace : TokenKind.CloseSequence, at, length);
    }

    /// <summary>A quoted text without sequences is one token; any other begins a mode.</summary>
    private int LexString(int quote)
    {
        var kind = TokenKind.String;
        var at = quote + 1;
        while (true)
        {
            var stop = (uint)at < (uint)_text.Length ? _text[at..].IndexOfAny(QuotedStops) : -1;
            if (stop < 0)
            {
                break;
            }

            at += stop;
            var unit = _text[at];
            if (unit == '"')
            {
                CheckEncoding(quote, at);
                return Emit(kind, quote, at + 1 - quote);
            }

            if (unit == '\\' && Next(at) is not ((byte)'\n' or (byte)'\r'))
            {
                kind = TokenKind.EscapedString;
                at += 2;
            }
            else if (unit is (byte)'$' or (byte)'%' && Next(at) != '{' && !(Next(at) == unit && Next(at + 1) == '{'))
            {
                at++;
            }
            else
            {
                break;
            }
        }

        Emit(TokenKind.OpenQuote, quote, 1);
        Push(new Mode { Kind = ModeKind.Quoted, Braces = -1, Opener = quote });
        return quote + 1;
    }

    private void LexQuoted()
    {
        var start = _at;
        var kind = TokenKind.Text;
        for (var at = start; ;)
        {
            var stop = at < _text.Length ? _text[at..].IndexOfAny(QuotedStops) : -1;
            if (stop < 0)
            {
                EmitText(kind, start, _text.Length);
                _at = _text.Length;
                return;
            }

            at += stop;
            switch (_text[at])
            {
                case (byte)'"':
                    EmitText(kind, start, at);
                    _at = Emit(TokenKind.CloseQuote, at, 1);
                    _depth--;
                    return;
                case (byte)'\\':
                    kind = TokenKind.EscapedText;
                    at += Next(at) is (byte)'\n' or (byte)'\r' ? 1 : 2;
                    break;
                case (byte)'\n' or (byte)'\r':
                    EmitText(kind, start, at);
                    BreakLine(at);
                    return;
                default:
                    if (LexSequence(ref at, ref kind, start))
                    {
                        return;
                    }

                    break;
            }
        }
    }

    /// <summary>Text by lines: of a heredoc, or of a template as a whole.</summary>
    private void LexLines(bool heredoc)
    {
        var start = _at;
        if (heredoc && _modes[_depth - 1].AtLineStart && EndMarker(start) is >= 0 and var lineEnd)
        {
            var end = lineEnd > start && _text[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
            Emit(TokenKind.CloseHeredoc, start, end - start);
            _at = Emit(TokenKind.Newline, end, lineEnd + 1 - end);
            _depth--;
            return;
        }

        var kind = TokenKind.Text;
        for (var at = start; ;)
        {
            var stop = at < _text.Length ? _text[at..].IndexOfAny((byte)'\n', (byte)'$', (byte)'%') : -1;
            if (stop < 0)
            {
                EmitText(kind, start, _text.Length);
                _at = _text.Length;
                return;
            }

            at += stop;
            if (_text[at] == '\n')
            {
                _at = at + 1;
                EmitText(kind, start, _at);
                _modes[_depth - 1].AtLineStart = true;
                return;
            }

            _modes[_depth - 1].AtLineStart = false;
            if (LexSequence(ref at, ref kind, start))
            {
                return;
            }
        }
    }

    /// <summary>Offset of the line feed of a line that is the end marker of the heredoc, otherwise -1.</summary>
    private readonly int EndMarker(int lineStart)
    {
        ref readonly var mode = ref _modes[_depth - 1];
        var at = lineStart;
        while (at < _text.Length && _text[at] is (byte)' ' or (byte)'\t')
        {
            at++;
        }

        var marker = _text.Slice(mode.MarkerStart, mode.MarkerLength);
        if (!_text[at..].StartsWith(marker))
        {
            return -1;
        }

        for (at += marker.Length; at < _text.Length; at++)
        {
            switch (_text[at])
            {
                case (byte)'\n':
                    return at;
                case (byte)' ' or (byte)'\t' or (byte)'\r':
                    break;
                default:
                    return -1;
            }
        }

        return -1;
    }

    /// <summary>At a <c>$</c> or <c>%</c>: begins a sequence and answers true, or goes behind what is only text.</summary>
    private bool LexSequence(ref int at, ref TokenKind kind, int start)
    {
        var unit = _text[at];
        if (Next(at) == unit && Next(at + 1) == '{')
        {
            kind = TokenKind.EscapedText;
            at += 3;
            return false;
        }

        if (Next(at) != '{')
        {
            at++;
            return false;
        }

        EmitText(kind, start, at);
        _at = Emit(unit == '$' ? TokenKind.OpenInterpolation : TokenKind.OpenDirective, at, Next(at + 1) == '~' ? 3 : 2);
        Push(new Mode { Kind = ModeKind.Sequence, Braces = ++_braces, Opener = at });
        return true;
    }

    private void EmitText(TokenKind kind, int start, int end)
    {
        if (end > start)
        {
            CheckEncoding(start, end);
            Emit(kind, start, end - start);
        }
    }

    private void CheckEncoding(int start, int end)
    {
        if (!_valid && !Utf8.IsValid(_text[start..end]))
        {
            while (Rune.DecodeFromUtf8(_text[start..end], out _, out var length) == OperationStatus.Done)
            {
                start += length;
            }

            Complain(start, 1, "The text is not valid UTF-8 here.");
        }
    }

    /// <summary>A quoted text ends at the end of its line at the latest, and with it every quoted text around it: the next line starts afresh.</summary>
    private void BreakLine(int at)
    {
        var length = _text[at] == '\r' && Next(at) == '\n' ? 2 : 1;
        Complain(at, length, "A quoted text ends on the line on which it begins; a text of several lines is written as a heredoc, or with \"\\n\".");
        var outermost = _depth - 1;
        for (var index = _depth - 1; index >= 0 && _modes[index].Kind != ModeKind.Heredoc; index--)
        {
            if (_modes[index].Kind == ModeKind.Quoted)
            {
                outermost = index;
            }
        }

        // A sequence around the text counts one brace; the braces inside the given up part are forgotten.
        _braces = BracesAround(outermost);
        _depth = outermost;
        _at = Emit(TokenKind.BrokenLine, at, length);
    }

    /// <summary>The number of braces that were open where a mode began, as far as it matters to the modes below it.</summary>
    private readonly int BracesAround(int index) => index > 0 ? Math.Max(0, _modes[index - 1].Braces) : 0;

    /// <summary>
    /// At the end of the text, inside a text without end: gives the outermost one up and goes on behind it, where that seems to be, so that the rest of the file is
    /// not lost. False if the text is complete, or nothing can be saved.
    /// </summary>
    private bool GiveUpOutermostText()
    {
        var index = 0;
        while (index < _depth && _modes[index].Kind is not (ModeKind.Quoted or ModeKind.Heredoc))
        {
            index++;
        }

        if (index == _depth)
        {
            return false;
        }

        var mode = _modes[index];
        var cut = mode.Kind == ModeKind.Heredoc ? NextBlockHeader(mode.Opener) : EndOfLine(mode.Opener);
        if (cut < 0 || cut >= _text.Length || ++_cuts > CutLimit)
        {
            cut = -1;
        }

        if (mode.Kind == ModeKind.Quoted && (cut < 0 || index == _depth - 1))
        {
            // The parser says best what is missing at the end.
            return false;
        }

        if (cut >= 0)
        {
            while (_count > 0 && _tokens[_count - 1].End > cut)
            {
                _count--;
            }

            while (_commentCount > 0 && _comments[_commentCount - 2] >= cut)
            {
                _commentCount -= 2;
            }

            _problems.Truncate(cut);
            _complainedUntil = -1;
        }

        var resume = cut < 0 ? _text.Length : cut;
        if (mode.Kind == ModeKind.Heredoc)
        {
            var line = _text[..mode.Opener].Count((byte)'\n') + 1;
            var marker = Encoding.UTF8.GetString(_text.Slice(mode.MarkerStart, mode.MarkerLength));
            _problems.Add(_text.Length, 0, string.Create(CultureInfo.InvariantCulture,
                $"The heredoc that begins on line {line} has no end: a line with nothing but {marker} is missing."));
            Emit(TokenKind.BrokenHeredoc, resume, 0);
            Emit(TokenKind.Newline, resume, 0);
        }
        else
        {
            Complain(mode.Opener + 1, 1, "A sequence in this quoted text is not closed.");
            Emit(TokenKind.BrokenLine, resume, 0);
        }

        _braces = BracesAround(index);
        _depth = index;
        _at = resume;
        return cut >= 0;
    }

    private readonly int EndOfLine(int at) => _text[at..].IndexOf((byte)'\n') is >= 0 and var length ? at + length : -1;

    /// <summary>The start of the next line that looks like <c>type "label" {</c> without indentation; -1 if there is none.</summary>
    private readonly int NextBlockHeader(int at)
    {
        while ((at = EndOfLine(at)) >= 0)
        {
            at++;
            var end = Identifier.End(_text, at);
            if (end == at || end + 1 >= _text.Length || _text[end] != ' ' || _text[end + 1] != '"')
            {
                continue;
            }

            var line = EndOfLine(end) is >= 0 and var next ? _text[end..next] : _text[end..];
            if (line.TrimEnd(" \t\r"u8).EndsWith("{"u8) || line.TrimEnd(" \t\r"u8).EndsWith("{}"u8))
            {
                return at;
            }
        }

        return -1;
    }
}
