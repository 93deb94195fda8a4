using System.Collections.Immutable;
using Analyzer.Facts.Values;

namespace Analyzer.CloudFormation;

/// <summary>Computes with values that are choices.</summary>
internal static class Choices
{
    /// <summary>
    /// Computes once for each combination of alternatives that may meet, and makes a choice of the results. With too many combinations the choices are left to
    /// <paramref name="compute"/> as they are.
    /// </summary>
    internal static Value Across(ImmutableArray<Value> arguments, Func<ImmutableArray<Value>, Value> compute)
    {
        List<(Guard Guard, ImmutableArray<Value> Arguments)> combinations = [(Guard.Always, arguments)];
        for (var at = 0; at < arguments.Length; at++)
        {
            if (arguments[at] is not ChoiceValue choice)
            {
                continue;
            }

            var next = new List<(Guard, ImmutableArray<Value>)>();
            foreach (var (guard, values) in combinations)
            {
                foreach (var alternative in choice.Alternatives)
                {
                    if (guard.And(alternative.Guard) is { } both)
                    {
                        next.Add((both, values.SetItem(at, alternative.Value)));
                    }
                }
            }

            if (next.Count > ChoiceValue.Limit)
            {
                return compute(arguments);
            }

            combinations = next;
        }

        return combinations is [var only] ? compute(only.Arguments) : ChoiceValue.Of(combinations.Select(each => new Alternative(each.Guard, compute(each.Arguments))));
    }
}
