using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Rules;

namespace Analyzer.Tests.Rules;

/// <summary>What the service refuses at once is an error; a role that is missing, or late, fails with the cluster.</summary>
public sealed class KubeletChoiceLevelTests
{
    private const string Cluster = "azurerm_user_assigned_identity.cluster";

    private const string Nodes = "azurerm_user_assigned_identity.nodes";

    [Theory]
    [InlineData("identity {\n    type = \"SystemAssigned\"\n  }", "", Level.Error, "the service refuses")]
    [InlineData("", "", Level.Error, "its control plane has none")]
    [InlineData($"identity {{\n    type         = \"UserAssigned\"\n    identity_ids = [{Cluster}.id]\n  }}", "", Level.Warning, "may not give")]
    [InlineData($"identity {{\n    type         = \"UserAssigned\"\n    identity_ids = [{Cluster}.id]\n  }}", "Managed Identity Operator", Level.Warning, "wait for")]
    [InlineData($"identity {{\n    type         = \"UserAssigned\"\n    identity_ids = [{Cluster}.id]\n  }}", "Reader", Level.Warning, "may not give")]
    public void A_chosen_identity_is_refused_or_fails_with_the_cluster(string identity, string role, Level expected, string message)
    {
        var problems = new ProblemLog();
        var grant = role.Length == 0 ? "" : $"resource \"azurerm_role_assignment\" \"operator\" {{\n  scope                = {Nodes}.id\n  role_definition_name = \"{role}\"\n  principal_id         = {Cluster}.principal_id\n}}";
        var (_, model) = Pipeline.Read(
            new MemoryFiles(("main.tf", $$"""
                resource "azurerm_user_assigned_identity" "cluster" {
                  name = "cluster"
                }

                resource "azurerm_user_assigned_identity" "nodes" {
                  name = "nodes"
                }

                {{grant}}

                resource "azurerm_kubernetes_cluster" "shop" {
                  name = "shop"
                  {{identity}}

                  kubelet_identity {
                    user_assigned_identity_id = {{Nodes}}.id
                  }
                }
                """)),
            problems);
        var rules = BuiltInRuleTests.Rules.Where(rule => rule.Id == "azure-kubelet-identity-prereqs").ToList();
        var finding = Assert.Single(Judge.Decide(rules, model.Facts, model.Functions, problems), verdict => verdict.Outcome == Outcome.Fail);
        Assert.Equal(expected, finding.Level);
        Assert.Contains(message, finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kubelet_identity {\n  }")]
    [InlineData("")]
    public void Nothing_is_said_where_no_identity_is_chosen(string choice)
    {
        var problems = new ProblemLog();
        var (_, model) = Pipeline.Read(
            new MemoryFiles(("main.tf", $"resource \"azurerm_kubernetes_cluster\" \"shop\" {{\n  name = \"shop\"\n  identity {{\n    type = \"SystemAssigned\"\n  }}\n  {choice}\n}}\n")), problems);
        var rules = BuiltInRuleTests.Rules.Where(rule => rule.Id == "azure-kubelet-identity-prereqs").ToList();
        Assert.DoesNotContain(Judge.Decide(rules, model.Facts, model.Functions, problems), verdict => verdict.Outcome is Outcome.Fail or Outcome.Undecided);
    }
}
