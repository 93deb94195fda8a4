using Analyzer.Facts.Values;
using Analyzer.Languages.Hcl;

namespace Analyzer.Languages.Evaluation;

/// <summary>Computes expressions. Errors are values: an <see cref="UnknownValue"/> with <see cref="UnknownReason.Error"/>; nothing throws.</summary>
public sealed class Evaluator(IScope scope)
{
    /// <summary>Evaluates an expression.</summary>
    public Value Evaluate(Expression expression) => throw new NotImplementedException(expression.Name + scope.PredicatePrefix);
}
