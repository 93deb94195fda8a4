using System.Collections.Immutable;
using Analyzer.Facts.Values;

namespace Analyzer.Languages.Operations;

/// <summary>
/// Conversion between types as Terraform converts arguments and results. What is unknown stays unknown with its identity; guards, open ends, traces and marks are
/// kept. What cannot be converted becomes an <see cref="UnknownValue"/> with <see cref="UnknownReason.Error"/>.
/// </summary>
public static class Conversion
{
    /// <summary>The value as the type wants it. Null becomes the null of the type.</summary>
    public static Value To(Value value, DataType type)
    {
        if (type is DynamicType || (value is NullValue && value.Type.Equals(type)))
        {
            return value;
        }

        var converted = value switch
        {
            ChoiceValue choice => Each(choice, type),
            UnknownValue unknown => Unknown(unknown, type),
            NullValue => Unification.Converts(value.Type, type) ? new NullValue(type) : Mismatch(value, type),
            _ => type switch
            {
                TextType => Text(value),
                NumberType => Number(value),
                BoolType => Bool(value),
                ListType list => Sequence(value, SequenceKind.List, list.Element, type),
                SetType set => Sequence(value, SequenceKind.Set, set.Element, type),
                TupleType tuple => Tuple(value, tuple),
                MapType map => Map(value, map),
                ObjectType shape => Object(value, shape),
                _ => Mismatch(value, type),
            },
        };
        return Keep(value, converted);
    }

    // Apart from To, which would make the closure of every value.
    private static Value Each(ChoiceValue choice, DataType type) => ChoiceValue.Of(choice.Alternatives.Select(each => each with { Value = To(each.Value, type) }));

    /// <summary>The type that all types convert to, or null if there is none. Types that are not known have no say.</summary>
    public static DataType? Unify(IEnumerable<DataType> types) => Unification.Of([.. types]);

    /// <summary>
    /// The value as a piece of text, for interpolation: known text, text with holes, an unknown or choice of texts. Null has no text: it is an error, as are collections.
    /// </summary>
    public static Value ToText(Value value) => value is NullValue ? Error("the value is null, which has no text", DataType.Text) : To(value, DataType.Text);

    /// <summary>An error of an expression.</summary>
    public static UnknownValue Error(string detail, DataType? type = null) => new(UnknownReason.Error, detail, type: type);

    /// <summary>True for a value that is an error itself.</summary>
    public static bool IsError(Value value) => value is UnknownValue { IsError: true };

    /// <summary>
    /// A set of elements: equal ones once, text and numbers in the order of the language, what cannot be ordered behind them.
    /// </summary>
    public static ListValue Set(IReadOnlyList<Item> items, DataType? element, ImmutableArray<Cause>? openBecause = null)
    {
        var once = new List<Item>(items.Count);
        var known = new Dictionary<object, int>();
        foreach (var item in items)
        {
            var at = Duplicate(item.Value, once, known);
            if (at >= 0)
            {
                once[at] = once[at] with { Guard = Guards.Either(once[at].Guard, item.Guard) };
            }
            else
            {
                once.Add(item);
            }
        }

        return new ListValue([.. once.OrderBy(item => item.Value, ValueOrder.Instance)], SequenceKind.Set, element) { OpenBecause = openBecause };
    }

    /// <summary>The type of all elements together; null where they have none. What a provider may add attributes to has no type that could be asked for.</summary>
    internal static DataType? ElementType(IEnumerable<Value> values)
    {
        DataType? same = null;
        var mixed = false;
        foreach (var value in values.SelectMany(Cases))
        {
            if (!HasType(value))
            {
                continue;
            }

            if (value is MapValue or ListValue && value.Deep().Any(inner => inner is MapValue { IsOpen: true }))
            {
                return DataType.Dynamic;
            }

            var type = value is TextValue ? DataType.Text : value.Type;
            mixed |= same is not null && !ReferenceEquals(same, type);
            same ??= type;
            if (mixed)
            {
                break;
            }
        }

        return mixed ? Unify(values.SelectMany(Cases).Where(HasType).Select(value => value.Type)) : same ?? DataType.Dynamic;
    }

    /// <summary>
    /// The type of all elements together, some of which may not be there. Null where those that are there certainly have none; unknown where the others decide.
    /// </summary>
    private static DataType? ElementType(ImmutableArray<Item> items, bool isOpen, out bool mayFail)
    {
        mayFail = isOpen;
        if (items.Any(item => item.Value is ChoiceValue choice && IsMixed(choice)))
        {
            mayFail = true;
            return DataType.Dynamic;
        }

        if (ElementType(items.Select(item => item.Value)) is { } type)
        {
            return type;
        }

        mayFail = true;
        var certain = items.Where(item => item.Guard.IsAlways && Cases(item.Value).All(value => HasType(value) && !IsError(value))).Select(item => item.Value).ToList();
        return certain.Count == items.Length || ElementType(certain) is null ? null : DataType.Dynamic;
    }

