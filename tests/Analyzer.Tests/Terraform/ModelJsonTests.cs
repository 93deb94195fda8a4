using System.Text.Json;
using Analyzer.Reports;

namespace Analyzer.Tests.Terraform;

/// <summary>The document <c>pullpath-model/1</c>, by which any expression can be compared with Terraform from outside.</summary>
public class ModelJsonTests
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Theory]
    [InlineData("\"x\"", "\"x\"")]
    [InlineData("[1, true, null]", "[1,true,null]")]
    [InlineData("{ a = 1.5 }", "{\"a\":{\"$num\":\"1.5\"}}")]
    [InlineData("9007199254740992", "9007199254740992")]
    [InlineData("9007199254740993", "{\"$num\":\"9007199254740993\"}")]
    [InlineData("1 / 0", "{\"$num\":\"+Inf\"}")]
    [InlineData("var.text", "{\"$unknown\":\"variable \\\"text\\\" has no value\"}")]
    [InlineData("\"arn:${var.text}:x\"", "{\"$text\":[\"arn:\",null,\":x\"]}")]
    [InlineData("var.flag ? 1 : 2", "{\"$choice\":[1,2]}")]
    [InlineData("concat([1], var.list)", "{\"$open\":[1]}")]
    [InlineData("[for v in [1, 2] : v if v == 1 || var.flag]", "{\"$choice\":[[1,2],[1]]}")]
    [InlineData("{ for k, v in { a = 1, b = 2 } : k => v if k == \"a\" || var.flag }", "{\"$choice\":[{\"a\":1,\"b\":2},{\"a\":1}]}")]
    [InlineData("concat([1], [for v in [2] : v if var.flag], var.list)", "{\"$open\":[1]}")]
    [InlineData("var.secret", "{\"$sensitive\":true}")]
    [InlineData("[var.secret]", "[{\"$sensitive\":true}]")]
    [InlineData("tolist(5)", "{\"$unknown\":\"a list is required, not a number\"}")]
    public void A_value_is_written_as_what_is_known_of_it(string expression, string json) => Assert.Equal(json, Document(expression).GetProperty("resources")[0].GetProperty("attributes").GetProperty("input").GetRawText());

    [Fact]
    public void A_document_has_resources_and_problems()
    {
        var document = Document("nope()");
        Assert.Equal("pullpath-model/1", document.GetProperty("format").GetString());
        var resource = document.GetProperty("resources")[0];
        Assert.Equal(
            ("terraform_data.x", "terraform_data", "terraform", "main.tf", 5),
            (resource.GetProperty("address").GetString(), resource.GetProperty("type").GetString(), resource.GetProperty("language").GetString(), resource.GetProperty("path").GetString(), resource.GetProperty("startLine").GetInt32()));
        var problem = document.GetProperty("problems")[0];
        Assert.Equal(("unknown-function", "main.tf", 6), (problem.GetProperty("code").GetString(), problem.GetProperty("path").GetString(), problem.GetProperty("startLine").GetInt32()));
    }

    private static JsonElement Document(string expression)
    {
        var loaded = Loaded.Of($$"""
            variable "text" { type = string }
            variable "flag" { type = bool }
            variable "list" { type = list(number) }
            variable "secret" { sensitive = true }
            resource "terraform_data" "x" {
              input = {{expression}}
            }
            """);
        using var output = new StringWriter();
        ModelReport.WriteJson(loaded.Inventory, loaded.Problems, output);
        return JsonDocument.Parse(JsonSerializer.Serialize(JsonDocument.Parse(output.ToString()).RootElement, Compact)).RootElement;
    }
}
