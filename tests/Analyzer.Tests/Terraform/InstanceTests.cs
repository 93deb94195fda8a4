using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;

namespace Analyzer.Tests.Terraform;

public class InstanceTests
{
    [Fact]
    public void Count_and_for_each_give_the_addresses_that_terraform_prints()
    {
        var loaded = Loaded.Files(
            ("main.tf", """
                module "eks" {
                  source   = "./eks"
                  for_each = toset(["b", "a"])
                  name     = each.key
                }
                """),
            ("eks/main.tf", """
                variable "name" {}
                resource "aws_iam_role" "node" {
                  count = 2
                  name  = "${var.name}-${count.index}"
                }
                """));

        Assert.Equal(
            ["module.eks[\"a\"].aws_iam_role.node[0]", "module.eks[\"a\"].aws_iam_role.node[1]", "module.eks[\"b\"].aws_iam_role.node[0]", "module.eks[\"b\"].aws_iam_role.node[1]"],
            loaded.Addresses.Order(StringComparer.Ordinal));
        Assert.Equal("\"b-1\"", loaded.Attribute("module.eks[\"b\"].aws_iam_role.node[1]", "name"));
    }

    [Fact]
    public void Known_keys_with_unknown_values_give_exact_instances()
    {
        var loaded = Loaded.Of("""
            variable "arn" {}
            resource "x_y" "z" {
              for_each = { a = var.arn, b = "known" }
              arn      = each.value
            }
            """);

        Assert.Equal(["x_y.z[\"a\"]", "x_y.z[\"b\"]"], loaded.Addresses);
        Assert.Equal("?var.arn", loaded.Attribute("x_y.z[\"a\"]", "arn"));
        Assert.True(loaded["x_y.z[\"a\"]"].IsCertain);
    }

    [Fact]
    public void An_undecided_condition_guards_the_instance_and_agrees_with_the_same_condition_elsewhere()
    {
        var loaded = Loaded.Of("""
            variable "create" { type = bool }
            variable "arn" { type = string }
            resource "aws_iam_role" "node" {
              count = var.create ? 1 : 0
              name  = "node"
            }
            resource "x_y" "z" {
              role  = var.create ? aws_iam_role.node[0].arn : var.arn
              maybe = try(aws_iam_role.node[0].name, "none")
            }
            resource "x_y" "attached" {
              count = var.create ? 1 : 0
              role  = aws_iam_role.node[0].name
            }
            """);

        var role = loaded["aws_iam_role.node[0]"];
        Assert.False(role.IsCertain);
        Assert.Equal(Multiplicity.One, role.Multiplicity);
        Assert.Equal("var.create", role.Guard.ToString());
        Assert.Equal("(not var.create: ?var.arn | var.create: ?aws_iam_role.node[0].arn)", Sorted(loaded["x_y.z"]["role"]!));
        Assert.Equal("(not var.create: \"none\" | var.create: \"node\")", Sorted(loaded["x_y.z"]["maybe"]!));
        Assert.Equal("\"node\"", loaded.Attribute("x_y.attached[0]", "role"));
    }

