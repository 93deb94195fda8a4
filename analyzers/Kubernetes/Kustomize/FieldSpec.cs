using System.Collections.Immutable;
using Analyzer.Facts.Values;

namespace Analyzer.Kubernetes.Kustomize;

/// <summary>
/// A field in objects of some kinds. Its path has '/' between the keys; lists on the way mean all their elements.
/// </summary>
/// <param name="Path">Keys from the object to the field; <c>\/</c> is a slash in a key, a trailing <c>[]</c> says that the key holds a list.</param>
/// <param name="Kind">The kind of object; empty for any.</param>
/// <param name="Group">Its group; empty for any.</param>
/// <param name="Version">Its version; empty for any.</param>
/// <param name="Create">Whether the field is made where it is missing.</param>
internal sealed record FieldSpec(string Path, string Kind = "", string Group = "", string Version = "", bool Create = false)
{
    private readonly string[] _keys = Split(Path);

    /// <summary>Whether an object is of the kinds meant.</summary>
    internal bool Fits(ObjectId id) =>
        (Kind.Length == 0 || Kind == id.Kind) && (Group.Length == 0 || Group == id.Group) && (Version.Length == 0 || Version == id.Version);

    /// <summary>The object with the field changed, wherever the path leads to one.</summary>
    /// <param name="body">The object.</param>
    /// <param name="change">What becomes of a value; null stands for a field that is made.</param>
    internal MapValue Apply(MapValue body, Func<Value?, Value> change) => At(body, 0, change) as MapValue ?? body;

    /// <inheritdoc/>
    public bool Equals(FieldSpec? other) => other is not null && Path == other.Path && Kind == other.Kind && Group == other.Group && Version == other.Version && Create == other.Create;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Path, Kind, Group);

    private Value At(Value value, int index, Func<Value?, Value> change)
    {
        if (index == _keys.Length)
        {
            return change(value);
        }

        if (value is ListValue list)
        {
            return list.WithItems(item => At(item, index, change));
        }

        if (value is not MapValue map)
        {
            return value;
        }

        var isList = _keys[index].EndsWith("[]", StringComparison.Ordinal);
        var key = isList ? _keys[index][..^2] : _keys[index];
        if (map[key] is { } found and not NullValue)
        {
            var changed = At(found, index + 1, change);
            return ReferenceEquals(changed, found) ? map : map.WithEntry(key, changed);
        }

        if (!Create || isList)
        {
            return map;
        }

        var unseen = map.Seen(key) as UnknownValue;
        return map.WithEntry(key, index + 1 == _keys.Length ? change(unseen) : At((Value?)unseen ?? MapValue.Empty, index + 1, change));
    }

    private static string[] Split(string path)
    {
        if (!path.Contains('\\', StringComparison.Ordinal))
        {
            return path.TrimStart('/').Split('/');
        }

        var keys = ImmutableArray.CreateBuilder<string>();
        foreach (var part in path.TrimStart('/').Split('/'))
        {
            if (keys.Count > 0 && keys[^1].EndsWith('\\'))
            {
                keys[^1] = keys[^1][..^1] + "/" + part;
            }
            else
            {
                keys.Add(part);
            }
        }

        return [.. keys];
    }
}
