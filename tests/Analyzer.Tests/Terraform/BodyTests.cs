using Analyzer.Facts.Values;

namespace Analyzer.Tests.Terraform;

public class BodyTests
{
    [Fact]
    public void Nested_blocks_are_lists_of_objects_with_places()
    {
        var loaded = Loaded.Of("""
            resource "aws_security_group" "a" {
              name = "a"
              ingress {
                from_port = 443
              }
              ingress {
                from_port = 80
              }
            }
            """);

        Assert.Equal("{name: \"a\", ingress: [{from_port: 443}, {from_port: 80}]}", Loaded.Show(loaded["aws_security_group.a"].Body));
        var second = (MapValue)((ListValue)loaded["aws_security_group.a"]["ingress"]!).Items[1].Value;
        Assert.Equal("main.tf:6:3", second.Place!.Value.ToString());
    }

    [Fact]
    public void Dynamic_blocks_are_expanded()
    {
        var loaded = Loaded.Of("""
            variable "open" { type = bool }
            variable "rules" { type = list(number) }
            locals { ports = [443, 80] }
            resource "aws_security_group" "known" {
              dynamic "ingress" {
                for_each = local.ports
                content { from_port = ingress.value }
              }
            }
            resource "aws_security_group" "renamed" {
              dynamic "ingress" {
                for_each = { web = 443 }
                iterator = rule
                content {
                  name = rule.key
                  dynamic "inner" {
                    for_each = [1, 2]
                    content { sum = rule.value + inner.value }
                  }
                }
              }
            }
            resource "aws_security_group" "guarded" {
              dynamic "ingress" {
                for_each = var.open ? [1] : []
                content { from_port = 0 }
              }
            }
            resource "aws_security_group" "unknown" {
              ingress { from_port = 22 }
              dynamic "ingress" {
                for_each = var.rules
                content { from_port = ingress.value }
              }
            }
            """);

        Assert.Equal("[{from_port: 443}, {from_port: 80}]", loaded.Attribute("aws_security_group.known", "ingress"));
        Assert.Equal("[{name: \"web\", inner: [{sum: 444}, {sum: 445}]}]", loaded.Attribute("aws_security_group.renamed", "ingress"));
        Assert.Equal("[{from_port: 0}@var.open]", loaded.Attribute("aws_security_group.guarded", "ingress"));

        var unknown = (ListValue)loaded["aws_security_group.unknown"]["ingress"]!;
        Assert.True(unknown.IsOpen);
        Assert.Equal(2, unknown.Items.Length);
        Assert.True(unknown.Items[0].Guard.IsAlways);
        Assert.False(unknown.Items[1].Guard.IsAlways);
    }

    [Fact]
    public void Ignored_changes_are_told()
    {
        var loaded = Loaded.Of("""
            resource "x_y" "some" {
              lifecycle { ignore_changes = [desired_size, tags["a"]] }
            }
            resource "x_y" "all" {
              lifecycle { ignore_changes = all }
            }
            """);

        Assert.Equal(["desired_size", "tags[\"a\"]"], loaded["x_y.some"].IgnoredChanges);
        Assert.Equal(["*"], loaded["x_y.all"].IgnoredChanges);
        Assert.Empty(loaded["x_y.some"].Body.Entries);
    }

    [Fact]
    public void Override_files_replace_arguments_and_blocks()
    {
        var loaded = Loaded.Files(
            ("main.tf", """
                resource "x_y" "z" {
                  a = 1
                  b = 1
                  nested { c = 1 }
                  nested { c = 2 }
                }
                """),
            ("override.tf", "resource \"x_y\" \"z\" {\n  a = 2\n  nested { c = 3 }\n}"),
            ("x_override.tf", "resource \"x_y\" \"z\" { a = 3 }"));

        Assert.Equal("{a: 3, b: 1, nested: [{c: 3}]}", Loaded.Show(loaded["x_y.z"].Body));
    }

    [Fact]
    public void Resources_know_the_configuration_of_their_provider()
    {
        var loaded = Loaded.Files(
            ("main.tf", """
                variable "region" { default = "eu-west-1" }
                provider "aws" { region = var.region }
                provider "aws" {
                  alias  = "west"
                  region = "us-west-2"
                }
                resource "aws_vpc" "default" {}
                resource "aws_vpc" "west" { provider = aws.west }
                module "inherits" { source = "./m" }
                module "passed" {
                  source    = "./m"
                  providers = { aws = aws.west }
                }
                """),
            ("m/main.tf", "resource \"aws_vpc\" \"this\" {}"));

        Assert.Equal("\"eu-west-1\"", Loaded.Show(loaded["aws_vpc.default"].Provider!["region"]));
        Assert.Equal("\"us-west-2\"", Loaded.Show(loaded["aws_vpc.west"].Provider!["region"]));
        Assert.Equal("\"eu-west-1\"", Loaded.Show(loaded["module.inherits.aws_vpc.this"].Provider!["region"]));
        Assert.Equal("\"us-west-2\"", Loaded.Show(loaded["module.passed.aws_vpc.this"].Provider!["region"]));
    }

    [Fact]
    public void Provisioners_are_told_beside_the_attributes()
    {
        var loaded = Loaded.Of("""
            resource "null_resource" "wait" {
              provisioner "local-exec" { command = "sleep 60" }
            }
            """);

        Assert.Empty(loaded["null_resource.wait"].Body.Entries);
        Assert.Equal("{provisioner: [{type: \"local-exec\", command: \"sleep 60\"}]}", Loaded.Show(loaded["null_resource.wait"].Meta));
    }

    [Fact]
    public void Json_syntax_gives_the_same_resources_with_places_in_the_file()
    {
        var loaded = Loaded.Files(("main.tf.json", """
            {
              "//": "a comment",
              "variable": { "name": { "type": "string", "default": "no ${interpolation}" } },
              "locals": { "prefix": "shop" },
              "resource": {
                "aws_iam_role": {
                  "node": {
                    "name": "${local.prefix}-\"node\"",
                    "description": "${var.name}",
                    "tags": { "a": "${upper("x")}" },
                    "depends_on": ["aws_vpc.main"],
                    "lifecycle": { "ignore_changes": ["tags"] }
                  }
                },
                "aws_vpc": { "main": [{ "cidr_block": "10.0.0.0/16", "count": 1 }] }
              }
            }
            """.Replace("upper(\"x\")", "upper(\\\"x\\\")", StringComparison.Ordinal)));

        Assert.Empty(loaded.Problems);
        var role = loaded["aws_iam_role.node"];
        Assert.Equal("\"shop-\"node\"\"", Loaded.Show(role["name"]));
        Assert.Equal("\"no ${interpolation}\"", Loaded.Show(role["description"]));
        Assert.Equal("{a: \"X\"}", Loaded.Show(role["tags"]));
        Assert.Equal("aws_vpc.main", role.Dependencies.Single().Target.Path);
        Assert.Equal(["tags"], role.IgnoredChanges);
        Assert.Equal("main.tf.json:9:10", role.Body.Find("description")!.KeyPlace.ToString());
        Assert.Equal("\"10.0.0.0/16\"", loaded.Attribute("aws_vpc.main[0]", "cidr_block"));
    }
}
