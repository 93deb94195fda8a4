using System.Globalization;
using Analyzer.Facts.Values;

namespace Analyzer.Kubernetes.Kustomize;

/// <summary>Paths as replacements write them: keys with dots between, <c>[name=x]</c> for an element, an index, <c>*</c> for all.</summary>
internal static class FieldPath
{
    /// <summary>The parts of a path. Dots in brackets or behind a backslash belong to a part; one at the start means nothing.</summary>
    internal static List<string> Split(string path)
    {
        var parts = new List<string>();
        var start = path.Length > 1 && path[0] == '.' ? 1 : 0;
        var depth = 0;
        for (var at = start; at <= path.Length; at++)
        {
            if (at == path.Length || (path[at] == '.' && depth == 0 && (at == 0 || path[at - 1] != '\\')))
            {
                var part = path[start..at].Replace("\\.", ".", StringComparison.Ordinal);
                parts.Add(part.StartsWith('[') && part.EndsWith(']') && !part.Contains('=', StringComparison.Ordinal) ? part[1..^1] : part);
                start = at + 1;
            }
            else if (path[at] == '[')
            {
                depth++;
            }
            else if (path[at] == ']' && depth > 0)
            {
                depth--;
            }
        }

        return parts;
    }

    /// <summary>What a part leads to; null for nothing. What may be there but is not seen is unknown, and so is all in it.</summary>
    internal static Value? Step(Value? value, string part) => value switch
    {
        UnknownValue => value,
        MapValue map => map.Seen(part),
        ListValue list when Element(part) is var (key, wanted) => list.Values.FirstOrDefault(item => Has(item, key, wanted)),
        ListValue list when int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < list.Items.Length => list.Items[index].Value,
        _ => null,
    };

    /// <summary>The value with everything changed that the path leads to, and whether it led to anything.</summary>
    internal static (Value Changed, bool Any) Set(Value value, IReadOnlyList<string> path, bool create, Func<Value?, Value> change) => At(value, path, 0, create, change);

    private static (Value Changed, bool Any) At(Value value, IReadOnlyList<string> path, int index, bool create, Func<Value?, Value> change)
    {
        if (index == path.Count)
        {
            return (change(value), true);
        }

        var part = path[index];
        switch (value)
        {
            case MapValue map when part == "*" && map["*"] is null:
                var found = false;
                var all = map.WithEntries(entry =>
                {
                    var (inner, any) = At(entry.Value, path, index + 1, create, change);
                    found |= any;
                    return inner;
                });
                return (all, found);
            case MapValue map when map[part] is { } inside and not NullValue:
                var (changed, anything) = At(inside, path, index + 1, create, change);
                return (map.WithEntry(part, changed), anything);
            // What nobody knows stays unknown, whatever is changed in it.
            case UnknownValue:
            case MapValue { IsOpen: true } when !create || index + 1 < path.Count:
                return (value, true);
            case MapValue map when create:
                return (map.WithEntry(part, index + 1 == path.Count ? change(null) : At(MapValue.Empty, path, index + 1, create, change).Changed), true);
            case ListValue list:
                return InList(list, part, path, index, create, change);
            default:
                return (value, false);
        }
    }

    private static (Value Changed, bool Any) InList(ListValue list, string part, IReadOnlyList<string> path, int index, bool create, Func<Value?, Value> change)
    {
        var (any, at) = (false, 0);
        var element = Element(part);
        var result = list.WithItems(item =>
        {
            var meant = part == "*" || (element is var (key, wanted) ? Has(item, key, wanted) : part == at.ToString(CultureInfo.InvariantCulture));
            at++;
            if (!meant)
            {
                return item;
            }

            var (inner, found) = At(item, path, index + 1, create, change);
            any |= found;
            return inner;
        });
        if (!any && create && element is var (newKey, newValue))
        {
            var made = At(MapValue.Of((newKey, new TextValue(newValue))), path, index + 1, create, change).Changed;
            return (list.WithAll(list.Values.Append(made)), true);
        }

        return (result, any);
    }

    private static (string Key, string Value)? Element(string part) => part.StartsWith('[') && part.EndsWith(']') && part.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals
        ? (part[1..equals], part[(equals + 1)..^1])
        : null;

    private static bool Has(Value item, string key, string wanted) => key.Length == 0 ? ObjectId.Text(item) == wanted : item is MapValue map && map[key] is { } value && ObjectId.Text(value) == wanted;
}
