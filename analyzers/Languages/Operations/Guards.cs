using System.Collections.Immutable;
using Analyzer.Facts.Values;

namespace Analyzer.Languages.Operations;

/// <summary>Logic on guards that are conjunctions: what they cannot say gets a predicate of its own, called after what it stands for.</summary>
internal static class Guards
{
    /// <summary>The opposite of a guard, if a guard can say it: of one predicate.</summary>
    internal static Guard? Opposite(Guard guard)
    {
        var literals = guard.Literals.Take(2).ToList();
        return literals is [var (predicate, literal)] ? Guard.When(predicate, !literal.Taken, literal.Text, literal.Causes) : null;
    }

    /// <summary>
    /// A guard and its opposite. A guard of several predicates gets a name for all of them together, because guards cannot say "not both".
    /// </summary>
    internal static (Guard Holds, Guard Fails) Split(Guard guard)
    {
        if (Opposite(guard) is { } opposite)
        {
            return (guard, opposite);
        }

        var all = Name(guard);
        ImmutableArray<Cause> causes = [.. guard.Causes];
        return (guard.And(Guard.When(all, true, guard.ToString(), causes)) ?? guard, Guard.When(all, false, guard.ToString(), causes));
    }

    /// <summary>When either holds. Never weaker: <see cref="Guard.Or"/> answers what both imply, which may hold where neither does.</summary>
    internal static Guard Either(Guard left, Guard right)
    {
        if (left.Implies(right))
        {
            return right;
        }

        if (right.Implies(left))
        {
            return left;
        }

        return Opposite(left) is { } opposite && opposite.Equals(right)
            ? Guard.Always
            : Guard.When($"{Name(left)}|{Name(right)}", true, $"{left} or {right}", [.. left.Causes.Union(right.Causes).Take(Cause.Limit)]);
    }

    private static string Name(Guard guard) => string.Join('&', guard.Literals.Select(each => (each.Value.Taken ? "" : "!") + each.Key));
}
