using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Recognition;
using Tomlyn.Parsing;

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

        var text = new DecodedText(source);
        if (TooDeep(text.Characters) is { } at)
        {
            problems.Add(new Problem("nesting-limit", $"The document is nested deeper than {NestingLimit} levels.", text.Place(at, at + 1)));
            return null;
        }

        var document = SyntaxParser.Parse(text.Characters, source.Path, validate: true);
        return new TomlBuilder(source, text, problems).Of(document);
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
