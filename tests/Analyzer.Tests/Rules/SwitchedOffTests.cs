using static Analyzer.Tests.Rules.AwsSnippets;

namespace Analyzer.Tests.Rules;

/// <summary>What is missing only because of the default of a root variable is a warning: whoever calls it may give another value.</summary>
public class SwitchedOffTests
{
    private const string On = """
        variable "on" {
          type    = bool
          default = false
        }

        """;

    private const string Isolating = "aws-isolated-subnet-missing-ecr-endpoints aws-isolated-subnet-missing-s3-path";

    private const string Endpoint = """
        resource "aws_vpc_endpoint" "s3" {
          count           = var.on ? 1 : 0
          vpc_id          = aws_vpc.main.id
          service_name    = "com.amazonaws.eu-west-1.s3"
          route_table_ids = [aws_route_table.private.id]
        }

        """;

    private static readonly string SwitchedNat = Nat.Replace("resource \"aws_route\" \"out\" {", "resource \"aws_route\" \"out\" {\n  count = var.on ? 1 : 0", StringComparison.Ordinal);

    private static readonly string Grant = $$"""
        resource "aws_iam_role_policy_attachment" "more" {
          count      = var.on ? 1 : 0
          role       = aws_iam_role.node.name
          policy_arn = "arn:aws:iam::aws:policy/{{Pull}}"
        }

        """;

    private static readonly string Association = Cluster.Replace("eks-pod-identity-agent", "vpc-cni", StringComparison.Ordinal) + """
        resource "aws_eks_addon" "more" {
          count        = var.on ? 1 : 0
          cluster_name = aws_eks_cluster.shop.name
          addon_name   = "eks-pod-identity-agent"
        }
        resource "aws_eks_pod_identity_association" "api" {
          cluster_name    = aws_eks_cluster.shop.name
          namespace       = "shop"
          service_account = "api"
          role_arn        = "arn:aws:iam::111122223333:role/api"
        }

        """;

    /// <summary>Each case: what it is, the module, the rules that speak as warnings.</summary>
    public static TheoryData<string, string, string> Cases => new()
    {
        { "endpoints", On + Vpc + Isolated() + Endpoint, Isolating },
        { "a route to a NAT gateway", On + Vpc + Isolated() + SwitchedNat, Isolating },
        { "a pull policy", On + Role("node", Worker) + Grant + Group("node"), "aws-node-role-missing-ecr-pull" },
        { "a list of policies", Role("node", Worker) + """
            variable "more" { default = [] }
            resource "aws_iam_role_policy_attachment" "more" {
              for_each   = toset(var.more)
              role       = aws_iam_role.node.name
              policy_arn = each.value
            }

            """ + Group("node"), "aws-node-role-missing-ecr-pull" },
        { "the agent of Pod Identity", On + Association, "aws-pod-identity-agent-missing" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_a_default_switches_off_is_a_warning(string what, string module, string expected) =>
        Assert.Equal($"{what}: {AtLevel(expected, "warning")}", $"{what}: {Findings([("main.tf", module)])}");

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_given_decides(string what, string module, string expected)
    {
        var variable = what == "a list of policies" ? "more = []" : "on = false";
        Assert.Equal($"{what}: {AtLevel(expected, "error")}", $"{what}: {Findings([("main.tf", module), ("terraform.tfvars", variable + "\n")])}");
    }

    [Theory]
    [InlineData("CloudWatchAgentServerPolicy", "aws_iam_role.node.name")]
    [InlineData(Pull, "aws_iam_role.other.name")]
    public void What_would_not_help_changes_nothing(string policy, string role) => Assert.Equal(
        "aws-node-role-missing-ecr-pull:error",
        Findings([("main.tf", On + Role("node", Worker) + Role("other") + Grant.Replace(Pull, policy, StringComparison.Ordinal).Replace("aws_iam_role.node.name", role, StringComparison.Ordinal) + Group("node"))]));

    private static string AtLevel(string rules, string level) => string.Join(' ', rules.Split(' ').Select(rule => $"{rule}:{level}"));
}
