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
        ListValue list => list.WithItems(Read),
        _ => value,
    };

    /// <summary>A map as kustomize reads it.</summary>
    internal static MapValue Read(MapValue map) => map.WithEach(entry =>
    {
        var value = Read(entry.Value);
        var key = entry is { Key: "true" or "false", KeyPlace: { } place } && IsWord(place.Text) ? place.Text : entry.Key;
        return ReferenceEquals(value, entry.Value) && ReferenceEquals(key, entry.Key) ? entry : entry with { Key = key, Value = value };
    });

    private static bool IsWord(string text) => text.Length <= 3 && text.ToUpperInvariant() is ("Y" or "N" or "ON" or "NO" or "YES" or "OFF");
}
