using System.Collections.Immutable;
using Analyzer.Facts.Values;

namespace Analyzer.Kubernetes.Kustomize;

/// <summary>
/// Merges a patch that looks like the object: maps key by key, null deletes, lists by their merge keys where the schema names some and else as a whole; <c>$patch</c>
/// deletes or replaces. What a patch brings keeps the places of the patch.
/// </summary>
internal static class StrategicMerge
{
    private const string Directive = "$patch";

    /// <summary>The value with the patch merged in; null where the patch deletes it.</summary>
    /// <param name="value">What is there; null for nothing.</param>
    /// <param name="patch">What the patch says.</param>
    /// <param name="schema">How lists inside are merged; null where nothing is known.</param>
    internal static Value? Merge(Value? value, Value patch, MergeSchema? schema) => patch switch
    {
        NullValue => null,
        MapValue changes => Map(value is UnknownValue ? value.ToWriteIn() : value as MapValue, changes, schema),
        _ => patch,
    };

    /// <summary>
    /// What kustomize leaves of an object it has merged something into: fields without any value go, wherever maps and merged lists lead to them. A written <c>null</c> stays.
    /// </summary>
    internal static MapValue WithoutBlanks(MapValue map, MergeSchema? schema)
    {
        var entries = map.Entries.RemoveAll(entry => entry.Value is NullValue { Trace.Place.Length: 0 });
        var result = entries.Length == map.Entries.Length ? map : (MapValue)new MapValue(entries) { Place = map.Place, OpenBecause = map.OpenBecause }.With(map.Trace);
        return result.WithEntries(entry => entry.Value switch
        {
            MapValue inner => WithoutBlanks(inner, schema?.Field(entry.Key)),
            ListValue list when schema?.ListField(entry.Key) is var (keys, element) && keys.Length > 0 => list.WithItems(item => item is MapValue inner ? WithoutBlanks(inner, element) : item),
            _ => entry.Value,
        });
    }

    private static MapValue? Map(MapValue? map, MapValue changes, MergeSchema? schema)
    {
        switch (ObjectId.Text(changes[Directive]))
        {
            case "delete":
                return null;
            case "replace":
                return changes.Without(Directive);
        }

        var entries = (map ?? new MapValue([]) { Place = changes.Place }.With(changes.Trace) as MapValue)!.Entries.ToBuilder();
        foreach (var change in changes.Entries)
        {
            if (change.Key == Directive)
            {
                continue;
            }

            var at = IndexOf(entries, change.Key);
            var merged = Field(at < 0 ? map?.Seen(change.Key) : entries[at].Value, change.Key, change.Value, schema);
            if (merged is null)
            {
                if (at >= 0)
                {
                    entries.RemoveAt(at);
                }
            }
            else if (at >= 0)
            {
                entries[at] = entries[at] with { Value = merged };
            }
            else
            {
                entries.Add(change with { Value = merged });
            }
        }

        var source = map ?? changes;
        return (MapValue)new MapValue(entries.ToImmutable()) { Place = source.Place, OpenBecause = source.OpenBecause }.With(source.Trace);
    }

    private static int IndexOf(ImmutableArray<Entry>.Builder entries, string key)
    {
        for (var at = 0; at < entries.Count; at++)
        {
            if (entries[at].Key == key)
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>What nobody knows stays unknown where elements are merged into it.</summary>
    private static Value? Field(Value? value, string name, Value patch, MergeSchema? schema) => patch is ListValue changes && schema?.ListField(name) is var (keys, element)
        ? value is UnknownValue ? value
        : keys.Length == 0 ? Scalars(value as ListValue, changes) : List(value as ListValue, changes, keys, element)
        : Merge(value, patch, schema?.Field(name));

    /// <summary>Lists of scalars that are merged: those of the patch first, each once.</summary>
    private static ListValue Scalars(ListValue? list, ListValue changes)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return (list ?? changes).WithAll(changes.Values.Concat(list?.Values ?? []).Where(value => seen.Add(ObjectId.Text(value))));
    }

    /// <summary>
    /// Elements of the patch come first, merged with those they mean, then the others in their order; of several elements with one key the last stays. Where two keys are in
    /// use (ports), only new elements come first.
    /// </summary>
    private static ListValue? List(ListValue? list, ListValue changes, string[] keys, MergeSchema element)
    {
        var wholesale = changes.Values.OfType<MapValue>().FirstOrDefault(map => map.Entries is [{ Key: Directive }]);
        switch (ObjectId.Text(wholesale?[Directive]))
        {
            case "delete":
                return null;
            case "replace":
                return changes.WithAll(changes.Values.Where(value => !ReferenceEquals(value, wholesale)));
        }

        var stays = keys.Length > 1 && (list?.Values ?? []).Concat(changes.Values).OfType<MapValue>().Any(item => keys.Skip(1).Any(key => item[key] is not null));
        var rest = list?.Values.ToList() ?? [];
        var result = new List<Value>();
        foreach (var change in changes.Values)
        {
            if (change is not MapValue patch || keys.All(key => patch[key] is null or NullValue))
            {
                continue;
            }

            var found = rest.FindIndex(item => Same(item, patch, keys));
            var written = found < 0 ? null : rest[found];
            var again = rest.FindLastIndex(item => Same(item, patch, keys));
            var merged = again > found ? rest[again] : Merge(written, patch, element);
            if (stays && found >= 0 && merged is not (null or MapValue { Entries: [] }))
            {
                rest[found] = merged;
                continue;
            }

            rest.RemoveAll(item => Same(item, patch, keys));
            if (merged is not (null or MapValue { Entries: [] }))
            {
                var earlier = result.FindIndex(item => Same(item, patch, keys));
                if (earlier < 0)
                {
                    result.Add(merged);
                }
                else if (Merge(result[earlier], patch, element) is { } both)
                {
                    result[earlier] = both;
                }
            }
        }

        return (list ?? changes).WithAll(result.Concat(rest));
    }

    /// <summary>Whether two elements have equal keys. A further key that one of them leaves out does not tell them apart.</summary>
    private static bool Same(Value item, MapValue patch, string[] keys)
    {
        if (item is not MapValue map)
        {
            return false;
        }

        var shared = false;
        foreach (var key in keys)
        {
            var (mine, theirs) = (ObjectId.Text(map[key]), ObjectId.Text(patch[key]));
            if (mine == theirs)
            {
                shared |= mine.Length > 0;
            }
            else if (mine.Length > 0 && theirs.Length > 0)
            {
                return false;
            }
        }

        return shared;
    }
}
