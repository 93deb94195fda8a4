using Analyzer.Facts.Values;

namespace Analyzer.Tests.Terraform;

/// <summary>Roots that read what other roots of the repository give.</summary>
public class RemoteStateTests
{
    [Theory]
    [InlineData("s3", "bucket = \"b\"\n key = \"net\"", "bucket = \"b\", key = \"net\", region = \"eu-west-1\"", true)]
    [InlineData("s3", "bucket = \"b\"\n key = \"net\"", "bucket = \"b\", key = \"other\"", false)]
    [InlineData("s3", "key = \"net\"", "bucket = \"b\", key = \"net\"", false)]
    [InlineData("gcs", "bucket = \"b\"\n prefix = \"net\"", "bucket = \"b\", prefix = \"net\"", true)]
    [InlineData("azurerm", "storage_account_name = \"s\"\n container_name = \"c\"\n key = \"k\"", "resource_group_name = \"g\", storage_account_name = \"s\", container_name = \"c\", key = \"k\"", true)]
    [InlineData("local", "", "path = \"../net/terraform.tfstate\"", true)]
    [InlineData("local", "path = \"state/net\"", "path = \"../net/terraform.tfstate\"", false)]
    public void A_root_is_found_by_its_backend(string type, string backend, string config, bool isFound)
    {
        var loaded = Loaded.Files(
            ("net/main.tf", $$"""
                terraform {
                  backend "{{type}}" {
                    {{backend}}
                  }
                }
                resource "aws_vpc" "main" {}
                output "vpc_id" { value = aws_vpc.main.id }
                """),
            ("app/main.tf", $$"""
                data "terraform_remote_state" "net" {
                  backend = "{{type}}"
                  config  = { {{config}} }
                }
                resource "aws_subnet" "this" {
                  vpc_id = data.terraform_remote_state.net.outputs.vpc_id
                  other  = data.terraform_remote_state.net.outputs.other
                }
                """));
        var subnet = loaded["aws_subnet.this", "app"].Body;
        Assert.Equal(isFound, subnet["vpc_id"]!.References.Any(reference => reference.Target == new Address("net", "aws_vpc.main")));
        Assert.Equal("?data.terraform_remote_state.net.outputs.other", Loaded.Show(subnet["other"]));
        Assert.Contains(subnet["vpc_id"]!.References, reference => reference.ToString() == "data.terraform_remote_state.net.outputs" || reference.Attribute == "outputs.vpc_id");
    }

    [Theory]
    [InlineData("../net", "vpc_id", "\"vpc-1\"")]
    [InlineData("../net", "zone", "\"a\"")]
    [InlineData("../net", "other", "?data.terraform_remote_state.net.outputs.other")]
    [InlineData("../elsewhere", "zone", "?data.terraform_remote_state.net.outputs.zone")]
    public void Defaults_are_for_what_a_root_that_is_here_does_not_put_out(string folder, string output, string expected)
    {
        var loaded = Loaded.Files(("net/main.tf", "output \"vpc_id\" { value = \"vpc-1\" }"), ("app/main.tf", $$"""
            data "terraform_remote_state" "net" {
              backend  = "local"
              config   = { path = "{{folder}}/terraform.tfstate" }
              defaults = { vpc_id = "vpc-0", zone = "a" }
            }
            resource "x_any" "this" { name = data.terraform_remote_state.net.outputs.{{output}} }
            """));
        Assert.Equal(expected, Loaded.Show(loaded["x_any.this", "app"].Body["name"]));
    }

    [Fact]
    public void Roots_that_read_each_other_come_to_an_end()
    {
        var loaded = Loaded.Files(("a/main.tf", Reading("a", "b")), ("b/main.tf", Reading("b", "a")));
        Assert.Equal(4, loaded.Inventory.Resources.Count);
        Assert.DoesNotContain("internal-error", loaded.Codes);

        static string Reading(string own, string other) => $$"""
            terraform {
              backend "s3" {
                bucket = "b"
                key    = "{{own}}"
              }
            }
            data "terraform_remote_state" "other" {
              backend = "s3"
              config  = { bucket = "b", key = "{{other}}" }
            }
            resource "x_any" "this" { name = data.terraform_remote_state.other.outputs.name }
            output "name" { value = "${data.terraform_remote_state.other.outputs.name}x" }
            """;
    }

    [Fact]
    public void Files_for_OpenTofu_stand_in_for_those_of_the_same_name()
    {
        var loaded = Loaded.Files(
            ("main.tf", "resource \"x_any\" \"terraform\" {}"),
            ("main.tofu", "resource \"x_any\" \"tofu\" {}"),
            ("more.tofu.json", "{\"resource\": {\"x_any\": {\"json\": {\"a\": \"b\"}}}}"),
            ("more_override.tofu", "resource \"x_any\" \"json\" { a = \"c\" }"),
            ("other.tf", "resource \"x_any\" \"other\" {}"));
        Assert.Equal(["x_any.tofu", "x_any.json", "x_any.other"], loaded.Addresses);
        Assert.Equal("\"c\"", loaded.Attribute("x_any.json", "a"));
    }
}
