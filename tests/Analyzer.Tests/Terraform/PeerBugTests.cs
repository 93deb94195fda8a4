using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Languages.Hcl;
using Analyzer.Tests.CloudFormation;
using static Analyzer.Tests.Languages.ExpressionBench;

namespace Analyzer.Tests.Terraform;

/// <summary>What other evaluators of configurations were seen to get wrong, each with the right answer.</summary>
public class PeerBugTests
{
    private const string Wanted = "resource \"x_y\" \"z\" ";

    // 1
    [Fact]
    public void Conditions_in_conditions_are_trees_and_no_text() => Assert.Equal("\"b\"", Of("locals {\n  env = \"prod\"\n  kind = local.env == \"dev\" ? \"a\" : local.env == \"prod\" ? \"b\" : \"c\"\n}", "a = local.kind"));

    // 2
    [Fact]
    public void A_comparison_with_null_is_decided() => Assert.Equal("\"unset\"", Of("variable \"x\" { default = null }", "a = var.x == null ? \"unset\" : \"set\""));

    // 3
    [Fact]
    public void A_condition_on_a_default_is_decided() => Assert.Equal("true", Of("variable \"encrypt\" { default = true }", "a = var.encrypt ? true : false"));

    // 4
    [Fact]
    public void A_module_for_each_element_of_a_loop_is_there_for_each() => Assert.Equal(
        ["module.m[\"a\"].x_y.z", "module.m[\"b\"].x_y.z"],
        Loaded.Files(("main.tf", "module \"m\" {\n  source   = \"./m\"\n  for_each = { for name in [\"a\", \"b\", \"c\"] : name => name if name != \"c\" }\n}"), ("m/main.tf", Wanted + "{}")).Addresses);

    // 5
    [Fact]
    public void A_boolean_in_for_each_stays_one() => Assert.Equal("true", Loaded.Of("resource \"x_y\" \"z\" {\n  for_each = { on = { enabled = true, name = \"true-x\" } }\n  a = each.value.enabled\n}").Attribute("x_y.z[\"on\"]", "a"));

    // 6
    [Fact]
    public void Unknown_keys_with_dynamic_blocks_are_a_template_and_wrong_ones_cost_nothing_else()
    {
        var loaded = Loaded.Of("""
            variable "all" {}
            locals { known = { a = { b = [1, 2] }, c = { b = [] } } }
            resource "x_y" "any" {
              for_each = var.all
              dynamic "b" {
                for_each = each.value.b
                content { n = b.value.n }
              }
            }
            resource "x_y" "known" {
              for_each = local.known
              dynamic "b" {
                for_each = each.value.b
                content { n = b.value }
              }
            }
            resource "x_y" "wrong" {
              for_each = merge(local.known, 5)
              name     = "kept"
              dynamic "b" {
                for_each = each.value.nope[0]
                content { n = b.value }
              }
            }
            """);
        Assert.Equal(["x_y.any[*]", "x_y.known[\"a\"]", "x_y.known[\"c\"]", "x_y.wrong[*]"], loaded.Addresses.Order(StringComparer.Ordinal));
        Assert.Equal((Multiplicity.Any, Multiplicity.Any), (loaded["x_y.any[*]"].Multiplicity, loaded["x_y.wrong[*]"].Multiplicity));
        Assert.Equal(("[{n: 1}, {n: 2}]", "absent"), (loaded.Attribute("x_y.known[\"a\"]", "b"), loaded.Attribute("x_y.known[\"c\"]", "b")));
        Assert.True(loaded["x_y.any[*]"].Body["b"] is ListValue { IsOpen: true, Items: [{ Guard.IsAlways: false, Value: MapValue block }] }
            && block["n"] is UnknownValue { Causes: [{ Reason: UnknownReason.NoValue, Reference.Target.Path: "var.all" }] });
        Assert.True(loaded["x_y.wrong[*]"].Body["b"] is ListValue { IsOpen: true });
        Assert.Equal("\"kept\"", loaded.Attribute("x_y.wrong[*]", "name"));
    }

    // 7
    [Fact]
    public void Dynamic_blocks_are_there_or_may_be()
    {
        var loaded = Loaded.Of("variable \"u\" { type = list(string) }\nresource \"x_y\" \"z\" {\n  dynamic \"one\" {\n    for_each = [1]\n    content { n = one.value }\n  }\n  dynamic \"any\" {\n    for_each = var.u\n    content { n = any.value }\n  }\n}");
        Assert.Equal("[{n: 1}]", loaded.Attribute("x_y.z", "one"));
        Assert.True(Assert.IsType<ListValue>(loaded["x_y.z"].Body["any"]).IsOpen);
    }

