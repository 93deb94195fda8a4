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
        foreach (var (key, expected, guard, place) in map.Entries)
        {
            var actual = request.Key(key.ToLowerInvariant());
            var one = actual is null ? Truth.Unknown : Holds(name, actual, expected);
            if (one == Truth.Unknown && causes.Count < Cause.Limit)
            {
                causes.Add(new Cause(UnknownReason.Condition, $"the condition on {key} is not decidable", place, null));
            }

            result = result.And(guard.IsAlways ? one : Truth.Unknown);
        }

        return result;
    }

    private static Truth Holds(string name, Value actual, Value expected)
    {
        var single = name;
        foreach (var quantifier in (ReadOnlySpan<string>)["ForAnyValue:", "ForAllValues:"])
        {
            single = single.StartsWith(quantifier, StringComparison.OrdinalIgnoreCase) ? single[quantifier.Length..] : single;
        }

        single = single.EndsWith("IfExists", StringComparison.OrdinalIgnoreCase) ? single[..^8] : single;
        return single.ToUpperInvariant() switch
        {
            "STRINGEQUALS" or "BOOL" => Any(expected, actual, Equal),
            "STRINGNOTEQUALS" => Any(expected, actual, Equal).Not(),
            "STRINGEQUALSIGNORECASE" => Any(expected, actual, (left, right) => Pattern.Match(left, right, ignoreCase: true)),
            "STRINGLIKE" or "ARNLIKE" or "ARNEQUALS" => Any(expected, actual, (left, right) => Pattern.Match(left, right)),
            "STRINGNOTLIKE" or "ARNNOTLIKE" or "ARNNOTEQUALS" => Any(expected, actual, (left, right) => Pattern.Match(left, right)).Not(),
            "NULL" => Any(expected, new TextValue("false"), Equal),
            _ => Truth.Unknown,
        };
    }

    private static Truth Any(Value expected, Value actual, Func<TextValue, TextValue, Truth> match) => expected switch
    {
        ListValue list => list.Items.Select(item => Any(item.Value, actual, match).And(Model.Answer.Exists(item.Guard))).Append(list.IsOpen ? Truth.Unknown : Truth.No).Any(),
        ChoiceValue choice => Model.Answer.Same(choice.Alternatives.Select(alternative => Any(alternative.Value, actual, match))),
        BoolValue known when actual is TextValue text => match(new TextValue(known.Value ? "true" : "false"), text),
        TextValue pattern when actual is TextValue text => match(pattern, text),
        _ => expected.EqualTo(actual) == Truth.Yes ? Truth.Yes : Truth.Unknown,
    };

    private static Truth Equal(TextValue left, TextValue right) => left.EqualTo(right);
}
