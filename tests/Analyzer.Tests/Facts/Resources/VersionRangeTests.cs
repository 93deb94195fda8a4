using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;

namespace Analyzer.Tests.Facts.Resources;

public class VersionRangeTests
{
    [Theory]
    [InlineData("~> 4.0", "4.0", Truth.Yes)]
    [InlineData("~> 3.100", "4.0", Truth.No)]
    [InlineData("~> 3.0.2", "3.1", Truth.No)]
    [InlineData("~> 3.0.2", "3.0.1", Truth.Yes)]
    [InlineData("~> 3", "4.0", Truth.Unknown)]
    [InlineData(">= 3.0", "4.0", Truth.Unknown)]
    [InlineData(">= 3.0, < 4.0", "4.0", Truth.No)]
    [InlineData(">= 3.0, <= 4.0", "4.0", Truth.Unknown)]
    [InlineData("> 4.0", "4.0", Truth.Yes)]
    [InlineData("= 3.116.0", "4.0", Truth.No)]
    [InlineData("4.10.0", "4.2", Truth.Yes)]
    [InlineData(">=4.0.0-beta1", "4.0", Truth.Yes)]
    [InlineData("!= 3.5", "4.0", Truth.Unknown)]
    [InlineData("", "4.0", Truth.Unknown)]
    [InlineData("${var.version}", "4.0", Truth.Unknown)]
    public void A_constraint_decides_whether_a_version_is_reached(string constraint, string version, Truth expected) =>
        Assert.Equal(expected, VersionRange.Parse(constraint).IsAtLeast(version));

    [Fact]
    public void The_constraints_of_all_modules_hold_together()
    {
        var range = VersionRange.Parse(">= 3.0").And(VersionRange.Parse("< 5.0")).And(VersionRange.Parse("~> 4.1"));
        Assert.Equal(">= 4.1, < 5.0", range.ToString());
        Assert.Equal("", VersionRange.Any.ToString());
    }

    [Theory]
    [InlineData("~> 20.1", ">= 20.0.0, < 21.0.0", true)]
    [InlineData("20.8.5", ">= 20.0.0, < 21.0.0", true)]
    [InlineData(">= 20, <= 20.9", ">= 20.0.0, < 21.0.0", true)]
    [InlineData("< 21.0.0, > 20.0.0", ">= 20, < 21", true)]
    [InlineData("<= 21.0.0, > 20.0.0", ">= 20, < 21", false)]
    [InlineData("~> 20", ">= 20.0.0, < 21.0.0", false)]
    [InlineData(">= 19.9, < 20.5", ">= 20.0.0, < 21.0.0", true)]
    [InlineData(">= 19.9, < 20.0.0", ">= 20.0.0, < 21.0.0", false)]
    [InlineData(">= 19.9, <= 20.0.0", ">= 20.0.0, < 21.0.0", true)]
    [InlineData("main", ">= 20.0.0, < 21.0.0", false)]
    [InlineData("~> 20.1", "", true)]
    public void A_range_ends_in_one_that_allows_its_newest_versions(string constraint, string other, bool expected) =>
        Assert.Equal(expected, VersionRange.Parse(constraint).EndsIn(VersionRange.Parse(other)));

    [Theory]
    [InlineData(">= 2.0, < 2.0.0", true)]
    [InlineData("> 3, < 2", true)]
    [InlineData("2.0.1", false)]
    [InlineData("", false)]
    public void A_range_that_contradicts_itself_is_empty(string constraint, bool expected) => Assert.Equal(expected, VersionRange.Parse(constraint).IsEmpty);
}
