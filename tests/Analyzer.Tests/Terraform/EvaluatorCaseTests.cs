using Analyzer.Facts.Values;

namespace Analyzer.Tests.Terraform;

/// <summary>
/// The kinds of cases that a linter of Terraform tests its evaluator with: what expressions are worth among declarations, with values that are given, and what blocks are expanded to. Where the linter gives up, more is known here.
/// </summary>
public sealed class EvaluatorCaseTests
{
    [Theory]
    [InlineData("", "\"plain\"", "\"plain\"")]
    [InlineData("variable \"v\" { default = \"x\" }", "\"${var.v}\"", "\"x\"")]
    [InlineData("variable \"v\" { default = \"x\" }", "\"a-${var.v}-b\"", "\"a-x-b\"")]
    [InlineData("variable \"v\" { default = [\"x\", \"y\"] }", "var.v[1]", "\"y\"")]
    [InlineData("variable \"v\" { default = { x = \"1\", y = \"2\" } }", "var.v[\"y\"]", "\"2\"")]
    [InlineData("variable \"v\" {\n  type = object({ x = string })\n  default = { x = 7 }\n}", "var.v.x", "\"7\"")]
    [InlineData("variable \"v\" {\n  type = number\n  default = \"12\"\n}", "var.v + 1", "13")]
    [InlineData("variable \"v\" {\n  type = map(string)\n  default = { x = 1, y = \"2\" }\n}", "var.v", "{x: \"1\", y: \"2\"}")]
    [InlineData("variable \"v\" {\n  type = map(number)\n  default = { x = 1, y = \"2\" }\n}", "var.v", "{x: 1, y: 2}")]
    [InlineData("", "{ x = 1, y = \"2\" }", "{x: 1, y: \"2\"}")]
    [InlineData("", "false ? 1 : 2", "2")]
    [InlineData("", "upper(\"x\")", "\"X\"")]
    [InlineData("", "core::upper(\"x\")", "\"X\"")]
    [InlineData("", "path.root", "\".\"")]
    [InlineData("", "path.module", "\".\"")]
    [InlineData("", "path.cwd", "?External")]
    [InlineData("", "terraform.workspace", "?terraform.workspace")]
    [InlineData("", "terraform.applying", "?terraform.applying")]
    [InlineData("variable \"v\" {}", "var.v", "?var.v")]
    [InlineData("variable \"v\" {}", "{ x = var.v }", "{x: ?var.v}")]
    [InlineData("variable \"v\" {}", "\"a-${var.v}\"", "\"a-{?var.v}\"")]
    [InlineData("variable \"v\" {\n  type = string\n  default = null\n}", "var.v", "null")]
    [InlineData("variable \"v\" {\n  type = string\n  default = null\n}", "{ x = var.v }", "{x: null}")]
    [InlineData("variable \"v\" {\n  type = object({ x = string, y = optional(string), z = optional(bool, true) })\n  default = { x = \"1\" }\n}", "var.v", "{x: \"1\", y: null, z: true}")]
    [InlineData("variable \"v\" {\n  type = object({ x = string, y = optional(string, \"d\") })\n  default = null\n}", "var.v", "null")]
    [InlineData("variable \"v\" {\n  type = object({ x = string, y = optional(string, \"d\") })\n}", "var.v.y", "?var.v.y")]
    [InlineData("variable \"v\" {\n  type = list(object({ x = string, y = optional(object({ z = string, n = optional(number, 3) }), { z = \"q\" }) }))\n  default = [{ x = \"1\" }, { x = \"2\", y = { z = \"r\", n = \"4\" } }]\n}", "var.v", "[{x: \"1\", y: {z: \"q\", n: 3}}, {x: \"2\", y: {z: \"r\", n: 4}}]")]
    [InlineData("locals {\n  a = local.b\n  b = [local.c, local.c]\n  c = \"x\"\n}", "local.a", "[\"x\", \"x\"]")]
    [InlineData("variable \"v\" {\n  sensitive = true\n  default = \"x\"\n}", "var.v == \"x\"", "true")]
    [InlineData("variable \"v\" {\n  ephemeral = true\n  default = \"x\"\n}", "var.v == \"x\"", "true")]
    [InlineData("ephemeral \"x_secret\" \"s\" {}", "ephemeral.x_secret.s.text", "?ephemeral.x_secret.s.text")]
    [InlineData("ephemeral \"x_secret\" \"s\" {}", "ephemeralasnull(ephemeral.x_secret.s.text)", "?NotComputed")]
    [InlineData("", "ephemeralasnull(7)", "7")]
    public void An_expression_has_its_value(string declared, string expression, string expected) => Assert.Equal((expected, ""), Value(declared, expression));

    [Theory]
    [InlineData("", "var.nobody")]
    [InlineData("", "{ x = var.nobody }")]
    [InlineData("", "terraform.env")]
    [InlineData("", "module.nobody.x")]
    [InlineData("", "count.index")]
    [InlineData("", "each.key")]
    [InlineData("", "each.value.x")]
    [InlineData("", "provider::any::say(\"x\")")]
    [InlineData("", "provider::any::say()")]
    [InlineData("", "provider::terraform::decode_tfvars(\"x = 1\")")]
    [InlineData("locals { a = local.a }", "local.a")]
    [InlineData("locals {\n  a = local.b\n  b = local.a\n}", "local.b")]
    [InlineData("variable \"v\" {\n  type = string\n  default = [\"x\"]\n}", "var.v")]
    [InlineData("locals {\n  a = uuid()\n  b = local.a\n}", "local.b")]
    public void What_is_wrong_or_not_computed_is_unknown(string declared, string expression) => Assert.Contains("?", Value(declared, expression).Value, StringComparison.Ordinal);