    /// <summary>True for a choice of values of several types, null apart: which of them it is decides the type of what it is in.</summary>
    private static bool IsMixed(ChoiceValue choice)
    {
        DataType? same = null;
        foreach (var (_, value) in choice.Alternatives)
        {
            if (HasType(value) && !IsError(value))
            {
                if (same is not null && !same.Equals(value.Type))
                {
                    return true;
                }

                same = value.Type;
            }
        }

        return false;
    }

    private static IEnumerable<Value> Cases(Value value) => value is ChoiceValue choice ? choice.Alternatives.Select(each => each.Value) : [value];

    /// <summary>False for a null that has the type of whatever it stands beside.</summary>
    internal static bool HasType(Value value) => value is not NullValue { Type: DynamicType };

    private static int Duplicate(Value value, List<Item> once, Dictionary<object, int> known)
    {
        // Known scalars by hash, so that ten thousand texts are not compared pairwise.
        object? key = value switch
        {
            TextValue { Known: { } text } => text,
            NumberValue number => number.Number,
            BoolValue boolean => boolean.Value,
            _ => null,
        };
        if (key is not null)
        {
            return known.TryAdd(key, once.Count) ? -1 : known[key];
        }

        return once.Count > 1000 ? -1 : once.FindIndex(other => other.Value.EqualTo(value) == Truth.Yes && other.Value.Type.Equals(value.Type));
    }

    private static Value Keep(Value original, Value converted) =>
        ReferenceEquals(original, converted) ? original : converted.With(original.Trace).WithSensitive(original.IsSensitive).WithMayFail(original.MayFail || converted.MayFail);

    private static Value Unknown(UnknownValue unknown, DataType type)
    {
        if (unknown.Type.Equals(type) || IsError(unknown))
        {
            return unknown;
        }

        if (!Unification.Converts(unknown.Type, type) || Unification.Fill(type, unknown.Type) is not { } wanted)
        {
            return Mismatch(unknown, type);
        }

        if (unknown.Type.Equals(wanted))
        {
            return unknown;
        }

        var typed = unknown.As(wanted, unknown.Element is { } element ? To(element, ElementOf(wanted)) : null);
        return unknown is { Type: TextType } && type is NumberType or BoolType || unknown is { Type: DynamicType, Reference: null } ? typed.WithMayFail(true) : typed;
    }

    /// <summary>The type that all elements of a collection have, as far as its type says.</summary>
    internal static DataType ElementOf(DataType type) => type switch
    {
        ListType list => list.Element,
        SetType set => set.Element,
        MapType map => map.Element,
        _ => DataType.Dynamic,
    };

    private static Value Text(Value value) => value switch
    {
        TextValue => value,
        NumberValue number => new TextValue(number.Number.ToString()),
        BoolValue boolean => new TextValue(boolean.Value ? "true" : "false"),
        _ => Mismatch(value, DataType.Text),
    };

    private static Value Number(Value value) => value switch
    {
        NumberValue => value,
        TextValue { Known: { } text } => Facts.Values.Number.TryParse(text, out var number)
            ? new NumberValue(number)
            : Error($"\"{Shortened(text)}\" is not a number", DataType.Number),
        TextValue holes => UnknownValue.From(DataType.Number, holes).WithMayFail(true),
        _ => Mismatch(value, DataType.Number),
    };

    private static Value Bool(Value value) => value switch
    {
        BoolValue => value,
        TextValue { Known: { } text } => text switch
        {
            "true" or "1" => BoolValue.True,
            "false" or "0" => BoolValue.False,
            _ => Error($"\"{Shortened(text)}\" is not a bool", DataType.Bool),
        },
        TextValue holes => UnknownValue.From(DataType.Bool, holes).WithMayFail(true),
        _ => Mismatch(value, DataType.Bool),
    };

    private static Value Sequence(Value value, SequenceKind kind, DataType element, DataType type)
    {
        if (value is not ListValue list)
        {
            return Mismatch(value, type);
        }

        var mayFail = false;
        var wanted = Known(element, list.Items.Length == 0 && list.ElementType is { } own ? own : null, () => ElementType(list.Items, list.IsOpen, out mayFail));
        if (wanted is null)
        {
            return Error($"elements of different types do not make a {Name(type)}", type);
        }

        if (list.Kind == kind && wanted.Equals(list.ElementType))
        {
            return list;
        }

        if (list.Items.Length == 0 && AreOfOtherKinds(list.ElementType, wanted))
        {
            return Mismatch(value, type);
        }

        var items = new Item[list.Items.Length];
        for (var at = 0; at < items.Length; at++)
        {
            items[at] = list.Items[at] with { Value = To(list.Items[at].Value, wanted) };
        }

        var made = kind == SequenceKind.Set
            ? Set(items, wanted, list.OpenBecause)
            : new ListValue([.. items], kind, wanted) { OpenBecause = list.OpenBecause, IsUnordered = list.IsUnordered };
        return mayFail ? made.WithMayFail(true) : made;
    }

