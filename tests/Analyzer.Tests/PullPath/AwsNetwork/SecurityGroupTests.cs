using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.Tests.PullPath.AwsNetwork;

/// <summary>Security groups let pass what one of their rules names: addresses, members, prefix lists.</summary>
public sealed class SecurityGroupTests
{
    [Theory]
    [InlineData("true", "cidr_blocks = [\"0.0.0.0/0\"]")]
    [InlineData("true", "cidr_blocks = [aws_vpc.main.cidr_block]")]
    [InlineData("true", "cidr_blocks = [\"10.0.0.0/15\"]")]
    [InlineData("true", "cidr_blocks = [\"192.168.0.0/16\", \"10.0.0.0/8\"]")]
    [InlineData("true", "cidr_blocks = aws_subnet.nodes[*].cidr_block")]
    [InlineData("false", "cidr_blocks = [\"10.1.0.0/16\"]")]
    [InlineData("false", "cidr_blocks = [aws_subnet.nodes[0].cidr_block]")]
    [InlineData("false", "cidr_blocks = []")]
    [InlineData("false", "ipv6_cidr_blocks = [\"::/0\"]")]
    [InlineData("false", "self = true")]
    [InlineData("false", "security_groups = [aws_security_group.other.id]")]
    [InlineData("true", "security_groups = [aws_security_group.nodes.id]")]
    [InlineData("?", "security_groups = [\"sg-0123456789abcdef0\"]")]
    [InlineData("?", "cidr_blocks = [var.range]")]
    [InlineData("?", "cidr_blocks = [\"10.0.0.128/25\", \"10.0.1.0/24\"]")]
    [InlineData("?", "prefix_list_ids = [\"pl-1\"]")]
    [InlineData("?", "self = var.range")]
    public void Nodes_are_let_in(string expected, string source) => Assert.Equal(expected, LetsIn($$"""
        ingress {
          protocol  = "tcp"
          from_port = 443
          to_port   = 443
          {{source}}
        }
        """));

    [Theory]
    [InlineData("true", "\"-1\"", "0", "0")]
    [InlineData("true", "-1", "0", "0")]
    [InlineData("true", "\"TCP\"", "0", "65535")]
    [InlineData("true", "6", "443", "443")]
    [InlineData("false", "\"udp\"", "443", "443")]
    [InlineData("false", "\"tcp\"", "80", "442")]
    [InlineData("false", "\"tcp\"", "444", "65535")]
    [InlineData("false", "\"icmp\"", "-1", "-1")]
    [InlineData("?", "var.range", "443", "443")]
    [InlineData("?", "\"tcp\"", "var.range", "443")]
    [InlineData("?", "\"tcp\"", "[443]", "{}")]
    public void Ports_and_protocols_count(string expected, string protocol, string from, string to) => Assert.Equal(expected, LetsIn($$"""
        ingress {
          protocol    = {{protocol}}
          from_port   = {{from}}
          to_port     = {{to}}
          cidr_blocks = ["0.0.0.0/0"]
        }
        """));

    [Theory]
    [InlineData("false", "")]
    [InlineData("false", "ingress = []")]
    [InlineData("?", "ingress = var.range")]
    [InlineData("?", "dynamic \"ingress\" {\n for_each = var.range\n content {\n protocol = \"tcp\"\n from_port = 443\n to_port = 443\n cidr_blocks = [\"0.0.0.0/0\"]\n }\n }")]
    [InlineData("false", "dynamic \"ingress\" {\n for_each = []\n content {\n protocol = \"tcp\"\n from_port = 443\n to_port = 443\n cidr_blocks = [\"0.0.0.0/0\"]\n }\n }")]
    [InlineData("false", "dynamic \"egress\" {\n for_each = var.range\n content {\n protocol = \"tcp\"\n from_port = 443\n to_port = 443\n cidr_blocks = [\"0.0.0.0/0\"]\n }\n }")]
    [InlineData("?", "lifecycle { ignore_changes = [ingress] }")]
    public void Rules_that_are_not_seen_leave_it_open(string expected, string body) => Assert.Equal(expected, LetsIn(body));

