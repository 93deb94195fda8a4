using Analyzer.Facts.Values;

namespace Analyzer.Tests.Terraform;

/// <summary>What a root says of itself: outputs, versions, where its state is.</summary>
public class UnitTests
{
    [Fact]
    public void Outputs_of_a_root_export_what_they_name()
    {
        var loaded = Loaded.Files(
            ("main.tf", """
                resource "aws_vpc" "main" {}
                resource "aws_subnet" "private" {
                  count = var.subnets
                  vpc_id = aws_vpc.main.id
                }
                resource "aws_iam_role" "node" { name = "node" }
                resource "aws_iam_role" "other" { name = "other" }
                resource "aws_route_table" "this" { vpc_id = aws_vpc.main.id }
                variable "subnets" {}
                module "cluster" { source = "./cluster" }
                output "subnets" { value = join(",", aws_subnet.private[*].id) }
                output "role" { value = upper(aws_iam_role.node.name) }
                output "cluster" { value = module.cluster }
                """),
            ("cluster/main.tf", """
                resource "aws_eks_cluster" "this" { name = "c" }
                resource "aws_eks_node_group" "this" { cluster_name = aws_eks_cluster.this.name }
                output "endpoint" { value = aws_eks_cluster.this.endpoint }
                output "internal" { value = aws_eks_node_group.this.arn }
                """));

        string[] exported = [.. loaded.Addresses.Where(address => loaded.Inventory.IsExported(new Address("", address)))];
        Assert.Equal(["aws_subnet.private[*]", "aws_iam_role.node", "module.cluster.aws_eks_cluster.this", "module.cluster.aws_eks_node_group.this"], exported);
    }

    [Fact]
    public void Outputs_of_a_child_export_nothing_unless_the_root_passes_them_on()
    {
        var loaded = Loaded.Files(
            ("main.tf", "module \"vpc\" { source = \"./vpc\" }"),
            ("vpc/main.tf", """
                resource "aws_vpc" "this" {}
                output "id" { value = aws_vpc.this.id }
                """));
        Assert.False(loaded.Inventory.IsExported(new Address("", "module.vpc.aws_vpc.this")));
    }

    [Fact]
    public void Versions_are_what_all_modules_allow_and_the_lock_file_chose()
    {
        var loaded = Loaded.Files(
            ("main.tf", """
                terraform {
                  required_version = ">= 1.5"
                  required_providers {
                    azurerm = {
                      source  = "hashicorp/azurerm"
                      version = ">= 3.0"
                    }
                    k8s = {
                      source  = "hashicorp/kubernetes"
                      version = "~> 2.0"
                    }
                    google = "~> 5.0"
                  }
                }
                provider "aws" { version = "~> 3.0" }
                module "aks" { source = "./aks" }
                """),
            (".terraform.lock.hcl", """
                provider "registry.terraform.io/hashicorp/google" {
                  version     = "5.12.0"
                  constraints = "~> 5.0"
                }
                """),
            ("aks/main.tf", """
                terraform {
                  required_providers {
                    azurerm = { source = "hashicorp/azurerm", version = "< 4.0" }
                  }
                }
                """));

        var unit = loaded.Inventory.UnitOf("")!;
        Assert.Equal(">= 3.0, < 4.0", unit.Versions("azurerm").ToString());
        Assert.Equal(">= 2.0, < 3", unit.Versions("kubernetes").ToString());
        Assert.Equal(">= 5.12.0, <= 5.12.0", unit.Versions("google").ToString());
        Assert.Equal(Truth.No, unit.Versions("aws").IsAtLeast("4.0"));
        Assert.Equal(Truth.Yes, unit.Versions("terraform").IsAtLeast("1.3"));
        Assert.Equal(Truth.Unknown, unit.Versions("helm").IsAtLeast("1.0"));
    }

    [Fact]
    public void A_backend_tells_where_the_state_is()
    {
        var loaded = Loaded.Files(
            ("main.tf", """
                terraform {
                  backend "s3" {
                    bucket = "states"
                    key    = "vpc/terraform.tfstate"
                  }
                }
                """),
            ("backend_override.tf", """
                terraform {
                  backend "local" {
                    path = "states/vpc"
                  }
                }
                """));
        var backend = loaded.Inventory.UnitOf("")!.Backend!;
        Assert.Equal(("local", "\"states/vpc\""), (backend.Type, Loaded.Show(backend.Arguments["path"])));
    }
}
