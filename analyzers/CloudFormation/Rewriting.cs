using System.Collections.Immutable;
using Analyzer.Facts.Values;

namespace Analyzer.CloudFormation;

/// <summary>Makes written collections anew with other content; what does not change stays the same object.</summary>
internal static class Rewriting
{
    /// <summary>The map with each entry rewritten.</summary>
    internal static MapValue Map(MapValue map, Func<Entry, Entry> rewrite)
    {
        var changed = false;
        var entries = ImmutableArray.CreateBuilder<Entry>(map.Entries.Length);
        foreach (var entry in map.Entries)
        {
            var other = rewrite(entry);
            changed |= !ReferenceEquals(other, entry);
            entries.Add(other);
        }

        return changed ? Of(map, entries.ToImmutable()) : map;
    }

    /// <summary>The list with each element rewritten.</summary>
    internal static ListValue List(ListValue list, Func<Value, Value> rewrite)
    {
        var changed = false;
        var items = ImmutableArray.CreateBuilder<Item>(list.Items.Length);
        foreach (var item in list.Items)
        {
            var value = rewrite(item.Value);
            changed |= !ReferenceEquals(value, item.Value);
            items.Add(ReferenceEquals(value, item.Value) ? item : item with { Value = value });
        }

        return changed ? (ListValue)new ListValue(items.ToImmutable(), list.Kind, list.ElementType) { OpenBecause = list.OpenBecause }.With(list.Trace) : list;
    }

    /// <summary>The map with other entries.</summary>
    internal static MapValue Of(MapValue map, ImmutableArray<Entry> entries) =>
        (MapValue)new MapValue(entries) { Place = map.Place, OpenBecause = map.OpenBecause }.With(map.Trace);
}
