using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.Tests.PullPath.Aws;

/// <summary>Which role an attachment means.</summary>
public sealed class RoleNameTests
{
    [Theory]
    [InlineData("aws_iam_role.node.name")]
    [InlineData("var.special ? \"shop-special\" : \"shop-node\"")]
    public void A_name_under_a_condition_still_means_its_role_or_leaves_it_open(string role)
    {
        var (_, model) = Pipeline.Read(
            new MemoryFiles(("main.tf", $$"""
                variable "special" {
                  type = bool
                }

                resource "aws_iam_role" "node" {
                  name               = var.special ? "shop-special" : "shop-node"
                  assume_role_policy = "{}"
                }

                resource "aws_iam_role_policy_attachment" "pull" {
                  role       = {{role}}
                  policy_arn = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly"
                }
                """)),
            new ProblemLog());

        var grants = Assert.IsType<ListValue>(model.Facts.All<Identity>(Identity.Fields).Single().Grants);
        Assert.True(grants.IsOpen || grants.Items.Length == 1);
    }
}
