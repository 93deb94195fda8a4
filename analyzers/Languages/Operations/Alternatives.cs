using System.Collections.Immutable;
using Analyzer.Facts.Values;

namespace Analyzer.Languages.Operations;

/// <summary>Takes choices and guarded elements apart and puts results together again.</summary>
public static class Alternatives
{
    private const int PredicateLimit = 3;

    /// <summary>Computes for each combination of alternatives whose guards do not contradict.</summary>
    internal static Value Map(ImmutableArray<Value> arguments, Func<int, bool> isMapped, DataType result, Func<ImmutableArray<Value>, Value> body)
    {
        List<(Guard Guard, ImmutableArray<Value> Values)>? combinations = null;
        for (var at = 0; at < arguments.Length; at++)
        {
            if (arguments[at] is not ChoiceValue choice || !isMapped(at))
            {
                continue;
            }

            combinations ??= [(Guard.Always, arguments)];
            var next = new List<(Guard, ImmutableArray<Value>)>(combinations.Count * choice.Alternatives.Length);
            foreach (var (guard, values) in combinations)
            {
                foreach (var alternative in choice.Alternatives)
                {
                    if (guard.And(alternative.Guard) is { } both)
                    {
                        next.Add((both, values.SetItem(at, Keep(choice, alternative.Value))));
                    }
                }
            }

            if (next.Count > ChoiceValue.Limit * 2)
            {
                return UnknownValue.From(result, arguments);
            }

            combinations = next;
        }

        return combinations is null ? body(arguments) : Each(combinations, body);
    }

    // Apart from Map, which would make the closure of every call.
    private static Value Each(List<(Guard Guard, ImmutableArray<Value> Values)> combinations, Func<ImmutableArray<Value>, Value> body) =>
        ChoiceValue.Of(combinations.Select(each => new Alternative(each.Guard, body(each.Values))));

    /// <summary>
    /// A list or map with guarded parts as a choice of ones without, if few predicates decide; otherwise the value itself.
    /// </summary>
    public static Value Expand(Value value) => value switch
    {
        ChoiceValue choice => Keep(choice, ChoiceValue.Of(choice.Alternatives.Select(each => each with { Value = Expand(each.Value) }))),
        ListValue list => Expand(list, Cases(list.Items.Select(item => item.Guard))),
        MapValue map => Expand(map, Cases(map.Entries.Select(entry => entry.Guard))),
        _ => value,
    };

    private static Value Expand(Value value, IReadOnlyList<Guard>? cases) =>
        cases is null ? value : Keep(value, ChoiceValue.Of(cases.Select(guard => new Alternative(guard, Under(value, guard)))));

    /// <summary>
    /// Guards for an undecided property of a value and for its opposite. Values with an identity are asked once: the same question has the same predicate. Others may be two
    /// different unknowns that merely look alike, so each question about them is a new one.
    /// </summary>
    internal static (Guard Holds, Guard Fails) Undecided(Value value, string property)
    {
        var causes = UnknownValue.From(null, value).Causes;
        foreach (var reference in value.References)
        {
            return Both($"{reference.Target.Scope}:{reference} {property}", $"{reference} {property}", causes);
        }

        return Undecided(property, causes);
    }

    /// <summary>Guards for a question that nothing else can ask.</summary>
    internal static (Guard Holds, Guard Fails) Undecided(string question, ImmutableArray<Cause> causes) =>
        Both($"{question} #{Questions.Next()}", $"{causes[0].Reference?.ToString() ?? "a value that is not known"} {question}", causes);

    private static (Guard Holds, Guard Fails) Both(string predicate, string text, ImmutableArray<Cause> causes) =>
        (Guard.When(predicate, true, text, causes), Guard.When(predicate, false, text, causes));

    /// <summary>True if no alternative claims to hold without condition, so that parts of all of them may stand side by side under their guards.</summary>
    internal static bool AreGuarded(IEnumerable<Alternative> alternatives) => alternatives.All(each => !each.Guard.IsAlways);

    private static Value Under(Value value, Guard guard) => value switch
    {
        ListValue list => new ListValue(
            [.. list.Items.Where(item => guard.Implies(item.Guard)).Select(item => item with { Guard = Guard.Always })], list.Kind, list.ElementType)
        {
            OpenBecause = list.OpenBecause,
            IsUnordered = list.IsUnordered,
        },
        MapValue map => new MapValue(
            [.. map.Entries.Where(entry => guard.Implies(entry.Guard)).Select(entry => entry with { Guard = Guard.Always })], map.IsObject, map.ElementType)
        {
            OpenBecause = map.OpenBecause,
            Place = map.Place,
        },
        _ => value,
    };

    private static List<Guard>? Cases(IEnumerable<Guard> guards)
    {
        var predicates = new SortedDictionary<string, Guard.Literal>(StringComparer.Ordinal);
        foreach (var guard in guards)
        {
            foreach (var literal in guard.Essence)
            {
                predicates.TryAdd(literal.Predicate, literal);
                if (predicates.Count > PredicateLimit)
                {
                    return null;
                }
            }
        }

        if (predicates.Count == 0)
        {
            return null;
        }

        List<Guard> cases = [Guard.Always];
        foreach (var literal in predicates.Values)
        {
            var holds = Guard.When(literal);
            cases = [.. cases.SelectMany(known => new[] { known.And(holds), known.And(holds.Opposite!) }).OfType<Guard>()];
        }

        return cases;
    }

    /// <summary>What was taken out of a value came the same way, is as secret, and may be an error as well.</summary>
    private static Value Keep(Value whole, Value value)
    {
        value = value.Trace is null ? value.With(whole.Trace) : value;
        return value.WithSensitive(whole.IsSensitive || value.IsSensitive).WithMayFail(whole.MayFail || value.MayFail);
    }
}
