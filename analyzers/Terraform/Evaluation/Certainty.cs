using System.Collections.Immutable;
using Analyzer.Facts.Values;

namespace Analyzer.Terraform.Evaluation;

/// <summary>
/// What an expression gave, seen from outside: an error in it is one of the whole configuration, which no <c>try</c> elsewhere catches. So wherever something is deployed, nothing of it failed.
/// </summary>
internal static class Certainty
{
    private const int DepthLimit = 8;
    private const int PartLimit = 1000;

    /// <summary>The value, no part of which may fail any more.</summary>
    internal static Value Of(Value value, int depth = 0)
    {
        var whole = value.WithMayFail(false);
        if (depth == DepthLimit)
        {
            return whole;
        }

        switch (whole)
        {
            case ListValue { Items.Length: <= PartLimit } list when Changed(list.Items, item => item.Value, (item, part) => item with { Value = part }, depth) is { } items:
                return Marked(new ListValue(items, list.Kind, list.ElementType) { OpenBecause = list.OpenBecause, IsUnordered = list.IsUnordered }, list);
            case MapValue { Entries.Length: <= PartLimit } map when Changed(map.Entries, entry => entry.Value, (entry, part) => entry with { Value = part }, depth) is { } entries:
                return Marked(new MapValue(entries, map.IsObject, map.ElementType) { OpenBecause = map.OpenBecause, Place = map.Place }, map);
            case ChoiceValue choice when Changed(choice.Alternatives, each => each.Value, (each, part) => each with { Value = part }, depth) is { } alternatives:
                return Marked(ChoiceValue.Of(alternatives), choice);
            default:
                return whole;
        }
    }

    /// <summary>The parts, where any of them is another than before; null where all are the same.</summary>
    private static ImmutableArray<T>? Changed<T>(ImmutableArray<T> parts, Func<T, Value> valueOf, Func<T, Value, T> with, int depth)
    {
        ImmutableArray<T>.Builder? changed = null;
        for (var at = 0; at < parts.Length; at++)
        {
            var before = valueOf(parts[at]);
            var after = Of(before, depth + 1);
            if (!ReferenceEquals(before, after))
            {
                changed ??= parts.ToBuilder();
                changed[at] = with(parts[at], after);
            }
        }

        return changed?.MoveToImmutable();
    }

    private static Value Marked(Value made, Value from) => made.With(from.Trace).WithSensitive(from.IsSensitive);
}
