using System.Collections.Immutable;
using Analyzer.Facts.Values;
using Analyzer.Languages.Operations;

namespace Analyzer.Languages.Functions;

/// <summary>Looking into values as sequences and maps, whatever is known of them.</summary>
internal static class Sequences
{
    /// <summary>More elements than this are not produced.</summary>
    internal const int ElementLimit = 100_000;

    /// <summary>
    /// An unknown of a type that says its parts as a collection of unknown parts; a choice of collections as one with guarded parts; other values as they are.
    /// </summary>
    internal static Value Open(Value value) => value switch
    {
        UnknownValue { Type: TupleType tuple } unknown => ListValue.Of(tuple.Elements.Select((type, at) => Part(unknown, $"[{at}]", type))).With(unknown.Trace),
        UnknownValue { Type: ObjectType shape } unknown => MapValue.Of(shape.Attributes.Select(each => (each.Key, (Value)Part(unknown, "." + each.Key, each.Value)))).With(unknown.Trace),
        ChoiceValue choice => Union([.. choice.Alternatives.Select(each => each with { Value = Open(each.Value) })]) ?? value,
        _ => value,
    };

    /// <summary>Why a value that should be a collection has parts nobody saw.</summary>
    internal static ImmutableArray<Cause> Causes(params IEnumerable<Value> values) => UnknownValue.From(null, values).Causes;

    /// <summary>The causes of both; null only if both are closed.</summary>
    internal static ImmutableArray<Cause>? Both(ImmutableArray<Cause>? left, ImmutableArray<Cause>? right) =>
        left is { } a && right is { } b ? [.. a.Union(b).Take(Cause.Limit)] : left ?? right;

