using System.Collections.Immutable;
using Analyzer.Facts.Values;
using Analyzer.Languages.Operations;
using static Analyzer.Languages.Functions.Definition;
using static Analyzer.Languages.Functions.Input;

namespace Analyzer.Languages.Functions;

/// <summary>Functions of lists: guarded elements, open ends and the identity of elements are kept.</summary>
internal static class CollectionFunctions
{
    private static readonly DataType ListOfAny = new ListType(DataType.Dynamic);
    private static readonly DataType ListOfText = new ListType(DataType.Text);

    internal static IEnumerable<Function> All =>
    [
        Variadic("concat", ListOfAny, "The elements of several lists in order.", Concat, Any("seqs") with { TakesChoice = true }),
        Of("flatten", ListOfAny, "The elements of a list with lists in it replaced by their elements.", Flatten, Any("list") with { TakesChoice = true }),
        Of("length", DataType.Number, "How many elements a collection has, or characters a text.", Length, Any("value") with { Expands = true }),
        Of("element", DataType.Dynamic, "An element by its position, counted around the end.", Element, Any("list") with { Expands = true }, Number("index")),
        Of("index", DataType.Number, "The position of a value in a list.", Index, Any("list") with { Expands = true }, Any("value")),
        Of("contains", DataType.Bool, "Whether a list has an element.", Contains, Any("list") with { TakesChoice = true }, Any("value")),
        Of("distinct", ListOfAny, "The list with equal elements once.", Distinct, new Input("list", ListOfAny)),
        Of("compact", ListOfText, "The list without empty texts and nulls.", Compact, new Input("list", ListOfText)),
        Of("sort", ListOfText, "The texts in order.", Sort, new Input("list", ListOfText)),
        Of("reverse", ListOfAny, "The elements in reverse order.", Reverse, Any("list")),
        Of("slice", ListOfAny, "The elements from a position up to another.", Slice, Any("list") with { Expands = true }, Number("start_index"), Number("end_index")),
        Of("chunklist", new ListType(ListOfAny), "The list in pieces of a given length.", Chunks, new Input("list", ListOfAny) { Expands = true }, Number("size")),
        Of("one", DataType.Dynamic, "The only element, or null if there is none.", One, Any("list") with { Expands = true }),
        Variadic("coalescelist", ListOfAny, "The first list that is not empty.", CoalesceList, Any("vals") with { TakesNull = true, Expands = true }),
        Of("alltrue", DataType.Bool, "Whether all elements are true.", call => Logic(call, all: true), new Input("list", new ListType(DataType.Bool))),
        Of("anytrue", DataType.Bool, "Whether any element is true.", call => Logic(call, all: false), new Input("list", new ListType(DataType.Bool))),
        Of("matchkeys", ListOfAny, "The values whose keys are in a list.", MatchKeys, new Input("values", ListOfAny), new Input("keys", ListOfAny), new Input("searchset", ListOfAny)),
    ];

    private static Value Concat(Arguments call)
    {
        if (call.Count == 0)
        {
            return Conversion.Error("concat needs at least one argument", ListOfAny);
        }

        var items = ImmutableArray.CreateBuilder<Item>();
        ImmutableArray<Cause>? open = null;
        var isList = true;
        var mayFail = false;
        foreach (var argument in call.All)
        {
            switch (Sequences.Open(argument))
            {
                case ListValue { Kind: not SequenceKind.Set } list:
                    items.AddRange(list.Items);
                    open = Sequences.Both(open, list.OpenBecause);
                    isList &= list.Kind == SequenceKind.List;
                    break;
                case UnknownValue { Type: DynamicType or ListType } or ChoiceValue:
                    open = Sequences.Both(open, Sequences.Causes(argument));
                    isList &= argument.Type is ListType;
                    mayFail |= argument.Type is not ListType && !argument.References.Any();
                    break;
                default:
                    return Conversion.Error($"all arguments of concat must be lists, not {Conversion.Name(argument.Type)}", ListOfAny);
            }
        }

        return Made(items, isList, open) is var made && mayFail ? made.WithMayFail(true) : made;
    }

