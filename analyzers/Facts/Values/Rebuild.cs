using System.Collections.Immutable;

namespace Analyzer.Facts.Values;

/// <summary>Copies of collections with some of their parts changed: what is known of the whole stays, and where nothing changes it is the same object.</summary>
public static class Rebuild
{
    /// <summary>The map with each entry changed.</summary>
    public static MapValue WithEach(this MapValue map, Func<Entry, Entry> change)
    {
        ImmutableArray<Entry>.Builder? changed = null;
        for (var at = 0; at < map.Entries.Length; at++)
        {
            var entry = change(map.Entries[at]);
            if (!ReferenceEquals(entry, map.Entries[at]))
            {
                changed ??= map.Entries.ToBuilder();
                changed[at] = entry;
            }
        }

        return changed is null ? map : map.WithAll(changed.ToImmutable());
    }

    /// <summary>The map with other values.</summary>
    public static MapValue WithEntries(this MapValue map, Func<Entry, Value> change) => map.WithEach(entry => change(entry) is var value && ReferenceEquals(value, entry.Value) ? entry : entry with { Value = value });

    /// <summary>The map with one entry added or replaced.</summary>
    public static MapValue WithEntry(this MapValue map, string key, Value value) => map.Find(key) is null
        ? map.WithAll(map.Entries.Add(new Entry(key, value)))
        : map.WithEntries(entry => entry.Key == key ? value : entry.Value);

    /// <summary>The map without an entry.</summary>
    public static MapValue Without(this MapValue map, string key) => map.Find(key) is null ? map : map.WithAll(map.Entries.RemoveAll(entry => entry.Key == key));

    /// <summary>A map of other entries in the place of this one.</summary>
    public static MapValue WithAll(this MapValue map, ImmutableArray<Entry> entries) =>
        (MapValue)new MapValue(entries, map.IsObject, map.ElementType) { Place = map.Place, OpenBecause = map.OpenBecause }.With(map.Trace);

    /// <summary>What a key leads to; null for nothing. What may be there but is not seen is unknown.</summary>
    public static Value? Seen(this MapValue map, string key) => map[key] ?? (map.OpenBecause is { } causes ? new UnknownValue(causes) : null);

    /// <summary>The map to write into: what nobody knows may hold more than is written, everything else but a map gives way to an empty one.</summary>
    public static MapValue ToWriteIn(this Value? value) => value switch
    {
        MapValue map => map,
        UnknownValue unknown => (MapValue)new MapValue([]) { OpenBecause = unknown.Causes }.With(unknown.Trace),
        _ => MapValue.Empty,
    };

    /// <summary>The list with other values.</summary>
    public static ListValue WithItems(this ListValue list, Func<Value, Value> change)
    {
        ImmutableArray<Item>.Builder? changed = null;
        for (var at = 0; at < list.Items.Length; at++)
        {
            var value = change(list.Items[at].Value);
            if (!ReferenceEquals(value, list.Items[at].Value))
            {
                changed ??= list.Items.ToBuilder();
                changed[at] = list.Items[at] with { Value = value };
            }
        }

        return changed is null ? list : (ListValue)new ListValue(changed.ToImmutable(), list.Kind, list.ElementType) { OpenBecause = list.OpenBecause, IsUnordered = list.IsUnordered }.With(list.Trace);
    }

    /// <summary>The list with more that was not seen.</summary>
    public static ListValue Opened(this ListValue list, ImmutableArray<Cause> because) =>
        (ListValue)new ListValue(list.Items, list.Kind, list.ElementType) { OpenBecause = because, IsUnordered = list.IsUnordered }.With(list.Trace);

    /// <summary>A list of other elements in the place of this one.</summary>
    public static ListValue WithAll(this ListValue list, IEnumerable<Value> values) => (ListValue)new ListValue([.. values.Select(value => new Item(value))]) { OpenBecause = list.OpenBecause }.With(list.Trace);
}
