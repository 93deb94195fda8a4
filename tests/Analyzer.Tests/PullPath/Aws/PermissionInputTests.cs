using Analyzer.Cli;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Rules;

namespace Analyzer.Tests.PullPath.Aws;

/// <summary>Values that nobody expects in every field that the readers of permissions touch: nothing fails, and what nobody knows is never a finding.</summary>
public class PermissionInputTests
{
    private const string Document = """jsonencode({ Statement = [{ Effect = "Allow", Action = ["ecr:Get*", "ecr:BatchGetImage"], Resource = "*" }] })""";

    private static readonly IReadOnlyList<Rule> Rules = [.. RuleFiles.BuiltIn().Read(new ProblemLog()).Where(rule => !rule.IsOff && rule.Id.StartsWith("aws-", StringComparison.Ordinal))];

    /// <summary>Fields of Terraform with a good value each; those with documents first.</summary>
    private static readonly (string Name, string Good)[] Fields =
    [
        ("trust", """jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })"""),
        ("inline", Document),
        ("policy", Document),
        ("containers", """jsonencode([{ name = "a", image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/a:1" }])"""),
        ("repository_policy", Document),
        ("registry_policy", Document),
        ("role_name", "\"node\""),
        ("boundary", "\"arn:aws:iam::aws:policy/AdministratorAccess\""),
        ("managed", "[\"arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly\"]"),
        ("attached_role", "aws_iam_role.node.name"),
        ("attached_policy", "aws_iam_policy.more.arn"),
        ("exclusive", "[\"arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly\", aws_iam_policy.more.arn]"),
        ("profile_role", "aws_iam_role.node.name"),
        ("profile", "aws_iam_instance_profile.node.name"),
        ("template", "aws_launch_template.node.id"),
        ("version", "\"$Latest\""),
        ("node_role", "aws_iam_role.node.arn"),
        ("execution_role", "aws_iam_role.task.arn"),
        ("compatibilities", "[\"FARGATE\"]"),
        ("prefix", "\"github\""),
    ];

    public static TheoryData<string> Odd =>
    [
        "null", "true", "42", "\"\"", "\"{\"", "\"not json\"", "[]", "[null]", "[[[]]]", "{}", "{ a = { b = [] } }", "jsonencode(null)", "jsonencode(\"x\")", "jsonencode([1, {}, [null]])",
        "jsonencode({ Statement = 7 })", "jsonencode({ Statement = [null, \"x\", [], { Effect = [], Action = {}, Resource = 3, Condition = [] }] })",
        "jsonencode({ Statement = { Effect = \"Allow\", Principal = 3, NotAction = null, Condition = { StringLike = \"x\" } } })", "\"{\\\"Statement\\\": [{\\\"Effect\\\": }]}\"",
    ];

    public static TheoryData<string> Unknown =>
        ["var.nothing", "var.given", "aws_iam_role.nothing.arn", "data.aws_iam_policy_document.nothing.json", "module.nothing.value", "\"${var.given}\"", "local.nothing"];

    [Theory]
    [MemberData(nameof(Odd))]
    public void An_odd_value_in_any_field_fails_nothing(string value)
    {
        foreach (var (name, _) in Fields)
        {
            Check(Terraform(name, value), "main.tf");
        }
    }

    [Theory]
    [MemberData(nameof(Unknown))]
    public void What_nobody_knows_is_never_a_finding(string value)
    {
        foreach (var (name, _) in Fields)
        {
            Assert.Empty(Check(Terraform(name, value), "main.tf").Select(finding => $"{name}: {finding}"));
        }
    }

    [Theory]
    [InlineData("\"not json\"")]
    [InlineData("\"{\"")]
    [InlineData("\"{\\\"Statement\\\": \\\"${var.given}\\\"\"")]
    public void A_document_that_cannot_be_read_is_never_a_finding(string value)
    {
        foreach (var (name, _) in Fields.Take(6))
        {
            Assert.Empty(Check(Terraform(name, value), "main.tf").Select(finding => $"{name}: {finding}"));
        }
    }

