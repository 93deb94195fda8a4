using static Analyzer.Tests.Rules.AwsSnippets;

namespace Analyzer.Tests.Rules;

/// <summary>An ARN names an account: a role of the same name in another one is another role.</summary>
public class AwsAccountTests
{
    private const string Trusting = """
        resource "aws_iam_role" "api" {
          name = "api"
          assume_role_policy = jsonencode({ Statement = [{
            Effect    = "Allow"
            Action    = "sts:AssumeRoleWithWebIdentity"
            Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/A" }
            Condition = { StringEquals = { "oidc.eks.eu-west-1.amazonaws.com/id/A:sub" = "system:serviceaccount:other:api" } }
          }] })
        }

        """;

    private const string Mismatch = "aws-irsa-trust-subject-mismatch:error";

    [Theory]
    [InlineData("", "111122223333", Mismatch)]
    [InlineData("111122223333", "111122223333", Mismatch)]
    [InlineData("444455556666", "111122223333", "")]
    public void An_annotation_means_the_role_of_its_account(string provider, string annotated, string expected) =>
        Assert.Equal(expected, Findings([("iam/main.tf", Provider(provider) + Trusting), ("k8s/api.yaml", Account("api", annotated))]));

    /// <summary>Where nobody says in which account a root is made, and there are several, its role may be another one.</summary>
    [Fact]
    public void Several_accounts_leave_open_which_one_a_root_is_made_in()
    {
        Assert.Equal("", Findings([("iam/main.tf", Trusting), ("k8s/api.yaml", Account("api", "111122223333")), ("k8s/web.yaml", Account("web", "444455556666"))]));
        Assert.Equal(Mismatch, Findings([("iam/main.tf", Provider("111122223333") + Trusting), ("k8s/api.yaml", Account("api", "111122223333")), ("k8s/web.yaml", Account("web", "444455556666"))]));
    }

    [Theory]
    [InlineData("", "aws-node-role-missing-ecr-pull:error")]
    [InlineData("444455556666", "")]
    public void A_node_group_of_another_root_has_the_role_of_its_account(string provider, string expected) => Assert.Equal(expected, Findings(
    [
        ("iam/main.tf", Provider(provider) + Role("node", Worker)),
        ("nodes/main.tf", Group("node", role: "\"arn:aws:iam::111122223333:role/node\"")),
    ]));

    /// <summary>In one root the account is told by the provider of the role alone.</summary>
    [Fact]
    public void A_role_of_an_aliased_provider_is_not_that_of_another_account() => Assert.Equal("", Findings(
    [
        ("main.tf", Provider("444455556666") + Role("node", Worker) + Group("node", role: "\"arn:aws:iam::111122223333:role/node\"")),
    ]));

    private static string Provider(string account) => account.Length == 0 ? "" : $$"""
        provider "aws" {
          allowed_account_ids = ["{{account}}"]
        }

        """;

    private static string Account(string name, string account) => $$"""
        apiVersion: v1
        kind: ServiceAccount
        metadata:
          name: {{name}}
          namespace: shop
          annotations:
            eks.amazonaws.com/role-arn: arn:aws:iam::{{account}}:role/{{name}}
        """;
}
