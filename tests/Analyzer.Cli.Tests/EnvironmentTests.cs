using Newtonsoft.Json.Linq;

namespace Analyzer.Cli.Tests;

/// <summary>Variables given on the command line, and runs under several environments.</summary>
public sealed class EnvironmentTests
{
    private const string Root = """
        variable "version" {
          type    = string
          default = "none"
        }
        variable "scopes" {
          type = list(string)
        }
        resource "google_container_node_pool" "n" {
          name    = "n"
          cluster = "c"
          node_config {
            service_account = "a@p.iam.gserviceaccount.com"
            oauth_scopes    = var.scopes
          }
        }
        resource "terraform_data" "version" {
          input = var.version
        }
        """;

    private const string Blocked = "scopes = [\"https://www.googleapis.com/auth/compute\"]\n";
    private const string Rule = "gke-node-scopes-block-registry";

    [Fact]
    public void A_finding_says_under_which_environments_it_holds()
    {
        using var repository = Repository();
        var run = Command.Run(repository.Folder, "check", "--format", "json", "--env", "prod=env/prod.tfvars", "--env", "test=env/test.tfvars", "--env", "dev=env/dev.tfvars");
        var finding = Assert.Single(JObject.Parse(run.Output)["findings"]!, each => (string?)each["rule"] == Rule);
        Assert.Equal(["prod", "dev"], finding["environments"]!.Values<string>());
        var text = Command.Run(repository.Folder, "check", "--env", "prod=env/prod.tfvars", "--env", "test=env/test.tfvars");
        Assert.Contains("(under prod)", text.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("environments", Command.Run(repository.Folder, "check", "--format", "json", "--var-file", "env/prod.tfvars").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"line\"", "--var", "version=line")]
    [InlineData("\"none\"")]
    [InlineData("\"1.2\"", "--var-file", "env/prod.tfvars")]
    [InlineData("\"1.2\"", "--env", "prod=env/prod.tfvars")]
    public void A_model_is_shown_with_what_is_given(string expected, params string[] arguments)
    {
        using var repository = Repository();
        var run = Command.Run(repository.Folder, ["model", "--stage", "resources", .. arguments]);
        Assert.Contains($"input = {expected}", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no such file", "--var-file", "env/none.tfvars")]
    [InlineData("a name, an equals sign and a value", "--var", "version")]
    [InlineData("outside of what is analysed", "--var-file", "/etc/hostname")]
    public void What_cannot_be_read_is_said(string message, params string[] arguments)
    {
        using var repository = Repository();
        var run = Command.Run(repository.Folder, ["check", .. arguments]);
        Assert.Equal(2, run.Status);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    private static Repository Repository() => new(
        ("main.tf", Root), ("env/prod.tfvars", Blocked + "version = \"1.2\"\n"), ("env/dev.tfvars", Blocked), ("env/test.tfvars", "scopes = [\"https://www.googleapis.com/auth/cloud-platform\"]\n"));
}