    // 8
    [Fact]
    public void A_variable_without_a_value_is_no_wrong_value() => Assert.Equal("?var.tls", Of("variable \"tls\" { type = string }", "a = var.tls"));

    // 9
    [Fact]
    public void A_default_of_null_is_no_argument_and_a_name_is_no_text()
    {
        var loaded = Loaded.Of("variable \"tls\" { default = null }\nresource \"x_y\" \"z\" {\n  a = var.tls\n  b = \"var.tls\"\n}");
        Assert.Equal(("null", "\"var.tls\""), (loaded.Attribute("x_y.z", "a"), loaded.Attribute("x_y.z", "b")));
    }

    // 10
    [Fact]
    public void Modules_with_a_count_have_their_resources() => Assert.Equal(
        ["module.m[0].x_y.z", "module.m[1].x_y.z"], Loaded.Files(("main.tf", "module \"m\" {\n  source = \"./m\"\n  count  = 2\n}"), ("m/main.tf", Wanted + "{}")).Addresses);

    // 11
    [Fact]
    public void Instances_of_a_plan_find_what_they_refer_to()
    {
        const string Plan = """
            {"format_version":"1.2","terraform_version":"1.11.4","resource_changes":[
            {"address":"module.m[0].x_b.b[1]","module_address":"module.m[0]","mode":"managed","type":"x_b","name":"b","index":1,"change":{"actions":["create"],"before":null,"after":{},"after_unknown":{"ref":true},"after_sensitive":{}}}],
            "configuration":{"root_module":{"module_calls":{"m":{"source":"./m","module":{"resources":[
            {"address":"x_b.b","type":"x_b","name":"b","expressions":{"ref":{"references":["x_a.a.id","x_a.a"]}}}]}}}}}}
            """;
        var loaded = new Loaded([("plan.json", Plan)], new LoadOptions { Plans = ["plan.json"] });
        Assert.Equal(["module.m.x_a.a"], loaded["module.m[0].x_b.b[1]", "plan.json"].Dependencies.Select(each => each.Target.WithoutKeys.Path));
    }

    // 12
    [Fact]
    public void Instances_of_one_block_are_told_apart() => Assert.Equal(
        ["x_y.z[\"a\"]", "x_y.z[\"b\"]"], Loaded.Of("resource \"x_y\" \"z\" {\n  for_each = toset([\"a\", \"b\"])\n}").Addresses);

    // 13
    [Fact]
    public void An_undecided_branch_in_a_text_is_a_case_of_it()
    {
        var stacks = new Stacks("a.yaml", "Parameters: {Env: {Type: String}}\nConditions: {Prod: !Equals [!Ref Env, prod]}\nResources:\n  R:\n    Type: A::B::C\n    Properties: {Name: !Sub ['x-${S}', {S: !If [Prod, p, !Ref 'AWS::Region']}]}\n");
        Assert.Contains("'x-p'", Stacks.Show(stacks.Property("R", "Name")), StringComparison.Ordinal);
        Assert.Contains("'x-<", Stacks.Show(stacks.Property("R", "Name")), StringComparison.Ordinal);
    }

    // 14
    [Theory]
    [InlineData("a = <<E\nE\n")]
    [InlineData("a = <<-E\n  an \"unbalanced quote\n  and ' another\n  E\n")]
    [InlineData("a = <<E\n\"${\"}\"}\nE\n")]
    public void Heredocs_may_be_empty_or_hold_any_quotes(string text) => Assert.Empty(HclParser.ParseFile(SourceFile.FromText("main.tf", text)).Problems);

    // 15
    [Fact]
    public void A_marker_inside_a_line_ends_nothing_and_types_may_be_commented()
    {
        Assert.Equal("\"NOT EOT\\nEOT2\\n\"".Replace("\\n", "\n", StringComparison.Ordinal), Of("", "a = <<EOT\nNOT EOT\nEOT2\nEOT\n"));
        Assert.Equal("{n: 1, s: \"x\"}", Of("variable \"o\" {\n  type = object({\n    # a number\n    n = number // really\n    /* a text */ s = optional(string, \"x\")\n  })\n  default = { n = 1 }\n}", "a = var.o"));
    }