    private static Value Made(IReadOnlyCollection<Item> items, bool isList, ImmutableArray<Cause>? open)
    {
        if (items.Count > Sequences.ElementLimit)
        {
            return new UnknownValue(UnknownReason.Limit, "the list has too many elements", type: ListOfAny);
        }

        var made = new ListValue([.. items]) { OpenBecause = open };
        return isList ? Conversion.To(made, ListOfAny) : made;
    }

    private static Value Flatten(Arguments call)
    {
        if (Sequences.Open(call[0]) is not ListValue list)
        {
            return call[0] is UnknownValue { Type: DynamicType or ListType or SetType } or ChoiceValue ? UnknownValue.From(ListOfAny, call.All)
                : Conversion.Error($"flatten needs a list, not {Conversion.Name(call[0].Type)}", ListOfAny);
        }

        var items = new List<Item>();
        ImmutableArray<Cause>? open = null;
        var isUnordered = false;
        Value? error = null;
        Add(list, Guard.Always, 0);
        if (error is not null)
        {
            return error;
        }

        return isUnordered && Made(items, isList: false, open) is ListValue made ? new ListValue(made.Items) { OpenBecause = open, IsUnordered = true } : Made(items, isList: false, open);

        void Add(ListValue from, Guard guard, int depth)
        {
            open = Sequences.Both(open, from.OpenBecause);
            isUnordered |= from.IsUnordered;
            foreach (var item in from.Items)
            {
                if (guard.And(item.Guard) is not { } both || items.Count > Sequences.ElementLimit)
                {
                    continue;
                }

                switch (Sequences.Open(item.Value))
                {
                    case UnknownValue { IsError: true } wrong:
                        // Where it is an error under a guard nothing is deployed in that case.
                        error ??= both.IsAlways ? wrong : null;
                        break;
                    case ListValue inner when depth < 64:
                        Add(inner, both, depth + 1);
                        break;
                    case ChoiceValue choice when Alternatives.AreGuarded(choice.Alternatives):
                        // Some alternatives are lists and others are not.
                        Add(new ListValue([.. choice.Alternatives.Select(each => new Item(each.Value, each.Guard))]), both, depth + 1);
                        break;
                    case ChoiceValue or ListValue or UnknownValue { Type: DynamicType or ListType or SetType }:
                        open = Sequences.Both(open, Sequences.Causes(item.Value));
                        break;
                    default:
                        items.Add(item with { Guard = both });
                        break;
                }
            }
        }
    }

    private static Value Length(Arguments call) => Sequences.Open(call[0]) switch
    {
        ListValue { HasKnownLength: true } list when !Sequences.MayCollapse(list) => NumberValue.Of(list.Items.Length),
        MapValue { IsOpen: false } map when map.Entries.All(entry => entry.Guard.IsAlways) => NumberValue.Of(map.Entries.Length),
        TextValue { Known: { } text } => NumberValue.Of(TextFunctions.Characters(text).Count()),
        UnknownValue { Bounds: { Least: { } least, Most: { } most } } when least.Equals(most) => new NumberValue(least),
        var measured when measured is ListValue or MapValue or TextValue or UnknownValue { Type: not (NumberType or BoolType) } =>
            new UnknownValue(UnknownValue.From(null, call.All).Causes, DataType.Number) { Bounds = LengthOf(measured), IsNotNull = true },
        var other => Conversion.Error($"a {Conversion.Name(other.Type)} has no length", DataType.Number),
    };

    /// <summary>A collection has at least the parts that are certainly there, and at most all of them if none is hidden.</summary>
    private static Bounds LengthOf(Value measured) => measured switch
    {
        UnknownValue { Bounds: { } known } => Bounds.Between(0, null).And(known),
        ListValue list => Bounds.Between(
            Sequences.MayCollapse(list) ? Math.Min(1, list.Items.Count(item => item.Guard.IsAlways)) : list.Items.Count(item => item.Guard.IsAlways),
            list.IsOpen ? null : list.Items.Length),
        MapValue map => Bounds.Between(map.Entries.Count(entry => entry.Guard.IsAlways && entry.KeyText is null), map.IsOpen ? null : map.Entries.Length),
        _ => Bounds.Between(0, null),
    };

