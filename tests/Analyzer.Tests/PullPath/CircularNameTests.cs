using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.PullPath;
using Analyzer.PullPath.Model;

namespace Analyzer.Tests.PullPath;

/// <summary>A name may lead back to the thing that has it: by a key that nobody knows, or in a configuration that is broken. Who follows names comes to an end all the same.</summary>
public class CircularNameTests
{
    public static TheoryData<string> Names => new() { "each.key", "each.value", "each.value.name", "data.TYPE.x[each.key].ARGUMENT", "one(values(data.TYPE.x)[*].ARGUMENT)" };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_cluster_that_is_read_by_a_name_of_its_own(string name) => AssertOpen(Read("aws_eks_cluster", "name", name, """
        resource "aws_iam_openid_connect_provider" "p" {
          url            = one(values(data.aws_eks_cluster.x)[*].identity[0].oidc[0].issuer)
          client_id_list = ["sts.amazonaws.com"]
        }

        data "aws_iam_policy_document" "trust" {
          statement {
            actions = ["sts:AssumeRoleWithWebIdentity"]
            principals {
              type        = "Federated"
              identifiers = ["arn:aws:iam::123456789012:oidc-provider/${data.aws_eks_cluster.x["a"].identity[0].oidc[0].issuer}"]
            }
          }
        }

        resource "aws_iam_role" "r" {
          name               = "shop"
          assume_role_policy = data.aws_iam_policy_document.trust.json
        }

        resource "aws_eks_node_group" "n" {
          cluster_name  = data.aws_eks_cluster.x["a"].name
          node_role_arn = "arn:aws:iam::123456789012:role/nodes"
          subnet_ids    = []
        }

        resource "kubernetes_deployment" "d" {
          metadata {
            name = "shop"
          }
        }

        provider "kubernetes" {
          host = data.aws_eks_cluster.x["a"].endpoint
        }
        """).Facts.All<NodePool>(NodePool.Fields).Single().Cluster);

    [Theory]
    [MemberData(nameof(Names))]
    public void An_endpoint_service_that_is_read_by_a_name_of_its_own(string name) => AssertOpen(Read("aws_vpc_endpoint_service", "service_name", name, """
        resource "aws_vpc_endpoint" "e" {
          vpc_id       = "vpc-1"
          service_name = data.aws_vpc_endpoint_service.x["a"].service_name
        }
        """).Facts.All<Endpoint>(Endpoint.Fields).Single().Service);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_role_that_is_read_by_a_name_of_its_own(string name) => AssertOpen(Read("aws_iam_role", "name", name, """
        resource "aws_eks_node_group" "n" {
          cluster_name  = "shop"
          node_role_arn = data.aws_iam_role.x["a"].arn
          subnet_ids    = []
        }
        """).Facts.All<NodePool>(NodePool.Fields).Single().Identity);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_policy_that_is_read_by_a_name_of_its_own(string name) => Assert.NotEmpty(Read("aws_iam_policy", "arn", name, """
        resource "aws_iam_role" "r" {
          name               = "shop"
          assume_role_policy = "{}"
        }

        resource "aws_iam_role_policy_attachment" "a" {
          role       = aws_iam_role.r.name
          policy_arn = data.aws_iam_policy.x["a"].arn
        }
        """).Facts.All<Identity>(Identity.Fields));

    private static void AssertOpen(Value link) => Assert.True(link is UnknownValue or ChoiceValue, $"{link}");

    private static PullPathModel Read(string type, string argument, string name, string users)
    {
        var problems = new ProblemLog();
        var (_, model) = Pipeline.Read(new MemoryFiles([("main.tf", $$"""
            variable "names" {}

            data "{{type}}" "x" {
              for_each = var.names
              {{argument}} = {{name.Replace("TYPE", type, StringComparison.Ordinal).Replace("ARGUMENT", argument, StringComparison.Ordinal)}}
            }

            {{users}}
            """)]), problems);
        Assert.DoesNotContain(problems.Sorted(), problem => problem.Code is "internal-error" or "syntax-error");
        return model;
    }
}
