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
    [InlineData("live/terragrunt.hcl", "terraform {\n  source = \"../net\"\n}\ninputs = { other = \"x\" }\n")]
    [InlineData("live/terragrunt.hcl", "terraform {\n  source = \"../net\"\n}\ninputs = { name = get_env(\"NAME\") }\n")]
    [InlineData("live/terragrunt.hcl", "terraform {\n  source = \"../net\"\n}\ninputs = { name = null }\n")]
    [InlineData("live/terragrunt.hcl", "terraform {\n  source = \"../net\"\n}\ninputs = merge({ name = \"x\" }, local.more)\n")]
    [InlineData("live/terragrunt.hcl", "include \"root\" {\n  path = find_in_parent_folders()\n}\nterraform {\n  source = \"../net\"\n}\ninputs = { name = \"x\" }\n")]
    [InlineData("live/terragrunt.hcl", "terraform {\n  source = \"../net\"\n  extra_arguments \"files\" {\n    commands = [\"plan\"]\n  }\n}\ninputs = { name = \"x\" }\n")]
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
    [InlineData("live/terragrunt.hcl", "terraform {\n  source = \"../net\"\n}\ninputs = { name = \"x\" }\n")]
    [InlineData("live/terragrunt.hcl", "locals {\n  env = \"x\"\n}\nterraform {\n  source = \"../net\"\n}\ninputs = { name = local.env }\n")]
    [InlineData("net/terragrunt.hcl", "inputs = { name = \"x\" }\n")]
    [InlineData("stack/main.tfcomponent.hcl", "component \"net\" {\n  source = \"../net\"\n  inputs = { name = \"x\" }\n}\n")]
    public void What_is_written_out_is_given(string path, string text) =>
        Assert.Equal("\"x\"", Loaded.Show(Loaded.Files(("net/main.tf", Module), (path, text))["x_any.this", "net"].Body["name"]));

    [Theory]
    [InlineData("\"x\"", "\"x\"", "\"x\"")]
    [InlineData("\"x\"", "\"y\"", "?var.name")]
    [InlineData("\"x\"", "get_env(\"NAME\")", "?var.name")]
    public void What_several_give_counts_where_they_agree(string one, string other, string expected)
    {
        const string Source = "terraform {\n  source = \"../net\"\n}\n";
        var wrapped = Loaded.Files(("net/main.tf", Module), ("a/terragrunt.hcl", Source + $"inputs = {{ name = {one} }}\n"), ("b/terragrunt.hcl", Source + $"inputs = {{ name = {other} }}\n"));
        Assert.Equal(expected, Loaded.Show(wrapped["x_any.this", "net"].Body["name"]));
    }

    [Theory]
    [InlineData("deployment \"a\" {\n  inputs = { name = \"x\" }\n}\n", "\"x\"")]
    [InlineData("locals {\n  name = \"x\"\n}\ndeployment \"a\" {\n  inputs = { name = local.name }\n}\ndeployment \"b\" {\n  inputs = { name = \"x\" }\n}\n", "\"x\"")]
    [InlineData("deployment \"a\" {\n  inputs = { name = \"x\" }\n}\ndeployment \"b\" {\n  inputs = { name = \"y\" }\n}\n", "?var.name")]
    [InlineData("deployment \"a\" {\n  inputs = { name = \"x\" }\n}\ndeployment \"b\" {\n  inputs = {}\n}\n", "?var.name")]
    [InlineData("deployment \"a\" {\n  inputs = { name = store.varset.x.name }\n}\n", "?var.name")]
    public void Deployments_give_the_variables_of_their_stack(string deployments, string expected)
    {
        var stack = Loaded.Files(
            ("net/main.tf", Module),
            ("stack/main.tfcomponent.hcl", "variable \"name\" {\n  type = string\n}\ncomponent \"net\" {\n  source = \"../net\"\n  inputs = { name = var.name }\n}\n"),
            ("stack/all.tfdeploy.hcl", deployments));
        Assert.Equal(expected, Loaded.Show(stack["x_any.this", "net"].Body["name"]));
    }

    [Fact]
    public void Files_of_values_win_over_what_a_wrapper_gives()
    {
        var wrapped = Loaded.Files(("net/main.tf", Module), ("net/terraform.tfvars", "name = \"file\"\n"), ("net/terragrunt.hcl", "inputs = { name = \"x\" }\n"));
        Assert.Equal("\"file\"", Loaded.Show(wrapped["x_any.this", "net"].Body["name"]));
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
