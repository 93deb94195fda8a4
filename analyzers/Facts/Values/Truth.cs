namespace Analyzer.Facts.Values;

/// <summary>A three-valued answer with Kleene's strong logic: Unknown spreads unless the other side decides.</summary>
public enum Truth : byte
{
    /// <summary>Not decidable from what was seen.</summary>
    Unknown = 0,

    /// <summary>Proven true.</summary>
    Yes = 1,

    /// <summary>Proven false.</summary>
    No = 2,
}

/// <summary>Kleene's operators on <see cref="Truth"/>.</summary>
public static class Kleene
{
    /// <summary>Yes for true, No for false.</summary>
    public static Truth Of(bool known) => known ? Truth.Yes : Truth.No;

    /// <summary>Conjunction: No if either is No, Yes if both are Yes, else Unknown.</summary>
    public static Truth And(this Truth left, Truth right) =>
        left == Truth.No || right == Truth.No ? Truth.No
        : left == Truth.Yes && right == Truth.Yes ? Truth.Yes
        : Truth.Unknown;

    /// <summary>Disjunction: Yes if either is Yes, No if both are No, else Unknown.</summary>
    public static Truth Or(this Truth left, Truth right) => left.Not().And(right.Not()).Not();

    /// <summary>Negation; Unknown stays Unknown.</summary>
    public static Truth Not(this Truth truth) => truth switch
    {
        Truth.Yes => Truth.No,
        Truth.No => Truth.Yes,
        _ => Truth.Unknown,
    };

    /// <summary>Yes if any is Yes, No if all are No (also of none), else Unknown.</summary>
    public static Truth Any(this IEnumerable<Truth> truths) => truths.Any(truth => truth);

    /// <summary>Whether an element meets a condition: Yes if any does, No if none does (also of none), else Unknown.</summary>
    public static Truth Any<T>(this IEnumerable<T> elements, Func<T, Truth> meets)
    {
        var result = Truth.No;
        foreach (var element in elements)
        {
            result = result.Or(meets(element));
            if (result == Truth.Yes)
            {
                break;
            }
        }

        return result;
    }

    /// <summary>Whether all elements meet a condition: No if any does not, Yes if all do (also of none), else Unknown.</summary>
    public static Truth All<T>(this IEnumerable<T> elements, Func<T, Truth> meets) => elements.Any(element => meets(element).Not()).Not();

    /// <summary>No if any is No, Yes if all are Yes (also of none), else Unknown.</summary>
    public static Truth All(this IEnumerable<Truth> truths) => truths.All(truth => truth);

    /// <summary>The answer that all alternatives give, else Unknown.</summary>
    public static Truth Same(this ChoiceValue choice, Func<Value, Truth> decide)
    {
        var first = decide(choice.Alternatives[0].Value);
        return choice.Alternatives.All(each => decide(each.Value) == first) ? first : Truth.Unknown;
    }
}