    [Theory]
    [InlineData("true", "aws_security_group_rule", "type = \"ingress\"\n protocol = \"tcp\"\n from_port = 443\n to_port = 443\n source_security_group_id = aws_security_group.nodes.id")]
    [InlineData("false", "aws_security_group_rule", "type = \"egress\"\n protocol = \"tcp\"\n from_port = 443\n to_port = 443\n cidr_blocks = [\"0.0.0.0/0\"]")]
    [InlineData("?", "aws_security_group_rule", "type = var.range\n protocol = \"tcp\"\n from_port = 443\n to_port = 443\n cidr_blocks = [\"0.0.0.0/0\"]")]
    [InlineData("?", "aws_security_group_rule", "count = var.range ? 1 : 0\n type = \"ingress\"\n protocol = \"-1\"\n from_port = 0\n to_port = 0\n cidr_blocks = [\"0.0.0.0/0\"]")]
    [InlineData("?", "aws_security_group_rule", "count = var.range\n type = \"ingress\"\n protocol = \"-1\"\n from_port = 0\n to_port = 0\n cidr_blocks = [\"0.0.0.0/0\"]")]
    [InlineData("?", "aws_security_group_rule", "for_each = var.range\n type = each.value.type\n protocol = \"tcp\"\n from_port = 443\n to_port = 443\n cidr_blocks = [each.value.range]")]
    [InlineData("?", "aws_security_group_rule", "for_each = var.range\n type = \"ingress\"\n protocol = \"tcp\"\n from_port = 443\n to_port = 443\n cidr_blocks = [each.value]")]
    [InlineData("true", "aws_vpc_security_group_ingress_rule", "ip_protocol = -1\n cidr_ipv4 = \"10.0.0.0/16\"")]
    [InlineData("false", "aws_vpc_security_group_egress_rule", "ip_protocol = -1\n cidr_ipv4 = \"10.0.0.0/16\"")]
    [InlineData("?", "aws_vpc_security_group_ingress_rule", "for_each = var.range\n ip_protocol = -1\n cidr_ipv4 = each.key")]
    public void Rules_apart_count(string expected, string type, string rule) =>
        Assert.Equal(expected, LetsIn("", $"resource \"{type}\" \"r\" {{\n security_group_id = aws_security_group.endpoints.id\n {rule}\n}}"));

    [Theory]
    [InlineData("?", "var.range")]
    [InlineData("?", "var.range ? aws_security_group.endpoints.id : aws_security_group.other.id")]
    [InlineData("?", "\"sg-0123456789abcdef0\"")]
    [InlineData("false", "aws_security_group.other.id")]
    public void A_rule_of_nobody_knows_which_group_may_be_of_any(string expected, string id) =>
        Assert.Equal(expected, LetsIn("", $"resource \"aws_vpc_security_group_ingress_rule\" \"r\" {{\n security_group_id = {id}\n ip_protocol = -1\n cidr_ipv4 = \"10.0.0.0/16\"\n}}"));

    [Theory]
    [InlineData("false", "")]
    [InlineData("?", "group = aws_security_group.endpoints.id")]
    [InlineData("?", "groups = { endpoints = aws_security_group.endpoints }")]
    [InlineData("false", "group = aws_security_group.other.id")]
    public void A_module_that_is_not_there_may_add_rules_to_groups_it_is_told_of(string expected, string told) =>
        Assert.Equal(expected, LetsIn("", $"module \"rules\" {{\n source = \"shop/rules/aws\"\n {told}\n}}"));

    [Theory]
    [InlineData("terraform-aws-modules/iam/aws//modules/iam-role-for-service-accounts-eks", "5.34.0", "false")]
    [InlineData("terraform-aws-modules/vpc/aws//modules/vpc-endpoints", "5.21.0", "false")]
    [InlineData("terraform-aws-modules/eks/aws", "20.37.2", "false")]
    [InlineData("terraform-aws-modules/eks/aws", "17.24.0", "?")]
    public void A_summary_says_whether_the_module_may(string source, string version, string expected) =>
        Assert.Equal(expected, LetsIn("", $"module \"m\" {{\n source = \"{source}\"\n version = \"{version}\"\n security_group_ids = [aws_security_group.endpoints.id]\n}}"));

