using System.Collections.Immutable;
using Analyzer.Facts.Values;

namespace Analyzer.Languages.Operations;

/// <summary>Collections with something changed and everything else kept, trace and marks apart.</summary>
internal static class CollectionChanges
{
    extension(ListValue list)
    {
        /// <summary>The same list, with more that was not seen.</summary>
        internal ListValue Opened(ImmutableArray<Cause> because) => new(list.Items, list.Kind, list.ElementType) { OpenBecause = because, IsUnordered = list.IsUnordered };

        /// <summary>The same list of changed elements.</summary>
        internal ListValue Each(Func<Value, Value> change) =>
            new([.. list.Items.Select(item => item with { Value = change(item.Value) })], list.Kind, list.ElementType) { OpenBecause = list.OpenBecause, IsUnordered = list.IsUnordered };
    }

    extension(MapValue map)
    {
        /// <summary>The same map of changed values.</summary>
        internal MapValue Each(Func<Value, Value> change) =>
            new([.. map.Entries.Select(entry => entry with { Value = change(entry.Value) })], map.IsObject, map.ElementType) { OpenBecause = map.OpenBecause, Place = map.Place };
    }
}
