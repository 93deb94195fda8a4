using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath;

/// <summary>
/// Written attributes, three-valued: the value, null when it is proven that nothing is written, an unknown when something unseen could have been written.
/// </summary>
internal static class Written
{
    extension(Resource resource)
    {
        /// <summary>
        /// The value at a path of attribute and block names (<c>kubelet_identity.object_id</c>). Of a list of blocks the first counts: for blocks that may stand once.
        /// </summary>
        internal Value At(string path) => Find(resource.Body, path);

        /// <summary>The block at a path, of those that may stand once.</summary>
        internal Value Block(string path) => Written.Block(resource.Body, path);
    }

    /// <summary>The value at a path below a value.</summary>
    internal static Value Find(Value start, string path)
    {
        if (!path.Contains('.', StringComparison.Ordinal))
        {
            return Step(start, path);
        }

        var value = start;
        foreach (var name in path.Split('.'))
        {
            value = Step(value, name);
        }

        return value;
    }

    /// <summary>The block at a path below a value, of those that may stand once: null for none, which may be written as an empty list; unknown where that is undecided.</summary>
    internal static Value Block(Value start, string path) => First(Find(start, path), path);

    /// <summary>The value at one of two paths, the names that two languages have for one thing: the first that is written.</summary>
    internal static Value Either(Value start, string path, string other) => Find(start, path) is not NullValue and var found ? found : Find(start, other);

    /// <summary>The value of a key that may have dots in it, such as an annotation's.</summary>
    internal static Value FindKey(Value map, string key) => Step(map, key);

    /// <summary>The blocks of a name; a list that may be open.</summary>
    internal static ListValue Blocks(Value parent, string name) => Step(parent, name) switch
    {
        ListValue list => list,
        MapValue map => ListValue.Of([map]),
        NullValue => ListValue.Empty,
        var other => new ListValue([]) { OpenBecause = [.. Cause.Of(other).Take(Cause.Limit).DefaultIfEmpty(NotSeen(name))] },
    };

    private static Value Step(Value value, string name) => value switch
    {
        NullValue => value,
        MapValue map when map.Find(name) is { } entry => entry.Guard.IsAlways
            ? entry.Value
            : new UnknownValue([.. entry.Guard.Causes.Take(Cause.Limit)]),
        MapValue { OpenBecause: { } because } => new UnknownValue([.. because.Take(Cause.Limit).DefaultIfEmpty(NotSeen(name))]),
        MapValue => NullValue.Instance,
        ListValue => Step(First(value, name), name),
        ChoiceValue choice => ChoiceValue.Of(choice.Alternatives.Select(each => each with { Value = Step(each.Value, name) })),
        UnknownValue unknown => unknown.Element is { } element ? Step(element, name) : new UnknownValue(unknown.Causes),
        _ => NullValue.Instance,
    };

    private static Value First(Value blocks, string name) => blocks switch
    {
        ListValue { Items: [{ Guard.IsAlways: true } first, ..] } => first.Value,
        ListValue { Items: [var guarded, ..] } => new UnknownValue([.. guarded.Guard.Causes.Take(Cause.Limit)]),
        ListValue { OpenBecause: { } because } => new UnknownValue([.. because.Take(Cause.Limit).DefaultIfEmpty(NotSeen(name))]),
        ListValue => NullValue.Instance,
        ChoiceValue choice => ChoiceValue.Of(choice.Alternatives.Select(each => each with { Value = First(each.Value, name) })),
        _ => blocks,
    };

    private static Cause NotSeen(string name) => new(UnknownReason.OpenWorld, $"\"{name}\" may be written where it is not seen", null, null);
}