    [Theory]
    [InlineData("default = \"own\"", "v = \"given\"", "\"given\"")]
    [InlineData("default = \"own\"", "v = null", "null")]
    [InlineData("default = \"own\"\n  nullable = false", "v = null", "\"own\"")]
    [InlineData("type = object({ x = string, y = optional(string) })", "v = { x = \"1\" }", "{x: \"1\", y: null}")]
    [InlineData("type = object({ x = string, y = optional(string, \"d\") })", "v = null", "null")]
    [InlineData("type = set(object({ x = string, n = optional(number, 10) }))", "v = [{ x = \"a\" }, { x = \"b\", n = \"0\" }]", "[{x: \"a\", n: 10}, {x: \"b\", n: 0}]")]
    public void A_value_that_is_given_goes_before_the_default(string variable, string given, string expected)
    {
        var loaded = Loaded.Files(("main.tf", $"variable \"v\" {{\n  {variable}\n}}\nresource \"x_y\" \"z\" {{ a = var.v }}"), ("terraform.tfvars", given));
        Assert.Empty(loaded.Problems);
        Assert.Equal(expected, loaded.Attribute("x_y.z", "a"));
    }

    [Theory]
    [InlineData("count = 1", "z[0]")]
    [InlineData("count = var.one", "z[0]")]
    [InlineData("count = \"2\"", "z[0] z[1]")]
    [InlineData("count = 0", "")]
    [InlineData("count = var.none", "z[*]")]
    [InlineData("count = provider::any::count()", "z[*]")]
    [InlineData("count = length(x_other.o.list)", "z[*]")]
    [InlineData("for_each = { a = 1, b = 2 }", "z[\"a\"] z[\"b\"]")]
    [InlineData("for_each = toset([\"a\", \"b\"])", "z[\"a\"] z[\"b\"]")]
    [InlineData("for_each = { a = var.none }", "z[\"a\"]")]
    [InlineData("for_each = {}", "")]
    [InlineData("for_each = toset([])", "")]
    [InlineData("for_each = var.none", "z[*]")]
    [InlineData("for_each = x_other.o.map", "z[*]")]
    [InlineData("for_each = provider::any::map()", "z[*]")]
    public void Blocks_are_expanded(string how, string expected)
    {
        var loaded = Loaded.Of($"variable \"one\" {{ default = 1 }}\nvariable \"none\" {{}}\nresource \"x_other\" \"o\" {{}}\nresource \"x_y\" \"z\" {{\n  {how}\n}}");
        Assert.Equal(expected, string.Join(' ', loaded.Addresses.Where(address => address.StartsWith("x_y.", StringComparison.Ordinal)).Select(address => address["x_y.".Length..])));
    }

    [Theory]
    [InlineData("for_each = { a = 1, b = 2 }", "[{n: 1}, {n: 2}]")]
    [InlineData("for_each = [3, 4]", "[{n: 3}, {n: 4}]")]
    [InlineData("for_each = toset([5])", "[{n: 5}]")]
    [InlineData("for_each = { a = var.none }", "[{n: ?var.none}]")]
    [InlineData("for_each = {}", "absent")]
    [InlineData("for_each = []", "absent")]
    [InlineData("for_each = var.many\n    iterator = it", "[{n: 8}, {n: 9}]")]
    public void Dynamic_blocks_are_expanded(string how, string expected)
    {
        var name = how.Contains("iterator", StringComparison.Ordinal) ? "it" : "b";
        var loaded = Loaded.Of($"variable \"many\" {{ default = [8, 9] }}\nvariable \"none\" {{}}\nresource \"x_y\" \"z\" {{\n  dynamic \"b\" {{\n    {how}\n    content {{ n = {name}.value }}\n  }}\n}}");
        Assert.Equal(expected, loaded.Attribute("x_y.z", "b"));
    }

    [Theory]
    [InlineData("var.none")]
    [InlineData("x_other.o.list")]
    [InlineData("provider::any::list()")]
    public void Dynamic_blocks_over_what_nobody_knows_may_be_there(string collection)
    {
        var loaded = Loaded.Of($"variable \"none\" {{}}\nresource \"x_other\" \"o\" {{}}\nresource \"x_y\" \"z\" {{\n  dynamic \"b\" {{\n    for_each = {collection}\n    content {{ n = b.value }}\n  }}\n}}");
        var blocks = Assert.IsType<ListValue>(loaded["x_y.z"].Body["b"]);
        Assert.True(blocks.IsOpen);
        Assert.All(blocks.Items, block => Assert.False(block.Guard.IsAlways));
    }

    [Fact]
    public void Dynamic_blocks_stand_in_one_another()
    {
        var loaded = Loaded.Of("""
            resource "x_y" "z" {
              dynamic "outer" {
                for_each = { a = [1, 2], b = [] }
                content {
                  key = outer.key
                  dynamic "inner" {
                    for_each = outer.value
                    content { n = "${outer.key}${inner.value}" }
                  }
                }
              }
            }
            """);
        Assert.Equal("[{key: \"a\", inner: [{n: \"a1\"}, {n: \"a2\"}]}, {key: \"b\"}]", loaded.Attribute("x_y.z", "outer"));
    }

    private static (string Value, string Codes) Value(string declared, string expression)
    {
        var loaded = Loaded.Of($"{declared}\nresource \"x_y\" \"z\" {{\n  a = {expression}\n}}");
        return (loaded.Attribute("x_y.z", "a"), string.Join(' ', loaded.Codes));
    }
}