    /// <summary>
    /// True for the element types of two collections that never convert, also where there are no elements: collections are no scalars. What attributes objects lack is for those to say
    /// who know which of them are optional.
    /// </summary>
    private static bool AreOfOtherKinds(DataType? given, DataType wanted) =>
        given is not (null or DynamicType) && wanted is not DynamicType && Unification.IsScalar(given) != Unification.IsScalar(wanted);

    private static Value Tuple(Value value, TupleType tuple)
    {
        if (value is not ListValue { Kind: not SequenceKind.Set } list)
        {
            return Mismatch(value, tuple);
        }

        // Which element gets which type takes a length and an order that are known.
        if (!list.HasKnownLength || (list.IsUnordered && tuple.Elements.Distinct().Skip(1).Any()))
        {
            return UnknownValue.From(tuple, list);
        }

        return list.Items.Length != tuple.Elements.Length
            ? Error($"{tuple.Elements.Length} elements are required, not {list.Items.Length}", tuple)
            : new ListValue([.. list.Items.Select((item, at) => item with { Value = To(item.Value, tuple.Elements[at]) })]) { IsUnordered = list.IsUnordered };
    }

    private static Value Map(Value value, MapType type)
    {
        if (value is not MapValue map)
        {
            return Mismatch(value, type);
        }

        var mayFail = false;
        var wanted = Known(
            type.Element,
            map.Entries.Length == 0 && map.ElementType is { } own ? own : null,
            () => ElementType([.. map.Entries.Select(entry => new Item(entry.Value, entry.Guard))], map.IsOpen, out mayFail));
        if (wanted is null)
        {
            return Error("values of different types do not make a map", type);
        }

        if (!map.IsObject && wanted.Equals(map.ElementType))
        {
            return map;
        }

        if (map.Entries.Length == 0 && AreOfOtherKinds(map.ElementType, wanted))
        {
            return Mismatch(value, type);
        }

        var made = new MapValue([.. map.Entries.Select(entry => entry with { Value = To(entry.Value, wanted) })], isObject: false, wanted)
        {
            OpenBecause = map.OpenBecause,
            Place = map.Place,
        };
        return mayFail ? made.WithMayFail(true) : made;
    }

    private static Value Object(Value value, ObjectType type)
    {
        if (value is not MapValue map)
        {
            return Mismatch(value, type);
        }

        var entries = ImmutableArray.CreateBuilder<Entry>(type.Attributes.Count);
        var seen = 0;
        foreach (var entry in map.Entries)
        {
            if (type.Attributes.TryGetValue(entry.Key, out var wanted))
            {
                seen++;
                entries.Add(entry with { Value = To(entry.Value, wanted) });
            }
        }

        if (seen < type.Attributes.Count)
        {
            var missing = type.Attributes.Where(attribute => map.Find(attribute.Key) is null).ToList();
            if (missing.Count > 0 && !map.IsOpen)
            {
                return Error($"attribute \"{missing[0].Key}\" is required", type);
            }

            entries.AddRange(missing.Select(attribute => new Entry(attribute.Key, UnknownValue.From(attribute.Value, map))));
        }

        return new MapValue(entries.ToImmutable()) { Place = map.Place };
    }

    /// <summary>The element type to convert to: what the wanted type leaves open is filled in from the elements; null if they have nothing in common.</summary>
    private static DataType? Known(DataType element, DataType? own, Func<DataType?> unified) =>
        !Unification.HasDynamic(element) ? element : (own ?? unified()) is { } found ? Unification.Fill(element, found) : null;

    private static UnknownValue Mismatch(Value value, DataType type) => Error($"a {Name(type)} is required, not a {Name(value.Type)}", type);

    /// <summary>The kind of a type in one word.</summary>
    internal static string Name(DataType type) => type switch
    {
        BoolType => "bool",
        NumberType => "number",
        TextType => "string",
        ListType => "list",
        SetType => "set",
        MapType => "map",
        TupleType => "tuple",
        ObjectType => "object",
        _ => "value of this kind",
    };

    internal static string Shortened(string text) => text.Length <= 40 ? text : text[..40] + "...";
}
