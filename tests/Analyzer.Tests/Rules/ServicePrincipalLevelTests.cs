using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Rules;

namespace Analyzer.Tests.Rules;

/// <summary>How bad it is that a cluster of AKS is a service principal depends on where its password stands, and on whether a managed identity could do the same.</summary>
public sealed class ServicePrincipalLevelTests
{
    private const string Password = "aBc8Q~q8K7rN3u.w_Yt5Lz0pVx2Jm9Hd4Gs6Fk1E";

    [Theory]
    [InlineData($"\"{Password}\"", "", "one", Level.Error)]
    [InlineData("var.secret", "", "one", Level.Warning)]
    [InlineData("var.secret", $"\n  default = \"{Password}\"", "one", Level.Warning)]
    [InlineData("\"<client-secret>\"", "", "one", Level.Warning)]
    [InlineData("\"your-client-secret-12345\"", "", "one", Level.Warning)]
    [InlineData($"\"{Password}\"", "", "two", Level.Note)]
    public void A_service_principal_is_as_bad_as_its_password_is_known(string secret, string byDefault, string tenant, Level expected)
    {
        var problems = new ProblemLog();
        var (_, model) = Pipeline.Read(
            new MemoryFiles(("main.tf", $$"""
                provider "azurerm" {
                  tenant_id = "one"
                }

                provider "azurerm" {
                  alias     = "images"
                  tenant_id = "{{tenant}}"
                }

                variable "secret" {
                  type = string{{byDefault}}
                }

                data "azurerm_container_registry" "images" {
                  provider            = azurerm.images
                  name                = "shopimages"
                  resource_group_name = "images"
                }

                resource "azurerm_kubernetes_cluster" "shop" {
                  name = "shop"

                  service_principal {
                    client_id     = "00000000-1111-2222-3333-444444444444"
                    client_secret = {{secret}}
                  }
                }
                """)),
            problems);
        var rules = BuiltInRuleTests.Rules.Where(rule => rule.Id == "azure-aks-service-principal").ToList();
        var finding = Assert.Single(Judge.Decide(rules, model.Facts, model.Functions, problems), verdict => verdict.Outcome == Outcome.Fail);
        Assert.Equal(expected, finding.Level);
    }
}
