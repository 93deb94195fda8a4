namespace Analyzer.Cli.Tests;

/// <summary><c>pullpath trace</c> from the outside.</summary>
public sealed class TraceTests
{
    private const string Nodes = """
        resource "aws_iam_role" "node" {
          name = "shop-node"
          assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
        }
        resource "aws_eks_node_group" "main" {
          cluster_name  = "shop"
          node_role_arn = aws_iam_role.node.arn
          subnet_ids    = ["subnet-1"]
        }
        """;

    [Theory]
    [InlineData("text", "permission  no")]
    [InlineData("json", "\"format\": \"pullpath-trace/1\"")]
    [InlineData("mermaid", "flowchart LR")]
    [InlineData("dot", "digraph pullpath {")]
    public void Every_form_tells_the_same_path_and_breaks_no_build(string format, string expected)
    {
        using var repository = new Repository(("main.tf", Nodes));
        var run = Command.Run(repository.Folder, "trace", "--format", format);
        Assert.Equal(0, run.Status);
        Assert.Contains(expected, run.Output, StringComparison.Ordinal);
        Assert.Contains("aws_eks_node_group.main", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_form_that_nobody_knows_is_refused()
    {
        using var repository = new Repository(("main.tf", Nodes));
        Assert.Equal(2, Command.Run(repository.Folder, "trace", "--format", "svg").Status);
    }
}
