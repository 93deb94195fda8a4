using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.PullPath;
using Analyzer.PullPath.Model;

namespace Analyzer.Tests.PullPath;

/// <summary>A reference that may mean any of several instances means none of them for certain: what it decides stays open, in every reader of Azure and Google.</summary>
public class SeveralInstancesTests
{
    private const string Choice = """
        variable "which" { type = number }

        """;

    private const string TwoAksClusters = """
        resource "azurerm_kubernetes_cluster" "c" {
          count               = 2
          name                = "shop-${count.index}"
          oidc_issuer_enabled = true
          default_node_pool {
            name = "system"
          }
          identity {
            type = "SystemAssigned"
          }
        }

        """;

    private const string TwoIdentities = """
        resource "azurerm_user_assigned_identity" "u" {
          count = 2
          name  = "shop-${count.index}"
        }

        """;

    private const string TwoAccounts = """
        resource "google_service_account" "nodes" {
          count      = 2
          account_id = "nodes-${count.index}"
        }

        """;

    private const string TwoGkeClusters = """
        resource "google_container_cluster" "c" {
          count                    = 2
          name                     = "shop-${count.index}"
          remove_default_node_pool = true
        }

        """;

    [Fact]
    public void A_reference_to_a_block_is_its_only_instance_or_nobody_knows_which()
    {
        var world = WorldOf(TwoIdentities + """
            resource "azurerm_user_assigned_identity" "one" {
              name = "one"
            }
            """);

        Assert.Equal("azurerm_user_assigned_identity.one", world.FactOf<Identity>(Named("azurerm_user_assigned_identity.one"))?.Address.Path);
        Assert.Equal("azurerm_user_assigned_identity.u[1]", world.FactOf<Identity>(Named("azurerm_user_assigned_identity.u[1]"))?.Address.Path);
        Assert.Null(world.FactOf<Identity>(Named("azurerm_user_assigned_identity.u")));
        Assert.Equal(2, world.FactsOf<Identity>(Named("azurerm_user_assigned_identity.u")).Count());
    }

    [Fact]
    public void Parts_of_a_value_name_one_thing_or_nobody_knows_which()
    {
        var world = WorldOf(TwoIdentities);
        var (first, second, some) = (Named("azurerm_user_assigned_identity.u[0]"), Named("azurerm_user_assigned_identity.u[1]"), Named("azurerm_user_assigned_identity.u"));

        Assert.Equal("azurerm_user_assigned_identity.u[0]", world.OnlyFactIn<Identity>(ListValue.Of([first, first]))?.Address.Path);
        Assert.Null(world.OnlyFactIn<Identity>(ListValue.Of([first, second])));
        Assert.Null(world.OnlyFactIn<Identity>(ListValue.Of([some])));
    }

    [Theory]
    [InlineData("identity_ids = [azurerm_user_assigned_identity.u[0].id]", "azurerm_user_assigned_identity.u[0]")]
    [InlineData("identity_ids = azurerm_user_assigned_identity.u[*].id", null)]
    [InlineData("identity_ids = [azurerm_user_assigned_identity.u[var.which].id]", null)]
    public void The_identity_of_a_cluster(string written, string? expected)
    {
        var cluster = Read(Choice + TwoIdentities + $$"""
            resource "azurerm_kubernetes_cluster" "c" {
              name = "shop"
              identity {
                type         = "UserAssigned"
                {{written}}
              }
            }
            """).Only<Cluster>(Cluster.Fields);

        Expect(expected, cluster.Identity);
    }

    [Theory]
    [InlineData("0", "azurerm_kubernetes_cluster.c[0]")]
    [InlineData("var.which", null)]
    public void The_cluster_of_an_AKS_pool_and_the_identity_with_which_it_pulls(string which, string? expected)
    {
        var pool = Read(Choice + TwoAksClusters + $$"""
            resource "azurerm_kubernetes_cluster_node_pool" "p" {
              name                  = "jobs"
              kubernetes_cluster_id = azurerm_kubernetes_cluster.c[{{which}}].id
            }
            """).Only<NodePool>(NodePool.Fields, "azurerm_kubernetes_cluster_node_pool.p");

        Expect(expected, pool.Cluster);
        Expect(expected is null ? null : expected + ".kubelet_identity", pool.Identity);
    }

    [Theory]
    [InlineData("0", "azurerm_user_assigned_identity.u[0]", "azurerm_kubernetes_cluster.c[0]")]
    [InlineData("var.which", null, null)]
    public void The_identity_and_the_cluster_of_a_federated_credential(string which, string? identity, string? cluster)
    {
        var federation = Read(Choice + TwoIdentities + TwoAksClusters + $$"""
            resource "azurerm_federated_identity_credential" "f" {
              parent_id = azurerm_user_assigned_identity.u[{{which}}].id
              issuer    = azurerm_kubernetes_cluster.c[{{which}}].oidc_issuer_url
              subject   = "system:serviceaccount:shop:api"
            }
            """).Only<Federation>(Federation.Fields);

        Expect(identity, federation.Identity);
        Expect(cluster, federation.Cluster);
    }

    [Theory]
    [InlineData("0", "azurerm_user_assigned_identity.u[0]")]
    [InlineData("var.which", null)]
    public void The_identity_that_a_service_account_names(string which, string? expected)
    {
        var account = Read(Choice + TwoIdentities + $$"""
            resource "kubernetes_service_account_v1" "api" {
              metadata {
                name        = "api"
                namespace   = "shop"
                annotations = { "azure.workload.identity/client-id" = azurerm_user_assigned_identity.u[{{which}}].client_id }
              }
            }
            """).Only<ServiceAccount>(ServiceAccount.Fields);

        Expect(expected, account.Identity);
    }

