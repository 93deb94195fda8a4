using System.Globalization;
using System.Text;

namespace Analyzer.Languages.PromQl;

/// <summary>Kinds of tokens of a query.</summary>
internal enum PromQlTokenKind : byte
{
    End,
    Word,
    Number,
    Text,
    Sign,
}

/// <summary>A token: a word, a sign or the content of a text; of a number its value.</summary>
internal sealed record PromQlToken(PromQlTokenKind Kind, string Text, double Number = 0);

/// <summary>Cuts a query into tokens.</summary>
internal sealed class PromQlLexer(string text)
{
    /// <summary>The most tokens of one query: the longest of the public collections have some 400.</summary>
    private const int Limit = 4000;

    private static readonly string[] Signs = ["=~", "!~", "==", "!=", "<=", ">=", "=", "<", ">", "+", "-", "*", "/", "%", "^", "(", ")", "{", "}", "[", "]", ",", ":", "@"];

    private int _at;

    /// <summary>All tokens, the end included; null for text that is no query.</summary>
    internal List<PromQlToken>? Run()
    {
        var tokens = new List<PromQlToken>();
        while (tokens.Count < Limit)
        {
            SkipBlanks();
            if (_at >= text.Length)
            {
                tokens.Add(new PromQlToken(PromQlTokenKind.End, ""));
                return tokens;
            }

            if (Next() is not { } token)
            {
                return null;
            }

            tokens.Add(token);
        }

        return null;
    }

    private PromQlToken? Next()
    {
        var unit = text[_at];
        if (IsWordStart(unit))
        {
            var start = _at;
            while (_at < text.Length && (IsWordStart(text[_at]) || char.IsAsciiDigit(text[_at]) || text[_at] == ':'))
            {
                _at++;
            }

            var word = text[start.._at].Replace('$', PromQlParser.Hole);
            return word.ToUpperInvariant() switch
            {
                "INF" => new PromQlToken(PromQlTokenKind.Number, word, double.PositiveInfinity),
                "NAN" => new PromQlToken(PromQlTokenKind.Number, word, double.NaN),
                _ => new PromQlToken(PromQlTokenKind.Word, word),
            };
        }

        if (char.IsAsciiDigit(unit) || (unit == '.' && _at + 1 < text.Length && char.IsAsciiDigit(text[_at + 1])))
        {
            return Number();
        }

        if (unit is '"' or '\'' or '`')
        {
            return Quoted(unit);
        }

        foreach (var sign in Signs)
        {
            if (text.AsSpan(_at).StartsWith(sign, StringComparison.Ordinal))
            {
                _at += sign.Length;
                return new PromQlToken(PromQlTokenKind.Sign, sign);
            }
        }

        return null;
    }

    /// <summary>What is not known may be any word; so may a variable of Grafana.</summary>
    private static bool IsWordStart(char unit) => char.IsAsciiLetter(unit) || unit is '_' or '$' or PromQlParser.Hole;

    private void SkipBlanks()
    {
        while (_at < text.Length && (char.IsWhiteSpace(text[_at]) || text[_at] == '#'))
        {
            if (text[_at] == '#')
            {
                var end = text.IndexOf('\n', _at);
                _at = end < 0 ? text.Length : end;
            }
            else
            {
                _at++;
            }
        }
    }

    /// <summary>A number, or a duration: <c>0.5</c>, <c>1e3</c>, <c>0x1f</c>, <c>1h30m</c>.</summary>
    private PromQlToken? Number()
    {
        var start = _at;
        if (text[_at] == '0' && _at + 1 < text.Length && text[_at + 1] is 'x' or 'X')
        {
            _at += 2;
            while (_at < text.Length && char.IsAsciiHexDigit(text[_at]))
            {
                _at++;
            }

            return long.TryParse(text.AsSpan(start + 2, _at - start - 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex)
                ? new PromQlToken(PromQlTokenKind.Number, text[start.._at], hex)
                : null;
        }

        var total = 0.0;
        while (_at < text.Length && (char.IsAsciiDigit(text[_at]) || text[_at] == '.'))
        {
            var from = _at;
            SkipDigits();
            var isExponent = _at < text.Length && text[_at] is 'e' or 'E' && _at + 1 < text.Length && (char.IsAsciiDigit(text[_at + 1]) || text[_at + 1] is '+' or '-');
            if (isExponent)
            {
                _at += 2;
                SkipDigits();
            }

            if (!double.TryParse(text.AsSpan(from, _at - from), NumberStyles.Float, CultureInfo.InvariantCulture, out var part))
            {
                return null;
            }

            var unit = _at;
            while (_at < text.Length && char.IsAsciiLetter(text[_at]))
            {
                _at++;
            }

            var factor = text.AsSpan(unit, _at - unit) switch { "" => 1, "ms" => 0.001, "s" => 1, "m" => 60, "h" => 3600, "d" => 86_400, "w" => 604_800, "y" => 31_536_000, _ => -1 };
            if (factor < 0)
            {
                return null;
            }

            total += part * factor;
        }

        return new PromQlToken(PromQlTokenKind.Number, text[start.._at], total);
    }

    private void SkipDigits()
    {
        while (_at < text.Length && (char.IsAsciiDigit(text[_at]) || text[_at] is '.' or '_'))
        {
            _at++;
        }
    }

    /// <summary>A text with the escapes of Go, or between back quotes without any.</summary>
    private PromQlToken? Quoted(char quote)
    {
        var content = new StringBuilder();
        for (_at++; _at < text.Length; _at++)
        {
            var unit = text[_at];
            if (unit == quote)
            {
                _at++;
                return new PromQlToken(PromQlTokenKind.Text, content.ToString());
            }

            if (unit != '\\' || quote == '`')
            {
                content.Append(unit);
                continue;
            }

            if (++_at >= text.Length)
            {
                return null;
            }

            var digits = text[_at] switch { 'x' => 2, 'u' => 4, _ => 0 };
            if (digits > 0)
            {
                if (_at + digits >= text.Length || !int.TryParse(text.AsSpan(_at + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
                {
                    return null;
                }

                content.Append((char)code);
                _at += digits;
                continue;
            }

            content.Append(text[_at] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', var other => other });
        }

        return null;
    }
}
