using System.Collections.Immutable;
using Analyzer.Facts.Values;
using Analyzer.Languages.Operations;
using static Analyzer.Languages.Functions.Definition;
using static Analyzer.Languages.Functions.Input;

namespace Analyzer.Languages.Functions;

/// <summary>Functions of maps and objects.</summary>
internal static class MapFunctions
{
    private static readonly DataType MapOfAny = new MapType(DataType.Dynamic);
    private static readonly DataType ListOfAny = new ListType(DataType.Dynamic);
    private static readonly DataType ListOfText = new ListType(DataType.Text);

    internal static IEnumerable<Function> All =>
    [
        Variadic("merge", DataType.Dynamic, "One map of the entries of several; of equal keys the last wins.", Merge, Any("maps") with { TakesNull = true, TakesChoice = true }),
        Of("keys", ListOfText, "The keys of a map in order.", call => Parts(call, keys: true), Any("inputMap") with { TakesChoice = true }),
        Of("values", ListOfAny, "The values of a map in the order of their keys.", call => Parts(call, keys: false), Any("inputMap") with { TakesChoice = true }),
        Variadic("lookup", DataType.Dynamic, "The value of a key, or a default.", Lookup, Any("inputMap") with { TakesChoice = true }, Text("key"), Any("default") with { TakesNull = true }),
        Of("zipmap", DataType.Dynamic, "A map from a list of keys and a list of values.", Zip, new Input("keys", ListOfText) { Expands = true }, Any("values") with { Expands = true }),
        OfKnown("transpose", new MapType(ListOfText), "A map from the elements of the lists in a map to the keys they are under.", Transpose, new Input("values", new MapType(ListOfText))),
    ];

    private static Value Merge(Arguments call)
    {
        var merged = new Dictionary<string, Entry>(StringComparer.Ordinal);
        var order = new List<string>();
        ImmutableArray<Cause>? open = null;

        // Maps of one type make such a map, anything else an object.
        var isMap = !call.All.Any(static argument => argument is MapValue { IsObject: true })
            && call.All.Where(argument => argument is not NullValue).Select(argument => argument.Type).Distinct().Take(2).ToList() is [MapType];
        foreach (var argument in call.All)
        {
            switch (Sequences.Open(argument))
            {
                case NullValue:
                    break;
                case MapValue map:
                    if (map.OpenBecause is { } because)
                    {
                        Doubt(because, map);
                    }

                    foreach (var entry in map.Entries)
                    {
                        Add(entry);
                    }

                    break;
                case UnknownValue { Type: DynamicType or MapType } or ChoiceValue:
                    Doubt(Sequences.Causes(argument), null);
                    break;
                default:
                    return Conversion.Error($"arguments of merge must be maps or objects, not {Conversion.Name(argument.Type)}");
            }
        }

        var result = new MapValue([.. order.Select(key => merged[key])]) { OpenBecause = open };
        return isMap ? Conversion.To(result, MapOfAny) : result;

        // What was seen so far may be replaced by what nobody sees.
        void Doubt(ImmutableArray<Cause> because, MapValue? map)
        {
            open = Sequences.Both(open, because);
            foreach (var key in order)
            {
                if (map?.Find(key) is not { Guard.IsAlways: true })
                {
                    var (replaced, kept) = Alternatives.Undecided($"has {key}", because);
                    merged[key] = merged[key] with
                    {
                        Value = ChoiceValue.Of([new Alternative(kept, merged[key].Value), new Alternative(replaced, new UnknownValue(because))]),
                    };
                }
            }
        }

        void Add(Entry entry)
        {
            if (!merged.TryGetValue(entry.Key, out var before))
            {
                order.Add(entry.Key);
                merged[entry.Key] = entry;
            }
            else if (entry.Guard.IsAlways)
            {
                merged[entry.Key] = entry;
            }
            else
            {
                var (replaced, kept) = Guards.Split(entry.Guard);
                merged[entry.Key] = before with
                {
                    Value = ChoiceValue.Of([new Alternative(replaced, entry.Value), new Alternative(kept, before.Value)]),
                    Guard = Guards.Either(before.Guard, entry.Guard),
                };
            }
        }
    }

    private static Value Parts(Arguments call, bool keys)
    {
        var type = keys ? ListOfText : ListOfAny;
        switch (Sequences.Open(call[0]))
        {
            case MapValue map:
                var parts = map.Entries.OrderBy(entry => entry.Key, TextOrder.Instance)
                    .Select(entry => new Item(keys ? entry.KeyText ?? new TextValue(entry.Key) : entry.Value, entry.Guard));
                return new ListValue([.. parts], map.IsObject ? SequenceKind.Tuple : SequenceKind.List, map.IsObject ? null : keys ? DataType.Text : map.ElementType)
                {
                    OpenBecause = map.OpenBecause,
                };
            case UnknownValue { Type: MapType or DynamicType } unknown:
                return new UnknownValue(unknown.Causes, !keys && unknown.Type is MapType { Element: var element } ? new ListType(element) : type)
                {
                    Element = keys ? null : unknown.Element,
                };
            case ChoiceValue:
                return UnknownValue.From(type, call.All);
            case var other:
                return Conversion.Error($"a map or an object is required, not {Conversion.Name(other.Type)}", type);
        }
    }

