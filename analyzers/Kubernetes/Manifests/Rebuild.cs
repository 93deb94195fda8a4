using System.Collections.Immutable;
using Analyzer.Facts.Values;

namespace Analyzer.Kubernetes.Manifests;

/// <summary>Copies of collections with some values changed; the same collection where nothing is.</summary>
internal static class Rebuild
{
    extension(MapValue map)
    {
        /// <summary>The map with other values.</summary>
        internal MapValue WithEntries(Func<Entry, Value> change)
        {
            ImmutableArray<Entry>.Builder? changed = null;
            for (var at = 0; at < map.Entries.Length; at++)
            {
                var value = change(map.Entries[at]);
                if (!ReferenceEquals(value, map.Entries[at].Value))
                {
                    changed ??= map.Entries.ToBuilder();
                    changed[at] = map.Entries[at] with { Value = value };
                }
            }

            return changed is null ? map : map.WithAll(changed.ToImmutable());
        }

        /// <summary>The map with one entry added or replaced.</summary>
        internal MapValue WithEntry(string key, Value value) => map.Find(key) is null
            ? map.WithAll(map.Entries.Add(new Entry(key, value)))
            : map.WithEntries(entry => entry.Key == key ? value : entry.Value);

        /// <summary>The map without an entry.</summary>
        internal MapValue Without(string key) => map.Find(key) is null ? map : map.WithAll(map.Entries.RemoveAll(entry => entry.Key == key));

        /// <summary>What a key leads to; null for nothing. What may be there but is not seen is unknown.</summary>
        internal Value? Seen(string key) => map[key] ?? (map.OpenBecause is { } causes ? new UnknownValue(causes) : null);

        private MapValue WithAll(ImmutableArray<Entry> entries) =>
            (MapValue)new MapValue(entries) { Place = map.Place, OpenBecause = map.OpenBecause }.With(map.Trace);
    }

    extension(Value? value)
    {
        /// <summary>The map to write into: what nobody knows may hold more than is written, everything else but a map gives way to an empty one.</summary>
        internal MapValue ToWriteIn() => value switch
        {
            MapValue map => map,
            UnknownValue unknown => (MapValue)new MapValue([]) { OpenBecause = unknown.Causes }.With(unknown.Trace),
            _ => MapValue.Empty,
        };
    }

    extension(ListValue list)
    {
        /// <summary>The list with other values.</summary>
        internal ListValue WithItems(Func<Value, Value> change)
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

            return changed is null ? list : (ListValue)new ListValue(changed.ToImmutable()) { OpenBecause = list.OpenBecause }.With(list.Trace);
        }

        /// <summary>A list of other elements in the place of this one.</summary>
        internal ListValue WithAll(IEnumerable<Value> values) =>
            (ListValue)new ListValue([.. values.Select(value => new Item(value))]) { OpenBecause = list.OpenBecause }.With(list.Trace);
    }
}