    [Fact]
    public void Unknown_counts_and_keys_give_one_instance_that_stands_for_any_number()
    {
        var loaded = Loaded.Of("""
            variable "n" { type = number }
            variable "pools" { type = map(string) }
            resource "x_y" "counted" {
              count = var.n
              name  = "node-${count.index}"
            }
            resource "x_y" "each" {
              for_each = var.pools
              name     = each.key
              size     = each.value
            }
            """);

        Assert.Equal(["x_y.counted[*]", "x_y.each[*]"], loaded.Addresses);
        Assert.Equal(Multiplicity.Any, loaded["x_y.counted[*]"].Multiplicity);
        Assert.Equal(Multiplicity.Any, loaded["x_y.each[*]"].Multiplicity);
        Assert.StartsWith("\"node-{", loaded.Attribute("x_y.counted[*]", "name"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_template_refers_to_the_template_of_the_same_keys()
    {
        var loaded = Loaded.Of("""
            variable "pools" { type = map(string) }
            resource "aws_iam_role" "node" {
              for_each = var.pools
            }
            resource "aws_eks_node_group" "node" {
              for_each      = var.pools
              node_role_arn = aws_iam_role.node[each.key].arn
            }
            resource "x_y" "exact" { arn = aws_iam_role.node["system"].arn }
            """);

        Assert.Equal("?aws_iam_role.node[*].arn", loaded.Attribute("aws_eks_node_group.node[*]", "node_role_arn"));
        Assert.Equal("?aws_iam_role.node[\"system\"].arn", loaded.Attribute("x_y.exact", "arn"));
    }

    [Fact]
    public void Whole_resources_can_be_splatted_and_looped_over()
    {
        var loaded = Loaded.Of("""
            resource "aws_subnet" "a" {
              count = 2
              cidr  = "10.0.${count.index}.0/24"
            }
            resource "aws_subnet" "b" {
              for_each = toset(["x"])
            }
            resource "x_y" "z" {
              ids   = aws_subnet.a[*].id
              cidrs = [for s in aws_subnet.a : s.cidr]
              keyed = { for k, s in aws_subnet.b : k => s.id }
              ids_b = values(aws_subnet.b)[*].id
              one   = one(aws_subnet.a[*].missing)
            }
            """);

        Assert.Equal("[?aws_subnet.a[0].id, ?aws_subnet.a[1].id]", loaded.Attribute("x_y.z", "ids"));
        Assert.Equal("[\"10.0.0.0/24\", \"10.0.1.0/24\"]", loaded.Attribute("x_y.z", "cidrs"));
        Assert.Equal("{x: ?aws_subnet.b[\"x\"].id}", loaded.Attribute("x_y.z", "keyed"));
        Assert.Equal("[?aws_subnet.b[\"x\"].id]", loaded.Attribute("x_y.z", "ids_b"));
    }

    [Fact]
    public void An_instance_that_is_not_there_is_an_error_that_try_passes_by()
    {
        var loaded = Loaded.Of("""
            resource "aws_iam_role" "node" { count = 0 }
            resource "x_y" "z" { role = try(aws_iam_role.node[0].arn, "none") }
            """);

        Assert.Equal("\"none\"", loaded.Attribute("x_y.z", "role"));
    }

    [Fact]
    public void Where_a_configured_value_is_an_error_nothing_is_deployed()
    {
        var loaded = Loaded.Of("""
            variable "create" { type = bool }
            variable "projects" { type = list(string) }
            resource "google_service_account" "node" { count = var.create ? 1 : 0 }
            resource "google_project_iam_member" "reader" {
              for_each = var.create ? toset(var.projects) : []
              member   = google_service_account.node[0].member
            }
            """);

        Assert.Equal("?google_service_account.node[0].member", loaded.Attribute("google_project_iam_member.reader[*]", "member"));
    }

    [Fact]
    public void Attributes_that_identify_a_thing_are_never_null_and_others_may_be()
    {
        var loaded = Loaded.Of("""
            resource "aws_iam_role" "node" {}
            resource "x_y" "z" {
              some = aws_iam_role.node.arn == null
              any  = aws_iam_role.node.permissions_boundary == null
            }
            """);

        Assert.Equal("false", loaded.Attribute("x_y.z", "some"));
        Assert.NotEqual("false", loaded.Attribute("x_y.z", "any"));
    }

    [Fact]
    public void More_instances_than_the_limit_are_seen_as_one_that_stands_for_the_rest()
    {
        var loaded = Loaded.Of("""
            resource "x_y" "z" {
              for_each = toset(flatten([for i in range(100) : [for j in range(100) : tostring(i * 100 + j)]]))
              name     = each.key
            }
            resource "x_y" "single" { name = x_y.z["9999"].name }
            """);

        Assert.Equal(258, loaded.Inventory.Resources.Count);
        Assert.Equal(Multiplicity.Any, loaded["x_y.z[*]"].Multiplicity);
        Assert.Contains("instance-limit", loaded.Codes);
    }

    [Fact]
    public void Choices_of_maps_guard_the_instances_they_give()
    {
        var loaded = Loaded.Of("""
            variable "small" { type = bool }
            resource "x_y" "z" {
              for_each = var.small ? { a = 1 } : { a = 2, b = 3 }
              n        = each.value
            }
            """);

        Assert.True(loaded["x_y.z[\"a\"]"].IsCertain);
        Assert.Equal("not var.small", loaded["x_y.z[\"b\"]"].Guard.ToString());
    }

    private static string Sorted(Value choice) => choice is ChoiceValue several
        ? $"({string.Join(" | ", several.Alternatives.Select(each => $"{each.Guard}: {Loaded.Show(each.Value)}").Order(StringComparer.Ordinal))})"
        : Loaded.Show(choice);
}
