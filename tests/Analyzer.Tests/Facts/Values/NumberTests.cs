using Analyzer.Facts.Values;

namespace Analyzer.Tests.Facts.Values;

public class NumberTests
{
    private static Number N(string text) => Number.TryParse(text, out var number) ? number : throw new FormatException(text);

    [Theory]
    [InlineData("007", "7")]
    [InlineData("-0.50", "-0.5")]
    [InlineData("6.02e+2", "602")]
    [InlineData("1E-2", "0.01")]
    [InlineData("1e30", "1000000000000000000000000000000")]
    [InlineData("12345678901234567890.5", "12345678901234567890.5")]
    [InlineData("1e-40", "0.0000000000000000000000000000000000000001")]
    public void Text_reads_back_as_plain_decimal(string text, string plain) => Assert.Equal(plain, N(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("1e")]
    [InlineData("0x1F")]
    [InlineData(" 1")]
    [InlineData("1e99999999")]
    public void What_is_no_number_or_too_large_is_refused(string text) => Assert.False(Number.TryParse(text, out _));

    [Fact]
    public void A_third_has_512_bits_and_three_of_it_are_one()
    {
        var third = N("1").Over(N("3"))!.Value;
        Assert.Equal("0." + new string('3', 154) + "5", third.ToString());
        Assert.Equal(N("1"), third.Times(N("3")));
    }

    [Fact]
    public void Decimals_add_without_error() => Assert.Equal(N("0.3"), N("0.1").Plus(N("0.2")));

    [Theory]
    [InlineData("-7", "3", "-1")]
    [InlineData("7", "-3", "1")]
    [InlineData("5.5", "2", "1.5")]
    [InlineData("5", "0", "5")]
    public void The_remainder_has_the_sign_of_the_dividend(string left, string right, string expected) => Assert.Equal(N(expected), N(left).Modulo(N(right)));

    [Fact]
    public void Comparison_crosses_representations() => Assert.True(N("1e40").CompareTo(N("5")) > 0 && N("-1e40").CompareTo(N("5")) < 0);

    [Fact]
    public void A_quotient_by_zero_is_infinite_and_that_of_zero_is_none()
    {
        Assert.Equal(Number.Infinity, N("1").Over(N("0")));
        Assert.True(N("-1").Over(N("0"))!.Value.CompareTo(N("-1e4000")) < 0);
        Assert.Null(N("0").Over(N("0")));
    }
}