    [Theory]
    [InlineData("false", "")]
    [InlineData("true", "egress {\n protocol = \"-1\"\n from_port = 0\n to_port = 0\n cidr_blocks = [\"0.0.0.0/0\"]\n}")]
    [InlineData("false", "egress {\n protocol = \"-1\"\n from_port = 0\n to_port = 0\n cidr_blocks = [\"10.0.0.0/8\"]\n}")]
    [InlineData("?", "egress {\n protocol = \"-1\"\n from_port = 0\n to_port = 0\n cidr_blocks = [\"52.0.0.0/8\"]\n}")]
    [InlineData("?", "egress {\n protocol = \"-1\"\n from_port = 0\n to_port = 0\n prefix_list_ids = [var.range]\n}")]
    public void The_internet_is_let_out(string expected, string body)
    {
        var networks = Of("", "", body);
        Assert.Equal(expected, Networks.Show(networks.Ask("lets_out", networks.Pool("aws_eks_node_group.n").SecurityGroups, new TextValue("internet"), NumberValue.Of(443))));
    }

    [Theory]
    [InlineData("[aws_security_group.nodes]", "vpc_security_group_ids = [aws_security_group.nodes.id]")]
    [InlineData("[aws_security_group.nodes]", "network_interfaces { security_groups = [aws_security_group.nodes.id] }")]
    [InlineData("[aws_security_group.nodes]", "vpc_security_group_ids = []\n network_interfaces { security_groups = [aws_security_group.nodes.id] }")]
    [InlineData("[aws_eks_cluster.c (cluster security group)]", "")]
    [InlineData("[aws_eks_cluster.c (cluster security group)]", "vpc_security_group_ids = [aws_eks_cluster.c.vpc_config[0].cluster_security_group_id]")]
    [InlineData("[aws_vpc.main (default security group)]", "vpc_security_group_ids = [aws_vpc.main.default_security_group_id]")]
    [InlineData("[...]", "vpc_security_group_ids = var.groups")]
    [InlineData("[?]", "vpc_security_group_ids = [var.groups]")]
    public void Nodes_have_the_groups_of_their_template_or_cluster(string expected, string template) => Assert.Equal(expected, Networks.Show(Networks.With($$"""
        variable "groups" {}
        resource "aws_security_group" "nodes" { vpc_id = aws_vpc.main.id }
        resource "aws_launch_template" "t" {
          {{template}}
        }
        resource "aws_eks_cluster" "c" {
          name = "shop"
          vpc_config { subnet_ids = aws_subnet.private[*].id }
        }
        resource "aws_eks_node_group" "n" {
          cluster_name  = aws_eks_cluster.c.name
          node_role_arn = "arn:aws:iam::111122223333:role/n"
          subnet_ids    = aws_subnet.private[*].id
          launch_template {
            id      = aws_launch_template.t.id
            version = 1
          }
        }
        """).Pool("aws_eks_node_group.n").SecurityGroups));

    private static string LetsIn(string body, string more = "")
    {
        var networks = Of(body, more, "");
        return Networks.Show(networks.Ask("lets_in", networks.Endpoint("aws_vpc_endpoint.e").SecurityGroups, Links.To(networks.Pool("aws_eks_node_group.n")), NumberValue.Of(443)));
    }

    private static Networks Of(string endpointRules, string more, string nodeRules) => Networks.With($$"""
        variable "range" {}
        resource "aws_subnet" "nodes" {
          count      = 2
          vpc_id     = aws_vpc.main.id
          cidr_block = "10.0.${count.index}.0/24"
        }
        resource "aws_security_group" "other" { vpc_id = aws_vpc.main.id }
        resource "aws_security_group" "nodes" {
          vpc_id = aws_vpc.main.id
          {{nodeRules}}
        }
        resource "aws_security_group" "endpoints" {
          vpc_id = aws_vpc.main.id
          {{endpointRules}}
        }
        {{more}}
        resource "aws_launch_template" "t" { vpc_security_group_ids = [aws_security_group.nodes.id] }
        resource "aws_eks_node_group" "n" {
          cluster_name  = "shop"
          node_role_arn = "arn:aws:iam::111122223333:role/n"
          subnet_ids    = aws_subnet.nodes[*].id
          launch_template {
            id      = aws_launch_template.t.id
            version = 1
          }
        }
        resource "aws_vpc_endpoint" "e" {
          vpc_id             = aws_vpc.main.id
          service_name       = "com.amazonaws.eu-west-1.ecr.api"
          vpc_endpoint_type  = "Interface"
          security_group_ids = [aws_security_group.endpoints.id]
          subnet_ids         = aws_subnet.nodes[*].id
        }
        """);
}
