using System.Text.Json;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Recognition;

namespace Analyzer.Languages.Json;

/// <summary>Reads JSON into values with exact places. Never throws for any input.</summary>
/// <remarks>
/// Every value has a <see cref="StepKind.Literal"/> step with its span; texts include their quotes. Comments and trailing commas are syntax errors, as for the
/// tools that read these files. Problems: <c>syntax-error</c>, <c>nesting-limit</c>, <c>duplicate-key</c> (the last one wins), <c>not-text</c>, <c>invalid-utf8</c>.
/// </remarks>
public static class JsonReader
{
    private const int NestingLimit = 256;

    /// <summary>Reads a document; null after a syntax error, which is a problem with its place.</summary>
    public static Value? Read(SourceFile source, ProblemLog problems)
    {
        if (!TextCheck.IsText(source, problems))
        {
            return null;
        }

        var mark = TextCheck.MarkLength(source.Bytes.Span);

        // Utf8JsonReader and not JsonTextReader: it knows the byte offset of every token, while the other knows only the line and column behind one.
        var reader = new Utf8JsonReader(source.Bytes.Span[mark..], new JsonReaderOptions { MaxDepth = NestingLimit });
        var document = new JsonBuilder(source, mark, problems);
        try
        {
            reader.Read();
            var root = document.Node(ref reader);
            reader.Read();
            return root;
        }
        catch (JsonException error)
        {
            var place = ErrorPlace(source, mark, error);
            problems.Add(reader.CurrentDepth >= NestingLimit - 1
                ? new Problem("nesting-limit", $"The document is nested deeper than {NestingLimit} levels.", place)
                : new Problem("syntax-error", $"JSON: {Reason(error.Message)}.", place));
            return null;
        }
    }

    private static Span ErrorPlace(SourceFile source, int mark, JsonException error)
    {
        var line = (int)(error.LineNumber ?? 0);
        var at = source.Line(line + 1).Start + (line == 0 ? mark : 0) + (int)(error.BytePositionInLine ?? 0);
        return source.At(Math.Min(at, Math.Max(0, source.Bytes.Length - 1)), 1);
    }

    /// <summary>The message without the position at its end: the place says it.</summary>
    private static string Reason(string message)
    {
        var position = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (position < 0 ? message : message[..position]).TrimEnd('.');
    }
}
