using Analyzer.Languages.Operations;
using static Analyzer.Tests.Languages.ExpressionBench;

namespace Analyzer.Tests.Languages.Operations;

/// <summary>Text is composed (NFC) wherever it becomes a value.</summary>
public class CompositionTests
{
    [Theory]
    [InlineData("plain – text", "plain – text")]
    [InlineData("e\u0301x", "\u00e9x")]
    [InlineData("q\u0307\u0323", "q\u0323\u0307")] // marks in the order of their classes
    [InlineData("\u1e0b\u0323", "\u1e0d\u0307")] // taken apart and put together in another way
    [InlineData("a\u0315\u0300", "\u00e0\u0315")]
    [InlineData("\u1112\u1161\u11ab", "\ud55c")] // letters to a syllable
    [InlineData("\u212b\u2126", "\u00c5\u03a9")] // signs that are letters
    [InlineData("\u0958", "\u0915\u093c")] // never put together
    [InlineData("\ud834\udd57\ud834\udd65", "\ud834\udd57\ud834\udd65")]
    [InlineData("\u0301e", "\u0301e")]
    [InlineData("日本語", "日本語")]
    public void A_text_has_one_composed_form(string text, string composed) => Assert.Equal(composed, Composition.Of(text));

    [Fact]
    public void Very_many_marks_take_no_time() => Assert.Equal(200_001, Composition.Of("x" + string.Concat(Enumerable.Repeat("\u0315\u0323", 100_000))).Length);

    [Theory]
    [InlineData("""
        "e\u0301" == "\u00e9"
        """, "true")]
    [InlineData("""
        length("${"e"}${"\u0301"}")
        """, "1")]
    [InlineData("""
        strrev("e\u0301x") == "x\u00e9"
        """, "true")]
    [InlineData("""
        { "e\u0301" = 1 }["\u00e9"]
        """, "1")]
    [InlineData("""
        join("", ["e", "\u0301"]) == "\u00e9"
        """, "true")]
    public void Literals_and_what_is_computed_are_composed(string expression, string value) => Assert.Equal(value, Shown(Evaluated(expression.Trim())));
}
