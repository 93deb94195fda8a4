using System.Collections.Immutable;
using System.Globalization;
using Analyzer.Facts.Values;

namespace Analyzer.Kubernetes.Kustomize;

/// <summary>Carries out the operations of a JSON patch (RFC 6902).</summary>
internal static class JsonPatch
{
    /// <summary>The object after all operations; or what is wrong with the first that cannot be carried out, and where.</summary>
    internal static (MapValue? Body, string? Wrong, Value? At) Apply(MapValue body, IReadOnlyList<Value> operations)
    {
        Value current = body;
        foreach (var written in operations)
        {
            if (written is not MapValue operation || ObjectId.Text(operation["op"]) is not { Length: > 0 } op || operation["path"] is not TextValue { Known: { } path })
            {
                return (null, "an operation has no \"op\" and \"path\"", written);
            }

            var value = operation["value"] ?? NullValue.Instance;
            var pointer = Pointer(path);
            var (changed, wrong) = op switch
            {
                "add" => Change(current, pointer, Kind.Add, value),
                "replace" => Change(current, pointer, Kind.Replace, value),
                "remove" => Change(current, pointer, Kind.Remove, value),
                "test" => Find(current, pointer)?.EqualTo(value) == Truth.No ? (null, $"the test of {path} fails") : (current, null),
                "copy" or "move" => Carry(current, operation, pointer, op == "move"),
                _ => (null, $"no operation is called \"{op}\""),
            };
            if (changed is null)
            {
                return (null, wrong, operation["path"]);
            }

            current = changed;
        }

        return current is MapValue result ? (result, null, null) : (null, "it replaces the whole object by something else", null);
    }

    private enum Kind
    {
        Add,
        Replace,
        Remove,
    }

    private static (Value? Changed, string? Wrong) Carry(Value current, MapValue operation, string[] pointer, bool moves)
    {
        var from = Pointer(ObjectId.Text(operation["from"]));
        if (Find(current, from) is not { } carried)
        {
            return (null, $"there is no {string.Join('/', from)}");
        }

        var (rest, wrong) = moves ? Change(current, from, Kind.Remove, carried) : (current, null);
        return rest is null ? (null, wrong) : Change(rest, pointer, Kind.Add, carried);
    }

    private static Value? Find(Value value, ReadOnlySpan<string> pointer)
    {
        foreach (var key in pointer)
        {
            var next = value switch
            {
                UnknownValue => value,
                MapValue map => map.Seen(key),
                ListValue list when Index(key, list.Items.Length) is { } at && at < list.Items.Length => list.Items[at].Value,
                _ => null,
            };
            if (next is null)
            {
                return null;
            }

            value = next;
        }

        return value;
    }

    private static (Value? Changed, string? Wrong) Change(Value value, ReadOnlySpan<string> pointer, Kind kind, Value given)
    {
        if (pointer.Length == 0)
        {
            return kind == Kind.Remove ? (null, "it removes the whole object") : (given, null);
        }

        var (key, isLast) = (pointer[0], pointer.Length == 1);
        switch (value)
        {
            // What nobody knows stays unknown, whatever is changed in it.
            case UnknownValue:
                return (value, null);
            case MapValue map when isLast:
                // The library of kustomize lets an entry be replaced that is not there.
                return kind != Kind.Remove ? (map.WithEntry(key, given), null) : map.Seen(key) is null ? (null, $"there is no {key}") : (map.Without(key), null);
            case MapValue map:
                if (map.Seen(key) is not { } inner)
                {
                    return (null, $"there is no {key}");
                }

                var (changed, wrong) = Change(inner, pointer[1..], kind, given);
                return changed is null ? (null, wrong) : (map.WithEntry(key, changed), null);
            case ListValue list:
                return InList(list, key, pointer, kind, given);
            default:
                return (null, $"{key} is looked for in something that has no parts");
        }
    }

    private static (Value? Changed, string? Wrong) InList(ListValue list, string key, ReadOnlySpan<string> pointer, Kind kind, Value given)
    {
        var items = list.Items.Select(item => item.Value).ToImmutableArray();
        if (pointer.Length == 1 && kind == Kind.Add)
        {
            return key == "-" ? (list.WithAll(items.Add(given)), null)
                : Index(key, items.Length) is { } place && place <= items.Length ? (list.WithAll(items.Insert(place, given)), null)
                : (null, $"there is no element {key}");
        }

        if (Index(key, items.Length) is not { } at || at >= items.Length)
        {
            return (null, $"there is no element {key}");
        }

        if (pointer.Length == 1)
        {
            return (list.WithAll(kind == Kind.Remove ? items.RemoveAt(at) : items.SetItem(at, given)), null);
        }

        var (changed, wrong) = Change(items[at], pointer[1..], kind, given);
        return changed is null ? (null, wrong) : (list.WithAll(items.SetItem(at, changed)), null);
    }

    /// <summary>The position an index means; negative ones count from the end, as in the library kustomize uses.</summary>
    private static int? Index(string key, int length) =>
        !int.TryParse(key, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index) ? null : index >= 0 ? index : index + length >= 0 ? index + length : null;

    private static string[] Pointer(string path) => path.Length == 0
        ? []
        : [.. path.Split('/').Skip(path[0] == '/' ? 1 : 0).Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];
}
