using static Analyzer.Tests.Rules.AwsSnippets;

namespace Analyzer.Tests.Rules;

/// <summary>Cases of workload identity on the border of the rules: which trust admits a service account, which annotation is an ARN, what binds a role and what only looks as if it did.</summary>
public class AwsTokenCaseTests
{
    private const string Issuer = "oidc.eks.eu-west-1.amazonaws.com/id/ABC";
    private const string Mismatch = "aws-irsa-trust-subject-mismatch:error";

    /// <summary>What the trust of a role asks of tokens, and what is said when <c>shop/api</c> names the role.</summary>
    public static TheoryData<string, string> Conditions => new()
    {
        { $"StringEquals = {{ \"{Issuer}:sub\" = \"system:serviceaccount:shop:api\" }}", "" },
        { $"StringEquals = {{ \"{Issuer}:sub\" = [\"system:serviceaccount:web:web\", \"system:serviceaccount:shop:api\"] }}", "" },
        { $"StringLike = {{ \"{Issuer}:sub\" = \"system:serviceaccount:shop:*\" }}", "" },
        { $"StringLike = {{ \"{Issuer}:sub\" = \"system:serviceaccount:*:api\" }}", "" },
        { $"StringEquals = {{ \"{Issuer}:sub\" = \"system:serviceaccount:shop:*\" }}", Mismatch },
        { $"StringEquals = {{ \"{Issuer}:sub\" = \"system:serviceaccount:shop:app\" }}", Mismatch },
        { $"StringEquals = {{ \"{Issuer}:sub\" = \"system:serviceaccount:web:api\" }}", Mismatch },
        { $"StringEquals = {{ \"{Issuer}:sub\" = \"system:serviceaccount:${{var.any}}:api\" }}", "" },
        { $"StringEquals = {{ \"{Issuer}:sub\" = \"system:serviceaccount:${{var.any}}:web\" }}", Mismatch },
        { $"StringEquals = {{ \"{Issuer}:aud\" = \"sts.amazonaws.com\" }}", "" },
        { $"StringEquals = {{ \"{Issuer}:aud\" = \"shop\" }}", Mismatch },
        { $"StringEquals = {{ \"{Issuer}:aud\" = [\"sts.amazonaws.com\"], \"{Issuer}:sub\" = [\"system:serviceaccount:shop:api\"] }}", "" },
        { "StringEquals = var.condition", "" },
        { "StringEquals = { \"aws:SourceVpc\" = \"vpc-1\" }", "" },
    };

    [Theory]
    [MemberData(nameof(Conditions))]
    public void A_trust_admits_whom_it_names(string condition, string expected) => Assert.Equal($"{condition}: {expected}", $"{condition}: {FindingsIn(Trusting(condition) + Account("api", "arn:aws:iam::555566667777:role/api"))}");

    /// <summary>The audience is the one that the account asks for, where it asks for one.</summary>
    [Theory]
    [InlineData("shop", "eks.amazonaws.com/audience: shop", "")]
    [InlineData("sts.amazonaws.com", "eks.amazonaws.com/audience: shop", Mismatch)]
    public void The_audience_may_be_asked_for(string trusted, string annotation, string expected) => Assert.Equal(expected,
        FindingsIn(Trusting($"StringEquals = {{ \"{Issuer}:aud\" = \"{trusted}\" }}") + Account("api", "arn:aws:iam::555566667777:role/api", annotation)));

    /// <summary>What a service account names for a role, and what is said of it.</summary>
    [Theory]
    [InlineData("arn:aws:iam::444455556666:role/api", "")]
    [InlineData("arn:aws-cn:iam::444455556666:role/api", "")]
    [InlineData("arn:aws-us-gov:iam::444455556666:role/team/shop/api", "")]
    [InlineData("arn:aws:iam:::role/api", "aws-irsa-role-arn-invalid:error")]
    [InlineData("arn:aws:iam::444455556666:role:api", "aws-irsa-role-arn-invalid:error")]
    [InlineData("arn:aws:iam:eu-west-1:444455556666:role/api", "aws-irsa-role-arn-invalid:error")]
    [InlineData("arn:aws:iam::444455556666:policy/api", "aws-irsa-role-arn-invalid:error")]
    [InlineData("arn:aws:iam::444455556666:instance-profile/api", "aws-irsa-role-arn-invalid:error")]
    [InlineData("'\\\"arn:aws:iam::444455556666:role/api\\\"'", "aws-irsa-role-arn-invalid:error")]
    [InlineData("arn:aws:iam::44445555666:role/api", "aws-irsa-role-arn-invalid:error")]
    [InlineData("arn:aws:iam::<ACCOUNT>:role/api", "")] // Somebody fills it in: undecided.
    [InlineData("arn:aws:iam::ACCOUNT_ID:role/api", "aws-irsa-role-arn-invalid:note")]
    [InlineData("arn:aws:iam::123456789012:role/api", "aws-irsa-role-arn-invalid:note")]
    [InlineData("arn:aws:iam::111122223333:role/api", "aws-irsa-role-arn-invalid:note")]
    public void A_role_is_named_by_its_ARN(string arn, string expected) => Assert.Equal($"{arn}: {expected}", $"{arn}: {FindingsIn(Account("api", arn), withNotes: true)}");

