using Analyzer.Facts.Text;

namespace Analyzer.Tests.Facts.Text;

public class SpellingTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("api", "api", 0)]
    [InlineData("api", "", 3)]
    [InlineData("", "api", 3)]
    [InlineData("api", "apl", 1)]
    [InlineData("api", "apis", 1)]
    [InlineData("orders", "oders", 1)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("API", "api", 3)]
    public void The_distance_counts_letters_to_change(string left, string right, int distance)
    {
        Assert.Equal(distance, Spelling.Distance(left, right));
        Assert.Equal(distance, Spelling.Distance(right, left));
    }
}
