using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Aws.Policies;

/// <summary>An operator of a condition: <c>StringLike</c>, <c>ForAnyValue:StringEqualsIfExists</c>.</summary>
internal sealed class Comparison
{
    private const string EachValue = "ForAllValues:";

    private readonly string _operator;
    private readonly bool _isMetWithout;

    /// <summary>Takes the name of an operator apart.</summary>
    internal Comparison(string name)
    {
        var single = name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..];
        var ifExists = single.EndsWith("IfExists", StringComparison.OrdinalIgnoreCase);
        _operator = (ifExists ? single[..^"IfExists".Length] : single).ToUpperInvariant();
        _isMetWithout = ifExists || name.StartsWith(EachValue, StringComparison.OrdinalIgnoreCase) || _operator.Contains("NOT", StringComparison.Ordinal);
    }

    /// <summary>Whether it holds for a call that has no such key.</summary>
    internal Truth HoldsWithout(Value expected) => _operator == "NULL" ? Any(expected, new TextValue("true"), Equal) : Kleene.Of(_isMetWithout);

    /// <summary>Whether it holds for a value of the call.</summary>
    /// <param name="actual">The value of the call.</param>
    /// <param name="expected">The written values: one of them is enough.</param>
    /// <param name="holes">What holes in the value of the call stand for.</param>
    internal Truth Holds(Value actual, Value expected, Holes holes) => _operator switch
    {
        "STRINGEQUALS" or "BOOL" => Any(expected, actual, (wanted, text) => Pattern.Equal(wanted, text, holes)),
        "STRINGEQUALSIGNORECASE" => Any(expected, actual, (wanted, text) => Pattern.Equal(wanted, text, holes, ignoreCase: true)),
        "STRINGLIKE" or "ARNLIKE" or "ARNEQUALS" => Any(expected, actual, (wanted, text) => Pattern.Match(wanted, text, holes)),
        "STRINGNOTEQUALS" => Not(expected, Any(expected, actual, Equal), holes),
        "STRINGNOTLIKE" or "ARNNOTLIKE" or "ARNNOTEQUALS" => Not(expected, Any(expected, actual, (wanted, text) => Pattern.Match(wanted, text)), holes),
        "NULL" => Any(expected, new TextValue("false"), Equal),
        _ => Truth.Unknown,
    };

    private static Truth Equal(TextValue wanted, TextValue text) => Pattern.Equal(wanted, text);

    /// <summary>Where any text may fill a hole, some text escapes the written values unless they cover all.</summary>
    private static Truth Not(Value expected, Truth covered, Holes holes) =>
        covered == Truth.Unknown && holes == Holes.Free && expected.IsWhollyKnown ? Truth.Yes : covered.Not();

    private static Truth Any(Value expected, Value actual, Func<TextValue, TextValue, Truth> match) => expected switch
    {
        ListValue list => list.Items.Select(item => Any(item.Value, actual, match).And(Model.Answer.Exists(item.Guard))).Append(list.IsOpen ? Truth.Unknown : Truth.No).Any(),
        ChoiceValue choice => Model.Answer.Same(choice.Alternatives.Select(alternative => Any(alternative.Value, actual, match))),
        BoolValue known when actual is TextValue text => match(new TextValue(known.Value ? "true" : "false"), text),
        TextValue pattern when actual is TextValue text => match(pattern, text),
        _ => expected.EqualTo(actual) == Truth.Yes ? Truth.Yes : Truth.Unknown,
    };
}
