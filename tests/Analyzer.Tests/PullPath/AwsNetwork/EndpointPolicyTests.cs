using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.Tests.PullPath.AwsNetwork;

/// <summary>What an endpoint's policy lets through: layers of images are AWS's own, requests of nodes come from the account.</summary>
public sealed class EndpointPolicyTests
{
    [Theory]
    [InlineData("true", "")]
    [InlineData("true", """{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}""")]
    [InlineData("true", """{"Effect": "Allow", "Principal": "*", "Action": "s3:Get*", "Resource": "arn:aws:s3:::prod-*-starport-layer-bucket/*"}""")]
    [InlineData("true", """{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": ["arn:aws:s3:::a/*", "arn:${data.aws_partition.here.partition}:s3:::prod-eu-west-1-starport-layer-bucket/*"]}""")]
    [InlineData("true", """{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "s3:GetObject", "Resource": "*"}""")]
    [InlineData("true", """{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*", "Condition": {"StringEquals": {"aws:SourceVpc": "${aws_vpc.main.id}"}}}""")]
    [InlineData("true", """{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*", "Condition": {"StringNotEquals": {"aws:ResourceAccount": "111122223333"}}}""")]
    [InlineData("false", """{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::prod-us-east-1-starport-layer-bucket/*"}""")]
    [InlineData("false", """{"Effect": "Allow", "Principal": "*", "Action": "s3:ListBucket", "Resource": "*"}""")]
    [InlineData("false", """{"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*", "Condition": {"StringNotEquals": {"aws:SourceVpc": "${aws_vpc.main.id}"}}}""")]
    [InlineData("false", """{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalAccount": "111122223333"}}}""")]
    [InlineData("false", """{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*", "Condition": {"StringEquals": {"s3:ResourceAccount": ["${data.aws_caller_identity.here.account_id}", "444455556666"]}}}""")]
    [InlineData("false", """{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "${data.aws_organizations_organization.here.id}"}}}""")]
    [InlineData("false", """{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*", "Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/*"}}}""")]
    [InlineData("false", """{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "*", "Resource": "*"}""")]
    [InlineData("?", """{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalAccount": "${var.account}"}}}""")]
    [InlineData("?", """{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*", "Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/*"}}}""")]
    [InlineData("?", """{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*", "Condition": {"IpAddress": {"aws:VpcSourceIp": "10.0.0.0/16"}}}""")]
    public void Layers_of_images(string expected, string statement) => Assert.Equal(expected, LetsThrough("s3", statement, "s3:GetObject", new TextValue("arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/a"), "aws"));

    [Theory]
    [InlineData("true", """{"Effect": "Allow", "Principal": "*", "Action": "ecr:Get*", "Resource": "*"}""")]
    [InlineData("true", """{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalAccount": "${data.aws_caller_identity.here.account_id}"}}}""")]
    [InlineData("false", """{"Effect": "Allow", "Principal": "*", "Action": "ecr:*", "Resource": "arn:aws:ecr:eu-west-1:111122223333:repository/*"}""")]
    [InlineData("?", """{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}""")]
    [InlineData("?", """{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "*", "Resource": "*"}""")]
    public void Tokens(string expected, string statement) => Assert.Equal(expected, LetsThrough("ecr.api", statement, "ecr:GetAuthorizationToken", NullValue.Instance, "nodes"));

    [Theory]
    [InlineData("eu-west-1", "\"com.amazonaws.eu-west-1.s3\"")]
    [InlineData("cn-north-1", "\"cn.com.amazonaws.cn-north-1.ecr.api\"")]
    [InlineData("us-west-2", "\"com.amazonaws.${data.aws_region.here.name}.s3\"")]
    [InlineData("us-east-1", "\"com.amazonaws.eu-west-1.s3\"\n service_region = \"us-east-1\"")]
    [InlineData("us-west-2", "var.service")]
    [InlineData("?", "\"com.amazonaws.${var.service}.s3\"")]
    public void The_region_is_in_the_name_of_the_service(string region, string written) => Assert.Equal(region, Networks.Show(Networks.With($$"""
        provider "aws" { region = "us-west-2" }
        variable "service" {}
        data "aws_region" "here" {}
        resource "aws_vpc_endpoint" "e" {
          vpc_id       = aws_vpc.main.id
          service_name = {{written}}
        }
        """).Endpoint("aws_vpc_endpoint.e").Region));

    private static string LetsThrough(string service, string statement, string action, Value resource, string caller)
    {
        var networks = Networks.With($$"""
            variable "account" {}
            data "aws_caller_identity" "here" {}
            data "aws_organizations_organization" "here" {}
            data "aws_partition" "here" {}
            resource "aws_vpc_endpoint" "e" {
              vpc_id       = aws_vpc.main.id
              service_name = "com.amazonaws.eu-west-1.{{service}}"
              {{(statement.Length == 0 ? "" : $"policy = <<-EOT\n{{\"Statement\": [{statement}]}}\nEOT")}}
            }
            """);
        return Networks.Show(networks.Ask("lets_through", Links.To(networks.Endpoint("aws_vpc_endpoint.e")), ListValue.Of([new TextValue(action)]), resource, new TextValue(caller)));
    }
}
