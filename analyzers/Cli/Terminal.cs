using System.Text;

namespace Analyzer.Cli;

/// <summary>What the terminal can do.</summary>
internal static class Terminal
{
    /// <summary>Colours only for people: not in files and pipes, not in CI, not where <c>NO_COLOR</c> is set.</summary>
    internal static bool OutputHasColour => !Console.IsOutputRedirected && WantsColour;

    internal static bool ErrorHasColour => !Console.IsErrorRedirected && WantsColour;

    private static bool WantsColour =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"));

    /// <summary>Standard output with a buffer and without a byte order mark.</summary>
    internal static StreamWriter OpenOutput() => new(Console.OpenStandardOutput(), new UTF8Encoding(false), 64 * 1024);
}