    [Theory]
    [InlineData("data.azurerm_role_definition.r[1].id", Truth.Yes)]
    [InlineData("data.azurerm_role_definition.r[var.which].id", Truth.Unknown)]
    public void The_role_of_an_assignment(string written, Truth expected)
    {
        var grant = Read(Choice + $$"""
            data "azurerm_role_definition" "r" {
              count = 2
              name  = ["Network Contributor", "AcrPull"][count.index]
            }

            resource "azurerm_role_assignment" "a" {
              scope              = "/subscriptions/1"
              role_definition_id = {{written}}
              principal_id       = "2"
            }
            """).Only<Grant>(Grant.Fields);

        Assert.Equal(expected, Answer.TruthOf(grant.Pulls));
    }

    [Theory]
    [InlineData("0", Truth.Yes)]
    [InlineData("1", Truth.No)]
    [InlineData("var.which", Truth.Unknown)]
    public void The_resource_group_of_a_registry(string which, Truth expected)
    {
        var (_, model) = Pipeline.Read(
            new MemoryFiles([("main.tf", Choice + $$"""
                resource "azurerm_resource_group" "g" {
                  count = 2
                  name  = "shop-${count.index}"
                }

                resource "azurerm_container_registry" "r" {
                  name                = "shop"
                  resource_group_name = azurerm_resource_group.g[{{which}}].name
                }

                resource "azurerm_role_assignment" "a" {
                  scope                = azurerm_resource_group.g[0].id
                  role_definition_name = "AcrPull"
                  principal_id         = "2"
                }
                """)]),
            new ProblemLog());
        var facts = new Facts(model);
        var covers = model.Functions.Single(function => function.Name == "covers");

        var answer = covers.Body(new Call([Links.To(facts.Only<Grant>(Grant.Fields)), Links.To(facts.Only<Registry>(Registry.Fields))], null));

        Assert.Equal(expected, Answer.TruthOf(answer));
    }

    [Theory]
    [InlineData("0", "google_container_cluster.c[0]", "google_service_account.nodes[0]")]
    [InlineData("var.which", null, null)]
    public void The_cluster_and_the_account_of_a_GKE_pool(string which, string? cluster, string? account)
    {
        var pool = Read(Choice + TwoGkeClusters + TwoAccounts + $$"""
            resource "google_container_node_pool" "p" {
              cluster = google_container_cluster.c[{{which}}].id
              node_config {
                service_account = google_service_account.nodes[{{which}}].email
              }
            }
            """).Only<NodePool>(NodePool.Fields, "google_container_node_pool.p");

        Expect(cluster, pool.Cluster);
        Expect(account, pool.Identity);
    }

    [Theory]
    [InlineData("0", "google_service_account.nodes[0]")]
    [InlineData("var.which", null)]
    public void The_account_of_a_Google_grant_and_of_a_binding_for_workloads(string which, string? expected)
    {
        var model = Read(Choice + TwoAccounts + $$"""
            resource "google_project_iam_member" "read" {
              role   = "roles/artifactregistry.reader"
              member = "serviceAccount:${google_service_account.nodes[{{which}}].email}"
            }

            resource "google_service_account_iam_member" "become" {
              service_account_id = google_service_account.nodes[{{which}}].name
              role               = "roles/iam.workloadIdentityUser"
              member             = "serviceAccount:shop.svc.id.goog[shop/api]"
            }
            """);

        Expect(expected, model.Only<Grant>(Grant.Fields).Identity);
        Expect(expected, model.Only<Federation>(Federation.Fields).Identity);
    }

    [Fact]
    public void Two_accounts_of_one_name_in_one_project()
    {
        const string account = """
            resource "google_service_account" "nodes" {
              account_id = "nodes"
              project    = "shop"
            }
            """;
        var (_, model) = Pipeline.Read(
            new MemoryFiles([("a/main.tf", account), ("b/main.tf", account), ("c/main.tf", """
                resource "google_project_iam_member" "read" {
                  role   = "roles/artifactregistry.reader"
                  member = "serviceAccount:nodes@shop.iam.gserviceaccount.com"
                }
                """)]),
            new ProblemLog());

        Expect(null, new Facts(model).Only<Grant>(Grant.Fields).Identity);
    }

    /// <summary>A link to the fact of an address; unknown where none is given.</summary>
    private static void Expect(string? address, Value link)
    {
        if (address is null)
        {
            Assert.IsType<UnknownValue>(link);
        }
        else
        {
            Assert.Equal(address, Assert.IsType<Analyzer.Facts.Model.FactValue>(link).Fact.Address.Path);
        }
    }

    private static UnknownValue Named(string path) => new(UnknownReason.Computed, "", reference: new Reference(new Address("", path), "id"));

    private static Facts Read(string text) => new(Pipeline.Read(new MemoryFiles([("main.tf", text)]), new ProblemLog()).Model);

    private static World WorldOf(string text)
    {
        var (inventory, model) = Pipeline.Read(new MemoryFiles([("main.tf", text)]), new ProblemLog());
        var world = new World(inventory, new ProblemLog());
        foreach (var identity in model.Facts.All<Identity>(Identity.Fields))
        {
            world.Add(identity);
        }

        return world;
    }

    private sealed class Facts(PullPathModel model)
    {
        internal T Only<T>(Analyzer.Facts.Model.Shape shape, string? path = null)
            where T : Analyzer.Facts.Model.Fact => model.Facts.All<T>(shape).Single(fact => path is null || fact.Address.Path == path);
    }
}
