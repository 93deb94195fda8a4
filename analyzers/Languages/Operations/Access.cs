using System.Globalization;
using Analyzer.Facts.Model;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;

namespace Analyzer.Languages.Operations;

/// <summary>
/// Attribute, index and splat access. An attribute of an attribute that nobody knows is still an attribute with a name: references grow with each step. What is provably not
/// there is an error; what may be there is unknown.
/// </summary>
public static class Access
{
    private const int StateLimit = 16;

    /// <summary><c>value.name</c></summary>
    /// <param name="value">The operand.</param>
    /// <param name="name">Name of the attribute.</param>
    /// <param name="place">Where the step is written, for errors.</param>
    public static Value Attribute(Value value, string name, Span? place = null) => Mark(value, value switch
    {
        MapValue map => Member(map, name, place),
        ChoiceValue choice => ChoiceValue.Of(choice.Alternatives.Select(each => each with { Value = Attribute(each.Value, name, place) })),
        FactValue fact => Field(fact, name, place),
        UnknownValue unknown => Attribute(unknown, name, place),
        NullValue => Error($"null has no attribute \"{name}\"", place),
        _ => Error($"a {Conversion.Name(value.Type)} has no attribute \"{name}\"", place),
    });

    /// <summary><c>value[key]</c></summary>
    /// <param name="value">The operand.</param>
    /// <param name="key">The key; numbers and texts convert to each other.</param>
    /// <param name="place">Where the step is written, for errors.</param>
    public static Value Index(Value value, Value key, Span? place = null)
    {
        if (value is ChoiceValue || key is ChoiceValue)
        {
            return Mark(value, key, Alternatives.Map([value, key], _ => true, DataType.Dynamic, each => Index(each[0], each[1], place)));
        }

        if (key is NullValue)
        {
            return Error("null cannot be a key", place);
        }

        if (Conversion.IsError(key) || Conversion.IsError(value))
        {
            return UnknownValue.From(null, value, key);
        }

        return Mark(value, key, value switch
        {
            ListValue { Kind: SequenceKind.Set } => Error("elements of a set have no index", place),
            ListValue list => Element(list, key, place),
            MapValue map => Entry(map, key, place),
            FactValue fact when key is TextValue { Known: { } name } => Field(fact, name, place),
            UnknownValue unknown => Element(unknown, key, place),
            NullValue => Error("null has no elements", place),
            _ => Error($"a {Conversion.Name(value.Type)} has no elements", place),
        });
    }

    /// <summary>
    /// <c>source[*]</c>: each element of a sequence, under its guard and as open as the sequence is; nothing of null; and anything else as if it were a list of one.
    /// </summary>
    /// <param name="source">What the star stands behind.</param>
    /// <param name="each">What is computed of each element.</param>
    public static Value Splat(Value source, Func<Value, Value> each) => Mark(source, source switch
    {
        NullValue { Type: ListType or SetType or TupleType } => Error("null has no elements", null),
        NullValue => ListValue.Empty,
        ChoiceValue choice => ChoiceValue.Of(choice.Alternatives.Select(alternative => alternative with { Value = Splat(alternative.Value, each) })),
        ListValue list => Splat(list, each),
        UnknownValue unknown when Conversion.IsError(unknown) => unknown,
        UnknownValue { IsNotNull: true, Type: BoolType or NumberType or TextType or ObjectType or MapType } single => new ListValue([new Item(each(single))]),
        UnknownValue unknown => new UnknownValue(unknown.Causes) { IsNotNull = true, Element = each(ElementOf(unknown)) },
        _ => new ListValue([new Item(each(source))]),
    });

    /// <summary>What any element of an unknown collection looks like.</summary>
    public static Value ElementOf(UnknownValue collection) =>
        collection.Element ?? new UnknownValue(collection.Causes, Conversion.ElementOf(collection.Type));

    private static Value Splat(ListValue list, Func<Value, Value> each)
    {
        var items = new Item[list.Items.Length];
        DataType? type = null;
        var uniform = list.Kind != SequenceKind.Tuple;
        for (var at = 0; at < items.Length; at++)
        {
            items[at] = list.Items[at] with { Value = each(list.Items[at].Value) };
            if (uniform)
            {
                var own = items[at].Value.Type;
                uniform = type is null || type.Equals(own);
                type = own;
            }
        }

        return uniform
            ? new ListValue([.. items], SequenceKind.List, type ?? list.ElementType) { OpenBecause = list.OpenBecause, IsUnordered = list.IsUnordered }
            : new ListValue([.. items]) { OpenBecause = list.OpenBecause, IsUnordered = list.IsUnordered };
    }

    private static Value Member(MapValue map, string name, Span? place) => map.Find(name) switch
    {
        null => Missing(map, name, place),
        { Guard.IsAlways: true } entry => entry.Value,
        { } entry => Guarded(entry.Guard, entry.Value, Missing(map, name, place)),
    };

