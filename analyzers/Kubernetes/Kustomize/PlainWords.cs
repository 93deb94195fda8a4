using System.Collections.Immutable;
using Analyzer.Facts.Values;

namespace Analyzer.Kubernetes.Kustomize;

/// <summary>
/// Words that are text for kustomize and truth values for everybody else: it reads resources and the patches that it merges as YAML 1.2, in which <c>yes</c>, <c>on</c> and <c>n</c> are nothing special,
/// and quotes them where it writes them. Operations of JSON patches it reads as kubectl does.
/// </summary>
internal static class PlainWords
{
    /// <summary>A value as kustomize reads it; the same one where that makes no difference.</summary>
    internal static Value Read(Value value) => value switch
    {
        BoolValue { Written: { File: not null } place } when IsWord(place.Text) => new TextValue(place.Text) { Written = place },
        MapValue map => Read(map),
        ListValue list => Read(list),
        _ => value,
    };

    /// <summary>A map as kustomize reads it.</summary>
    internal static MapValue Read(MapValue map)
    {
        ImmutableArray<Entry>.Builder? changed = null;
        for (var at = 0; at < map.Entries.Length; at++)
        {
            var entry = map.Entries[at];
            var value = Read(entry.Value);
            var key = entry is { Key: "true" or "false", KeyPlace: { } place } && IsWord(place.Text) ? place.Text : entry.Key;
            if (!ReferenceEquals(value, entry.Value) || !ReferenceEquals(key, entry.Key))
            {
                changed ??= map.Entries.ToBuilder();
                changed[at] = entry with { Key = key, Value = value };
            }
        }

        return changed is null ? map : (MapValue)new MapValue(changed.ToImmutable()) { Place = map.Place, OpenBecause = map.OpenBecause }.With(map.Trace);
    }

    private static ListValue Read(ListValue list)
    {
        ImmutableArray<Item>.Builder? changed = null;
        for (var at = 0; at < list.Items.Length; at++)
        {
            var value = Read(list.Items[at].Value);
            if (!ReferenceEquals(value, list.Items[at].Value))
            {
                changed ??= list.Items.ToBuilder();
                changed[at] = list.Items[at] with { Value = value };
            }
        }

        return changed is null ? list : (ListValue)new ListValue(changed.ToImmutable(), list.Kind, list.ElementType) { OpenBecause = list.OpenBecause }.With(list.Trace);
    }

    private static bool IsWord(string text) => text.Length <= 3 && text.ToUpperInvariant() is ("Y" or "N" or "ON" or "NO" or "YES" or "OFF");
}
