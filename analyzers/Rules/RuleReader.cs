using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Languages.Yaml;

namespace Analyzer.Rules;

/// <summary>Reads rule files. Whatever is wrong with one is a problem <c>rule-invalid</c> with its place, and fatal: a rule that was asked for must not be silent.</summary>
public static class RuleReader
{
    /// <summary>Code of all problems of rule files.</summary>
    public const string Invalid = "rule-invalid";

    private static readonly YamlOptions Options = new() { Scalars = ScalarRules.Text };

    /// <summary>Reads one file; null if anything in it is wrong.</summary>
    /// <param name="file">The file; its name without ending is the rule's id.</param>
    /// <param name="problems">For what is wrong.</param>
    /// <param name="withExamples">Whether to read the examples too: most of a file, and of no use for judging.</param>
    public static Rule? Read(SourceFile file, ProblemLog problems, bool withExamples = false)
    {
        var own = new ProblemLog();
        var documents = YamlReader.Read(withExamples ? file : WithoutExamples(file), Options, own);
        var reading = new RuleReading(file, own);
        if (documents.Count > 1)
        {
            reading.Wrong("A rule file has one document.", documents[1].Place);
        }

        var rule = documents.Count == 0 ? null : reading.Rule(documents[0]);
        if (documents.Count == 0)
        {
            reading.Wrong("A rule file has one document.", file.At(0, 0));
        }

        var found = own.Sorted();
        foreach (var problem in found)
        {
            problems.Add(problem with { Code = Invalid, Severity = ProblemSeverity.Fatal });
        }

        return found.Count == 0 ? rule : null;
    }

    /// <summary>The kind of facts a rule judges, found without reading the file; null if it does not say so in one plain line.</summary>
    public static string? KindOf(SourceFile file)
    {
        var bytes = file.Bytes.Span;
        var start = FindKey(bytes, "\nfor:"u8);
        if (start < 0)
        {
            return null;
        }

        var line = bytes[(start + "for:".Length)..];
        var end = line.IndexOfAny((byte)'\n', (byte)'#');
        var word = (end < 0 ? line : line[..end]).Trim(" \t\r\"'"u8);
        return word.IsEmpty ? null : System.Text.Encoding.UTF8.GetString(word);
    }

    private static SourceFile WithoutExamples(SourceFile file) =>
        FindKey(file.Bytes.Span, "\nexamples:"u8) is > 0 and var start ? new SourceFile(file.Path, file.Bytes[..start]) : file;

    /// <summary>Where a key of the outermost map stands, or -1. The key is given with the line break before it.</summary>
    private static int FindKey(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> key)
    {
        if (bytes.StartsWith(key[1..]))
        {
            return 0;
        }

        var found = bytes.IndexOf(key);
        return found < 0 ? -1 : found + 1;
    }
}
