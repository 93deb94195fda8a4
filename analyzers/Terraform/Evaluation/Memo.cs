using System.Runtime.CompilerServices;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;

namespace Analyzer.Terraform.Evaluation;

/// <summary>Values of symbols, each computed once and on demand. A symbol that is asked for while it is computed is a cycle.</summary>
/// <param name="problems">For cycles.</param>
/// <param name="owner">What messages write in front of a dot and the symbol: <c>var</c>, <c>aws_iam_role.node[0]</c>.</param>
internal sealed class Memo(ProblemLog problems, string owner)
{
    private readonly Dictionary<string, Value?> _values = new(StringComparer.Ordinal);

    /// <summary>The value of a symbol that is computed already; null if it is not, or is being computed. Most questions are answered here, at no cost.</summary>
    internal Value? Known(string symbol) => _values.GetValueOrDefault(symbol);

    /// <summary>The value of a symbol.</summary>
    /// <param name="symbol">Name within this memo.</param>
    /// <param name="place">Where it is declared, for the problem of a cycle.</param>
    /// <param name="compute">Computes it.</param>
    internal Value Get(string symbol, Span place, Func<Value> compute)
    {
        if (_values.TryGetValue(symbol, out var known))
        {
            return known ?? Cycle(place, $"{owner}.{symbol}");
        }

        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            problems.Add(new Problem("reference-depth", $"{owner}.{symbol} stands at the end of a chain of references that is too long to follow", place));
            return new UnknownValue(UnknownReason.Limit, $"{owner}.{symbol} is too many references away", place);
        }

        _values.Add(symbol, null);
        var value = compute();
        _values[symbol] = value;
        return value;
    }

    private UnknownValue Cycle(Span place, string name)
    {
        problems.Add(new Problem("reference-cycle", $"{name} refers to itself, directly or through others", place));
        return new UnknownValue(UnknownReason.Cycle, $"{name} refers to itself", place);
    }
}
