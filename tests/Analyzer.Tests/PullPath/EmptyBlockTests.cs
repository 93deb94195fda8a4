using Analyzer.Facts.Model;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.Tests.PullPath;

/// <summary>
/// A block that may stand once is not there where it is written as an empty list: in JSON syntax, and where a provider takes blocks as attributes. Where a condition makes it, nobody knows.
/// </summary>
public class EmptyBlockTests
{
    [Theory]
    [InlineData("[]", "azurerm_kubernetes_cluster.c.kubelet_identity")]
    [InlineData("null", "azurerm_kubernetes_cluster.c.kubelet_identity")]
    [InlineData("var.own ? [] : [{ user_assigned_identity_id = var.id }]", null)]
    [InlineData("[{ user_assigned_identity_id = var.id }]", null)]
    public void AKS_makes_the_identity_of_nodes_that_nobody_gives_it(string written, string? expected)
    {
        var model = Read($$"""
            variable "own" { type = bool }
            variable "id" { type = string }
            resource "azurerm_kubernetes_cluster" "c" {
              name              = "shop"
              kubelet_identity  = {{written}}
              service_principal = []
              default_node_pool {
                name = "system"
              }
            }
            """);

        Assert.Equal(expected, model.All<Cluster>(Cluster.Fields).Single().KubeletIdentity.As<Identity>()?.Address.Path);
    }

    [Theory]
    [InlineData("[]", false)]
    [InlineData("[{ name = \"system\" }]", true)]
    public void A_cluster_of_AKS_has_the_pool_that_is_written_in_it(string written, bool hasPool) => Assert.Equal(hasPool, Read($$"""
        resource "azurerm_kubernetes_cluster" "c" {
          name              = "shop"
          default_node_pool = {{written}}
        }
        """).All<NodePool>(NodePool.Fields).Any());

    [Theory]
    [InlineData("[]", true)]
    [InlineData("[{}]", false)]
    public void Without_a_configuration_the_nodes_of_GKE_have_the_default_scopes(string written, bool hasDefault)
    {
        var pool = Read($$"""
            resource "google_container_cluster" "c" { name = "shop" }
            resource "google_container_node_pool" "p" {
              cluster     = google_container_cluster.c.name
              node_config = {{written}}
            }
            """).All<NodePool>(NodePool.Fields).Single(each => each.Kind == "gke");

        Assert.Equal(hasDefault, pool.Scopes is ListValue);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("outpost_config = []", false)]
    [InlineData("outpost_config = [{ outpost_arns = [] }]", true)]
    [InlineData("outpost_config = var.local ? [{ outpost_arns = [] }] : []", true)]
    public void Only_a_cluster_on_an_Outpost_reaches_the_internet_in_a_way_of_its_own(string written, bool isOnOutpost)
    {
        var pool = Read($$"""
            variable "local" { type = bool }
            resource "aws_eks_cluster" "c" {
              name = "shop"
              {{written}}
            }
            resource "aws_eks_node_group" "g" {
              cluster_name  = aws_eks_cluster.c.name
              node_role_arn = "arn:aws:iam::111122223333:role/node"
              subnet_ids    = ["subnet-0123456789abcdef0"]
            }
            """).All<NodePool>(NodePool.Fields).Single();

        Assert.Equal(isOnOutpost, Cause.Of(pool.Exit).Any(cause => cause.Detail.Contains("is on an Outpost", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("condition = []", Truth.Yes)]
    [InlineData("condition = [{ expression = \"false\" }]", Truth.Unknown)]
    public void A_grant_with_a_condition_may_not_hold(string written, Truth pulls)
    {
        var grant = Read($$"""
            resource "google_service_account" "nodes" { account_id = "nodes" }
            resource "google_project_iam_member" "m" {
              project = "shop"
              role    = "roles/artifactregistry.reader"
              member  = google_service_account.nodes.member
              {{written}}
            }
            """).All<Grant>(Grant.Fields).Single();

        Assert.Equal(pulls, Answer.TruthOf(grant.Pulls));
    }

    private static FactModel Read(string configuration) => Pipeline.Read(new MemoryFiles([("main.tf", configuration)]), new ProblemLog()).Model.Facts;
}
