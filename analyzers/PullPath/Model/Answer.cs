using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>Three-valued answers as values of expressions, and back.</summary>
public static class Answer
{
    /// <summary>True, false, or an unknown boolean that says what would decide.</summary>
    public static Value Of(Truth truth, params IEnumerable<Cause> because)
    {
        if (truth != Truth.Unknown)
        {
            return BoolValue.Of(truth == Truth.Yes);
        }

        var causes = because.Distinct().Take(Cause.Limit).ToList();
        return new UnknownValue(causes.Count == 0 ? [new Cause(UnknownReason.OpenWorld, "something that was not seen decides", null, null)] : [.. causes], DataType.Bool);
    }

    /// <summary>The truth of a boolean value. Null and values of other types are undecided.</summary>
    public static Truth TruthOf(Value value) => value switch
    {
        BoolValue known => Kleene.Of(known.Value),
        TextValue { Known: "true" } => Truth.Yes,
        TextValue { Known: "false" } => Truth.No,
        ChoiceValue choice => choice.Same(TruthOf),
        _ => Truth.Unknown,
    };

    /// <summary>A boolean that is written as text, as the boolean that it is taken for; any other value as it is.</summary>
    public static Value Plain(Value written) => written is TextValue { Known: "true" or "false" } ? BoolValue.Of(TruthOf(written) == Truth.Yes).With(written.Trace) : written;

    /// <summary>Whether something exists under a guard: Yes without condition, else Unknown.</summary>
    public static Truth Exists(Guard guard) => guard.IsAlways ? Truth.Yes : Truth.Unknown;

    /// <summary>Whether a list has an element that meets a condition: Yes by one that surely is in it, No only where the list is known to its end.</summary>
    public static Truth Has(ListValue list, Func<Value, Truth> meets) =>
        list.Items.Any(item => meets(item.Value).And(Exists(item.Guard))).Or(list.IsOpen ? Truth.Unknown : Truth.No);

    /// <summary>Whether a list, or each that it may be, has an element that meets a condition; what is not written has none.</summary>
    public static Truth Any(Value list, Func<Value, Truth> meets) => list switch
    {
        ListValue known => Has(known, meets),
        ChoiceValue choice => choice.Same(each => Any(each, meets)),
        NullValue => Truth.No,
        _ => Truth.Unknown,
    };

    /// <summary>The answer that all give, else Unknown.</summary>
    public static Truth Same(IEnumerable<Truth> truths) => truths.Distinct().Take(2).ToList() is [var only] ? only : Truth.Unknown;
}