    private static Value Guarded(Guard guard, Value value, Value otherwise)
    {
        var (holds, fails) = Guards.Split(guard);
        return ChoiceValue.Of([new Alternative(holds, value), new Alternative(fails, otherwise)]);
    }

    private static Value Missing(MapValue map, string name, Span? place)
    {
        if (map.OpenBecause is not { } because)
        {
            return Error($"there is no attribute \"{Conversion.Shortened(name)}\"", place);
        }

        foreach (var reference in map.References)
        {
            var attribute = Extend(reference, name);
            return new UnknownValue(UnknownReason.Computed, $"{attribute} is known after it is applied", place, attribute);
        }

        return new UnknownValue(because.IsDefaultOrEmpty ? [new Cause(UnknownReason.OpenWorld, "not everything was seen", place, null)] : because, map.ElementType).WithMayFail(true);
    }

    private static Value Field(FactValue value, string name, Span? place) => value.Fact.Shape.Find(name) is { } field
        ? field.Get(value.Fact)
        : Error($"{value.Fact.Shape.Kind} has no field \"{Conversion.Shortened(name)}\"", place);

    private static Value Attribute(UnknownValue unknown, string name, Span? place)
    {
        if (Conversion.IsError(unknown))
        {
            return unknown;
        }

        return unknown.Type switch
        {
            ObjectType shape when !shape.Attributes.ContainsKey(name) => Error($"there is no attribute \"{Conversion.Shortened(name)}\"", place),
            ObjectType shape => Step(unknown, name, shape.Attributes[name]),
            MapType map => (unknown.Element ?? Step(unknown, name, map.Element)).WithMayFail(true),
            DynamicType => Step(unknown, name, null),
            var type => Error($"a {Conversion.Name(type)} has no attribute \"{Conversion.Shortened(name)}\"", place),
        };
    }

    /// <summary>What a provider computes is taken to have the parts that are asked for; what else is not known may lack them.</summary>
    private static Value Step(UnknownValue unknown, string name, DataType? type) =>
        new UnknownValue(unknown.Causes, type) { Reference = unknown.Reference is { } reference ? Extend(reference, name) : null }.WithMayFail(unknown is { Reference: null, Type: DynamicType });

    private static Value Element(UnknownValue unknown, Value key, Span? place)
    {
        if (unknown.Type is BoolType or NumberType or TextType or SetType)
        {
            return Error($"a {Conversion.Name(unknown.Type)} has no index", place);
        }

        var step = KeyText(key);
        if (unknown.Type is ObjectType && step is not null)
        {
            return Attribute(unknown, step, place);
        }

        // An element that is a thing of its own says more than the reference; an element of which nothing is known says less.
        var mayFail = unknown.Type is ListType or MapType || unknown is { Element: not null, Reference: null } or { Type: DynamicType, Reference: null } || (unknown.Type is TupleType or ObjectType && step is null);
        if (unknown.Element is { } element && (element is not UnknownValue { Reference: null } || unknown.Reference is null))
        {
            return element.WithMayFail(mayFail || element.MayFail);
        }

        if (unknown.Type is TupleType { Elements: var elements } && step is not null && !(int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var position) && position < elements.Length))
        {
            return Error($"there is no element {step}", place);
        }

