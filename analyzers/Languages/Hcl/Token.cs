namespace Analyzer.Languages.Hcl;

/// <summary>Kinds of tokens. Blanks and block comments are none; a line comment with its line break is a <see cref="Newline"/>.</summary>
internal enum TokenKind : byte
{
    End,
    Newline,
    Identifier,
    Number,

    /// <summary>A whole quoted text without sequences or escapes, quotes included.</summary>
    String,

    /// <summary>A whole quoted text with backslashes and without sequences.</summary>
    EscapedString,

    OpenBrace,
    CloseBrace,
    OpenBracket,
    CloseBracket,
    OpenParenthesis,
    CloseParenthesis,
    OpenQuote,
    CloseQuote,

    /// <summary>From <c>&lt;&lt;</c> to the line break.</summary>
    OpenHeredoc,

    /// <summary>The line of the end marker, without its line break.</summary>
    CloseHeredoc,

    /// <summary><c>${</c> or <c>${~</c></summary>
    OpenInterpolation,

    /// <summary><c>%{</c> or <c>%{~</c></summary>
    OpenDirective,

    /// <summary><c>}</c> or <c>~}</c> at the end of an interpolation or directive.</summary>
    CloseSequence,

    /// <summary>Literal text of a template; in a heredoc never more than one line.</summary>
    Text,

    /// <summary>Literal text with escapes.</summary>
    EscapedText,

    Dot,
    Comma,
    Colon,
    DoubleColon,
    Equal,
    FatArrow,
    Question,
    Ellipsis,
    Bang,

    // In the order of HclOperator, from Or to Modulo.
    Or,
    And,
    EqualEqual,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Plus,
    Minus,
    Star,
    Slash,
    Percent,

    // The lexer has already reported these.

    /// <summary>A character that begins no token.</summary>
    Invalid,

    /// <summary>The line break that ends an unfinished quoted text; all quoted texts around it are ended too.</summary>
    BrokenLine,

    /// <summary>Where a heredoc without end marker was given up; all texts inside it are ended too.</summary>
    BrokenHeredoc,
}

/// <summary>One token: a range of bytes, in 8 bytes, because memory that is touched first costs more than the shifts. Texts have at most 16 MiB.</summary>
internal readonly struct Token(TokenKind kind, int start, int length)
{
    private const int LengthShift = 8;
    private const int StartShift = 36;

    private readonly ulong _bits = (byte)kind | ((ulong)(uint)length << LengthShift) | ((ulong)(uint)start << StartShift);

    internal TokenKind Kind => (TokenKind)(byte)_bits;

    internal int Start => (int)(_bits >> StartShift);

    internal int Length => (int)(_bits >> LengthShift) & 0x0FFF_FFFF;

    internal int End => Start + Length;
}
