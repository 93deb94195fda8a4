using System.Buffers;
using Analyzer.Facts.Text;

namespace Analyzer.Languages.Hcl;

/// <summary>
/// Parses HCL 2 native syntax. Never throws for any input. What is wrong is a <c>syntax-error</c>; a text of more than 16 MiB or 4,000,000 tokens is a
/// <c>size-limit</c>, one nested deeper than 512 levels (64 for templates) a <c>nesting-limit</c>.
/// </summary>
public static class HclParser
{
    /// <summary>The longest text that is read, in bytes.</summary>
    private const int SizeLimit = 16 * 1024 * 1024;

    /// <summary>Parses a whole file: a body.</summary>
    public static HclFile ParseFile(SourceFile source) => Parse(source, Goal.File);

    /// <summary>Parses a text that is one expression, as in a rule's condition; newlines between its tokens are ignored.</summary>
    public static HclFile ParseExpression(SourceFile source) => Parse(source, Goal.Expression);

    /// <summary>
    /// Parses a text that is one template without quotes: a string of <c>.tf.json</c>, a message of a rule, a file given to <c>templatefile</c>. Backslashes are
    /// literal.
    /// </summary>
    public static HclFile ParseTemplate(SourceFile source) => Parse(source, Goal.Template);

    private static HclFile Parse(SourceFile source, Goal goal)
    {
        var text = source.Bytes.Span;
        var problems = new SyntaxProblems(source);
        if (text.Length > SizeLimit)
        {
            problems.Add(0, 0, "The text is longer than 16 MiB and is not read.", "size-limit");
            text = [];
        }
        else if (text.StartsWith((byte)0))
        {
            problems.Add(0, 0, "This is no text but binary: the file may be encrypted.");
            text = [];
        }

        var lexer = new Lexer(text, problems);
        var tokens = lexer.Run(template: goal == Goal.Template);
        problems.EndLexing();
        try
        {
            var parser = new Parser(source, text, tokens, lexer.Count, problems);
            return parser.Run(goal, lexer.Comments);
        }
        finally
        {
            ArrayPool<Token>.Shared.Return(tokens);
        }
    }

    /// <summary>What a text is.</summary>
    internal enum Goal
    {
        File,
        Expression,
        Template,
    }
}
