using Analyzer.Cli;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Rules;

namespace Analyzer.Tests.Rules;

/// <summary>A finding is the same finding as long as its cause is: whatever moves around it.</summary>
public class FingerprintTests
{
    private const string Role = """
        resource "aws_iam_role" "node" {
          name = "shop-node"
          assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
        }

        """;

    private const string Nodes = """
        resource "aws_eks_node_group" "main" {
          cluster_name  = "shop"
          node_role_arn = aws_iam_role.node.arn
          subnet_ids    = ["subnet-1"]
        }

        """;

    private const string Queue = """
        resource "aws_sqs_queue" "orders" {
          name = "orders"
        }

        """;

    private const string TemplateHead = """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:

        """;

    private const string TemplateRole = """
          Role:
            Type: AWS::IAM::Role
            Properties:
              AssumeRolePolicyDocument: { Statement: [{ Effect: Allow, Action: "sts:AssumeRole", Principal: { Service: ec2.amazonaws.com } }] }

        """;

    private const string TemplateNodes = """
          Nodes:
            Type: AWS::EKS::Nodegroup
            Properties:
              ClusterName: shop
              NodeRole: !GetAtt Role.Arn
              Subnets: [subnet-1]

        """;

    private const string Pool = """
        apiVersion: karpenter.sh/v1
        kind: NodePool
        metadata:
          name: main
        spec:
          template:
            spec:
              expireAfter: Never

        """;

    private const string Account = """
        apiVersion: v1
        kind: ServiceAccount
        metadata:
          name: api
          namespace: shop

        """;

    private static readonly Lazy<IReadOnlyList<Rule>> Rules = new(static () => RuleFiles.BuiltIn().Read(new ProblemLog()));

    [Fact]
    public void Lines_may_move() => Assert.Equal(Prints(("main.tf", Role + Nodes)), Prints(("main.tf", "# a comment\n\n" + Nodes + Role)));

    [Fact]
    public void Files_may_be_renamed_within_a_module() =>
        Assert.Equal(Prints(("infra/main.tf", Role + Nodes)), Prints(("infra/iam.tf", Role), ("infra/nodes.tf", Nodes)));

    [Fact]
    public void Unrelated_code_may_be_added() => Assert.Equal(Prints(("main.tf", Role + Nodes)), Prints(("main.tf", Queue + Role + Queue.Replace("orders", "bills", StringComparison.Ordinal) + Nodes), ("queue.tf", Queue.Replace("orders", "mail", StringComparison.Ordinal))));

    [Fact]
    public void What_stands_in_a_template_may_move() => Assert.Equal(
        Prints(("stack.yaml", TemplateHead + TemplateRole + TemplateNodes)),
        Prints(("stack.yaml", "# a comment\n" + TemplateHead + "  Orders:\n    Type: AWS::SQS::Queue\n" + TemplateNodes + TemplateRole), ("other.yaml", TemplateHead + "  Bills:\n    Type: AWS::SQS::Queue\n")));

    [Fact]
    public void What_stands_in_a_manifest_may_move() => Assert.Equal(
        Prints(("k8s/nodes.yaml", Pool)),
        Prints(("k8s/nodes.yaml", "# a comment\n" + Account + "---\n" + Pool), ("k8s/queue.yaml", Account.Replace("name: api", "name: queue", StringComparison.Ordinal))));

    [Fact]
    public void Templates_and_manifests_may_be_renamed_in_their_folder()
    {
        Assert.Equal(Prints(("cfn/stack.yaml", TemplateHead + TemplateRole + TemplateNodes)), Prints(("cfn/cluster.yaml", TemplateHead + TemplateRole + TemplateNodes)));
        Assert.Equal(Prints(("k8s/nodes.yaml", Pool)), Prints(("k8s/pools.yaml", Account + "---\n" + Pool)));
    }

    [Fact]
    public void The_same_name_in_two_files_of_a_folder_is_two_findings()
    {
        var one = Prints(("cfn/a.yaml", TemplateHead + TemplateRole + TemplateNodes));
        var both = Prints(("cfn/a.yaml", TemplateHead + TemplateRole + TemplateNodes), ("cfn/b.yaml", TemplateHead + TemplateRole + TemplateNodes));

        Assert.Equal(2 * one.Count, both.Distinct(StringComparer.Ordinal).Count());
        Assert.Subset(both.ToHashSet(StringComparer.Ordinal), one.ToHashSet(StringComparer.Ordinal));

        // Lines of one of them may move, although findings are counted by their places.
        Assert.Equal(both, Prints(("cfn/a.yaml", "# a comment\n" + TemplateHead + "  Orders:\n    Type: AWS::SQS::Queue\n" + TemplateRole + TemplateNodes), ("cfn/b.yaml", TemplateHead + TemplateRole + TemplateNodes)));
    }

    [Fact]
    public void A_module_may_be_called_by_another_name() => Assert.Equal(
        Prints(("main.tf", Call("eks")), ("m/main.tf", Role + Nodes)),
        Prints(("main.tf", Call("cluster")), ("m/main.tf", Role + Nodes)));

    [Fact]
    public void Equal_code_in_two_modules_is_two_findings() =>
        Assert.NotEqual(Prints(("infra/main.tf", Role + Nodes)), Prints(("other/main.tf", Role + Nodes)));

    private static string Call(string name) => $$"""
        module "{{name}}" {
          source = "./m"
        }
        """;

    private static List<string> Prints(params (string Path, string Text)[] files)
    {
        var problems = new ProblemLog();
        var (_, model) = Pipeline.Read(new MemoryFiles(files), problems);
        var prints = Judge.Decide(Rules.Value, model.Facts, model.Functions, problems).Where(verdict => verdict.Outcome == Outcome.Fail).Select(verdict => verdict.Fingerprint).Order(StringComparer.Ordinal).ToList();
        Assert.NotEmpty(prints);
        return prints;
    }
}