    /// <summary>What is there beside a cluster of which a role trusts the tokens; the provider is missing, or made in one of several ways.</summary>
    [Theory]
    [InlineData("", "aws-irsa-oidc-provider-missing:error")]
    [InlineData("resource \"aws_iam_openid_connect_provider\" \"p\" {\n url = aws_eks_cluster.shop.identity[0].oidc[0].issuer\n client_id_list = [\"sts.amazonaws.com\"]\n}\n", "")]
    [InlineData("resource \"aws_iam_openid_connect_provider\" \"p\" {\n url = aws_eks_cluster.shop.identity[0].oidc[0].issuer\n client_id_list = [\"shop\"]\n}\n", "aws-irsa-oidc-provider-missing:error")]
    [InlineData("resource \"aws_iam_openid_connect_provider\" \"p\" {\n url = aws_eks_cluster.shop.identity[0].oidc[0].issuer\n client_id_list = var.any\n}\n", "")]
    [InlineData("variable \"clients\" { type = list(string) }\nmodule \"oidc\" {\n source = \"git::https://example.com/oidc.git\"\n issuer = aws_eks_cluster.shop.identity[0].oidc[0].issuer\n}\n", "")]
    public void The_provider_is_needed_where_tokens_are_trusted(string provider, string expected) => Assert.Equal(expected, FindingsIn(Cluster + provider + """
        variable "any" {}
        data "aws_caller_identity" "me" {}
        resource "aws_iam_role" "api" {
          name = "api"
          assume_role_policy = jsonencode({ Statement = [{
            Effect    = "Allow"
            Action    = "sts:AssumeRoleWithWebIdentity"
            Principal = { Federated = "arn:aws:iam::${data.aws_caller_identity.me.account_id}:oidc-provider/${replace(aws_eks_cluster.shop.identity[0].oidc[0].issuer, "https://", "")}" }
            Condition = { StringLike = { "${replace(aws_eks_cluster.shop.identity[0].oidc[0].issuer, "https://", "")}:sub" = "system:serviceaccount:shop:*" } }
          }] })
        }

        """));

    /// <summary>Each case of Pod Identity: what it is, the module with an association for <c>shop/api</c>, and the findings.</summary>
    public static TheoryData<string, string, string> Associations => new()
    {
        { "the agent and a role for it", Cluster + Association() + PodRole(), "" },
        { "no agent", Cluster.Replace("eks-pod-identity-agent", "vpc-cni", StringComparison.Ordinal) + Association() + PodRole(), "aws-pod-identity-agent-missing:error" },
        { "an agent that may be there", Cluster.Replace("\"eks-pod-identity-agent\"", "var.any", StringComparison.Ordinal) + "variable \"any\" {}\n" + Association() + PodRole(), "" },
        { "an agent from a chart", Cluster.Replace("eks-pod-identity-agent", "vpc-cni", StringComparison.Ordinal) + "resource \"helm_release\" \"agent\" {\n  name = \"eks-pod-identity-agent\"\n  chart = \"eks-pod-identity-agent\"\n}\n" + Association() + PodRole(), "" },
        { "a trust without the tags of the session", Cluster + Association() + PodRole(actions: "\"sts:AssumeRole\""), "aws-pod-identity-trust-invalid:error" },
        { "a trust for any action of sts", Cluster + Association() + PodRole(actions: "\"sts:*\""), "" },
        { "a trust for another service", Cluster + Association() + PodRole(service: "eks.amazonaws.com"), "aws-pod-identity-trust-invalid:error" },
        { "a trust for this namespace", Cluster + Association() + PodRole("Condition = { StringEquals = { \"aws:RequestTag/kubernetes-namespace\" = \"shop\" } }"), "" },
        { "a trust for another namespace", Cluster + Association() + PodRole("Condition = { StringEquals = { \"aws:RequestTag/kubernetes-namespace\" = \"web\" } }"), "aws-pod-identity-trust-invalid:error" },
        { "a trust for another account", Cluster + Association() + PodRole("Condition = { StringEquals = { \"aws:RequestTag/kubernetes-service-account\" = \"web\" } }"), "aws-pod-identity-trust-invalid:error" },
        { "a trust for tags of a session that carries none", Cluster + Association("disable_session_tags = true") + PodRole("Condition = { StringEquals = { \"aws:RequestTag/kubernetes-namespace\" = \"shop\" } }"), "aws-pod-identity-trust-invalid:error" },
        { "a role of which nobody knows the trust", Cluster + Association() + "variable \"any\" {}\n" + PodRole().Replace("jsonencode(", "true ? var.any : jsonencode(", StringComparison.Ordinal), "" },
        { "a role that is made elsewhere", Cluster + Association().Replace("aws_iam_role.api.arn", "\"arn:aws:iam::444455556666:role/api\"", StringComparison.Ordinal), "" },
        { "nodes that may only pull", Cluster + Association() + PodRole() + Role("node", Pull) + Group("node", "depends_on = [aws_iam_role_policy_attachment.node]").Replace("\"shop\"", "aws_eks_cluster.shop.name", StringComparison.Ordinal), "aws-pod-identity-node-permission-missing:error" },
        { "nodes with the policy of workers", Cluster + Association() + PodRole() + Role("node", Pull, Worker) + Group("node", "depends_on = [aws_iam_role_policy_attachment.node]").Replace("\"shop\"", "aws_eks_cluster.shop.name", StringComparison.Ordinal), "" },
        { "nodes of Windows", Cluster + Association() + PodRole() + Role("node", Pull) + Group("node", "ami_type = \"WINDOWS_CORE_2022_x86_64\"\n  depends_on = [aws_iam_role_policy_attachment.node]").Replace("\"shop\"", "aws_eks_cluster.shop.name", StringComparison.Ordinal), "" },
        { "two associations", Cluster + Association() + Association().Replace("\"api\" {", "\"again\" {", StringComparison.Ordinal) + PodRole(), "aws-duplicate-identity-binding:error" },
        { "two associations on two clusters", Cluster + Association() + Association().Replace("\"api\" {", "\"again\" {", StringComparison.Ordinal).Replace("aws_eks_cluster.shop.name", "\"other\"", StringComparison.Ordinal) + PodRole(), "" },
    };

