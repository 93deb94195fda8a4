namespace Analyzer.Tests;

/// <summary>Expected texts in files; with <c>PULLPATH_REWRITE=1</c> they are rewritten instead of compared.</summary>
internal static class Golden
{
    /// <summary>The root of the repository: where the solution is.</summary>
    internal static string Root { get; } = FindRoot();

    private static bool Rewrites => Environment.GetEnvironmentVariable("PULLPATH_REWRITE") == "1" && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"));

    internal static void Check(string path, string actual)
    {
        var full = Path.Join(Root, path);
        if (Rewrites)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, actual);
        }

        Assert.True(File.Exists(full), $"{path} is missing; PULLPATH_REWRITE=1 writes it.");
        Assert.Equal(File.ReadAllText(full).ReplaceLineEndings("\n"), actual.ReplaceLineEndings("\n"));
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Join(folder, "Analyzer.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside of the repository.");
        }

        return folder;
    }
}