    /// <summary>True if the elements of a set may turn out to be equal, so that nobody knows how many they are.</summary>
    internal static bool MayCollapse(ListValue list)
    {
        if (!(list.Kind == SequenceKind.Set || list.IsUnordered) || list.IsWhollyKnown)
        {
            return false;
        }

        for (var at = 0; at < list.Items.Length; at++)
        {
            for (var other = at + 1; other < list.Items.Length; other++)
            {
                if (list.Items[at].Value.EqualTo(list.Items[other].Value) != Truth.No)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether an element is in a sequence, under which guard if that is what decides.</summary>
    internal static Value Contains(ListValue list, Value sought)
    {
        var answer = Truth.No;
        Guard? when = null;
        foreach (var item in list.Items)
        {
            var equal = item.Value.EqualTo(sought);
            if (equal == Truth.Yes && item.Guard.IsAlways)
            {
                return BoolValue.True;
            }

            if (equal != Truth.No)
            {
                when = answer == Truth.No && equal == Truth.Yes ? item.Guard : null;
                answer = Truth.Unknown;
            }
        }

        return answer == Truth.No && !list.IsOpen ? BoolValue.False
            : when is not null && !list.IsOpen && when.Opposite is { } opposite
                ? ChoiceValue.Of([new Alternative(when, BoolValue.True), new Alternative(opposite, BoolValue.False)])
            : UnknownValue.From(DataType.Bool, list, sought);
    }

    /// <summary>One of several values, if few; else unknown, of the type they share.</summary>
    internal static Value OneOf(Value decidedBy, IEnumerable<(string Key, Value Value)> values)
    {
        var all = values.Take(ChoiceValue.Limit + 1).ToList();
        var identified = decidedBy is UnknownValue { Reference: not null };
        return all.Count is 0 or > ChoiceValue.Limit || !identified
            ? UnknownValue.From(Conversion.Unify(all.Select(each => each.Value.Type)), [decidedBy])
            : ChoiceValue.Of(all.Select(each => new Alternative(Alternatives.Undecided(decidedBy, $"== \"{each.Key}\"").Holds, each.Value)));
    }

    private static UnknownValue Part(UnknownValue whole, string step, DataType type) => new(whole.Causes, type)
    {
        Reference = whole.Reference is { } reference ? reference with { Attribute = (reference.Attribute + step).TrimStart('.') } : null,
    };

    private static Value? Union(IReadOnlyList<Alternative> alternatives)
    {
        if (!Alternatives.AreGuarded(alternatives))
        {
            return null;
        }

        if (alternatives.All(each => each.Value is ListValue))
        {
            var lists = alternatives.Select(each => (each.Guard, List: (ListValue)each.Value)).ToList();
            var items = new List<Item>();
            foreach (var (guard, list) in lists)
            {
                var last = -1;
                foreach (var item in list.Items)
                {
                    if (guard.And(item.Guard) is { } both)
                    {
                        last = Add(items, new Item(item.Value, both), list.Kind == SequenceKind.Set ? -1 : last);
                    }
                }
            }

            var kind = lists.TrueForAll(each => each.List.Kind == lists[0].List.Kind) ? lists[0].List.Kind : SequenceKind.Tuple;
            return new ListValue([.. items], kind, kind == SequenceKind.Tuple ? null : Conversion.ElementType(items.Select(item => item.Value)))
            {
                OpenBecause = lists.Aggregate((ImmutableArray<Cause>?)null, (causes, each) => Both(causes, each.List.OpenBecause)),
                IsUnordered = lists.Exists(each => each.List.IsUnordered),
            };
        }

        if (!alternatives.All(each => each.Value is MapValue))
        {
            return null;
        }

        var maps = alternatives.Select(each => (each.Guard, Map: (MapValue)each.Value)).ToList();
        var entries = new List<Entry>();
        foreach (var key in maps.SelectMany(each => each.Map.Entries).Select(entry => entry.Key).Distinct(StringComparer.Ordinal))
        {
            var found = maps.Where(each => each.Map.Find(key) is not null).Select(each => (each.Guard, Entry: each.Map.Find(key)!)).ToList();
            var values = found.Select(each => each.Guard.And(each.Entry.Guard) is { } both ? new Alternative(both, each.Entry.Value) : null).OfType<Alternative>().ToList();
            if (values.Count == 0)
            {
                continue;
            }

            var guard = found.Count == maps.Count && found.TrueForAll(each => each.Entry.Guard.IsAlways)
                ? Guard.Always
                : values.Skip(1).Aggregate(values[0].Guard, (all, each) => all.Or(each.Guard));

            // A guard that several alternatives share may hold for one without the entry; then no guard says when the entry is there.
            if (maps.Exists(each => each.Map.Find(key) is { } own
                ? !own.Guard.IsAlways && guard.And(each.Guard) is { } both && !both.Implies(own.Guard)
                : (found.Count > 1 || guard.IsAlways) && guard.MeetsWith(each.Guard)))
            {
                return null;
            }

            entries.Add(new Entry(key, ChoiceValue.Of(values), guard, found[0].Entry.KeyPlace) { KeyText = KeyText([.. found.Select(each => each.Entry)]) });
        }

        return new MapValue([.. entries], maps.Exists(each => each.Map.IsObject))
        {
            OpenBecause = maps.Aggregate((ImmutableArray<Cause>?)null, (causes, each) => Both(causes, each.Map.OpenBecause)),
        };
    }

    /// <summary>The text of a key that is known in part; where the entries only look alike, with holes that are none of theirs.</summary>
    private static TextValue? KeyText(IReadOnlyList<Entry> entries)
    {
        if (entries[0].KeyText is not { } first || entries.All(entry => entry.KeyText?.EqualTo(first) == Truth.Yes))
        {
            return entries[0].KeyText;
        }

        var hole = UnknownValue.From(DataType.Text, entries.Select(entry => (Value?)entry.KeyText).OfType<Value>());
        return TextValue.Of(first.Parts.Select(part => part.Hole is null ? part : new TextPart(hole)));
    }

    /// <summary>An element that two alternatives have with opposite guards is there in both cases, if it stands behind those that stand before it. The position where it stands now.</summary>
    private static int Add(List<Item> items, Item item, int last)
    {
        var same = items.FindIndex(last + 1, other => other.Value.EqualTo(item.Value) == Truth.Yes && other.Guard.Opposite is { } opposite && opposite.Equals(item.Guard));
        if (same >= 0)
        {
            items[same] = new Item(items[same].Value);
            return same;
        }

        items.Add(item);
        return items.Count - 1;
    }
}