    [Theory]
    [MemberData(nameof(Associations))]
    public void An_association_is_judged_as_it_is(string what, string module, string expected) => Assert.Equal($"{what}: {expected}", $"{what}: {FindingsIn(module)}");

    /// <summary>What a task is given, and what is said of it.</summary>
    [Theory]
    [InlineData("{ name = \"AWS_ACCESS_KEY_ID\", value = \"AKIAEXAMPLE\" }, { name = \"AWS_SECRET_ACCESS_KEY\", value = \"x\" }", "aws-workload-static-aws-keys:warning")]
    [InlineData("{ name = \"AWS_REGION\", value = \"eu-west-1\" }, { name = \"BUCKET\", value = \"s3://shop\" }", "")]
    [InlineData("{ name = \"AWS_SECRET_ACCESS_KEY\", value = \"minio\" }, { name = \"AWS_ENDPOINT_URL\", value = \"http://minio:9000\" }", "")]
    public void Keys_are_keys_of_AWS_or_of_something_else(string environment, string expected) => Assert.Equal(expected, FindingsIn($$"""
        resource "aws_ecs_task_definition" "api" {
          family                = "api"
          container_definitions = jsonencode([{ name = "api", image = "public.ecr.aws/shop/api:1", environment = [{{environment}}] }])
        }

        """));

    private static string Trusting(string condition) => $$"""
        variable "any" {}
        variable "condition" {}
        resource "aws_iam_role" "api" {
          name = "api"
          assume_role_policy = jsonencode({ Statement = [{
            Effect    = "Allow"
            Action    = "sts:AssumeRoleWithWebIdentity"
            Principal = { Federated = "arn:aws:iam::555566667777:oidc-provider/{{Issuer}}" }
            Condition = { {{condition}} }
          }] })
        }

        """;

    private static string Account(string name, string role, string more = "") => $$"""
        === k8s/{{name}}.yaml
        apiVersion: v1
        kind: ServiceAccount
        metadata:
          name: {{name}}
          namespace: shop
          annotations:
            eks.amazonaws.com/role-arn: {{role}}
            {{more}}

        """;

    private static string Association(string more = "") => $$"""
        resource "aws_eks_pod_identity_association" "api" {
          cluster_name    = aws_eks_cluster.shop.name
          namespace       = "shop"
          service_account = "api"
          role_arn        = aws_iam_role.api.arn
          {{more}}
        }

        """;

    private static string PodRole(string more = "", string actions = "[\"sts:AssumeRole\", \"sts:TagSession\"]", string service = "pods.eks.amazonaws.com") => $$"""
        resource "aws_iam_role" "api" {
          name = "api"
          assume_role_policy = jsonencode({ Statement = [{
            Effect    = "Allow"
            Action    = {{actions}}
            Principal = { Service = "{{service}}" }
            {{more}}
          }] })
        }

        """;
}
