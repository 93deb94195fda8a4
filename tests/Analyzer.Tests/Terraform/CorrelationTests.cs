namespace Analyzer.Tests.Terraform;

/// <summary>Things that depend on one undecided question agree with each other, however the question is asked.</summary>
public class CorrelationTests
{
    [Fact]
    public void A_longer_conjunction_implies_a_shorter_one()
    {
        var loaded = Loaded.Of("""
            variable "settings" {}
            locals {
              all = merge({ enabled = false, create = false, policy = true }, var.settings)
            }
            resource "kubernetes_namespace" "a" {
              count = local.all["enabled"] && local.all["create"] ? 1 : 0
              metadata {
                name = "a"
              }
            }
            resource "kubernetes_network_policy" "a" {
              count = local.all["create"] && local.all["enabled"] && local.all["policy"] ? 1 : 0
              metadata {
                name = kubernetes_namespace.a.*.metadata.0.name[count.index]
              }
            }
            """);
        Assert.Equal("[{name: \"a\"}]", loaded.Attribute("kubernetes_network_policy.a[0]", "metadata"));
        Assert.Equal("local.all[\"enabled\"] && local.all[\"create\"]", loaded["kubernetes_namespace.a[0]"].Guard.ToString());
    }

    [Fact]
    public void Neither_of_two_contradicts_either()
    {
        var loaded = Loaded.Of("""
            variable "a" {
              type = bool
            }
            variable "b" {
              type = bool
            }
            resource "x_any" "this" {
              count = var.a || var.b ? 1 : 0
              name  = "this"
            }
            resource "x_user" "a" {
              count = var.a ? 1 : 0
              name  = x_any.this[0].name
            }
            resource "x_user" "none" {
              count = var.a || var.b ? 0 : 1
              name  = try(x_any.this[0].name, "none")
            }
            """);
        Assert.Equal("\"this\"", loaded.Attribute("x_user.a[0]", "name"));
        Assert.Equal("\"none\"", loaded.Attribute("x_user.none[0]", "name"));
    }

    [Fact]
    public void Two_looks_into_one_unknown_map_see_the_same()
    {
        var loaded = Loaded.Of("""
            variable "pools" {
              type = list(map(string))
            }
            locals {
              pools = { for pool in var.pools : pool.name => pool }
            }
            resource "x_pool" "this" {
              for_each = local.pools
              sysctls  = lookup(each.value, "sysctls", null) == null ? null : [for each in split(",", lookup(each.value, "sysctls", null)) : trimspace(each)]
            }
            """);
        Assert.DoesNotContain("Error", loaded.Attribute("x_pool.this[*]", "sysctls"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_and_an_empty_tuple_are_two_forms_of_one_collection()
    {
        var loaded = Loaded.Of("""
            variable "create" {
              type = bool
            }
            variable "projects" {
              type = list(string)
            }
            variable "project" {
              type = string
            }
            locals {
              projects = length(var.projects) == 0 ? [var.project] : var.projects
            }
            resource "google_project_iam_member" "this" {
              for_each = var.create ? toset(local.projects) : []
              project  = each.key
            }
            """);
        Assert.All(loaded.Inventory.Resources, each => Assert.DoesNotContain("Error", Loaded.Show(each.Body["project"]), StringComparison.Ordinal));
    }

    [Fact]
    public void A_whole_resource_in_a_map_keeps_what_the_provider_adds()
    {
        var loaded = Loaded.Of("""
            resource "aws_iam_policy" "a" {
              name = "a"
            }
            resource "aws_iam_role_policy_attachment" "this" {
              for_each   = tomap({ a = aws_iam_policy.a })
              policy_arn = each.value.arn
            }
            """);
        Assert.Equal("?aws_iam_policy.a.arn", loaded.Attribute("aws_iam_role_policy_attachment.this[\"a\"]", "policy_arn"));
    }

    [Fact]
    public void An_error_in_the_branch_that_is_not_taken_says_nothing()
    {
        var loaded = Loaded.Of("""
            locals {
              names = null
            }
            resource "x_any" "this" {
              names = local.names != null ? { for name in ["a"] : name => 1 if contains(local.names, name) } : { a = 1 }
            }
            """);
        Assert.Equal("{a: 1}", loaded.Attribute("x_any.this", "names"));
    }
}
