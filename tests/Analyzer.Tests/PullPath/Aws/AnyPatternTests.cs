using System.Text.RegularExpressions;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws.Policies;
using FsCheck;
using FsCheck.Fluent;

namespace Analyzer.Tests.PullPath.Aws;

/// <summary>For any pattern and any text: what is known is matched as a regular expression would, and what is said of a text with a hole holds for every filling.</summary>
public class AnyPatternTests
{
    private static readonly Gen<string> Texts = Gen.Elements('a', 'A', 'b', ':').ArrayOf().Select(letters => new string(letters));

    private static readonly Gen<string> Patterns = Gen.Elements('a', 'A', 'b', ':', '*', '?').ArrayOf().Select(letters => new string(letters));

    private static Config Rounds => Config.QuickThrowOnFailure.WithMaxTest(1000).WithReplay(20, 1971);

    [Fact]
    public void A_known_text_matches_as_by_a_regular_expression() => Check.One(Rounds, Prop.ForAll(Arb.From(Patterns), Arb.From(Texts), (pattern, text) =>
        Is(Pattern.Match(new TextValue(pattern), new TextValue(text)), pattern, text, RegexOptions.None)
        && Is(Pattern.Match(new TextValue(pattern), new TextValue(text), ignoreCase: true), pattern, text, RegexOptions.IgnoreCase)));

    [Fact]
    public void What_is_said_of_a_text_with_a_hole_holds_for_every_filling()
    {
        var fillings = Gen.Elements('a', 'A', 'b').ArrayOf().Select(letters => new string(letters));
        Check.One(Rounds, Prop.ForAll(Arb.From(Patterns), Arb.From(Gen.Zip(Texts, Texts)), Arb.From(fillings), (pattern, around, filling) =>
        {
            var holed = TextValue.Of([new TextPart(around.Item1), new TextPart(new UnknownValue(UnknownReason.NoValue, "anything")), new TextPart(around.Item2)]);
            var said = Pattern.Match(new TextValue(pattern), holed);
            return said == Truth.Unknown || said == Pattern.Match(new TextValue(pattern), new TextValue(around.Item1 + filling + around.Item2));
        }));
    }

    [Fact]
    public void Stars_stand_for_themselves_where_texts_are_to_be_equal() => Check.One(Rounds, Prop.ForAll(Arb.From(Patterns), Arb.From(Patterns), (wanted, text) =>
        Pattern.Equal(new TextValue(wanted), new TextValue(text)) == Kleene.Of(wanted == text)));

    [Fact]
    public void Many_stars_cost_no_more_than_the_product_of_both_lengths() =>
        Assert.Equal(Truth.No, Pattern.Match(new TextValue(string.Concat(Enumerable.Repeat("*a", 1000)) + "b"), new TextValue(new string('a', 4000))));

    private static bool Is(Truth said, string pattern, string text, RegexOptions options) =>
        said == Kleene.Of(Regex.IsMatch(text, $@"\A{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal)}\z", options));
}
