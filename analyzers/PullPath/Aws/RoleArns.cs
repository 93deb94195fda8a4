using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Aws;

/// <summary>The form of the ARN of an IAM role: <c>arn:aws:iam::</c>, twelve digits, <c>:role/</c>, path and name.</summary>
internal static class RoleArns
{
    /// <summary>One sign for each piece: 0 for a digit, * for what the name is made of, any other for itself.</summary>
    private const string Form = "arn:aws:iam::000000000000:role/*";

    /// <summary>Where the partition goes on: <c>-us-gov</c>, <c>-cn</c>.</summary>
    private const int Partition = 7;

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
        Span<bool> places = stackalloc bool[Form.Length + 1];
        places[0] = true;
        foreach (var part in text.Parts)
        {
            if (part.Literal is not { } literal)
            {
                places[places.IndexOf(true)..].Fill(true);
                continue;
            }

            foreach (var unit in literal)
            {
                // From the end, so that one character takes each place one step further.
                for (var place = Form.Length; place >= 0; place--)
                {
                    places[place] = (places[place] && GoesOn(place, unit)) || (place > 0 && places[place - 1] && Is(Form[place - 1], unit));
                }

                if (!places.Contains(true))
                {
                    return false;
                }
            }
        }

        return places[Form.Length];
    }

    /// <summary>Whether a character may stand at a place of the form without leading to the next.</summary>
    private static bool GoesOn(int place, char unit) =>
        place == Partition ? char.IsAsciiLetterLower(unit) || unit == '-' : place == Form.Length && Is(Form[^1], unit);

    private static bool Is(char piece, char unit) => piece switch
    {
        '0' => char.IsAsciiDigit(unit),
        '*' => !char.IsWhiteSpace(unit),
        _ => unit == piece,
    };
}
