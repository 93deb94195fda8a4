using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Readers.Kubernetes;

/// <summary>Finds all values at a path of an object, and pod specifications in objects of kinds nobody knows.</summary>
internal static class ObjectPaths
{
    private const int DepthLimit = 32;

    /// <summary>The values at a path with their guards; an unknown where one hides what is below it.</summary>
    internal static IEnumerable<Item> Follow(Value root, string path) => Follow(new Item(root), path.Split('.'), 0);

    /// <summary>Any map with a list of containers that name images, wherever it stands.</summary>
    internal static List<Value> PodSpecs(Value root)
    {
        var found = new List<Value>();
        var seen = new HashSet<Value>(ReferenceEqualityComparer.Instance);
        Search(root, 0);
        return found;

        void Search(Value value, int depth)
        {
            if (value is not (MapValue or ListValue) || depth > DepthLimit || !seen.Add(value))
            {
                return;
            }

            if (value is MapValue { Entries: var entries } map)
            {
                if (map["containers"] is ListValue containers && containers.Values.Any(IsContainer))
                {
                    found.Add(map);
                    return;
                }

                foreach (var entry in entries)
                {
                    Search(entry.Value, depth + 1);
                }
            }
            else if (value is ListValue list)
            {
                foreach (var item in list.Items)
                {
                    Search(item.Value, depth + 1);
                }
            }
        }
    }

    private static bool IsContainer(Value value) => value is MapValue map && map["image"] is TextValue or UnknownValue && map["name"] is not null;

    private static IEnumerable<Item> Follow(Item at, string[] path, int index)
    {
        if (index == path.Length)
        {
            return at.Value is NullValue ? [] : [at];
        }

        var part = path[index];
        var isList = part.EndsWith("[]", StringComparison.Ordinal);
        var name = isList ? part[..^2] : part;
        if (name.StartsWith('*') && at.Value is MapValue map)
        {
            return map.Entries.Where(entry => entry.Key.EndsWith(name[1..], StringComparison.Ordinal))
                .SelectMany(entry => And(at.Guard, entry.Guard, entry.Value) is { } next ? Follow(next, path, index + 1) : []);
        }

        if (!isList)
        {
            return Follow(at with { Value = Written.Find(at.Value, name) }, path, index + 1);
        }

        var list = Written.Blocks(at.Value, name);
        var items = list.Items.SelectMany(item => And(at.Guard, item.Guard, item.Value) is { } next ? Follow(next, path, index + 1) : []);
        return list.OpenBecause is { } because ? items.Append(new Item(new UnknownValue(because), at.Guard)) : items;
    }

    private static Item? And(Guard first, Guard second, Value value) => first.And(second) is { } both ? new Item(value, both) : null;
}
