using Analyzer.Facts.Values;
using Analyzer.Languages.Operations;
using static Analyzer.Languages.Functions.Definition;
using static Analyzer.Languages.Functions.Input;

namespace Analyzer.Languages.Functions;

/// <summary>Functions of types, of marks, and those that choose between values.</summary>
internal static class TypeFunctions
{
    internal static IEnumerable<Function> All =>
    [
        Converting("tostring", DataType.Text, "text"),
        Converting("tonumber", DataType.Number, "a number"),
        Converting("tobool", DataType.Bool, "true or false"),
        Converting("tolist", new ListType(DataType.Dynamic), "a list"),
        Converting("toset", new SetType(DataType.Dynamic), "a set"),
        Converting("tomap", new MapType(DataType.Dynamic), "a map"),
        Variadic("try", DataType.Dynamic, "The first expression that is not an error.", call => Try(call.All, 0), Any("expressions") with { TakesNull = true, TakesError = true, TakesChoice = true }),
        Of("can", DataType.Bool, "Whether an expression is not an error.", call => Kleene(Succeeds(call[0]), call[0]), Any("expression") with { TakesNull = true, TakesError = true }),
        Variadic("coalesce", DataType.Dynamic, "The first value that is neither null nor an empty text.", Coalesce, Any("vals") with { TakesNull = true }),
        Raw("sensitive", DataType.Dynamic, "The value, marked as sensitive.", value => value.WithSensitive(true), Any("value")),
        Raw("nonsensitive", DataType.Dynamic, "The value, not marked as sensitive.", value => value.WithSensitive(false), Any("value")),
        Raw("issensitive", DataType.Bool, "Whether a value is marked as sensitive.", value => BoolValue.Of(value.IsSensitive), Any("value")),
        Raw("ephemeralasnull", DataType.Dynamic, "The value; null in place of ephemeral ones.", value => value.IsWhollyKnown && !value.IsSensitive ? value : new UnknownValue(UnknownReason.NotComputed, "what is ephemeral becomes null"), Any("value")),
    ];

    private static Function Converting(string name, DataType type, string what) =>
        Of(name, type, $"The value as {what}.", call => call[0], new Input("v", type) { TakesNull = true, TakesChoice = true });

    private static Value Try(IReadOnlyList<Value> arguments, int at)
    {
        if (at == arguments.Count)
        {
            return Conversion.Error(arguments.Count == 0 ? "try needs at least one argument" : "no expression of try succeeds");
        }

        var tried = arguments[at];
        if (tried is ChoiceValue { MayFail: false } choice)
        {
            return ChoiceValue.Of(choice.Alternatives.Select(each => each with { Value = OrElse(each.Value) }));
        }

        return OrElse(tried);

        Value OrElse(Value value)
        {
            switch (Succeeds(value))
            {
                case Truth.Yes:
                    return value;
                case Truth.No:
                    return Try(arguments, at + 1);
                default:
                    if (at + 1 == arguments.Count)
                    {
                        return value;
                    }

                    var (holds, fails) = Alternatives.Undecided(value, "is there");
                    return ChoiceValue.Of([new Alternative(holds, value.WithMayFail(false)), new Alternative(fails, Try(arguments, at + 1))]);
            }
        }
    }

    /// <summary>
    /// Whether an expression certainly succeeds or certainly fails. A value fails with any part of it; an unknown is certain where it is an attribute of a
    /// resource, or of a known type.
    /// </summary>
    private static Truth Succeeds(Value value) => value.MayFail && Looked(value) == Truth.Yes ? Truth.Unknown : Looked(value);

    private static Truth Looked(Value value)
    {
        switch (value)
        {
            case UnknownValue unknown:
                return Conversion.IsError(unknown) ? Truth.No
                    : unknown.Type is not DynamicType || (unknown.Reference is not null && unknown.Causes.All(cause => cause.Reason is UnknownReason.Computed or UnknownReason.External))
                        ? Truth.Yes
                        : Truth.Unknown;
            case TextValue or NumberValue or BoolValue or NullValue:
                return value is TextValue { Known: null } text && text.Parts.Any(part => part.Hole is { } hole && Conversion.IsError(hole)) ? Truth.No
                    : value is TextValue { Known: null } holes && holes.Parts.Any(part => part.Hole is { MayFail: true }) ? Truth.Unknown
                    : Truth.Yes;
            case ListValue list:
                return Parts(list.Items.Select(item => (item.Value, item.Guard)));
            case MapValue map:
                return Parts(map.Entries.Select(entry => (entry.Value, entry.Guard)));
            case ChoiceValue choice:
                var answers = choice.Alternatives.Select(each => Succeeds(each.Value)).Distinct().ToList();
                return answers is [var same] ? same : Truth.Unknown;
            default:
                return Truth.Yes;
        }

        // Parts that are merely unknown are values like others once the collection was built.
        static Truth Parts(IEnumerable<(Value Value, Guard Guard)> parts)
        {
            var result = Truth.Yes;
            foreach (var (part, guard) in parts)
            {
                if (part is not UnknownValue unknown ? Succeeds(part) == Truth.No : Conversion.IsError(unknown))
                {
                    if (guard.IsAlways)
                    {
                        return Truth.No;
                    }

                    result = Truth.Unknown;
                }
                else if (part.MayFail || (part is ChoiceValue && Succeeds(part) == Truth.Unknown))
                {
                    result = Truth.Unknown;
                }
            }

            return result;
        }
    }

    private static Value Kleene(Truth truth, Value value) => truth switch
    {
        Truth.Yes => BoolValue.True,
        Truth.No => BoolValue.False,
        _ => UnknownValue.From(DataType.Bool, value),
    };

    private static Value Coalesce(Arguments call)
    {
        var type = Conversion.Unify(call.All.Where(Conversion.HasType).Select(argument => argument.Type));
        return type is null ? Conversion.Error("all arguments of coalesce must have the same type") : First(0);

        Value First(int at)
        {
            for (; at < call.Count; at++)
            {
                var value = Conversion.To(call[at], type);
                switch (value)
                {
                    case NullValue or TextValue { Known: "" }:
                        continue;
                    case UnknownValue or TextValue { Known: null } when !Holes.IsCertainlyNotEmpty(value):
                        if (value is UnknownValue { IsNotNull: true, Type: not (TextType or DynamicType) })
                        {
                            return value;
                        }

                        var (holds, fails) = Alternatives.Undecided(value, "is set");
                        return at + 1 == call.Count ? value : ChoiceValue.Of([new Alternative(holds, value), new Alternative(fails, First(at + 1))]);
                    default:
                        return value;
                }
            }

            return Conversion.Error("coalesce has only nulls and empty texts", type);
        }
    }
}
