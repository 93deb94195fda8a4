using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;

namespace Analyzer.Tests.Terraform;

public class ValueTests
{
    [Fact]
    public void Literals_keep_their_places()
    {
        var loaded = Loaded.Of("""
            resource "aws_iam_role" "node" {
              name = "node"
            }
            """);

        var role = loaded["aws_iam_role.node"];
        Assert.Equal("main.tf:1:1", role.Place.ToString());
        Assert.Equal("\"node\"", Loaded.Show(role["name"]));
        Assert.Equal("main.tf:2:10", role["name"]!.Trace!.Source.Place.ToString());
        Assert.Empty(loaded.Problems);
    }

    [Fact]
    public void Values_travel_through_variables_locals_and_modules_with_every_step()
    {
        var loaded = Loaded.Files(
            ("main.tf", """
                variable "prefix" { default = "shop" }
                locals { role = "${var.prefix}-node" }
                module "iam" {
                  source = "./iam"
                  name   = local.role
                }
                resource "aws_eks_node_group" "main" { node_role_arn = module.iam.name }
                """),
            ("iam/main.tf", """
                variable "name" {}
                output "name" { value = var.name }
                """));

        var value = loaded["aws_eks_node_group.main"]["node_role_arn"]!;
        Assert.Equal("\"shop-node\"", Loaded.Show(value));
        var steps = value.Trace!.Steps.Select(step => (step.Kind, step.Name)).ToList();
        Assert.Equal(
            [(StepKind.Literal, "node_role_arn"), (StepKind.Output, "module.iam.name"), (StepKind.Argument, "var.name"), (StepKind.Local, "local.role")],
            steps.Take(4));
    }

    [Fact]
    public void The_default_of_a_root_variable_is_marked_and_can_be_doubted()
    {
        (string, string)[] files = [("main.tf", """
            variable "role" { default = "node" }
            resource "aws_iam_role" "node" { name = var.role }
            """)];

        var trusted = new Loaded(files);
        Assert.Equal("\"node\"", trusted.Attribute("aws_iam_role.node", "name"));
        Assert.Contains(trusted["aws_iam_role.node"]["name"]!.Trace!.Steps, step => step.Kind == StepKind.RootDefault);

        var doubted = new Loaded(files, new LoadOptions { DoubtDefaults = true });
        Assert.Equal("?var.role", doubted.Attribute("aws_iam_role.node", "name"));
    }

    [Fact]
    public void Variable_files_win_in_order()
    {
        var loaded = Loaded.Files(
            ("main.tf", """
                variable "a" { default = "default" }
                variable "b" {}
                variable "c" {}
                resource "x_y" "z" {
                  a = var.a
                  b = var.b
                  c = var.c
                }
                """),
            ("terraform.tfvars", "a = \"tfvars\"\nb = \"tfvars\"\nc = \"tfvars\""),
            ("terraform.tfvars.json", "{\"b\": \"json\", \"c\": \"json\"}"),
            ("1.auto.tfvars", "c = \"auto\""),
            ("production.tfvars", "a = \"not loaded\""));

        Assert.Equal("\"tfvars\"", loaded.Attribute("x_y.z", "a"));
        Assert.Equal("\"json\"", loaded.Attribute("x_y.z", "b"));
        Assert.Equal("\"auto\"", loaded.Attribute("x_y.z", "c"));
        Assert.Contains(loaded["x_y.z"]["c"]!.Trace!.Steps, step => step.Kind == StepKind.Given);
    }

    [Theory]
    [InlineData("terraform.tfvars", "\0GITCRYPT\0\u0001\u0002\n\u0003 = \"")]
    [InlineData("1.auto.tfvars", "b = \"given\"\nc = {\n")]
    [InlineData("terraform.tfvars.json", "{\"b\": \"given\", ")]
    public void A_variable_file_that_cannot_be_read_whole_may_give_more(string name, string text)
    {
        var loaded = Loaded.Files(("main.tf", "variable \"a\" { default = \"default\" }\nresource \"x_y\" \"z\" { a = var.a }"), (name, text));
        Assert.Equal("?var.a", loaded.Attribute("x_y.z", "a"));
        Assert.Single(loaded.Codes);
    }

    [Fact]
    public void Variables_are_converted_to_their_type()
    {
        var loaded = Loaded.Of("""
            variable "pools" {
              type = map(object({ size = optional(number, 3), name = string }))
              default = { a = { name = 7 } }
            }
            variable "ports" {
              type = list(string)
              default = [80]
            }
            resource "x_y" "z" {
              size = var.pools["a"].size
              name = var.pools.a.name
              port = var.ports[0]
            }
            """);

        Assert.Equal("3", loaded.Attribute("x_y.z", "size"));
        Assert.Equal("\"7\"", loaded.Attribute("x_y.z", "name"));
        Assert.Equal("\"80\"", loaded.Attribute("x_y.z", "port"));
    }

