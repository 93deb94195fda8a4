using Analyzer.Facts.Model;
using Analyzer.Facts.Values;
using Analyzer.Languages.Evaluation;
using Analyzer.Languages.Hcl;

namespace Analyzer.Rules;

/// <summary>
/// What names mean while one rule judges one fact: the fact under its kind's name, and functions.
/// </summary>
/// <param name="rule">The rule.</param>
/// <param name="fact">The fact.</param>
/// <param name="functions">Functions by name.</param>
/// <param name="read">Gathers the values that fields of facts answered, the evidence of what is decided with them; null where nobody asks for it.</param>
internal sealed class RuleScope(Rule rule, Fact fact, Func<string, Function?> functions, ISet<Value>? read = null) : IScope
{
    private readonly FactValue _fact = new(fact);

    /// <inheritdoc/>
    public string PredicatePrefix => $"{rule.Id} {fact.Address.Scope} {fact.Address.Path} ";

    /// <inheritdoc/>
    public Value? Resolve(Expression root, ReadOnlySpan<Expression> steps, out int taken)
    {
        taken = 0;
        if (root.Name != fact.Shape.Kind)
        {
            return null;
        }

        Value value = _fact;
        while (taken < steps.Length && steps[taken].Kind == NodeKind.GetAttribute && value is FactValue link)
        {
            if (link.Fact.Shape.Find(steps[taken].Name) is not { } field)
            {
                return Missing(link.Fact, steps[taken]);
            }

            value = field.Get(link.Fact);
            taken++;

            // Of a collection of which one element is read, the element is evidence, not the rest.
            if (taken == steps.Length || value is not (ListValue or MapValue))
            {
                read?.Add(value);
            }
        }

        return value;
    }

    /// <inheritdoc/>
    public void Seen(Value value) => read?.Add(value);

    /// <inheritdoc/>
    public Function? FindFunction(string name) => functions(name);

    private static UnknownValue Missing(Fact fact, Expression step) =>
        new(UnknownReason.Error, $"{fact.Shape.Kind} has no field \"{step.Name}\"", step.NamePlace);
}
