using Analyzer.Facts.Model;
using Analyzer.Facts.Values;
using Analyzer.Languages.Functions;

namespace Analyzer.Rules;

/// <summary>Functions for conditions over lists nobody may have seen to their end. An element under a guard, and the open end of a list, may be there or not.</summary>
public static class RuleFunctions
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Function> All { get; } =
    [
        OverTruths("any", "Whether any element is true. False only if the list is closed and all its elements are false.", static list => Any(list, isTrue: true)),
        OverTruths("all", "Whether all elements are true. True only if the list is closed.", static list => Any(list, isTrue: false).Not()),
        OverTruths("none", "Whether no element is true. True only if the list is closed.", static list => Any(list, isTrue: true).Not()),
        new Function("exists", [new Parameter("value", FieldType.Any)], FieldType.Bool, "Whether something is there: the value is not null.", static call => Answer(Exists(call[0]), call[0])),
        new Function(
            "proven", [new Parameter("condition", FieldType.Bool)], FieldType.Bool,
            "Whether a condition is proven true; undecided counts as false. For the choice between two rules that never speak of one thing at once, not for what they require.",
            static call => BoolValue.Of(Truths.Of(call[0]) == Truth.Yes)),
        new Function("known", [new Parameter("value", FieldType.Any)], FieldType.Bool, "Whether a value is known, with everything in it.", static call => BoolValue.Of(call[0].IsWhollyKnown)),
        new Function(
            "at_least",
            [new Parameter("list", FieldType.List(FieldType.Any)), new Parameter("count", FieldType.Number)],
            FieldType.Bool,
            "Whether a list has at least so many elements. False only if the list is closed.",
            static call => Answer(OverAlternatives(call[0], value => AtLeast(value, call[1])), call[0], call[1])),
    ];

    /// <summary>
    /// What a name means in a rule: one of these functions, one of the model's, or one of Terraform's, in this order; null for nothing.
    /// </summary>
    internal static Func<string, Function?> Table(IReadOnlyList<Function> model)
    {
        var table = new Dictionary<string, Function>(StringComparer.Ordinal);
        foreach (var function in All.Concat(model))
        {
            table.TryAdd(function.Name, function);
        }

        return name => table.GetValueOrDefault(name) ?? TerraformFunctions.Find(name);
    }

    private static Function OverTruths(string name, string doc, Func<ListValue, Truth> decide) => new(
        name,
        [new Parameter("list", FieldType.List(FieldType.Bool))],
        FieldType.Bool,
        doc,
        call => Answer(OverAlternatives(call[0], value => value is ListValue list ? decide(list) : Truth.Unknown), call[0]));

    /// <summary>Whether any element is true, or false. An element that may not be there cannot decide: where it would, nobody knows.</summary>
    private static Truth Any(ListValue list, bool isTrue)
    {
        var any = list.IsOpen ? Truth.Unknown : Truth.No;
        foreach (var item in list.Items)
        {
            var truth = isTrue ? Truths.Of(item.Value) : Truths.Of(item.Value).Not();
            any = any.Or(truth == Truth.Yes && !item.Guard.IsAlways ? Truth.Unknown : truth);
        }

        return any;
    }

    private static Truth Exists(Value value) => value switch
    {
        NullValue => Truth.No,
        UnknownValue unknown => unknown.IsNotNull ? Truth.Yes : Truth.Unknown,
        ChoiceValue => OverAlternatives(value, Exists),
        _ => Truth.Yes,
    };

    private static Truth AtLeast(Value value, Value count)
    {
        if (value is not ListValue list || (count as NumberValue)?.Number.Whole is not { } wanted)
        {
            return Truth.Unknown;
        }

        // A set with unknown elements may have fewer than it shows: two unknowns may be the same.
        var certain = list.Kind == SequenceKind.Set && !list.IsWhollyKnown ? Math.Min(list.Items.Length, 1) : list.Items.Count(item => item.Guard.IsAlways);
        return certain >= wanted ? Truth.Yes : !list.IsOpen && list.Items.Length < wanted ? Truth.No : Truth.Unknown;
    }

    private static Truth OverAlternatives(Value value, Func<Value, Truth> decide) => value is ChoiceValue choice ? choice.Same(decide) : decide(value);

    private static Value Answer(Truth truth, params IEnumerable<Value> inputs) => truth == Truth.Unknown ? Undecided(inputs) : BoolValue.Of(truth == Truth.Yes);

    private static UnknownValue Undecided(IEnumerable<Value> inputs)
    {
        var causes = new List<Cause>();
        foreach (var input in inputs)
        {
            causes.AddRange(Cause.Of(input));
            causes.AddRange(input is ListValue list ? list.Items.SelectMany(item => item.Guard.Causes) : []);
            if (input is NullValue)
            {
                causes.Add(new Cause(UnknownReason.Error, "there is no list", null, null));
            }
        }

        var kept = causes.Distinct().Take(Cause.Limit).ToList();
        return kept.Count == 0 ? UnknownValue.From(DataType.Bool) : new UnknownValue([.. kept], DataType.Bool);
    }
}
