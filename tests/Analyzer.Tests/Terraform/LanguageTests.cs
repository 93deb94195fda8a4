using Analyzer.Facts.Resources;
using Analyzer.Reports;

namespace Analyzer.Tests.Terraform;

/// <summary>Parts of the language that give no value, and what must not matter.</summary>
public class LanguageTests
{
    private const string State = """
        moved {
          from = aws_iam_role.old
          to   = aws_iam_role.node
        }
        import {
          to = aws_iam_role.node
          id = "node"
        }
        removed {
          from = aws_iam_role.gone
          lifecycle {
            destroy = false
          }
        }
        check "health" {
          data "http" "page" {
            url = "https://example.com"
          }
          assert {
            condition     = data.http.page.status_code == 200
            error_message = "down"
          }
        }
        """;

    [Fact]
    public void What_moves_imports_removes_and_checks_makes_nothing()
    {
        var loaded = Loaded.Of("resource \"aws_iam_role\" \"node\" { name = \"node\" }\n" + State);
        Assert.Equal(["aws_iam_role.node"], loaded.Addresses);
        Assert.Empty(loaded.Problems);
        Assert.Empty(loaded.Inventory.Gaps);
    }

    [Fact]
    public void What_triggers_a_replacement_comes_before() => Assert.Equal(
        ["aws_iam_role.node"],
        Loaded.Of("resource \"aws_iam_role\" \"node\" {}\nresource \"x_y\" \"z\" {\n  lifecycle {\n    replace_triggered_by = [aws_iam_role.node]\n    ignore_changes       = [tags]\n  }\n}")["x_y.z"]
            .Dependencies.Select(each => each.Target.Path));

    [Fact]
    public void Providers_are_passed_down_by_name_through_modules()
    {
        var loaded = Loaded.Files(
            ("main.tf", "provider \"aws\" { region = \"eu-west-1\" }\nprovider \"aws\" {\n  alias  = \"us\"\n  region = \"us-east-1\"\n}\nmodule \"a\" {\n  source    = \"./a\"\n  providers = { aws = aws.us, aws.other = aws }\n}"),
            ("a/main.tf", "module \"b\" {\n  source    = \"../b\"\n  providers = { aws = aws.other }\n}\nresource \"aws_x\" \"here\" {}"),
            ("b/main.tf", "resource \"aws_x\" \"there\" {}"));
        Assert.Equal("\"us-east-1\"", Loaded.Show(loaded["module.a.aws_x.here"].Provider!["region"]));
        Assert.Equal("\"eu-west-1\"", Loaded.Show(loaded["module.a.module.b.aws_x.there"].Provider!["region"]));
    }

    [Fact]
    public void A_provider_of_each_region_is_chosen_by_its_key()
    {
        var loaded = Loaded.Files(
            ("main.tofu", """
                variable "unknown" {}
                provider "aws" { region = "us-east-1" }
                provider "aws" {
                  alias    = "by"
                  for_each = toset(["eu-west-1", "cn-north-1"])
                  region   = each.key
                }
                resource "aws_x" "each" {
                  for_each = toset(["eu-west-1", "cn-north-1"])
                  provider = aws.by[each.key]
                }
                data "aws_region" "one" {
                  provider = aws.by["cn-north-1"]
                }
                data "aws_partition" "one" {
                  provider = aws.by["cn-north-1"]
                }
                resource "aws_x" "asked" {
                  provider  = aws.by["eu-west-1"]
                  region    = data.aws_region.one.name
                  partition = data.aws_partition.one.partition
                }
                resource "aws_x" "unknown" {
                  provider = aws.by[var.unknown]
                }
                module "each" {
                  source    = "./each"
                  for_each  = toset(["eu-west-1", "cn-north-1"])
                  providers = { aws = aws.by[each.key] }
                }
                """),
            ("each/main.tf", "resource \"aws_x\" \"inside\" {}"));
        Assert.Equal("\"eu-west-1\"", Region("aws_x.each[\"eu-west-1\"]"));
        Assert.Equal("\"cn-north-1\"", Region("aws_x.each[\"cn-north-1\"]"));
        Assert.Equal("\"cn-north-1\"", Region("module.each[\"cn-north-1\"].aws_x.inside"));
        Assert.Equal("\"eu-west-1\"", Region("module.each[\"eu-west-1\"].aws_x.inside"));
        Assert.Equal("\"cn-north-1\"", loaded.Attribute("aws_x.asked", "region"));
        Assert.Equal("\"aws-cn\"", loaded.Attribute("aws_x.asked", "partition"));
        Assert.Equal("absent", Region("aws_x.unknown"));

        string Region(string address) => Loaded.Show(loaded[address].Provider?["region"]);
    }

    [Fact]
    public void Nothing_depends_on_threads_or_on_what_else_is_there()
    {
        var samples = Directory.GetFiles(Path.Join(Golden.Root, "samples"), "*.tf", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => (Path.GetRelativePath(Golden.Root, path), File.ReadAllText(path))).ToList();
        var one = Printed(new Loaded(samples, new LoadOptions { Parallelism = 1 }));
        Assert.Equal(one, Printed(new Loaded(samples, new LoadOptions { Parallelism = 4 })));
        Assert.Equal(one, Printed(new Loaded(Enumerable.Reverse(samples), new LoadOptions { Parallelism = 2 })));
        var more = Printed(new Loaded([("aaa/main.tf", "variable \"u\" {}\nresource \"x_y\" \"z\" {\n  a = try(jsondecode(var.u).b, one(var.u), 1)\n}"), .. samples], new LoadOptions { Parallelism = 1 }));
        Assert.EndsWith(one, more, StringComparison.Ordinal);
    }

    private static string Printed(Loaded loaded)
    {
        using var output = new StringWriter();
        ModelReport.WriteResources(loaded.Inventory, output);
        return output.ToString();
    }
}
