namespace Analyzer.Tests.Terraform;

/// <summary>Terragrunt and Stacks: recognised, read where they run what is here, and otherwise said to be open.</summary>
public class WrapperTests
{
    private const string Module = """
        variable "name" {
          default = "default"
        }
        resource "x_any" "this" { name = var.name }
        """;

    [Theory]
    [InlineData("live/terragrunt.hcl", "terraform {\n  source = \"../net\"\n}\ninputs = { name = \"x\" }\n")]
    [InlineData("live/terragrunt.hcl", "terraform {\n  source = \"..//net\"\n}\n")]
    [InlineData("live/terragrunt.hcl", "terraform {\n  source = \"${get_repo_root()}/net\"\n}\n")]
    [InlineData("live/terragrunt.hcl", "terraform {\n  source = \"${get_terragrunt_dir()}/..//net\"\n}\n")]
    [InlineData("net/terragrunt.hcl", "include \"root\" {\n  path = find_in_parent_folders()\n}\n")]
    [InlineData("stack/main.tfcomponent.hcl", "component \"net\" {\n  source = \"../net\"\n  inputs = { name = var.name }\n}\n")]
    public void A_local_module_is_read_without_its_defaults(string path, string text)
    {
        var loaded = Loaded.Files(("net/main.tf", Module), (path, text));
        Assert.Equal("?var.name", Loaded.Show(loaded["x_any.this", "net"].Body["name"]));
        Assert.Empty(loaded.Inventory.Gaps);
        Assert.Empty(loaded.Codes);
    }

    [Theory]
    [InlineData("live/terragrunt.hcl", "terraform {\n  source = \"git::https://example.com/net.git?ref=v1\"\n}\n")]
    [InlineData("live/terragrunt.hcl", "terraform {\n  source = \"${local.base}/net\"\n}\n")]
    [InlineData("live/terragrunt.hcl", "include \"net\" {\n  path = \"../net.hcl\"\n}\n")]
    [InlineData("live/main.tfstack.hcl", "component \"net\" {\n  source = \"app.terraform.io/x/net/aws\"\n}\n")]
    public void What_is_not_here_is_a_gap(string path, string text)
    {
        var loaded = Loaded.Files(("net/main.tf", Module), (path, text));
        Assert.Equal("live", Assert.Single(loaded.Inventory.Gaps).Scope);
        Assert.Equal(["wrapper-not-evaluated"], loaded.Codes);
        Assert.Equal("\"default\"", Loaded.Show(loaded["x_any.this", "net"].Body["name"]));
    }

    [Fact]
    public void A_file_that_only_others_include_says_nothing() =>
        Assert.Empty(Loaded.Files(("net/main.tf", Module), ("terragrunt.hcl", "remote_state {\n  backend = \"s3\"\n}\n")).Codes);
}