    private static Value Element(Arguments call)
    {
        var list = Sequences.Open(call[0]);
        if (list is UnknownValue { Type: DynamicType or ListType } unknown)
        {
            // There may be none.
            return Inside(unknown).WithMayFail(true);
        }

        if (list is not ListValue { Kind: not SequenceKind.Set } known)
        {
            return Conversion.Error($"element reads lists, not {Conversion.Name(list.Type)}");
        }

        if (!known.HasKnownLength)
        {
            return UnknownValue.From(known.ElementType, call.All);
        }

        if (known.Items.Length == 0)
        {
            return Conversion.Error("element needs a list that is not empty");
        }

        if (call[1] is not NumberValue index)
        {
            return Sequences.OneOf(call[1], known.Values.Select((value, at) => ($"{at}", value)));
        }

        return index.Number.Whole is { } whole
            ? known.Items[(int)(((whole % known.Items.Length) + known.Items.Length) % known.Items.Length)].Value
            : Conversion.Error("the position of an element must be a whole number");
    }

    /// <summary>Some element of an unknown list.</summary>
    private static Value Inside(UnknownValue list) => list.Element ?? UnknownValue.From((list.Type as ListType)?.Element ?? (list.Type as SetType)?.Element, list);

    private static Value Index(Arguments call)
    {
        if (Sequences.Open(call[0]) is not ListValue { Kind: not SequenceKind.Set } list)
        {
            return call[0] is UnknownValue ? UnknownValue.From(DataType.Number, call.All) : Conversion.Error("index searches lists", DataType.Number);
        }

        if (!list.HasKnownLength)
        {
            return UnknownValue.From(DataType.Number, call.All);
        }

        for (var at = 0; at < list.Items.Length; at++)
        {
            switch (list.Items[at].Value.EqualTo(call[1]))
            {
                case Truth.Yes:
                    return NumberValue.Of(at);
                case Truth.Unknown:
                    return UnknownValue.From(DataType.Number, call.All);
            }
        }

        return Conversion.Error("the item is not in the list", DataType.Number);
    }

    private static Value Contains(Arguments call) => Sequences.Open(call[0]) switch
    {
        ListValue list => Sequences.Contains(list, call[1]),
        UnknownValue { Type: DynamicType or ListType or SetType } or ChoiceValue => UnknownValue.From(DataType.Bool, call.All),
        var other => Conversion.Error($"contains searches lists and sets, not {Conversion.Name(other.Type)}", DataType.Bool),
    };

    private static Value Distinct(Arguments call)
    {
        if (call[0] is not ListValue list)
        {
            return UnknownValue.From(call[0].Type, call.All);
        }

        var set = Conversion.Set(list.Items, list.ElementType);
        var kept = new HashSet<Value>(set.Values, ReferenceEqualityComparer.Instance);
        var guards = set.Items.GroupBy(item => item.Value, ReferenceEqualityComparer.Instance).ToDictionary(each => each.Key!, each => each.First().Guard, ReferenceEqualityComparer.Instance);
        var items = list.Items.Where(item => kept.Remove(item.Value)).Select(item => item with { Guard = guards[item.Value] }).ToImmutableArray();

        // Elements that may turn out equal leave open how many there are and which stands where, but not that each is there.
        var mayCollapse = Sequences.MayCollapse(set);
        return new ListValue(items, SequenceKind.List, list.ElementType)
        {
            OpenBecause = Sequences.Both(list.OpenBecause, mayCollapse ? Sequences.Causes(list) : null),
            IsUnordered = list.IsUnordered || mayCollapse,
        };
    }

