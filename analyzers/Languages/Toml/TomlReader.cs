using System.Text;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Recognition;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace Analyzer.Languages.Toml;

/// <summary>Reads TOML into values with exact places. Never throws for any input.</summary>
/// <remarks>
/// Tables, inline tables and dotted keys are maps, arrays of tables are lists of maps; dates stay texts. A document with a mistake is read as far as it is understood.
/// Problems: <c>syntax-error</c>, <c>nesting-limit</c>, <c>not-text</c>, <c>invalid-utf8</c>.
/// </remarks>
public static class TomlReader
{
    private const int NestingLimit = 64;

    /// <summary>Reads a document; null for one that is no text, or is nested too deep.</summary>
    public static MapValue? Read(SourceFile source, ProblemLog problems)
    {
        if (!TextCheck.IsText(source, problems))
        {
            return null;
        }

        var mark = TextCheck.MarkLength(source.Bytes.Span);
        var text = Encoding.UTF8.GetString(source.Bytes.Span[mark..]);
        if (TooDeep(text) is { } at)
        {
            problems.Add(new Problem("nesting-limit", $"The document is nested deeper than {NestingLimit} levels.", new Places(source, text, mark).Of(at, 1)));
            return null;
        }

        var document = SyntaxParser.Parse(text, source.Path, validate: true);
        return new TomlBuilder(new Places(source, text, mark), problems).Of(document);
    }

    /// <summary>
    /// Where arrays, inline tables or the parts of a name are nested deeper than anybody writes; null if nowhere. The parser calls itself for each level. Brackets in texts count too, which harms no document
    /// that is read here.
    /// </summary>
    private static int? TooDeep(string text)
    {
        var (depth, dots) = (0, 0);
        for (var at = 0; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '[' or '{':
                    depth++;
                    break;
                case ']' or '}':
                    depth = Math.Max(0, depth - 1);
                    break;
                case '\n' or '=':
                    dots = 0;
                    break;
                case '.':
                    dots++;
                    break;
            }

            if (depth > NestingLimit || dots > NestingLimit * 16)
            {
                return at;
            }
        }

        return null;
    }
}

/// <summary>Places of characters of a text in the bytes of its file.</summary>
internal sealed class Places(SourceFile source, string text, int mark)
{
    private readonly bool _isAscii = text.Length == source.Bytes.Length - mark;

    /// <summary>The file.</summary>
    internal SourceFile Source => source;

    /// <summary>The place of some characters.</summary>
    internal Span Of(int start, int length)
    {
        start = Math.Clamp(start, 0, text.Length);
        length = Math.Clamp(length, 0, text.Length - start);
        return _isAscii
            ? source.At(mark + start, length)
            : source.At(mark + Encoding.UTF8.GetByteCount(text.AsSpan(0, start)), Encoding.UTF8.GetByteCount(text.AsSpan(start, length)));
    }

    /// <summary>The place of a node; its end is its last character.</summary>
    internal Span Of(SourceSpan span) => Of(span.Start.Offset, span.End.Offset - span.Start.Offset + 1);
}