    private static Value Lookup(Arguments call)
    {
        if (call.Count > 3)
        {
            return Conversion.Error("lookup takes two or three arguments");
        }

        switch (Sequences.Open(call[0]))
        {
            case MapValue map:
                var otherwise = call.Count < 3 ? null : map is { IsObject: false, ElementType: { } element } ? Conversion.To(call[2], element) : call[2];
                return call.Text(1).Known is { } key ? Entry(map, key, otherwise) : AnyEntry(map, call[1], otherwise);
            case UnknownValue { IsError: true } error:
                return error;
            case UnknownValue { Type: MapType or DynamicType } unknown:
                var found = unknown.Element ?? UnknownValue.From((unknown.Type as MapType)?.Element, unknown);
                return call.Count < 3 ? found : Either(unknown, found, call[2], $"has {call.Text(1)}");
            case ChoiceValue choice:
                return ChoiceValue.Of(choice.Alternatives.Select(each => each with { Value = Lookup(new Arguments(call.All.SetItem(0, each.Value), call.Place)) }));
            case var other:
                return Conversion.Error($"lookup reads maps, not {Conversion.Name(other.Type)}");
        }
    }

    private static Value Entry(MapValue map, string key, Value? otherwise)
    {
        if (map.Find(key) is not { } entry)
        {
            return !map.IsOpen ? otherwise ?? Conversion.Error($"the map has no key \"{Conversion.Shortened(key)}\"")
                : otherwise is null ? new UnknownValue(map.OpenBecause!.Value)
                : Either(map, new UnknownValue(map.OpenBecause!.Value), otherwise, $"has {key}");
        }

        if (entry.Guard.IsAlways)
        {
            return entry.Value;
        }

        var (there, missing) = Guards.Split(entry.Guard);
        return ChoiceValue.Of(
        [
            new Alternative(there, entry.Value),
            new Alternative(missing, otherwise ?? Conversion.Error($"the map has no key \"{Conversion.Shortened(key)}\"")),
        ]);
    }

    private static Value Either(Value asked, Value found, Value otherwise, string question)
    {
        var (holds, fails) = Alternatives.Undecided(asked, question);
        return ChoiceValue.Of([new Alternative(holds, found), new Alternative(fails, otherwise)]);
    }

    private static Value AnyEntry(MapValue map, Value key, Value? otherwise)
    {
        if (map.IsOpen)
        {
            var any = UnknownValue.From(map.ElementType, map, key);
            return otherwise is null ? any : Either(key, any, otherwise, "is a key of a map that was not wholly seen");
        }

        var fitting = map.Entries.Where(entry => key.EqualTo(new TextValue(entry.Key)) != Truth.No).ToList();
        if (fitting.Count == 0)
        {
            return otherwise ?? Conversion.Error("the map has no such key");
        }

        var found = Sequences.OneOf(key, fitting.Select(entry => (entry.Key, entry.Value)));
        var keys = string.Join(", ", fitting.Select(entry => entry.Key + (entry.Guard.IsAlways ? "" : $" if {entry.Guard}")));
        return otherwise is null ? found : Either(key, found, otherwise, $"is a key of {keys}");
    }

    private static Value Zip(Arguments call)
    {
        var values = Sequences.Open(call[1]);
        if (call[0] is ListValue { HasKnownLength: true } keys && values is ListValue { HasKnownLength: true } list)
        {
            if (keys.Items.Length != list.Items.Length)
            {
                return Conversion.Error($"the number of keys ({keys.Items.Length}) is not the number of values ({list.Items.Length})", MapOfAny);
            }

            if (keys.Values.All(key => key is TextValue { Known: not null }))
            {
                // Of equal keys the last one wins.
                var entries = keys.Values.Select((key, at) => (Key: ((TextValue)key).Known!, list.Items[at].Value))
                    .GroupBy(each => each.Key, StringComparer.Ordinal)
                    .Select(each => new Entry(each.Key, each.Last().Value));
                return list.Kind == SequenceKind.List ? new MapValue([.. entries], isObject: false, list.ElementType) : new MapValue([.. entries]);
            }
        }

        return values is ListValue or UnknownValue ? UnknownValue.From(MapOfAny, call.All) : Conversion.Error("zipmap needs two lists", MapOfAny);
    }

    private static Value Transpose(Arguments call)
    {
        var result = new SortedDictionary<string, List<Value>>(TextOrder.Instance);
        foreach (var entry in ((MapValue)call[0]).Entries.OrderBy(entry => entry.Key, TextOrder.Instance))
        {
            foreach (var value in entry.Value is ListValue list ? list.Values : [])
            {
                if (value is not TextValue { Known: { } key })
                {
                    return Conversion.Error("the lists to transpose must not hold nulls", new MapType(ListOfText));
                }

                if (!result.TryGetValue(key, out var keys))
                {
                    result[key] = keys = [];
                }

                keys.Add(new TextValue(entry.Key));
            }
        }

        return new MapValue(
            [.. result.Select(each => new Entry(each.Key, ListValue.Of(each.Value, SequenceKind.List, DataType.Text)))], isObject: false, ListOfText);
    }
}
