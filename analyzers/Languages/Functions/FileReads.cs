namespace Analyzer.Languages.Functions;

/// <summary>How many files the functions of one root may still read; each counts once. Not for several threads at once.</summary>
/// <param name="limit">The number of files.</param>
public sealed class FileReads(int limit = 1000)
{
    internal const string Phrase = "functions read too many files";

    private readonly HashSet<string> _paths = new(StringComparer.Ordinal);

    /// <summary>Why something was not read, a phrase for the user; null as long as everything was.</summary>
    public string? Exceeded { get; private set; }

    internal bool Take(string path)
    {
        if (_paths.Contains(path) || (_paths.Count < limit && _paths.Add(path)))
        {
            return true;
        }

        Exceeded = Phrase;
        return false;
    }
}
