namespace Analyzer.Facts.Text;

/// <summary>
/// Something that kept the analyzer from seeing everything: a syntax error, a module that is not there, a limit that was hit.
/// A problem is not a finding: it is listed, counted, and makes what depends on it undecided.
/// </summary>
/// <param name="Code">Stable kebab-case word for the kind of problem, such as <c>syntax-error</c> or <c>module-missing</c>.</param>
/// <param name="Message">One sentence for the user, without a trailing place.</param>
/// <param name="Place">Where it is; null when no file is involved.</param>
/// <param name="Severity">Whether something was lost.</param>
public sealed record Problem(string Code, string Message, Span? Place, ProblemSeverity Severity = ProblemSeverity.Incomplete);

/// <summary>What a problem means for the answer.</summary>
public enum ProblemSeverity
{
    /// <summary>Worth knowing; everything was seen all the same.</summary>
    Information,

    /// <summary>Something was not seen: the answer is incomplete, and <c>--strict</c> fails.</summary>
    Incomplete,

    /// <summary>The run cannot give an answer at all, for example a broken rule file.</summary>
    Fatal,
}
