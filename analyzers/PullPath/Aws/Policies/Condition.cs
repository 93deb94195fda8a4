using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Aws.Policies;

/// <summary>Decides the conditions of a statement from the keys that are known for the call; all others leave it Unknown.</summary>
public static class Condition
{
    /// <summary>Whether a condition holds; Yes for none.</summary>
    public static Truth Decide(Value? condition, AccessRequest request, List<Cause> causes)
    {
        switch (condition)
        {
            case null or NullValue:
                return Truth.Yes;
            case MapValue operators:
                var result = operators.IsOpen ? Truth.Unknown : Truth.Yes;
                foreach (var one in operators.Entries)
                {
                    result = result.And(Operator(one.Key, one.Value, request, causes)).And(one.Guard.IsAlways ? Truth.Yes : Truth.Unknown);
                }

                return result;
            default:
                causes.AddRange(Cause.Of(condition).Take(Cause.Limit));
                return Truth.Unknown;
        }
    }

    private static Truth Operator(string name, Value keys, AccessRequest request, List<Cause> causes)
    {
        if (keys is not MapValue map)
        {
            return Truth.Unknown;
        }

        // A key with a hole ("<issuer>:sub") leaves its map open, because it could be any key; in a condition it is a key of its own.
        var holes = map.Entries.Where(entry => entry.KeyText is not null).SelectMany(entry => Cause.Of(entry.KeyText!)).ToHashSet();
        var result = map.OpenBecause is { } because && !because.All(holes.Contains) ? Truth.Unknown : Truth.Yes;
        var comparison = new Comparison(name);
        foreach (var entry in map.Entries)
        {
            var (key, expected, guard, place) = entry;
            var lower = (StartOf(entry.KeyText) + key).ToLowerInvariant();
            var one = request.Key(lower) switch
            {
                null => comparison.Holds(request.Owner(lower), expected),
                ChoiceValue choice => choice.Same(actual => Holds(comparison, actual, expected, request)),
                var actual => Holds(comparison, actual, expected, request),
            };
            if (one == Truth.Unknown && causes.Count < Cause.Limit)
            {
                causes.Add(new Cause(UnknownReason.Condition, $"the condition on {key} is not decidable", place, null));
            }

            result = result.And(guard.IsAlways ? one : Truth.Unknown);
        }

        return result;
    }

    private static Truth Holds(Comparison comparison, Value actual, Value expected, AccessRequest request) =>
        actual is NullValue ? comparison.HoldsWithout(expected) : comparison.Holds(actual, expected, request.KeyHoles);

    /// <summary>What is known of the hole a key begins with: an issuer is an address, an ARN begins as all do.</summary>
    internal static string StartOf(TextValue? key) => key?.Parts is [{ Hole: UnknownValue hole }, ..] ? hole is { Prefix: "", Reference.Attribute: "arn" } ? "arn:" : hole.Prefix : "";
}