    private static Value Compact(Arguments call)
    {
        if (call[0] is not ListValue list)
        {
            return call[0] is UnknownValue { Element: not null } unknown
                ? new UnknownValue(unknown.Causes, ListOfText) { Element = unknown.Element }
                : UnknownValue.From(ListOfText, call.All);
        }

        var items = new List<Item>();
        foreach (var item in list.Items)
        {
            Keep(item.Value, item.Guard);
        }

        return new ListValue([.. items], SequenceKind.List, DataType.Text) { OpenBecause = list.OpenBecause };

        void Keep(Value value, Guard guard)
        {
            if (value is ChoiceValue choice && Alternatives.AreGuarded(choice.Alternatives))
            {
                foreach (var alternative in choice.Alternatives)
                {
                    if (guard.And(alternative.Guard) is { } both)
                    {
                        Keep(alternative.Value, both);
                    }
                }
            }
            else if (Holes.IsCertainlyNotEmpty(value) || Conversion.IsError(value))
            {
                items.Add(new Item(value, guard));
            }
            else if (value is not (NullValue or TextValue { Known: not null }))
            {
                items.Add(new Item(value, guard.And(Alternatives.Undecided(value, "is set").Holds) ?? guard));
            }
        }
    }

    private static Value Sort(Arguments call)
    {
        if (call[0] is not ListValue list)
        {
            return UnknownValue.From(ListOfText, call.All);
        }

        if (list.Items.Any(item => item is { Value: NullValue, Guard.IsAlways: true }))
        {
            return Conversion.Error("a null text cannot be sorted", ListOfText);
        }

        // Where an unknown text will stand is unknown.
        var known = list.Values.All(value => value is TextValue { Known: not null });
        return new ListValue([.. list.Items.Where(item => item.Value is not NullValue).OrderBy(item => item.Value, ValueOrder.Instance)], SequenceKind.List, DataType.Text)
        {
            OpenBecause = list.OpenBecause,
            IsUnordered = !known && list.Items.Length > 1,
        };
    }

    private static Value Reverse(Arguments call) => Sequences.Open(call[0]) switch
    {
        ListValue list => new ListValue([.. list.Items.Reverse()], list.Kind == SequenceKind.Set ? SequenceKind.List : list.Kind, list.ElementType) { OpenBecause = list.OpenBecause },
        UnknownValue { Type: SetType set } unknown => new UnknownValue(unknown.Causes, new ListType(set.Element)) { Element = unknown.Element },
        UnknownValue { Type: ListType or DynamicType } unknown => new UnknownValue(unknown.Causes, unknown.Type) { Element = unknown.Element },
        var other => Conversion.Error($"reverse needs a list, not {Conversion.Name(other.Type)}", ListOfAny),
    };

    private static Value Slice(Arguments call)
    {
        var from = Sequences.Open(call[0]);
        if (from is UnknownValue { Type: ListType or DynamicType } unknown)
        {
            return new UnknownValue(unknown.Causes, unknown.Type is ListType ? unknown.Type : ListOfAny) { Element = unknown.Element };
        }

        if (from is not ListValue { Kind: not SequenceKind.Set } list)
        {
            return Conversion.Error($"slice needs a list, not {Conversion.Name(from.Type)}", ListOfAny);
        }

        if (call[1] is not NumberValue { Number: var first } || call[2] is not NumberValue { Number: var last } || !list.HasKnownLength)
        {
            return UnknownValue.From(ListOfAny, call.All);
        }

        return first.Whole is not (>= 0 and var start) || last.Whole is not { } end || start > end || end > list.Items.Length
            ? Conversion.Error($"positions {first} to {last} are not positions in a list of {list.Items.Length}", ListOfAny)
            : new ListValue(list.Items[(int)start..(int)end], list.Kind, list.ElementType);
    }

    private static Value Chunks(Arguments call)
    {
        if (call[0] is not ListValue { HasKnownLength: true } list || call[1] is not NumberValue { Number: var given })
        {
            return UnknownValue.From(new ListType(ListOfAny), call.All);
        }

        if (given.Whole is not (>= 0 and var size))
        {
            return Conversion.Error("the size of a piece must be a positive whole number", new ListType(ListOfAny));
        }

        var length = size == 0 ? Math.Max(1, list.Items.Length) : (int)Math.Min(size, int.MaxValue);
        return ListValue.Of(
            Enumerable.Range(0, (list.Items.Length + length - 1) / length)
                .Select(at => new ListValue(list.Items[(at * length)..Math.Min(list.Items.Length, (at + 1) * length)], SequenceKind.List, list.ElementType)),
            SequenceKind.List,
            new ListType(list.ElementType ?? DataType.Dynamic));
    }

