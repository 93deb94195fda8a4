using Analyzer.Facts.Values;

namespace Analyzer.Tests.Terraform;

/// <summary>What the validation of a variable says of a value that nobody gave; a value that is given stays what it is.</summary>
public class ValidationTests
{
    [Theory]
    [InlineData("""contains(["dev", "prod"], var.x)""", "var.x", "(var.x == \"dev\": \"dev\" | var.x == \"prod\": \"prod\")")]
    [InlineData("""contains(concat(["dev"], ["prod"]), var.x)""", "upper(var.x)", "(var.x == \"dev\": \"DEV\" | var.x == \"prod\": \"PROD\")")]
    [InlineData("""var.x == "dev" || var.x == "prod" """, "var.x == \"dev\" ? 1 : 2", "(var.x == \"dev\": 1 | var.x == \"prod\": 2)")]
    [InlineData("""var.x == "only" """, "var.x", "\"only\"")]
    [InlineData("""can(regex("^(dev|prod)$", var.x))""", "var.x", "(var.x == \"dev\": \"dev\" | var.x == \"prod\": \"prod\")")]
    [InlineData("""can(regex("^(?:a\\.b|c)$", var.x))""", "var.x", "(var.x == \"a.b\": \"a.b\" | var.x == \"c\": \"c\")")]
    [InlineData("""var.x == null || contains(["a"], var.x)""", "var.x == null", "(var.x == \"null\": true | var.x == \"a\": false)")]
    [InlineData("""var.x == null ? true : contains(["a"], var.x)""", "coalesce(var.x, \"d\")", "(var.x == \"null\": \"d\" | var.x == \"a\": \"a\")")]
    [InlineData("""contains(["a", "b", "c"], var.x) && startswith(var.x, "b")""", "var.x", "\"b\"")]
    public void A_list_of_what_is_allowed_makes_alternatives(string condition, string expression, string value) => Assert.Equal(value, Of("string", condition, expression));

    [Theory]
    [InlineData("""can(regex("^arn:aws:", var.x))""", """startswith(var.x, "arn:")""", "true")]
    [InlineData("""can(regex("^arn:aws:", var.x))""", """var.x == "other" """, "false")]
    [InlineData("""can(regex("^arn:aws:", var.x))""", "var.x == null", "false")]
    [InlineData("""can(regex("^sg-[0-9a-f]+$", var.x))""", """startswith(var.x, "sg-")""", "true")]
    [InlineData("""can(regex("^ab?c", var.x))""", """startswith(var.x, "a")""", "true")]
    [InlineData("""can(regex("^ab?c", var.x))""", """startswith(var.x, "ab")""", "?")]
    [InlineData("""can(regex("^a|b", var.x))""", """startswith(var.x, "a")""", "?")]
    [InlineData("""can(regex("x", var.x))""", """startswith(var.x, "x")""", "?")]
    [InlineData("""length(var.x) > 0""", "coalesce(var.x, \"d\")", "?var.x")]
    [InlineData("""length(var.x) > 3""", "length(var.x) >= 4", "true")]
    [InlineData("""length(var.x) <= 8 && length(var.x) >= 4""", "length(var.x) > 8", "false")]
    [InlineData("""length(var.x) <= 8""", "length(var.x) > 4", "?")]
    [InlineData("""var.x != null""", "var.x == null", "false")]
    [InlineData("""can(tonumber(var.x))""", "var.x == null", "?")]
    [InlineData("""contains(["1", "2", "3", "4", "5", "6", "7", "8", "9"], var.x)""", "var.x", "?var.x")]
    public void Other_forms_narrow_what_is_unknown(string condition, string expression, string value) => Assert.Equal(value, Undecided(Of("string", condition, expression)));

    [Theory]
    [InlineData("number", "var.x >= 1 && var.x <= 10", "var.x > 0", "true")]
    [InlineData("number", "var.x >= 1 && 10 >= var.x", "var.x == 11", "false")]
    [InlineData("number", "var.x > 0", "var.x > 0", "?")]
    [InlineData("number", "contains([1, 3], var.x)", "var.x * 2", "(var.x == \"1\": 2 | var.x == \"3\": 6)")]
    [InlineData("list(string)", "length(var.x) > 1", "length(var.x) > 0 ? \"some\" : \"none\"", "\"some\"")]
    [InlineData("list(string)", "length(var.x) == 2", "length(var.x)", "2")]
    [InlineData("map(string)", "length(var.x) < 1", "length(var.x) == 5", "false")]
    [InlineData("bool", "var.x == true", "var.x", "true")]
    public void Numbers_and_collections_are_narrowed(string type, string condition, string expression, string value) => Assert.Equal(value, Undecided(Of(type, condition, expression)));

    [Fact]
    public void An_alternative_is_still_the_variable()
    {
        var loaded = Loaded.Of("variable \"x\" {\n  validation {\n    condition     = contains([\"a\", \"b\"], var.x)\n    error_message = \"No.\"\n  }\n}\nresource \"x_y\" \"z\" {\n  a = var.x\n}");
        var choice = Assert.IsType<ChoiceValue>(loaded["x_y.z"].Body["a"]);
        Assert.All(choice.Alternatives, each => Assert.Equal("var.x", each.Value.References.First().ToString()));
    }

    [Fact]
    public void Two_questions_about_one_variable_agree() => Assert.Equal("(var.x == \"a\": 2 | var.x == \"b\": 3)", Of(
        "string", """contains(["a", "b"], var.x)""", """var.x == "a" ? (var.x == "b" ? 1 : 2) : 3"""));

    [Fact]
    public void A_value_that_is_given_is_not_judged()
    {
        var loaded = Loaded.Of("variable \"x\" {\n  default = \"c\"\n  validation {\n    condition     = contains([\"a\", \"b\"], var.x)\n    error_message = \"No.\"\n  }\n}\nresource \"x_y\" \"z\" {\n  a = var.x\n}");
        Assert.Equal("\"c\"", loaded.Attribute("x_y.z", "a"));
        Assert.Empty(loaded.Problems);
    }

    [Fact]
    public void An_argument_that_nobody_knows_is_narrowed_by_the_module() => Assert.Equal("true", Loaded.Files(
        ("main.tf", "module \"m\" {\n  source = \"./m\"\n  x      = aws_iam_role.r.arn\n}\nresource \"aws_iam_role\" \"r\" {}"),
        ("m/main.tf", "variable \"x\" {\n  validation {\n    condition     = can(regex(\"^arn:\", var.x))\n    error_message = \"No.\"\n  }\n}\nresource \"x_y\" \"z\" {\n  a = startswith(var.x, \"arn:\")\n}"))
        .Attribute("module.m.x_y.z", "a"));

    private static string Undecided(string shown) => shown == "?NoValue" || (shown.StartsWith('(') && shown.Contains(": true | ", StringComparison.Ordinal)) ? "?" : shown;

    private static string Of(string type, string condition, string expression) => Loaded.Of(
        $"variable \"x\" {{\n  type = {type}\n  validation {{\n    condition     = {condition}\n    error_message = \"No.\"\n  }}\n}}\nresource \"x_y\" \"z\" {{\n  a = {expression}\n}}").Attribute("x_y.z", "a");
}
