using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Aws;

/// <summary>The form of the ARN of an IAM role: <c>arn:aws:iam::</c>, twelve digits, <c>:role/</c>, path and name.</summary>
internal static class RoleArns
{
    private const int Digits = 12;

    private static readonly Func<char, bool>[] Pieces =
    [
        .. Letters("arn:aws"), .. Letters(":iam::"), .. Enumerable.Repeat<Func<char, bool>>(char.IsAsciiDigit, Digits), .. Letters(":role/"), static unit => !char.IsWhiteSpace(unit),
    ];

    /// <summary>Where the partition goes on: <c>-us-gov</c>, <c>-cn</c>.</summary>
    private static readonly int Partition = "arn:aws".Length;

    /// <summary>Whether a value is such an ARN, or may be one by what stands in its holes; Unknown for what is no text yet.</summary>
    internal static Truth MayBe(Value value) => value switch
    {
        TextValue text => Kleene.Of(Fits(text)),
        ChoiceValue choice => choice.Same(MayBe),
        UnknownValue => Truth.Unknown,
        _ => Truth.No,
    };

    /// <summary>Goes through the text with all places of the form in which it may be by then; a hole may stand for any part of it.</summary>
    private static bool Fits(TextValue text)
    {
        var places = new HashSet<int> { 0 };
        foreach (var part in text.Parts)
        {
            if (part.Literal is not { } literal)
            {
                places = [.. Enumerable.Range(places.Min(), Pieces.Length + 1 - places.Min())];
                continue;
            }

            foreach (var unit in literal)
            {
                places = [.. places.SelectMany(place => After(place, unit))];
                if (places.Count == 0)
                {
                    return false;
                }
            }
        }

        return places.Contains(Pieces.Length);
    }

    private static IEnumerable<int> After(int place, char unit)
    {
        if (place < Pieces.Length && Pieces[place](unit))
        {
            yield return place + 1;
        }

        var goesOn = place == Partition ? char.IsAsciiLetterLower(unit) || unit == '-' : place == Pieces.Length && Pieces[^1](unit);
        if (goesOn)
        {
            yield return place;
        }
    }

    private static IEnumerable<Func<char, bool>> Letters(string letters) => letters.Select(letter => (Func<char, bool>)(unit => unit == letter));
}
