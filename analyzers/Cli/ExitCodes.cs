namespace Analyzer.Cli;

/// <summary>What the exit status says.</summary>
public static class ExitCodes
{
    /// <summary>Nothing to report.</summary>
    public const int Clean = 0;

    /// <summary>Findings at or above the threshold.</summary>
    public const int Findings = 1;

    /// <summary>The run could not happen: wrong usage, broken rule files, an internal error.</summary>
    public const int CouldNotRun = 2;

    /// <summary>Under <c>--strict</c>: something could not be seen.</summary>
    public const int Incomplete = 3;
}
