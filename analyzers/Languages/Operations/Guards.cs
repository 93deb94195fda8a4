using Analyzer.Facts.Values;

namespace Analyzer.Languages.Operations;

/// <summary>Logic on guards that are conjunctions: what they cannot say gets a predicate of its own, called after what it stands for.</summary>
public static class Guards
{
    /// <summary>
    /// A guard and its opposite. A guard of several predicates gets a name for all of them together, because guards cannot say "not both".
    /// </summary>
    public static (Guard Holds, Guard Fails) Split(Guard guard)
    {
        if (guard.Opposite is { } opposite)
        {
            return (guard, opposite);
        }

        var all = Guard.When(Name(guard), true, guard.ToString(), [.. guard.Causes]).Meaning(guard);
        return (all, all.Opposite!);
    }

    /// <summary>When either holds. Never weaker: <see cref="Guard.Or"/> answers what both imply, which may hold where neither does.</summary>
    public static Guard Either(Guard left, Guard right)
    {
        if (left.Implies(right))
        {
            return right;
        }

        if (right.Implies(left))
        {
            return left;
        }

        if (left.Opposite is { } first && right.Opposite is { } second)
        {
            return first.And(second) is { } neither ? Split(neither).Fails : Guard.Always;
        }

        return Guard.When($"{Name(left)}|{Name(right)}", true, $"{left} or {right}", [.. left.Causes.Union(right.Causes).Take(Cause.Limit)]);
    }

    private static string Name(Guard guard) => string.Join('&', guard.Essence.Select(each => (each.Taken ? "" : "!") + each.Predicate));
}