    [Theory]
    [InlineData("42")]
    [InlineData("true")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("[[{}]]")]
    [InlineData("!Ref Nothing")]
    [InlineData("!GetAtt Nothing.Arn")]
    [InlineData("!ImportValue elsewhere")]
    [InlineData("!Sub ${Nothing}")]
    public void Templates_are_read_as_carefully(string value)
    {
        foreach (var field in (string[])["AssumeRolePolicyDocument", "ManagedPolicyArns", "Policies", "PermissionsBoundary", "PolicyDocument", "Roles", "NodeRole", "LaunchTemplate", "ExecutionRoleArn",
            "ContainerDefinitions", "RequiresCompatibilities", "RepositoryPolicyText", "EcrRepositoryPrefix", "IamInstanceProfile"])
        {
            Check($$"""
                Resources:
                  Role: { Type: AWS::IAM::Role, Properties: { {{field}}: {{value}} } }
                  Policy: { Type: AWS::IAM::Policy, Properties: { PolicyName: a, {{field}}: {{value}} } }
                  Profile: { Type: AWS::IAM::InstanceProfile, Properties: { {{field}}: {{value}} } }
                  Template: { Type: AWS::EC2::LaunchTemplate, Properties: { LaunchTemplateData: { {{field}}: {{value}} } } }
                  Nodes: { Type: AWS::EKS::Nodegroup, Properties: { ClusterName: a, Subnets: [a], {{field}}: {{value}} } }
                  Task: { Type: AWS::ECS::TaskDefinition, Properties: { RequiresCompatibilities: [FARGATE], {{field}}: {{value}} } }
                  Repository: { Type: AWS::ECR::Repository, Properties: { {{field}}: {{value}} } }
                  Cache: { Type: AWS::ECR::PullThroughCacheRule, Properties: { {{field}}: {{value}} } }
                """, "stack.yaml");
        }
    }

    [Theory]
    [InlineData("iam: 42")]
    [InlineData("iam: { attachPolicyARNs: 42 }")]
    [InlineData("iam: { attachPolicyARNs: [null, [], {}] }")]
    [InlineData("iam: { attachPolicy: x, withAddonPolicies: [1] }")]
    [InlineData("iam: { instanceRoleARN: [] }")]
    public void Groups_of_eksctl_may_hold_anything(string iam) => Check($"apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata: {{ name: a }}\nmanagedNodeGroups:\n  - name: [a]\n    {iam}\n  - 7\nnodeGroups: x\n", "cluster.yaml");

    [Theory]
    [InlineData("metadata: 42")]
    [InlineData("metadata: { name: [1] }\naddons: 42\nfargateProfiles: x\nmanagedNodeGroups: {}\nnodeGroups: 7")]
    [InlineData("metadata: { name: shop }\niam: [1]\nautoModeConfig: 3\nprivateCluster: []\nvpc: true")]
    [InlineData("metadata: { name: shop }\niam: { withOIDC: [x], serviceAccounts: [null, 3, {}, { metadata: 7 }, { metadata: { name: [], namespace: {} }, attachRoleARN: 5 }] }")]
    [InlineData("metadata: { name: shop }\niam: { withOIDC: true, podIdentityAssociations: [null, [], {}, { namespace: 3, serviceAccountName: [], roleARN: {}, createServiceAccount: true }] }\naddons: [{ name: eks-pod-identity-agent }]")]
    [InlineData("metadata: { name: shop }\naddons: [null, 4, {}, { name: 3, podIdentityAssociations: [1, {}] }]\nfargateProfiles: [null, {}, { selectors: 3, podExecutionRoleARN: [] }, { selectors: [1, { namespace: 5, labels: [] }] }]")]
    [InlineData("metadata: { name: shop }\nnodeGroups: [null, 3, { name: a, disablePodIMDS: 4, disableIMDSv1: [], preBootstrapCommands: [1, {}], overrideBootstrapCommand: {}, maxInstanceLifetime: x, nodeRepairConfig: 5 }, { name: a }]")]
    public void Configurations_of_eksctl_may_hold_anything(string sections) => Check($"apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\n{sections}\n", "cluster.yaml");

