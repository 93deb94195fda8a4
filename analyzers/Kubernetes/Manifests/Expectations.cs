namespace Analyzer.Kubernetes.Manifests;

/// <summary>
/// Files by which tests say what is to come of the objects that they apply (kuttl, chainsaw): parts of objects, which nobody applies and in which nothing is missing. The tools tell
/// them by their names: <c>00-assert.yaml</c>, <c>assert-pods.yaml</c>.
/// </summary>
internal static class Expectations
{
    private const string Word = "assert";

    /// <summary>Whether a file of this name holds expectations.</summary>
    internal static bool Holds(string path)
    {
        var name = path.AsSpan(path.LastIndexOf('/') + 1);
        var step = name.TrimStart("0123456789");
        if (step.Length < name.Length && step.StartsWith("-"))
        {
            name = step[1..];
        }

        return name.StartsWith(Word) && name.Length > Word.Length && name[Word.Length] is '.' or '-';
    }
}