    [Fact]
    public void A_null_argument_overrides_the_default_unless_the_variable_is_not_nullable()
    {
        var loaded = Loaded.Files(
            ("main.tf", """
                module "m" {
                  source = "./m"
                  a      = null
                  b      = null
                }
                """),
            ("m/main.tf", """
                variable "a" { default = "db" }
                variable "b" {
                  default  = "db"
                  nullable = false
                }
                resource "x_y" "z" {
                  a = var.a
                  b = var.b
                }
                """));

        Assert.Equal("null", loaded.Attribute("module.m.x_y.z", "a"));
        Assert.Null(loaded["module.m.x_y.z"]["a"]);
        Assert.Equal("\"db\"", loaded.Attribute("module.m.x_y.z", "b"));
    }

    [Fact]
    public void A_variable_without_value_is_unknown_and_equal_to_itself()
    {
        var loaded = Loaded.Of("""
            variable "vpc" { type = string }
            resource "aws_subnet" "a" { vpc_id = var.vpc }
            resource "aws_subnet" "b" { vpc_id = var.vpc }
            """);

        var (a, b) = (loaded["aws_subnet.a"]["vpc_id"]!, loaded["aws_subnet.b"]["vpc_id"]!);
        Assert.Equal("?var.vpc", Loaded.Show(a));
        Assert.Equal(Truth.Yes, a.EqualTo(b));
    }

    [Fact]
    public void Configured_attributes_of_resources_are_known_and_others_are_unknown_with_their_reference()
    {
        var loaded = Loaded.Of("""
            resource "aws_iam_role" "node" { name = "node" }
            resource "azurerm_kubernetes_cluster" "main" {
              identity { type = "SystemAssigned" }
            }
            resource "x_y" "z" {
              name    = aws_iam_role.node.name
              arn     = aws_iam_role.node.arn
              kubelet = azurerm_kubernetes_cluster.main.kubelet_identity[0].object_id
              type    = azurerm_kubernetes_cluster.main.identity[0].type
              id      = azurerm_kubernetes_cluster.main.identity[0].principal_id
            }
            """);

        var name = loaded["x_y.z"]["name"]!;
        Assert.Equal("\"node\"", Loaded.Show(name));
        Assert.Equal(new Reference(new Address("", "aws_iam_role.node"), "name"), name.References.First());
        Assert.Equal("?aws_iam_role.node.arn", loaded.Attribute("x_y.z", "arn"));
        Assert.Equal("?azurerm_kubernetes_cluster.main.kubelet_identity[0].object_id", loaded.Attribute("x_y.z", "kubelet"));
        Assert.Equal("\"SystemAssigned\"", loaded.Attribute("x_y.z", "type"));
        Assert.Equal("?azurerm_kubernetes_cluster.main.identity[0].principal_id", loaded.Attribute("x_y.z", "id"));
    }

    [Fact]
    public void A_null_argument_reads_as_not_configured()
    {
        var loaded = Loaded.Of("""
            resource "aws_iam_role" "node" { name = null }
            resource "x_y" "z" { name = aws_iam_role.node.name }
            """);

        Assert.Equal("?aws_iam_role.node.name", loaded.Attribute("x_y.z", "name"));
    }

    [Fact]
    public void Module_paths_are_relative_to_the_root()
    {
        var loaded = Loaded.Files(
            ("live/main.tf", "module \"m\" { source = \"../modules/m\" }\nterraform { backend \"s3\" {} }"),
            ("modules/m/main.tf", """
                resource "x_y" "z" {
                  a = path.module
                  b = path.root
                  c = templatefile("${path.module}/user-data.tpl", { name = "shop" })
                  d = terraform.workspace
                }
                """),
            ("modules/m/user-data.tpl", "hello ${name}"));

        var resource = loaded["module.m.x_y.z", "live"];
        Assert.Equal("\"../modules/m\"", Loaded.Show(resource["a"]));
        Assert.Equal("\".\"", Loaded.Show(resource["b"]));
        Assert.Equal("\"hello shop\"", Loaded.Show(resource["c"]));
        Assert.Equal("?terraform.workspace", Loaded.Show(resource["d"]));
    }

    [Fact]
    public void Sensitive_variables_mark_what_they_give()
    {
        var loaded = Loaded.Of("""
            variable "password" {
              default   = "hunter2"
              sensitive = true
            }
            resource "x_y" "z" { p = var.password }
            """);

        Assert.True(loaded["x_y.z"]["p"]!.IsSensitive);
    }
}
