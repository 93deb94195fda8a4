using Analyzer.Facts.Values;

namespace Analyzer.Tests.Terraform;

public class DataSourceTests
{
    [Fact]
    public void A_policy_document_is_computed()
    {
        var loaded = Loaded.Of("""
            data "aws_iam_policy_document" "trust" {
              statement {
                sid     = "Nodes"
                actions = ["sts:AssumeRole"]
                principals {
                  type        = "Service"
                  identifiers = ["ec2.amazonaws.com"]
                }
                condition {
                  test     = "StringEquals"
                  variable = "aws:SourceAccount"
                  values   = ["&{aws:PrincipalAccount}"]
                }
              }
              statement {
                effect        = "Deny"
                not_actions   = ["ecr:*"]
                not_resources = ["a", "b"]
              }
            }
            resource "aws_iam_role" "node" { assume_role_policy = data.aws_iam_policy_document.trust.json }
            """);

        var text = Assert.IsType<TextValue>(loaded["aws_iam_role.node"]["assume_role_policy"]);
        Assert.Equal("json", text.Content!.Format);
        Assert.Equal(
            "{Version: \"2012-10-17\", Statement: [" +
            "{Sid: \"Nodes\", Effect: \"Allow\", Action: \"sts:AssumeRole\", Principal: {Service: \"ec2.amazonaws.com\"}, Condition: {StringEquals: {aws:SourceAccount: \"${aws:PrincipalAccount}\"}}}, " +
            "{Effect: \"Deny\", NotAction: \"ecr:*\", NotResource: [\"a\", \"b\"]}]}",
            Loaded.Show(text.Content.Content));
        Assert.NotNull(text.Known);
        Assert.Equal(new Reference(new Address("", "data.aws_iam_policy_document.trust"), "json"), text.References.First());
        var statement = (MapValue)((ListValue)((MapValue)text.Content.Content)["Statement"]!).Items[1].Value;
        Assert.Equal("main.tf:15:3", statement.Place.ToString());
    }

    /// <summary>In JSON syntax a block that stands once may do without a list; without its principals and its condition a statement would allow more.</summary>
    [Fact]
    public void A_policy_document_in_json_may_have_single_blocks()
    {
        var loaded = Loaded.Files(("main.tf.json", """
            {
              "data": { "aws_iam_policy_document": { "trust": { "statement": {
                "actions": ["sts:AssumeRole"],
                "principals": { "type": "Service", "identifiers": ["ec2.amazonaws.com"] },
                "not_principals": [],
                "condition": { "test": "StringEquals", "variable": "aws:SourceAccount", "values": ["111122223333"] }
              } } } },
              "resource": { "aws_iam_role": { "node": { "assume_role_policy": "${data.aws_iam_policy_document.trust.json}" } } }
            }
            """));

        var text = Assert.IsType<TextValue>(loaded["aws_iam_role.node"]["assume_role_policy"]);
        Assert.Equal(
            "{Version: \"2012-10-17\", Statement: [{Effect: \"Allow\", Action: \"sts:AssumeRole\", Principal: {Service: \"ec2.amazonaws.com\"}, Condition: {StringEquals: {aws:SourceAccount: \"111122223333\"}}}]}",
            Loaded.Show(text.Content!.Content));
    }

    [Fact]
    public void Statements_replace_those_of_sources_and_overrides_replace_statements()
    {
        var loaded = Loaded.Of("""
            data "aws_iam_policy_document" "base" {
              statement {
                sid     = "Pull"
                actions = ["ecr:*"]
              }
              statement { actions = ["s3:*"] }
            }
            data "aws_iam_policy_document" "all" {
              source_policy_documents   = [data.aws_iam_policy_document.base.json, jsonencode({ Statement = { Sid = "Raw", Action = "a:b" } })]
              override_policy_documents = ["{\"Statement\":[{\"Sid\":\"Last\",\"Action\":\"d:e\"}]}"]
              statement {
                sid     = "Pull"
                actions = ["ecr:GetAuthorizationToken"]
              }
              statement {
                sid     = "Last"
                actions = ["b:c"]
              }
            }
            resource "x_y" "z" { policy = data.aws_iam_policy_document.all.json }
            """);

        var policy = (MapValue)((TextValue)loaded["x_y.z"]["policy"]!).Content!.Content;
        Assert.Equal(
            "[{Sid: \"Pull\", Effect: \"Allow\", Action: \"ecr:GetAuthorizationToken\"}, {Effect: \"Allow\", Action: \"s3:*\"}, {Sid: \"Raw\", Action: \"a:b\"}, {Sid: \"Last\", Action: \"d:e\"}]",
            Loaded.Show(policy["Statement"]));
    }

