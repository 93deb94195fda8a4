using Analyzer.Facts.Text;

namespace Analyzer.Tests.Terraform;

public class HostileInputTests
{
    [Fact]
    public void A_cycle_of_locals_is_a_problem_and_the_rest_is_known()
    {
        var loaded = Loaded.Of("""
            locals {
              a = local.b
              b = local.a
              c = "known"
            }
            resource "x_y" "z" {
              a = local.a
              c = local.c
            }
            """);

        Assert.Equal(["reference-cycle"], loaded.Codes);
        Assert.Equal("main.tf:2:3", loaded.Problems[0].Place.ToString());
        Assert.Equal("?Cycle", loaded.Attribute("x_y.z", "a"));
        Assert.Equal("\"known\"", loaded.Attribute("x_y.z", "c"));
    }

    [Fact]
    public void Resources_and_providers_that_refer_to_themselves_end()
    {
        var loaded = Loaded.Of("""
            provider "aws" { region = data.aws_region.here.name }
            data "aws_region" "here" {}
            resource "x_y" "a" {
              count = length(x_y.a)
              name  = x_y.b.name
            }
            resource "x_y" "b" { name = x_y.a[0].name }
            module "m" { source = module.m.source }
            """);

        Assert.DoesNotContain("internal-error", loaded.Codes);
        Assert.Contains("reference-cycle", loaded.Codes);
        Assert.Contains("x_y.b", loaded.Addresses);
    }

    [Fact]
    public void Ranges_in_ranges_end()
    {
        var loaded = Loaded.Of("""
            locals {
              big = [for a in range(1000) : [for b in range(1000) : [for c in range(1000) : "${a}${b}${c}"]]]
            }
            resource "x_y" "z" {
              n    = length(local.big)
              name = "known"
            }
            """);

        Assert.Equal("\"known\"", loaded.Attribute("x_y.z", "name"));
        Assert.DoesNotContain("internal-error", loaded.Codes);
        Assert.Contains("evaluation-limit", loaded.Codes);
    }

    [Fact]
    public void Texts_that_double_end()
    {
        var locals = string.Join('\n', Enumerable.Range(1, 60).Select(at => $"l{at} = \"${{local.l{at - 1}}}${{local.l{at - 1}}}\""));
        var loaded = Loaded.Of($"locals {{\nl0 = \"ha\"\n{locals}\n}}\nresource \"x_y\" \"z\" {{ a = local.l60 }}");

        Assert.Single(loaded.Inventory.Resources);
        Assert.DoesNotContain("internal-error", loaded.Codes);
    }

    [Fact]
    public void Chains_of_thousands_of_locals_end()
    {
        var locals = string.Join('\n', Enumerable.Range(1, 20_000).Select(at => $"l{at} = local.l{at - 1}"));
        var loaded = Loaded.Of($"locals {{\nl0 = \"end\"\n{locals}\n}}\nresource \"x_y\" \"z\" {{ a = local.l20000 }}");

        Assert.Single(loaded.Inventory.Resources);
        Assert.DoesNotContain("internal-error", loaded.Codes);
    }

    [Fact]
    public void Declaring_a_thing_twice_is_a_problem_and_the_first_counts()
    {
        var loaded = Loaded.Of("""
            resource "x_y" "z" { a = 1 }
            resource "x_y" "z" { a = 2 }
            """);

        Assert.Equal(["duplicate-declaration"], loaded.Codes);
        Assert.Equal("main.tf:2:1", loaded.Problems[0].Place.ToString());
        Assert.Equal("1", loaded.Attribute("x_y.z", "a"));
    }

    [Fact]
    public void An_unknown_function_is_told_once_and_loses_nothing()
    {
        var loaded = Loaded.Of("""
            resource "x_y" "z" {
              a = frobnicate(1)
              b = frobnicate(2)
              c = "known"
            }
            """);

        var problem = Assert.Single(loaded.Problems);
        Assert.Equal(("unknown-function", ProblemSeverity.Information, "main.tf:2:7"), (problem.Code, problem.Severity, problem.Place.ToString()));
        Assert.Equal("\"known\"", loaded.Attribute("x_y.z", "c"));
        Assert.Empty(loaded.Inventory.Gaps);
    }

    [Fact]
    public void Unknown_blocks_and_blocks_with_wrong_labels_are_problems()
    {
        var loaded = Loaded.Of("""
            frobnicate "x" {}
            resource "x_y" {}
            resource "x_y" "z" {}
            """);

        Assert.Equal(["unknown-block", "invalid-block"], loaded.Codes);
        Assert.Equal(["x_y.z"], loaded.Addresses);
    }

    [Fact]
    public void Names_that_mean_nothing_are_unknown()
    {
        var loaded = Loaded.Of("""
            resource "x_y" "z" {
              a = var.nope
              b = aws_iam_role.nope.arn
              c = module.nope.out
              d = each.key
              e = nope
            }
            """);

        foreach (var name in (string[])["a", "b", "c", "d", "e"])
        {
            Assert.Equal("?Error", loaded.Attribute("x_y.z", name));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("\u0000\u0001\u0002")]
    [InlineData("resource")]
    [InlineData("resource \"a\" \"b\"")]
    [InlineData("<<<<<<< HEAD\nresource \"x_y\" \"z\" {}\n=======\n>>>>>>> other\n")]
    [InlineData("locals { a = ")]
    [InlineData("module \"m\" { source = }")]
    [InlineData("resource \"x_y\" \"z\" {\r\n  a = 1\r\n}\r\n")]
    public void Broken_files_never_throw(string text)
    {
        foreach (var name in (string[])["main.tf", "main.tf.json", "terraform.tfvars", "terraform.tfvars.json"])
        {
            Assert.DoesNotContain("internal-error", Loaded.Files((name, text), ("other.tf", "resource \"x_y\" \"other\" {}")).Codes);
        }
    }
}