    private static Value One(Arguments call) => Sequences.Open(call[0]) switch
    {
        ListValue { HasKnownLength: true, Items: [] } none => new NullValue(none.ElementType),

        // More elements than one are an error, so the one that is certainly there is the answer where there is any.
        ListValue { Items: [{ Guard.IsAlways: true } only], IsOpen: var isOpen } => isOpen ? only.Value.WithMayFail(true) : only.Value,
        ListValue { HasKnownLength: true } list when !Sequences.MayCollapse(list) => Conversion.Error("one needs a list with one element or none"),
        ListValue list when list.Items.Any(item => item.Guard.IsAlways) => UnknownValue.From(list.ElementType, list).WithMayFail(true),
        ListValue list => OneOrNone(list, UnknownValue.From(list.ElementType, list), new NullValue(list.ElementType)),

        // What is taken for a list may be a tuple, of which none has no type.
        UnknownValue { Type: DynamicType or ListType or SetType } unknown => OneOrNone(unknown, Inside(unknown), NullValue.Instance),
        var other => Conversion.Error($"one needs a list, not {Conversion.Name(other.Type)}"),
    };

    private static Value OneOrNone(Value list, Value one, NullValue none)
    {
        var (holds, fails) = Alternatives.Undecided(list, "has an element");
        return ChoiceValue.Of([new Alternative(holds, one), new Alternative(fails, none)]).WithMayFail(true);
    }

    private static Value CoalesceList(Arguments call)
    {
        foreach (var argument in call.All)
        {
            switch (Sequences.Open(argument))
            {
                case ListValue { Kind: not SequenceKind.Set } list when list.Items.Any(item => item.Guard.IsAlways):
                    return list;
                case ListValue { HasKnownLength: true, Items: [], Kind: not SequenceKind.Set }:
                    break;
                case ListValue { Kind: not SequenceKind.Set } or UnknownValue { Type: DynamicType or ListType }:
                    return UnknownValue.From(ListOfAny, call.All);
                default:
                    return Conversion.Error("arguments of coalescelist must be lists", ListOfAny);
            }
        }

        return Conversion.Error("all lists are empty", ListOfAny);
    }

    private static Value Logic(Arguments call, bool all)
    {
        if (call[0] is not ListValue list)
        {
            return UnknownValue.From(DataType.Bool, call.All);
        }

        var undecided = list.IsOpen;
        if (list.Items.FirstOrDefault(item => item.Guard.IsAlways && Conversion.IsError(item.Value)) is { Value: var error })
        {
            return UnknownValue.From(DataType.Bool, error);
        }

        foreach (var item in list.Items)
        {
            if (item.Value is BoolValue { Value: var holds } ? holds != all : all && item.Value is NullValue)
            {
                if (item.Guard.IsAlways)
                {
                    return BoolValue.Of(!all);
                }

                undecided = true;
            }
            else if (item.Value is not (BoolValue or NullValue))
            {
                undecided = true;
            }
        }

        return undecided ? UnknownValue.From(DataType.Bool, list) : BoolValue.Of(all);
    }

    private static Value MatchKeys(Arguments call)
    {
        if (call[0] is not ListValue { HasKnownLength: true } values || call[1] is not ListValue { HasKnownLength: true } keys || call[2] is not ListValue sought)
        {
            return UnknownValue.From(ListOfAny, call.All);
        }

        if (values.Items.Length != keys.Items.Length)
        {
            return Conversion.Error("keys and values must have the same length", ListOfAny);
        }

        var items = new List<Item>();
        ImmutableArray<Cause>? open = null;
        for (var at = 0; at < keys.Items.Length; at++)
        {
            switch (Sequences.Contains(sought, keys.Items[at].Value))
            {
                case BoolValue { Value: true }:
                    items.Add(values.Items[at]);
                    break;
                case BoolValue:
                    break;
                case var undecided:
                    open = Sequences.Both(open, Sequences.Causes(undecided));
                    break;
            }
        }

        return new ListValue([.. items], SequenceKind.List, values.ElementType) { OpenBecause = open };
    }
}
