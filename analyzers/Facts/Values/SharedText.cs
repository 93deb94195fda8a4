namespace Analyzer.Facts.Values;

/// <summary>What all texts that a value may be have in common.</summary>
public static class SharedText
{
    /// <summary>
    /// The text that a value fits in any case: a text itself; of a choice what its alternatives begin and end with, around a hole. Null where nothing is shared.
    /// </summary>
    public static TextValue? Of(Value value) => value switch
    {
        TextValue text => text,
        ChoiceValue choice => OfAlternatives(choice),
        _ => null,
    };

    private static TextValue? OfAlternatives(ChoiceValue choice)
    {
        string? prefix = null, suffix = null;
        var shortest = int.MaxValue;
        foreach (var alternative in choice.Alternatives)
        {
            if (Ends(alternative.Value) is not var (start, end))
            {
                return null;
            }

            prefix = prefix is null ? start : prefix[..prefix.AsSpan().CommonPrefixLength(start)];
            suffix = suffix is null ? end : SharedEnd(suffix, end);
            shortest = alternative.Value is TextValue { Known.Length: var length } ? Math.Min(shortest, length) : shortest;
        }

        // The shared ends of a short text may overlap: what begins it is not counted again at its end.
        suffix = suffix!.Length > shortest - prefix!.Length ? suffix[^Math.Max(shortest - prefix.Length, 0)..] : suffix;
        return prefix.Length + suffix.Length == 0 ? null : TextValue.Of([new TextPart(prefix), new TextPart(choice), new TextPart(suffix)]);
    }

    private static (string Start, string End)? Ends(Value value) => value switch
    {
        TextValue { Known: { } known } => (known, known),
        TextValue text => (text.Prefix, text.Suffix),
        UnknownValue unknown => (unknown.Prefix, ""),
        _ => null,
    };

    private static string SharedEnd(string one, string other)
    {
        var length = 0;
        while (length < Math.Min(one.Length, other.Length) && one[^(length + 1)] == other[^(length + 1)])
        {
            length++;
        }

        return one[(one.Length - length)..];
    }
}
