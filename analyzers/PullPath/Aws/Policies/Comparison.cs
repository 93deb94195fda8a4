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

    /// <summary>Whether it holds for a value of the call of which only the owner is known.</summary>
    internal Truth Holds(Owner owner, Value expected) => _operator switch
    {
        _ when owner == Owner.Unknown => Truth.Unknown,
        "STRINGEQUALS" or "STRINGEQUALSIGNORECASE" or "STRINGLIKE" or "ARNLIKE" or "ARNEQUALS" => Any(expected, wanted => Owners.IsOf(wanted, owner)),
        "STRINGNOTEQUALS" or "STRINGNOTLIKE" or "ARNNOTLIKE" or "ARNNOTEQUALS" => Any(expected, wanted => Owners.IsOf(wanted, owner)).Not(),
        "NULL" => Any(expected, new TextValue("false"), Equal),
        _ => Truth.Unknown,
    };

    private static Truth Equal(TextValue wanted, TextValue text) => Pattern.Equal(wanted, text);

    /// <summary>Where any text may fill a hole, some text escapes the written values unless they cover all.</summary>
    private static Truth Not(Value expected, Truth covered, Holes holes) =>
        covered == Truth.Unknown && holes == Holes.Free && expected.IsWhollyKnown ? Truth.Yes : covered.Not();

    private static Truth Any(Value expected, Value actual, Func<TextValue, TextValue, Truth> match) => Any(expected, wanted => (AsText(wanted), AsText(actual)) switch
    {
        ({ } pattern, { } text) => match(pattern, text),
        _ => wanted.EqualTo(actual) == Truth.Yes ? Truth.Yes : Truth.Unknown,
    });

    private static Truth Any(Value expected, Func<Value, Truth> meets) => expected switch
    {
        ListValue list => Model.Answer.Has(list, each => Any(each, meets)),
        ChoiceValue choice => choice.Same(each => Any(each, meets)),
        _ => meets(expected),
    };

    /// <summary>A scalar as the text that is compared; what is unknown is a hole.</summary>
    private static TextValue? AsText(Value value) => value switch
    {
        TextValue text => text,
        BoolValue known => new TextValue(known.Value ? "true" : "false"),
        UnknownValue unknown => TextValue.Of([new TextPart(unknown)]),
        _ => null,
    };
}
