namespace Analyzer.Tests.Terraform;

public class DependencyTests
{
    [Fact]
    public void Dependencies_are_found_through_locals_variables_outputs_and_providers()
    {
        var loaded = Loaded.Files(
            ("main.tf", """
                resource "azurerm_kubernetes_cluster" "main" {}
                resource "azurerm_role_assignment" "acr" {}
                locals { cluster = azurerm_kubernetes_cluster.main.id }
                provider "kubernetes" { host = azurerm_kubernetes_cluster.main.fqdn }
                module "app" {
                  source  = "./app"
                  cluster = local.cluster
                }
                resource "x_y" "after" { app = module.app.id }
                """),
            ("app/main.tf", """
                variable "cluster" {}
                resource "kubernetes_deployment" "app" { annotations = { cluster = var.cluster } }
                output "id" { value = kubernetes_deployment.app.id }
                """));

        var app = loaded["module.app.kubernetes_deployment.app"].Dependencies.Single();
        Assert.Equal("azurerm_kubernetes_cluster.main", app.Target.Path);
        Assert.Equal(["var.cluster", "local.cluster"], app.Through);
        Assert.False(app.IsExplicit);

        var after = loaded["x_y.after"].Dependencies.Single();
        Assert.Equal("module.app.kubernetes_deployment.app", after.Target.Path);
        Assert.Equal(["module.app.id"], after.Through);
    }

    [Fact]
    public void A_provider_makes_its_resources_wait()
    {
        var loaded = Loaded.Of("""
            resource "azurerm_kubernetes_cluster" "main" {}
            provider "kubernetes" { host = azurerm_kubernetes_cluster.main.fqdn }
            resource "kubernetes_deployment" "app" {}
            """);

        var edge = loaded["kubernetes_deployment.app"].Dependencies.Single();
        Assert.Equal("azurerm_kubernetes_cluster.main", edge.Target.Path);
        Assert.Equal(["provider.kubernetes"], edge.Through);
    }

    [Fact]
    public void Depends_on_of_a_variable_or_local_is_what_that_was_made_of()
    {
        var loaded = Loaded.Files(
            ("main.tf", """
                resource "aws_eks_node_group" "main" {}
                resource "null_resource" "ready" { triggers = { group = aws_eks_node_group.main.id } }
                module "app" {
                  source = "./app"
                  after  = null_resource.ready.id
                }
                """),
            ("app/main.tf", """
                variable "after" {}
                locals { after = [var.after] }
                resource "helm_release" "one" { depends_on = [var.after] }
                resource "helm_release" "two" { depends_on = [local.after] }
                """));

        Assert.Equal("null_resource.ready", loaded["module.app.helm_release.one"].Dependencies.Single().Target.Path);
        Assert.Equal("null_resource.ready", loaded["module.app.helm_release.two"].Dependencies.Single().Target.Path);
    }

    [Fact]
    public void Depends_on_of_a_call_holds_for_everything_in_the_module()
    {
        var loaded = Loaded.Files(
            ("main.tf", """
                resource "azurerm_role_assignment" "acr" {}
                module "app" {
                  source     = "./app"
                  depends_on = [azurerm_role_assignment.acr]
                }
                resource "x_y" "z" { depends_on = [module.app, data.x_y.other] }
                data "x_y" "other" {}
                """),
            ("app/main.tf", "resource \"kubernetes_deployment\" \"app\" {}"));

        var edge = loaded["module.app.kubernetes_deployment.app"].Dependencies.Single();
        Assert.Equal("azurerm_role_assignment.acr", edge.Target.Path);
        Assert.True(edge.IsExplicit);
        Assert.Equal(["module.app"], edge.Through);
        Assert.Equal(["module.app", "data.x_y.other"], loaded["x_y.z"].Dependencies.Select(dependency => dependency.Target.Path));
    }

    [Theory]
    [InlineData("module.app[0].name", "module.app")]
    [InlineData("module.app[\"a\"].name.first", "module.app")]
    [InlineData("data.x_y.other[\"a\"].id", "data.x_y.other")]
    [InlineData("x_y.more[0]", "x_y.more")]
    public void An_instance_key_anywhere_in_depends_on_means_the_whole_block(string written, string target)
    {
        var loaded = Loaded.Files(
            ("main.tf", $$"""
                module "app" {
                  source = "./app"
                  count  = 1
                }
                data "x_y" "other" {}
                resource "x_y" "more" {}
                resource "x_y" "z" { depends_on = [{{written}}] }
                """),
            ("app/main.tf", "output \"name\" { value = 1 }"));

        Assert.Equal(target, loaded["x_y.z"].Dependencies.Single().Target.Path);
    }

    [Fact]
    public void References_in_meta_arguments_and_nested_blocks_count_and_loop_variables_do_not()
    {
        var loaded = Loaded.Of("""
            resource "aws_iam_role" "a" {}
            resource "aws_iam_role" "b" {}
            resource "aws_iam_role" "c" {}
            resource "x_y" "z" {
              for_each = toset([aws_iam_role.a.name])
              names    = [for aws_iam_role in [] : aws_iam_role.c.name]
              nested {
                role = aws_iam_role.b[*].arn
              }
            }
            """);

        Assert.Equal(["aws_iam_role.a", "aws_iam_role.b"], loaded.Inventory.Resources.First(resource => resource.Name == "z").Dependencies.Select(dependency => dependency.Target.Path));
    }

    [Fact]
    public void Symbols_that_everything_goes_through_do_not_explode()
    {
        var locals = string.Join('\n', Enumerable.Range(0, 60).Select(at => at == 0 ? "l0 = x_y.z.id" : $"l{at} = [local.l{at - 1}, local.l{at - 1}]"));
        var loaded = Loaded.Of($"resource \"x_y\" \"z\" {{}}\nlocals {{\n{locals}\n}}\nresource \"x_y\" \"last\" {{ depends = length(local.l59) }}");

        Assert.Equal(60, loaded["x_y.last"].Dependencies.Single().Through.Count);
    }
}