    [Fact]
    public void What_is_not_seen_leaves_a_policy_open_and_an_unknown_override_leaves_nothing()
    {
        var loaded = Loaded.Of("""
            variable "more" { type = list(string) }
            variable "rules" { type = list(string) }
            data "aws_iam_policy_document" "sources" {
              source_policy_documents = var.more
              statement { actions = ["ecr:*"] }
            }
            data "aws_iam_policy_document" "dynamic" {
              dynamic "statement" {
                for_each = var.rules
                content { actions = [statement.value] }
              }
            }
            data "aws_iam_policy_document" "override" {
              override_policy_documents = var.more
              statement { actions = ["ecr:*"] }
            }
            resource "x_y" "z" {
              sources  = data.aws_iam_policy_document.sources.json
              dynamic  = data.aws_iam_policy_document.dynamic.json
              override = data.aws_iam_policy_document.override.json
            }
            """);

        var sources = (MapValue)((TextValue)loaded["x_y.z"]["sources"]!).Content!.Content;
        Assert.Equal("[{Effect: \"Allow\", Action: \"ecr:*\"}...]", Loaded.Show(sources["Statement"]));
        var dynamics = (MapValue)((TextValue)loaded["x_y.z"]["dynamic"]!).Content!.Content;
        Assert.True(((ListValue)dynamics["Statement"]!).IsOpen);
        Assert.IsType<UnknownValue>(loaded["x_y.z"]["override"]);
    }

    [Fact]
    public void Two_declarations_of_one_account_are_the_same_account()
    {
        var loaded = Loaded.Files(
            ("main.tf", """
                provider "aws" { region = "cn-north-1" }
                data "aws_caller_identity" "a" {}
                data "aws_region" "here" {}
                data "aws_partition" "here" {}
                module "m" { source = "./m" }
                resource "x_y" "z" {
                  account   = data.aws_caller_identity.a.account_id
                  other     = module.m.account
                  region    = data.aws_region.here.name
                  partition = data.aws_partition.here.partition
                }
                """),
            ("m/main.tf", "data \"aws_caller_identity\" \"b\" {}\noutput \"account\" { value = data.aws_caller_identity.b.account_id }"));

        var resource = loaded["x_y.z"];
        Assert.Equal("?data.aws_caller_identity.account_id", Loaded.Show(resource["account"]));
        Assert.Equal(Truth.Yes, resource["account"]!.EqualTo(resource["other"]!));
        Assert.Equal("\"cn-north-1\"", Loaded.Show(resource["region"]));
        Assert.Equal("\"aws-cn\"", Loaded.Show(resource["partition"]));
    }

    [Fact]
    public void Other_data_sources_are_unknown_and_keep_their_arguments()
    {
        var loaded = Loaded.Of("""
            data "aws_iam_role" "node" { name = "node" }
            resource "terraform_data" "pass" { input = "in" }
            data "template_file" "user" {
              template = "hello $${name}"
              vars     = { name = "shop" }
            }
            resource "x_y" "z" {
              arn      = data.aws_iam_role.node.arn
              name     = data.aws_iam_role.node.name
              out      = terraform_data.pass.output
              rendered = data.template_file.user.rendered
            }
            """);

        Assert.True(loaded["data.aws_iam_role.node"].IsData);
        Assert.Equal("?data.aws_iam_role.node.arn", loaded.Attribute("x_y.z", "arn"));
        Assert.Equal("\"node\"", loaded.Attribute("x_y.z", "name"));
        Assert.Equal("\"in\"", loaded.Attribute("x_y.z", "out"));
        Assert.Equal("\"hello shop\"", loaded.Attribute("x_y.z", "rendered"));
    }

    [Theory]
    [InlineData("name = \"shop\"", "\"shop\"")]
    [InlineData("generate_name = \"shop-\"", "?kubernetes_namespace.n.id")]
    public void The_id_of_a_namespace_is_its_name(string metadata, string id) => Assert.Equal(id, Loaded.Of($$"""
        resource "kubernetes_namespace" "n" {
          metadata {
            {{metadata}}
          }
        }
        resource "x_y" "z" { it = kubernetes_namespace.n.id }
        """).Attribute("x_y.z", "it"));

    [Fact]
    public void A_condition_on_a_name_that_apply_decides_keeps_its_known_end()
    {
        var loaded = Loaded.Files(("main.tf", """
            data "aws_iam_policy_document" "trust" {
              statement {
                actions = ["sts:AssumeRoleWithWebIdentity"]
                condition {
                  test     = "StringEquals"
                  variable = "${replace(aws_iam_openid_connect_provider.x.url, "https://", "")}:sub"
                  values   = ["system:serviceaccount:shop:api"]
                }
              }
            }
            resource "aws_iam_openid_connect_provider" "x" { url = aws_eks_cluster.c.identity[0].oidc[0].issuer }
            resource "aws_eks_cluster" "c" { name = "c" }
            resource "aws_iam_role" "api" { assume_role_policy = data.aws_iam_policy_document.trust.json }
            """));

        var keys = loaded["aws_iam_role.api"]["assume_role_policy"]!.Deep().OfType<MapValue>().SelectMany(map => map.Entries).Select(entry => entry.KeyText?.Suffix);
        Assert.Contains(":sub", keys);
    }
}
