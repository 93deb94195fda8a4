namespace Analyzer.Rules;

/// <summary>The comment <c># expect: fail</c> (or with <c>//</c>) on the line on which an example expects its finding.</summary>
internal static class ExpectComments
{
    private const string Words = "expect: fail";

    /// <summary>The marked lines of a text, 1-based.</summary>
    internal static IEnumerable<(string Path, int Line)> In(string path, string text)
    {
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            var content = line.AsSpan().TrimEnd();
            if (content.EndsWith(Words, StringComparison.Ordinal) && content[..^Words.Length].TrimEnd() is var before
                && (before.EndsWith("#", StringComparison.Ordinal) || before.EndsWith("//", StringComparison.Ordinal)))
            {
                yield return (path, number);
            }
        }
    }
}