    // 16
    [Fact]
    public void Every_call_of_a_module_has_its_own_arguments()
    {
        var loaded = Loaded.Files(
            ("main.tf", "resource \"x_a\" \"a\" {}\nmodule \"one\" {\n  source = \"./m\"\n  v = x_a.a.id\n}\nmodule \"two\" {\n  source = \"./m\"\n  v = \"two\"\n}"),
            ("m/main.tf", "variable \"v\" { default = \"default\" }\nresource \"x_y\" \"z\" { a = var.v }"));
        Assert.Equal(("?x_a.a.id", "\"two\""), (loaded.Attribute("module.one.x_y.z", "a"), loaded.Attribute("module.two.x_y.z", "a")));
    }

    // 17
    [Fact]
    public void An_unknown_count_is_any_number_and_an_output_of_a_module_counts()
    {
        var loaded = Loaded.Files(
            ("main.tf", "variable \"n\" { type = number }\nmodule \"m\" { source = \"./m\" }\nresource \"x_y\" \"any\" { count = var.n }\nresource \"x_y\" \"two\" { count = module.m.n }"),
            ("m/main.tf", "output \"n\" { value = 2 }"));
        Assert.Equal(["x_y.any[*]", "x_y.two[0]", "x_y.two[1]"], loaded.Addresses);
        Assert.Equal(Multiplicity.Any, loaded["x_y.any[*]"].Multiplicity);
    }

    // 18
    [Theory]
    [InlineData("[\"a\", \"b\"]")]
    [InlineData("tolist([\"a\", \"b\"])")]
    [InlineData("toset([\"a\", \"b\"])")]
    [InlineData("{ x = \"a\", y = \"b\" }")]
    [InlineData("tomap({ x = \"a\", y = \"b\" })")]
    public void A_dynamic_block_goes_through_any_collection(string collection) =>
        Assert.Equal("[{n: \"a\"}, {n: \"b\"}]", Loaded.Of($"resource \"x_y\" \"z\" {{\n  dynamic \"b\" {{\n    for_each = {collection}\n    content {{ n = b.value }}\n  }}\n}}").Attribute("x_y.z", "b"));

    // 19
    [Fact]
    public void A_wrong_for_each_loses_no_resource() => Assert.Equal(["x_y.list[*]", "x_y.number[*]"],
        Loaded.Of("resource \"x_y\" \"list\" { for_each = var.nope }\nresource \"x_y\" \"number\" { for_each = 5 }").Addresses);

    // 20
    [Fact]
    public void A_policy_document_with_a_count_is_followed() => Assert.Contains("\"ecr:Pull\"", Loaded.Of(
        "data \"aws_iam_policy_document\" \"p\" {\n  count = 2\n  statement {\n    actions   = [\"ecr:Pull\"]\n    resources = [\"*\"]\n  }\n}\nresource \"x_y\" \"z\" { a = data.aws_iam_policy_document.p[1].json }").Attribute("x_y.z", "a"), StringComparison.Ordinal);

    // 21
    [Fact]
    public void Unknown_values_under_known_keys_give_known_instances() => Assert.Equal(["random_password.p", "x_y.z[\"db\"]"],
        Loaded.Of("resource \"random_password\" \"p\" { length = 8 }\nresource \"x_y\" \"z\" {\n  for_each = { db = random_password.p.result }\n  a = each.value\n}").Addresses);

    // 22
    [Fact]
    public void A_module_that_refers_to_its_own_folder_ends() => Assert.Contains("module-cycle", Loaded.Files(("m/main.tf", "module \"self\" { source = \"../m\" }\n" + Wanted + "{}")).Codes);

    // 23
    [Fact]
    public void A_range_of_ports_stays_a_range() => Assert.Equal(("0", "65535"), Loaded.Of("resource \"aws_security_group\" \"g\" {\n  ingress {\n    from_port = 0\n    to_port   = 65535\n  }\n}") is var loaded
        && loaded["aws_security_group.g"].Body["ingress"] is ListValue { Items: [{ Value: MapValue rule }] } ? (Loaded.Show(rule["from_port"]), Loaded.Show(rule["to_port"])) : ("", ""));