        var type = unknown.Type switch
        {
            ListType list => list.Element,
            MapType map => map.Element,
            TupleType tuple when step is not null && int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < tuple.Elements.Length => tuple.Elements[at],
            _ => null,
        };
        return (step is null ? new UnknownValue([.. unknown.Causes.Concat(Cause.Of(key)).Distinct().Take(Cause.Limit)], type) : Step(unknown, step, type)).WithMayFail(mayFail);
    }

    private static Value Entry(MapValue map, Value key, Span? place)
    {
        var converted = Conversion.To(key, DataType.Text);
        if (converted is TextValue { Known: { } name })
        {
            return Member(map, name, place);
        }

        if (Conversion.IsError(converted))
        {
            return converted;
        }

        var fitting = map.Entries.Where(entry => converted.EqualTo(new TextValue(entry.Key)) != Truth.No).Take(ChoiceValue.Limit + 1).ToList();
        return (fitting.Count is 0 or > ChoiceValue.Limit || map.IsOpen
            ? new UnknownValue([.. Cause.Of(converted).Concat(Cause.Of(map)).Distinct().Take(Cause.Limit)], map.ElementType)
            : ChoiceValue.Of(fitting.Select(entry => new Alternative(entry.Guard.And(Chosen(converted, $"\"{entry.Key}\"")) ?? entry.Guard, entry.Value)))).WithMayFail(true);
    }

    private static Value Element(ListValue list, Value key, Span? place)
    {
        var converted = Conversion.To(key, DataType.Number);
        if (Conversion.IsError(converted))
        {
            return converted;
        }

        if (converted is not NumberValue number)
        {
            return (list.Items.Length is 0 or > ChoiceValue.Limit || list.IsOpen
                ? new UnknownValue([.. Cause.Of(converted).Concat(Cause.Of(list)).Distinct().Take(Cause.Limit)], list.ElementType)
                : ChoiceValue.Of(list.Items.Select((item, at) =>
                    new Alternative(item.Guard.And(Chosen(converted, at.ToString(CultureInfo.InvariantCulture))) ?? item.Guard, item.Value)))).WithMayFail(true);
        }

        if (number.Number.Whole is not { } index || index < 0)
        {
            return Error($"{number.Number} is not an index", place);
        }

        return list.OpenBecause is { } because ? OfOpen(list, because).WithMayFail(true)
            : list.IsUnordered && index < list.Items.Length && list.Items.Length > 1 ? OfOpen(list, Cause.Of(list).ToList(), isOpen: false).WithMayFail(true)
            : At(list, index, place);
    }

    /// <summary>Where elements were not seen, nobody knows which of those seen stands where.</summary>
    private static Value OfOpen(ListValue list, IReadOnlyList<Cause> because, bool isOpen = true)
    {
        UnknownValue rest = because.Count == 0 ? new(UnknownReason.OpenWorld, "not everything was seen") : new([.. because]);
        return list.Items.Length is 0 or >= ChoiceValue.Limit
            ? rest
            : ChoiceValue.Of([.. list.Items.Select(item => new Alternative(item.Guard, item.Value)), .. isOpen ? [new Alternative(Guard.Always, rest)] : Array.Empty<Alternative>()]);
    }

    private static Value At(ListValue list, long index, Span? place)
    {
        if (index < list.Items.Length && list.Items.AsSpan()[..(int)(index + 1)].IndexOfAnyGuarded() < 0)
        {
            return list.Items[(int)index].Value;
        }

        // How many elements stand before this one depends on guards: follow each possibility.
        var states = new List<(Guard Guard, long Before)> { (Guard.Always, 0) };
        var found = new List<Alternative>();
        foreach (var item in list.Items)
        {
            var next = new List<(Guard, long)>();
            foreach (var (guard, before) in states)
            {
                var (holds, fails) = item.Guard.IsAlways ? (item.Guard, null) : Guards.Split(item.Guard);
                if (guard.And(holds) is { } present)
                {
                    if (before == index)
                    {
                        found.Add(new Alternative(present, item.Value));
                    }
                    else
                    {
                        next.Add((present, before + 1));
                    }
                }

                if (fails is not null && guard.And(fails) is { } absent)
                {
                    next.Add((absent, before));
                }
            }

            if (next.Count > StateLimit || found.Count > ChoiceValue.Limit)
            {
                return UnknownValue.From(list.ElementType, list);
            }

            states = next;
        }

        var missing = Error($"there is no element {index}", place);
        return ChoiceValue.Of([.. found, .. states.Select(state => new Alternative(state.Guard, missing))]);
    }

    private static int IndexOfAnyGuarded(this ReadOnlySpan<Item> items)
    {
        for (var at = 0; at < items.Length; at++)
        {
            if (!items[at].Guard.IsAlways)
            {
                return at;
            }
        }

        return -1;
    }

    private static Guard Chosen(Value key, string alternative) => Alternatives.Undecided(key, "== " + alternative).Holds;

    private static string? KeyText(Value key) => Conversion.To(key, DataType.Text) is TextValue { Known: { } text } ? text : null;

    /// <summary>An index on the thing itself names one of its instances; every other step names a part of an attribute.</summary>
    private static Reference Extend(Reference reference, string step)
    {
        var isIndex = step.Length > 0 && step.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;
        if (isIndex || !IsName(step))
        {
            var bracket = isIndex ? $"[{step}]" : $"[\"{step}\"]";
            return reference.Attribute.Length == 0
                ? reference with { Target = reference.Target with { Path = reference.Target.Path + bracket } }
                : reference with { Attribute = reference.Attribute + bracket };
        }

        return reference with { Attribute = reference.Attribute.Length == 0 ? step : $"{reference.Attribute}.{step}" };
    }

    private static bool IsName(string text)
    {
        foreach (var each in text)
        {
            if (!char.IsLetterOrDigit(each) && each is not ('_' or '-'))
            {
                return false;
            }
        }

        return text.Length > 0;
    }

    private static Value Mark(Value source, Value result) => result.WithSensitive(source.IsSensitive || result.IsSensitive).WithMayFail(source.MayFail || result.MayFail);

    private static Value Mark(Value source, Value key, Value result) => Mark(source, result).WithMayFail(source.MayFail || key.MayFail || result.MayFail);

    private static UnknownValue Error(string detail, Span? place) => new(UnknownReason.Error, detail, place);
}
