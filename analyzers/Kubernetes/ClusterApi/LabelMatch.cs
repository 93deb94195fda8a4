using Analyzer.Facts.Values;

namespace Analyzer.Kubernetes.ClusterApi;

/// <summary>Selectors on labels as objects write them: <c>matchLabels</c> and <c>matchExpressions</c>, all of which must hold.</summary>
internal static class LabelMatch
{
    private const string Pairs = "matchLabels";
    private const string Expressions = "matchExpressions";

    /// <summary>True for a selector that certainly asks nothing.</summary>
    internal static bool AsksNothing(Value? selector) =>
        selector.ToWriteIn() is { IsOpen: false } map && map[Pairs] is null or NullValue or MapValue { Entries: [], IsOpen: false } && map[Expressions] is null or NullValue or ListValue { Items: [], IsOpen: false };

    /// <summary>Whether labels are as a selector asks.</summary>
    internal static Truth Fits(Value? selector, Value? labels)
    {
        var asked = selector.ToWriteIn();
        var there = labels.ToWriteIn();
        var pairs = asked.Seen(Pairs).ToWriteIn();
        return Rest(pairs.IsOpen).And(pairs.Entries.All(pair => Is(there.Seen(pair.Key), pair.Value))).And(asked.Seen(Expressions) switch
        {
            null or NullValue => Truth.Yes,
            ListValue list => Rest(list.IsOpen).And(list.Values.All(expression => Holds(expression, there))),
            _ => Truth.Unknown,
        });
    }

    /// <summary>What is not seen of a conjunction may say no.</summary>
    private static Truth Rest(bool isOpen) => isOpen ? Truth.Unknown : Truth.Yes;

    private static Truth Holds(Value expression, MapValue labels)
    {
        if (expression is not MapValue map || map["key"] is not TextValue { Known: { } key } || map["operator"] is not TextValue { Known: { } word })
        {
            return Truth.Unknown;
        }

        var label = labels.Seen(key);
        return word switch
        {
            "Exists" => Is(label),
            "DoesNotExist" => Is(label).Not(),
            "In" => IsOneOf(label, map.Seen("values")),
            "NotIn" => IsOneOf(label, map.Seen("values")).Not(),
            _ => Truth.Unknown,
        };
    }

    /// <summary>Whether there is a label of that value, or of any.</summary>
    private static Truth Is(Value? label, Value? value = null) => label switch
    {
        null or NullValue => Truth.No,
        _ when value is not null => label.EqualTo(value),
        UnknownValue { Reference: null } => Truth.Unknown,
        _ => Truth.Yes,
    };

    private static Truth IsOneOf(Value? label, Value? values) => label is null or NullValue ? Truth.No
        : values is ListValue list ? list.Values.Any(value => Is(label, value)).Or(list.IsOpen ? Truth.Unknown : Truth.No)
        : Truth.Unknown;
}
