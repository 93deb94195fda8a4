namespace Analyzer.Cli.Tests;

/// <summary>A plan given as a path.</summary>
public sealed class PlanTests
{
    private const string Plan = """
        {"format_version":"1.2","terraform_version":"1.11.4","variables":{"key":{"value":"hush"},"scopes":{"value":["https://www.googleapis.com/auth/compute"]}},"resource_changes":[{"address":"google_container_node_pool.n","mode":"managed","type":"google_container_node_pool","name":"n","change":{"actions":["create"],"before":null,"after":{"name":"n","cluster":"c","node_config":[{"service_account":"a@p.iam.gserviceaccount.com","oauth_scopes":["https://www.googleapis.com/auth/compute"]}]},"after_unknown":{"id":true},"after_sensitive":{}}}],"configuration":{"root_module":{"resources":[{"address":"google_container_node_pool.n","expressions":{"name":{},"cluster":{},"node_config":[{}]}}]}}}
        """;

    private const string Sources = """
        variable "key" {
          sensitive = true
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

        """;

    private const string Rule = "gke-node-scopes-block-registry";

    [Fact]
    public void A_finding_of_a_plan_stands_in_the_sources()
    {
        using var repository = new Repository(("infra/main.tf", Sources), ("infra/plan.json", Plan));
        Assert.DoesNotContain(Rule, Command.Run(repository.Folder, "check").Output, StringComparison.Ordinal);
        var run = Command.Run(repository.Folder, "check", "infra/plan.json");
        Assert.Contains(Rule, run.Output, StringComparison.Ordinal);
        Assert.Contains("infra/main.tf:12", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_of_one_line_shows_only_the_place()
    {
        using var repository = new Repository(("plan.json", Plan));
        var run = Command.Run(repository.Folder, "check", "plan.json");
        Assert.Contains(Rule, run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", run.Output, StringComparison.Ordinal);

        var primary = Newtonsoft.Json.Linq.JObject.Parse(Command.Run(repository.Folder, "check", "plan.json", "--format", "json").Output)["findings"]![0]!["primary"]!;
        var pointer = (string)primary["pointer"]!;
        Assert.StartsWith("/resource_changes/0/change/after/node_config/0/oauth_scopes", pointer, StringComparison.Ordinal);
        Assert.Equal(1, (int)primary["startLine"]!);
        Assert.Equal("[\"https", Plan.Substring((int)primary["startColumn"]! - 1, 7));
    }

    [Fact]
    public void Every_report_names_what_stands_in_a_plan()
    {
        using var repository = new Repository(("plan.json", Plan));
        const string pointer = "/resource_changes/0/change/after/node_config/0/oauth_scopes";
        Assert.Contains($" ({pointer}", Command.Run(repository.Folder, "check", "plan.json").Output, StringComparison.Ordinal);

        var location = Newtonsoft.Json.Linq.JObject.Parse(Command.Run(repository.Folder, "check", "plan.json", "--format", "sarif").Output)["runs"]![0]!["results"]![0]!["locations"]![0]!;
        Assert.Equal(["resource", "value"], location["logicalLocations"]!.Select(each => (string)each["kind"]!));
        Assert.StartsWith(pointer, (string)location["logicalLocations"]![1]!["fullyQualifiedName"]!, StringComparison.Ordinal);
    }
}