    // 24
    [Fact]
    public void The_part_of_a_package_that_is_called_is_the_one_that_is_read() => Assert.Equal(["module.sub.x_y.sub"], Loaded.Files(
        ("main.tf", "module \"sub\" {\n  source = \"acme/pack/aws//modules/sub\"\n}"),
        (".terraform/modules/modules.json", """{"Modules":[{"Key":"sub","Source":"registry.terraform.io/acme/pack/aws//modules/sub","Dir":".terraform/modules/sub/modules/sub"}]}"""),
        (".terraform/modules/sub/main.tf", "resource \"x_y\" \"top\" {}"),
        (".terraform/modules/sub/modules/sub/main.tf", "resource \"x_y\" \"sub\" {}"),
        (".terraform/modules/sub/examples/e/main.tf", "resource \"x_y\" \"example\" {}")).Addresses);

    // 25
    [Fact]
    public void A_part_that_is_not_known_is_a_hole_and_no_text() => Assert.Equal("\"arn:{?var.x}:role\"", Of("variable \"x\" { type = string }", "a = \"arn:${var.x}:role\""));

    // 26
    [Theory]
    [InlineData("x", "?")]
    [InlineData("x[0]", "?")]
    [InlineData("x.a.b", "?")]
    [InlineData("x[*].id", "?[?]")]
    [InlineData("[for v in x : v.id]", "?[?]")]
    [InlineData("can(x.a)", "?")]
    [InlineData("x == null", "?")]
    [InlineData("x > 1", "?")]
    [InlineData("length(x)", "?")]
    [InlineData("length(x) >= 0", "true")]
    [InlineData("startswith(\"pre-${x}\", \"pre-\")", "true")]
    [InlineData("startswith(\"pre-${x}\", \"other-\")", "false")]
    [InlineData("\"pre-${x}\" == null", "false")]
    [InlineData("coalesce(\"d\", x)", "\"d\"")]
    [InlineData("setunion([\"a\"], x)", "[\"a\", ...]")]
    public void Nothing_is_known_of_an_unknown_of_any_type_but_what_is_made_of_it(string expression, string expected)
    {
        var value = Evaluated(expression, ("x", Anything()));
        Assert.Equal(expected, value is ChoiceValue choice && choice.Alternatives.All(each => each.Value is BoolValue) ? "?" : Shown(value));
        Assert.False(HasError(value));
        Assert.Equal(value.IsWhollyKnown, !Cause.Of(value).Any());
    }

    // 27
    [Fact]
    public void Outputs_of_modules_are_known() => Assert.Equal("\"out\"",
        Loaded.Files(("main.tf", "module \"m\" { source = \"./m\" }\nresource \"x_y\" \"z\" { a = module.m.o }"), ("m/main.tf", "output \"o\" { value = \"out\" }")).Attribute("x_y.z", "a"));

    // 28
    [Fact]
    public void A_dynamic_block_over_the_unknown_is_not_absent()
    {
        var loaded = Loaded.Of("variable \"u\" {}\nresource \"x_y\" \"z\" {\n  dynamic \"encryption\" {\n    for_each = var.u\n    content {}\n  }\n}");
        Assert.True(loaded["x_y.z"].Body["encryption"] is ListValue { IsOpen: true });
    }

    // 29
    [Fact]
    public void Providers_for_each_key_and_workspaces_are_read()
    {
        var loaded = Loaded.Files(("main.tofu", "provider \"aws\" {\n  alias    = \"by_region\"\n  for_each = toset([\"eu-west-1\"])\n  region   = each.key\n}\nresource \"aws_x\" \"z\" {\n  for_each = toset([\"eu-west-1\"])\n  provider = aws.by_region[each.key]\n  name     = terraform.workspace\n}"));
        Assert.Equal(["aws_x.z[\"eu-west-1\"]"], loaded.Addresses);
        Assert.Equal("?terraform.workspace", loaded.Attribute("aws_x.z[\"eu-west-1\"]", "name"));
        Assert.DoesNotContain("internal-error", loaded.Codes);
    }

    // 30
    [Fact]
    public void A_source_is_relative_to_the_module_that_calls() => Assert.Equal(["module.a.module.b.x_y.z"], Loaded.Files(
        ("live/main.tf", "module \"a\" { source = \"../lib/a\" }"), ("lib/a/main.tf", "module \"b\" { source = \"./b\" }"), ("lib/a/b/main.tf", Wanted + "{}")).Addresses);

    // 31
    [Fact]
    public void Newer_syntax_of_types_loses_no_folder() => Assert.Equal("{a: \"d\"}", Of("variable \"o\" {\n  type    = object({ a = optional(string, \"d\") })\n  default = {}\n  ephemeral = false\n}\naction \"x\" \"y\" {}", "a = var.o"));

