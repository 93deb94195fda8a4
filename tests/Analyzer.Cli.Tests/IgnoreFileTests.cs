namespace Analyzer.Cli.Tests;

/// <summary>What <c>.gitignore</c> files leave in the list; each row is what <c>git ls-files --others --exclude-standard</c> says.</summary>
public class IgnoreFileTests
{
    [Theory]
    [InlineData("*.tf", "a.tf", false)]
    [InlineData("*.tf", "deep/er/a.tf", false)]
    [InlineData("*.tfx", "a.tf", true)]
    [InlineData("a.tf", "deep/a.tf", false)]
    [InlineData("/a.tf", "a.tf", false)]
    [InlineData("/a.tf", "deep/a.tf", true)]
    [InlineData("/deep", "deep/a.tf", false)]
    [InlineData("/deep", "other/deep/a.tf", true)]
    [InlineData("/deep", "deeper/a.tf", true)]
    [InlineData("deep/a.tf", "deep/a.tf", false)]
    [InlineData("deep/a.tf", "other/deep/a.tf", true)]
    [InlineData("build/", "x/build/a.tf", false)]
    [InlineData("a.tf/", "a.tf", true)]
    [InlineData("**/build/*", "x/y/build/a.tf", false)]
    [InlineData("x/**/a.tf", "x/a.tf", false)]
    [InlineData("x/**/a.tf", "x/y/z/a.tf", false)]
    [InlineData("x/*.tf", "x/y/a.tf", true)]
    [InlineData("a?.tf", "ab.tf", false)]
    [InlineData("[ab].tf", "b.tf", false)]
    [InlineData("[ab].tf", "c.tf", true)]
    [InlineData("*.tf\n!a.tf", "a.tf", true)]
    [InlineData("*.tf\n!a.tf", "deep/a.tf", true)]
    [InlineData("!a.tf\n*.tf", "a.tf", false)]
    [InlineData("build/\n!build/a.tf", "build/a.tf", false)]
    [InlineData("build/*\n!build/a.tf", "build/a.tf", true)]
    [InlineData("#a.tf\n\n  \n", "a.tf", true)]
    [InlineData("/\n!\n", "a.tf", true)]
    [InlineData("A.tf", "a.tf", true)]
    [InlineData("[z-a].tf", "a.tf", true)]
    [InlineData("a[\n[\n*[!\n(((\n[[:foo:]].tf\n\\\nb.tf", "b.tf", false)]
    public void Patterns_mean_what_they_mean_to_git(string lines, string path, bool isListed) =>
        Assert.Equal(isListed, Listed((".gitignore", lines), (path, "")).Contains(path));

    [Theory]
    [InlineData("*.tf", "!a.tf", "in/a.tf", true)]
    [InlineData("*.tf", "!b.tf", "in/a.tf", false)]
    [InlineData("!a.tf", "*.tf", "in/a.tf", false)]
    [InlineData("!a.tf", "*.tf", "a.tf", true)]
    [InlineData("in/deep/", "!deep/", "in/deep/a.tf", true)]
    [InlineData("", "/a.tf", "in/a.tf", false)]
    [InlineData("", "/a.tf", "in/deep/a.tf", true)]
    [InlineData("", "deep/*.tf", "in/deep/a.tf", false)]
    public void The_nearest_file_that_says_something_decides(string outer, string inner, string path, bool isListed) =>
        Assert.Equal(isListed, Listed((".gitignore", outer), ("in/.gitignore", inner), (path, "")).Contains(path));

    [Fact]
    public void A_file_that_cannot_be_read_says_nothing() =>
        Assert.Contains("in/a.tf", Listed((".gitignore", "b.tf"), ("in/.gitignore/x", "a.tf"), ("in/a.tf", "")));

    private static IReadOnlyList<string> Listed(params (string Path, string Text)[] files)
    {
        using var repository = new Repository(files);
        return new DiskFiles(repository.Folder, new Facts.Resources.ProblemLog()).Paths;
    }
}
