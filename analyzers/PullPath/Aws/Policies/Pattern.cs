using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Aws.Policies;

/// <summary>What a hole in the text that a pattern is compared with stands for.</summary>
public enum Holes : byte
{
    /// <summary>One text that nobody knows: the answer is Yes only if every filling matches.</summary>
    Unknown,

    /// <summary>Any text: the answer is Yes if some filling matches.</summary>
    Free,
}

/// <summary>
/// Matches texts against the patterns of policies: <c>*</c> any characters, <c>?</c> one. Pattern and text may have holes; then the answer may be Unknown. In a text that has
/// parts (an ARN, a subject), a hole is a part or a piece of one: no colon is in it, and no wildcard, because the text is what somebody asks and not what is allowed.
/// </summary>
public static class Pattern
{
    /// <summary>Longer patterns or texts are not compared: they stay undecided.</summary>
    public const int Limit = 4096;

    /// <summary>Whether a pattern matches a text.</summary>
    public static Truth Match(TextValue pattern, TextValue text, Holes holes = Holes.Unknown, bool ignoreCase = false) => Compare(pattern, text, holes, ignoreCase, wild: true);

    /// <summary>Whether a text is another: <c>*</c> and <c>?</c> stand for themselves.</summary>
    public static Truth Equal(TextValue wanted, TextValue text, Holes holes = Holes.Unknown, bool ignoreCase = false) => Compare(wanted, text, holes, ignoreCase, wild: false);

    private static Truth Compare(TextValue pattern, TextValue text, Holes holes, bool ignoreCase, bool wild)
    {
        if (pattern.Known is { } literal)
        {
            if (wild && literal == "*")
            {
                return Truth.Yes;
            }

            if (text.Known is { } known && (!wild || literal.AsSpan().IndexOfAny('*', '?') < 0))
            {
                return Kleene.Of(string.Equals(literal, known, ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal));
            }
        }

        if (Letters(pattern) > Limit || Letters(text) > Limit)
        {
            return Truth.Unknown;
        }

        // Most patterns of a policy are about something else, and most texts of both kinds are known: neither needs the table.
        if (Differ(pattern.Prefix, text.Prefix, ignoreCase, wild))
        {
            return Truth.No;
        }

        if (wild && pattern.Known is { } glob && text.Known is { } whole)
        {
            return Kleene.Of(MatchesKnown(glob, whole, ignoreCase));
        }

        var left = Tokens(pattern, wild, ignoreCase);
        var right = Tokens(text, wild: false, ignoreCase);
        return !Matches(left, right, holes, certain: false) ? Truth.No
            : Matches(left, right, holes, certain: true) ? Truth.Yes
            : Truth.Unknown;
    }

    /// <summary>Whether the beginnings of a pattern and of a text part before the first wildcard.</summary>
    internal static bool Differ(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text, bool ignoreCase = false, bool wild = true)
    {
        for (var at = 0; at < pattern.Length && at < text.Length; at++)
        {
            if (wild && pattern[at] is '*' or '?')
            {
                return false;
            }

            if (!Meets(pattern[at], text[at], ignoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A pattern and a text without holes: letter by letter, and back to the last <c>*</c>, which takes one more letter, where that fails.</summary>
    private static bool MatchesKnown(string pattern, string text, bool ignoreCase)
    {
        var (at, star, taken) = (0, -1, 0);
        for (var letter = 0; letter < text.Length;)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                (star, taken) = (at++, letter);
            }
            else if (at < pattern.Length && (pattern[at] == '?' || Meets(pattern[at], text[letter], ignoreCase)))
            {
                at++;
                letter++;
            }
            else if (star >= 0)
            {
                (at, letter) = (star + 1, ++taken);
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(at).IndexOfAnyExcept('*') < 0;
    }

    private static bool Meets(char pattern, char letter, bool ignoreCase) =>
        pattern == letter || (ignoreCase && char.ToLowerInvariant(pattern) == char.ToLowerInvariant(letter));

    private static int Letters(TextValue text)
    {
        var letters = 0;
        foreach (var part in text.Parts)
        {
            letters += part.Literal?.Length ?? 1;
        }

        return letters;
    }

    private static Token[] Tokens(TextValue text, bool wild, bool ignoreCase)
    {
        var tokens = new List<Token>();
        foreach (var part in text.Parts)
        {
            if (part.Hole is { } hole)
            {
                tokens.Add(new Token(TokenKind.Hole, '\0', hole));
                continue;
            }

            foreach (var letter in part.Literal!)
            {
                tokens.Add(letter switch
                {
                    '*' when wild => new Token(TokenKind.Many, '*', null),
                    '?' when wild => new Token(TokenKind.One, '?', null),
                    _ => new Token(TokenKind.Letter, ignoreCase ? char.ToLowerInvariant(letter) : letter, null),
                });
            }
        }

        return [.. tokens];
    }

    /// <summary>
    /// Dynamic programming over both, one row at a time. With <paramref name="certain"/> unknown holes are absorbed only by <c>*</c> or by the same unknown, or by free holes; else they match anything.
    /// </summary>
    private static bool Matches(Token[] pattern, Token[] text, Holes holes, bool certain)
    {
        var freeText = holes == Holes.Free || !certain;
        var inParts = Array.Exists(text, token => token.Letter == ':');
        var row = new bool[text.Length + 1];
        var next = new bool[text.Length + 1];
        row[0] = true;
        for (var at = 1; at <= text.Length; at++)
        {
            row[at] = row[at - 1] && freeText && text[at - 1].Kind == TokenKind.Hole;
        }

        foreach (var token in pattern)
        {
            var absorbs = token.Kind == TokenKind.Many || (token.Kind == TokenKind.Hole && !certain);
            next[0] = row[0] && absorbs;
            for (var at = 1; at <= text.Length; at++)
            {
                var letter = text[at - 1];
                var free = freeText && letter.Kind == TokenKind.Hole && !(inParts && token is { Kind: TokenKind.Letter, Letter: ':' or '*' or '?' });
                next[at] = (absorbs && (row[at] || next[at - 1] || row[at - 1]))
                    || (free && (row[at] || next[at - 1] || row[at - 1]))
                    || (row[at - 1] && Meets(token, letter));
            }

            (row, next) = (next, row);
        }

        return row[text.Length];
    }

    private static bool Meets(Token pattern, Token letter) => (pattern.Kind, letter.Kind) switch
    {
        (TokenKind.Letter, TokenKind.Letter) => pattern.Letter == letter.Letter,
        (TokenKind.One, TokenKind.Letter) => true,
        (TokenKind.Hole, TokenKind.Hole) => pattern.Hole!.EqualTo(letter.Hole!) == Truth.Yes,
        _ => false,
    };

    private enum TokenKind : byte
    {
        Letter,
        One,
        Many,
        Hole,
    }

    private readonly record struct Token(TokenKind Kind, char Letter, Value? Hole);
}