    // 32
    [Fact]
    public void Null_has_a_type_and_is_neither_unknown_nor_absent()
    {
        Assert.Equal(DataType.Text, Evaluated("true ? tostring(null) : null").Type);
        Assert.Equal("null", Shown(Evaluated("true ? null : 1")));
        Assert.Equal(DataType.Number, Evaluated("true ? null : 1").Type);
    }

    // 33
    [Fact]
    public void The_index_of_a_module_is_not_that_of_a_resource() => Assert.Equal(
        ["module.m[0].x_y.z[\"k\"]", "module.m[1].x_y.z[\"k\"]"],
        Loaded.Files(("main.tf", "module \"m\" {\n  source = \"./m\"\n  count  = 2\n}"), ("m/main.tf", "resource \"x_y\" \"z\" {\n  for_each = toset([\"k\"])\n}")).Addresses);

    // 34
    [Fact]
    public void The_default_of_a_parameter_is_preferred_and_not_its_only_value()
    {
        const string Template = """
            Parameters:
              Name: {Type: String, Default: d}
              Env: {Type: String, Default: dev, AllowedValues: [dev, prod]}
            Conditions: {Prod: !Equals [!Ref Env, prod]}
            Resources:
              R:
                Type: A::B::C
                Properties: {Name: !Ref Name, Env: !Ref Env, Kind: !If [Prod, large, small]}
            """;
        var preferred = new Stacks("a.yaml", Template);
        Assert.Equal(("'d'", "'dev'", "'small'"), Shown(preferred));
        Assert.Equal(StepKind.RootDefault, preferred.Property("R", "Name").Trace!.Kind);

        var doubted = new Stacks("a.yaml", Template, doubt: true);
        Assert.Equal(("<Parameters.Name>", "('dev' when Env == \"dev\" | 'prod' when Env == \"prod\")", "('large' when Prod | 'small' when not Prod)"), Shown(doubted));

        var given = new Stacks(new LoadOptions { Variables = [new VariableInput(VariableSource.CommandLine, "Name", "n"), new VariableInput(VariableSource.CommandLine, "Env", "prod")] }, ("a.yaml", Template));
        Assert.Equal(("'n'", "'prod'", "'large'"), Shown(given));

        static (string Name, string Env, string Kind) Shown(Stacks stacks) => (Stacks.Show(stacks.Property("R", "Name")), Stacks.Show(stacks.Property("R", "Env")), Stacks.Show(stacks.Property("R", "Kind")));
    }

    // 35
    [Fact]
    public void The_variable_of_a_loop_is_replaced_where_it_stands_and_nowhere_else()
    {
        var stacks = new Stacks("a.yaml", "Transform: AWS::LanguageExtensions\nMappings: {M: {A: {v: one}, B: {v: two}}}\nResources:\n  Fn::ForEach::Each:\n    - X\n    - [A, B]\n    - 'R${X}':\n        Type: A::B::C\n        Properties: {Name: !FindInMap [M, !Ref X, v], Other: XA}\n");
        Assert.Equal(("'one'", "'two'", "'XA'"), (Stacks.Show(stacks.Property("RA", "Name")), Stacks.Show(stacks.Property("RB", "Name")), Stacks.Show(stacks.Property("RA", "Other"))));
    }

    // 36
    [Fact]
    public void A_mapping_that_is_included_is_not_missing()
    {
        var stacks = new Stacks("a.yaml", "Mappings: {'Fn::Transform': {Name: AWS::Include, Parameters: {Location: s3://bucket/maps.yaml}}}\nResources: {R: {Type: A::B::C, Properties: {Name: !FindInMap [M, a, b]}}}\n");
        Assert.IsType<UnknownValue>(stacks.Property("R", "Name"));
        Assert.DoesNotContain(Cause.Of(stacks.Property("R", "Name")), cause => cause.Reason == UnknownReason.Error);
    }

    // 37
    [Fact]
    public void A_negative_index_counts_from_the_end() => Assert.Equal("\"c\"", Shown(Evaluated("element([\"a\", \"b\", \"c\"], -1)")));

    private static string Of(string declarations, string argument) => Loaded.Of($"{declarations}\nresource \"x_y\" \"z\" {{\n  {argument}\n}}").Attribute("x_y.z", "a");
}
