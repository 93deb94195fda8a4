using Analyzer.Facts.Values;
using Analyzer.Languages.Hcl;

namespace Analyzer.Languages.Evaluation;

/// <summary>What names mean while an expression is evaluated.</summary>
public interface IScope
{
    /// <summary>
    /// The value of a name with as many of the following steps as the scope wants to take: <c>var.region</c> takes one, <c>data.aws_region.current.name</c> may take three. The
    /// evaluator applies the steps that are left.
    /// </summary>
    /// <param name="root">The <see cref="NodeKind.Variable"/> node.</param>
    /// <param name="steps">
    /// The <see cref="NodeKind.GetAttribute"/> and <see cref="NodeKind.Index"/> nodes around the root, innermost first. A splat ends them.
    /// </param>
    /// <param name="taken">How many steps the answer includes.</param>
    /// <returns>The value, with its trace; null for a name that means nothing here, which becomes an unknown with <see cref="UnknownReason.Error"/>.</returns>
    Value? Resolve(Expression root, ReadOnlySpan<Expression> steps, out int taken);

    /// <summary>
    /// Tells the scope what was read by steps that <see cref="Resolve"/> did not take: the last value, and values in between that are not collections. The variable of a <c>for</c>,
    /// an element, the result of a function lead to attributes that the scope never sees otherwise.
    /// </summary>
    void Seen(Value value)
    {
    }

    /// <summary>The function of a name, or null.</summary>
    Function? FindFunction(string name);

    /// <summary>
    /// Prefix of the identities of undecided predicates: two places with the same prefix and the same predicate are undecided together. The module instance or template.
    /// </summary>
    string PredicatePrefix { get; }
}
