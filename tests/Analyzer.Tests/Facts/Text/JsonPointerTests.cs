using Analyzer.Facts.Text;

namespace Analyzer.Tests.Facts.Text;

public class JsonPointerTests
{
    [Theory]
    [InlineData("1", "/a/0/x~1y")]
    [InlineData("\"x/y\"", "/a/0/x~1y")]
    [InlineData("2", "/a/1")]
    [InlineData("[", "/a")]
    [InlineData("\"~\"", "/~0")]
    [InlineData("true", "/~0/0/0")]
    public void A_place_has_a_pointer(string text, string pointer)
    {
        const string Json = "{\"a\": [{\"x/y\": 1}, 2], \"~\": [[true]]}";
        Assert.Equal(pointer, JsonPointer.Of(SourceFile.FromText("plan.json", Json).At(Json.IndexOf(text, StringComparison.Ordinal), 1)));
    }

    [Theory]
    [InlineData("main.tf", "{}", 0)]
    [InlineData("a.json", "{ nonsense", 5)]
    public void What_is_no_JSON_has_none(string path, string text, int at) => Assert.Null(JsonPointer.Of(SourceFile.FromText(path, text).At(at, 1)));
}
