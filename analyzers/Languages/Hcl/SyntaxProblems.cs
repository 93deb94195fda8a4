using Analyzer.Facts.Text;

namespace Analyzer.Languages.Hcl;

/// <summary>
/// Collects the problems of one text. What the lexer says comes first, and the parser is silent about lines of which the lexer has spoken: the second message
/// would only be a consequence of the first.
/// </summary>
internal sealed class SyntaxProblems(SourceFile source)
{
    /// <summary>More problems of one text are not kept: nobody reads them, and noise parsed as HCL has millions.</summary>
    private const int Limit = 100;

    private readonly List<Problem> _problems = [];
    private int _lexical;

    /// <summary>True when nothing more is kept.</summary>
    internal bool Full => _problems.Count >= Limit;

    internal void Add(int start, int length, string message, string code = "syntax-error")
    {
        if (!Full)
        {
            _problems.Add(new Problem(code, message, source.At(start, length)));
        }
    }

    /// <summary>Declares that everything so far came from the lexer.</summary>
    internal void EndLexing() => _lexical = _problems.Count;

    /// <summary>Forgets what the parser said.</summary>
    internal void Restart() => _problems.RemoveRange(_lexical, _problems.Count - _lexical);

    /// <summary>Forgets what was said about the text from an offset on.</summary>
    internal void Truncate(int offset) => _problems.RemoveAll(problem => problem.Place!.Value.Start >= offset);

    /// <summary>True if the lexer complained about something between two offsets.</summary>
    internal bool LexicalBetween(int start, int end)
    {
        for (var index = 0; index < _lexical; index++)
        {
            if (_problems[index].Place!.Value.Start >= start && _problems[index].Place!.Value.Start <= end)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>All problems in order of place.</summary>
    internal IReadOnlyList<Problem> Sorted() =>
        _problems.Count == 0 ? [] : [.. _problems.OrderBy(problem => problem.Place!.Value.Start)];
}