    [Fact]
    public void What_is_proven_by_a_default_is_a_warning()
    {
        var verdict = Assert.Single(Verdicts("""
            variable "policies" {
              default = ["arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy"]
            }
            resource "aws_iam_role" "node" {
              assume_role_policy  = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
              managed_policy_arns = var.policies
            }
            resource "aws_eks_node_group" "node" {
              cluster_name  = "shop"
              node_role_arn = aws_iam_role.node.arn
            }
            """, "main.tf"), each => each.Rule.Id == "aws-node-role-missing-ecr-pull");
        Assert.Equal((Outcome.Fail, Level.Warning), (verdict.Outcome, verdict.Level));
        Assert.Contains("var.policies", verdict.Message, StringComparison.Ordinal);
    }

    private static string Terraform(string name, string value)
    {
        string V(string field) => field == name ? value : Array.Find(Fields, each => each.Name == field).Good;
        return $$"""
            variable "given" {}
            resource "aws_iam_role" "node" {
              name                 = {{V("role_name")}}
              assume_role_policy   = {{V("trust")}}
              permissions_boundary = {{V("boundary")}}
              managed_policy_arns  = {{V("managed")}}
            }
            resource "aws_iam_role_policy" "inline" {
              role   = aws_iam_role.node.id
              policy = {{V("inline")}}
            }
            resource "aws_iam_policy" "more" { policy = {{V("policy")}} }
            resource "aws_iam_role_policy_attachment" "more" {
              role       = {{V("attached_role")}}
              policy_arn = {{V("attached_policy")}}
            }
            resource "aws_iam_role_policy_attachments_exclusive" "all" {
              role_name   = aws_iam_role.node.name
              policy_arns = {{V("exclusive")}}
            }
            resource "aws_iam_instance_profile" "node" { role = {{V("profile_role")}} }
            resource "aws_launch_template" "node" {
              iam_instance_profile {
                name = {{V("profile")}}
              }
            }
            resource "aws_autoscaling_group" "node" {
              max_size              = 3
              max_instance_lifetime = 604800
              launch_template {
                id      = {{V("template")}}
                version = {{V("version")}}
              }
              tag { key = "kubernetes.io/cluster/shop" }
            }
            resource "aws_eks_node_group" "node" {
              cluster_name  = "shop"
              node_role_arn = {{V("node_role")}}
              depends_on    = [aws_iam_role_policy.inline, aws_iam_role_policy_attachment.more]
            }
            resource "aws_iam_role" "task" {
              name                = "task"
              assume_role_policy  = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
              managed_policy_arns = ["arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"]
            }
            resource "aws_ecs_task_definition" "task" {
              requires_compatibilities = {{V("compatibilities")}}
              execution_role_arn       = {{V("execution_role")}}
              container_definitions    = {{V("containers")}}
            }
            resource "aws_ecr_repository" "a" { name = "a" }
            resource "aws_ecr_repository_policy" "a" {
              repository = aws_ecr_repository.a.name
              policy     = {{V("repository_policy")}}
            }
            resource "aws_ecr_registry_policy" "all" { policy = {{V("registry_policy")}} }
            resource "aws_ecr_pull_through_cache_rule" "github" { ecr_repository_prefix = {{V("prefix")}} }

            """;
    }

    private static List<string> Check(string text, string path) =>
        [.. Verdicts(text, path).Where(each => each.Outcome == Outcome.Fail).Select(each => $"{each.Rule.Id}: {each.Message}")];

    private static IReadOnlyList<Verdict> Verdicts(string text, string path)
    {
        var problems = new ProblemLog();
        var (_, model) = Pipeline.Read(new MemoryFiles((path, text)), problems);
        var verdicts = Judge.Decide(Rules, model.Facts, model.Functions, problems);
        Assert.DoesNotContain(problems.Sorted(), problem => problem.Code == "internal-error");
        return verdicts;
    }
}
