using System.Globalization;

namespace Analyzer.Languages.Operations;

/// <summary>
/// Numbers for questions that nothing else can ask. They are counted for each root apart, so that they, and the order in which conditions are named, do not depend on which root is
/// evaluated first.
/// </summary>
public static class Questions
{
    private static long others;

    [ThreadStatic]
    private static string? scope;

    [ThreadStatic]
    private static long count;

    /// <summary>From here on this thread asks for a root, by a name of its own.</summary>
    public static void Begin(string root)
    {
        scope = root;
        count = 0;
    }

    /// <summary>A number with the root that asks.</summary>
    internal static string Next() => scope is null
        ? string.Create(CultureInfo.InvariantCulture, $"{Interlocked.Increment(ref others):D9}")
        : string.Create(CultureInfo.InvariantCulture, $"{++count:D9} {scope}");
}
