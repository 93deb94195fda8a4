using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Recognition;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Analyzer.Languages.Yaml;

/// <summary>Reads YAML into values with exact places. Never throws for any input.</summary>
/// <remarks>
/// Every scalar and collection has a <see cref="StepKind.Literal"/> step with its span; an alias is the very value it names. Problems: <c>syntax-error</c>,
/// <c>templated-yaml</c> (does not parse and has <c>{{</c>), <c>not-text</c>, <c>invalid-utf8</c>, <c>duplicate-key</c>, <c>invalid-key</c>, <c>invalid-merge</c>,
/// <c>unknown-alias</c>, <c>recursive-alias</c>, <c>unknown-tag</c>, <c>alias-limit</c>, <c>nesting-limit</c>, <c>node-limit</c>.
/// </remarks>
public static class YamlReader
{
    private const int TokenLookAhead = 1024;

    /// <summary>
    /// Reads all documents of a file. A document that does not parse is a problem and left out; those before it and those behind the next <c>---</c> line are answered.
    /// </summary>
    public static IReadOnlyList<YamlDocument> Read(SourceFile source, YamlOptions options, ProblemLog problems)
    {
        if (!TextCheck.IsText(source, problems))
        {
            return [];
        }

        var text = new DecodedText(source);
        var scanned = new MendedText(text.Characters);
        var documents = new List<YamlDocument>();
        for (var start = 0; start < text.Characters.Length;)
        {
            start = ReadFrom(text, scanned, start, options, problems, documents);
        }

        return documents;
    }

    /// <summary>What a plain scalar means.</summary>
    public static Value Scalar(string text, YamlOptions options) => YamlScalars.Resolve(text, options.Scalars, default);

    /// <summary>Reads documents until the end or the first error; answers where to go on.</summary>
    private static int ReadFrom(DecodedText text, MendedText scanned, int start, YamlOptions options, ProblemLog problems, List<YamlDocument> documents)
    {
        var reached = start;
        var documentStart = start;
        try
        {
            var parser = new Parser(new Scanner(scanned.From(start), skipComments: true, TokenLookAhead));
            while (parser.MoveNext())
            {
                if (parser.Current is DocumentStart begin)
                {
                    documentStart = reached = scanned.Written(begin.Start.Index);
                    var builder = new YamlBuilder(parser, text, scanned, options, problems);
                    try
                    {
                        var root = builder.Document();
                        documents.Add(new YamlDocument(root, text.Trimmed(documentStart, builder.Reached)));
                    }
                    finally
                    {
                        reached = Math.Max(reached, builder.Reached);
                    }
                }
            }

            return text.Characters.Length;
        }
        catch (YamlLimitException limit)
        {
            problems.Add(new Problem(limit.Code, limit.Message, text.Place(limit.At, limit.At + 1)));
        }
        catch (YamlException error)
        {
            var at = scanned.Written(error.Start.Index);
            if (scanned.Mend(documentStart, at, scanned.Written(error.End.Index)))
            {
                return documentStart;
            }

            Report(at, error.Message);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or IndexOutOfRangeException or FormatException or OverflowException)
        {
            // The scanner meets some malformed escapes with the exceptions of the conversions it calls.
            Report(reached, "this cannot be read");
        }

        return NextDocument(text.Characters, Math.Max(reached, start));

        void Report(int at, string message)
        {
            at = Math.Min(Math.Max(at, reached), text.Characters.Length);
            var end = NextDocument(text.Characters, Math.Max(reached, start));
            var templated = text.Characters.AsSpan(documentStart, end - documentStart).Contains("{{", StringComparison.Ordinal);
            problems.Add(templated
                ? new Problem("templated-yaml", "This is a template, not YAML: it has {{ placeholders and does not parse.", text.Place(at, at + 1))
                : new Problem("syntax-error", $"YAML: {message.TrimEnd('.')}.", text.Place(at, at + 1)));
        }
    }

    private static int NextDocument(string text, int from)
    {
        while (from < text.Length && text.IndexOf("\n---", from, StringComparison.Ordinal) is >= 0 and var found)
        {
            if (found + 4 == text.Length || text[found + 4] is ' ' or '\t' or '\r' or '\n')
            {
                return found + 1;
            }

            from = found + 1;
        }

        return text.Length;
    }
}
