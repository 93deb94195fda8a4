namespace Analyzer.Tests;

/// <summary>
/// How long a hostile input may take before a test calls it one that never ends. It tells what grows without bound from what does not, on a machine however busy; how fast things
/// are is for the benchmarks.
/// </summary>
internal static class Patience
{
    internal static readonly TimeSpan Of = TimeSpan.FromMinutes(3);
}
