using System.Globalization;
using System.Text;
using Analyzer.Cli;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Rules;

namespace Analyzer.Tests.PullPath.AwsNetwork;

/// <summary>Whatever stands in network resources, nothing fails and nothing false is said.</summary>
public sealed class HostileNetworkTests
{
    private static readonly IReadOnlyList<Rule> Rules = [.. RuleFiles.BuiltIn().Read(new ProblemLog()).Where(rule => !rule.IsOff)];

    public static TheoryData<string> Odd => ["null", "true", "42", "-1.5", "\"\"", "\"x\"", "\"10.0.0.0/99\"", "\"::/0\"", "[]", "[null]", "[[1], {}]", "{}", "{ a = [1] }", "var.any", "[var.any]", "aws_vpc.main", "[aws_security_group.a]"];

    [Theory]
    [MemberData(nameof(Odd))]
    public void Odd_values_in_every_field_say_nothing(string odd)
    {
        var text = new StringBuilder("variable \"any\" {}\n");
        foreach (var (type, name, fields) in new (string Type, string Name, string Fields)[]
        {
            ("aws_vpc", "main", "cidr_block enable_dns_support enable_dns_hostnames"),
            ("aws_vpc", "odd", "cidr_block enable_dns_support enable_dns_hostnames region"),
            ("aws_subnet", "a", "vpc_id cidr_block map_public_ip_on_launch outpost_arn"),
            ("aws_route_table", "a", "vpc_id route propagating_vgws"),
            ("aws_route", "a", "route_table_id destination_cidr_block nat_gateway_id gateway_id"),
            ("aws_route_table_association", "a", "subnet_id route_table_id"),
            ("aws_vpc_endpoint", "a", "vpc_id service_name vpc_endpoint_type private_dns_enabled subnet_ids subnet_configuration security_group_ids route_table_ids policy service_region"),
            ("aws_vpc_endpoint_policy", "a", "vpc_endpoint_id policy"),
            ("aws_vpc_endpoint_security_group_association", "a", "vpc_endpoint_id security_group_id"),
            ("aws_security_group", "a", "vpc_id ingress egress"),
            ("aws_default_security_group", "a", "vpc_id ingress egress"),
            ("aws_security_group_rule", "a", "type security_group_id protocol from_port to_port cidr_blocks ipv6_cidr_blocks prefix_list_ids self source_security_group_id"),
            ("aws_vpc_security_group_egress_rule", "a", "security_group_id ip_protocol from_port to_port cidr_ipv4 cidr_ipv6 prefix_list_id referenced_security_group_id"),
            ("aws_vpc_block_public_access_options", "a", "internet_gateway_block_mode"),
            ("aws_vpc_block_public_access_exclusion", "a", "vpc_id subnet_id internet_gateway_exclusion_mode"),
            ("aws_vpc_ipv4_cidr_block_association", "a", "vpc_id cidr_block"),
            ("aws_launch_template", "a", "vpc_security_group_ids network_interfaces user_data"),
            ("aws_eks_cluster", "a", "name vpc_config compute_config"),
            ("aws_eks_node_group", "a", "cluster_name node_role_arn subnet_ids launch_template scaling_config"),
            ("aws_ecr_pull_through_cache_rule", "a", "ecr_repository_prefix"),
            ("aws_network_acl", "a", "vpc_id subnet_ids ingress egress"),
            ("aws_network_acl_rule", "a", "network_acl_id egress rule_number rule_action protocol cidr_block from_port to_port"),
            ("aws_network_acl_association", "a", "network_acl_id subnet_id"),
            ("aws_default_network_acl", "a", "default_network_acl_id subnet_ids ingress egress"),
            ("aws_autoscaling_group", "a", "launch_template mixed_instances_policy vpc_zone_identifier max_size tag"),
            ("aws_ecs_capacity_provider", "a", "auto_scaling_group_provider"),
            ("aws_ecs_service", "a", "task_definition launch_type cluster network_configuration platform_version capacity_provider_strategy"),
            ("aws_ecs_task_definition", "a", "requires_compatibilities container_definitions execution_role_arn"),
        })
        {
            text.Append(CultureInfo.InvariantCulture, $"resource \"{type}\" \"{name}\" {{\n");
            foreach (var field in fields.Split(' ').Where(field => $"{type}.{name}.{field}" != "aws_vpc.main.cidr_block" || odd != "aws_vpc.main"))
            {
                text.Append(CultureInfo.InvariantCulture, $"  {field} = {odd}\n");
            }

            text.Append("}\n");
        }

        Assert.Empty(Findings(("main.tf", text.ToString())).Where(verdict => verdict.Rule.Id.StartsWith("aws-", StringComparison.Ordinal) && verdict.Level != Level.Note).Select(verdict => $"{verdict.Rule.Id}: {verdict.Message}"));
    }

    [Fact]
    public void Groups_that_name_each_other_and_themselves_come_to_an_end()
    {
        var findings = Findings(("main.tf", """
            resource "aws_vpc" "main" {
              cidr_block           = "10.0.0.0/16"
              enable_dns_hostnames = true
            }
            resource "aws_subnet" "a" {
              vpc_id     = aws_vpc.main.id
              cidr_block = "10.0.0.0/16"
            }
            resource "aws_subnet" "b" {
              vpc_id     = aws_vpc.main.id
              cidr_block = "10.0.0.0/17"
            }
            resource "aws_security_group" "a" {
              vpc_id = aws_vpc.main.id
              ingress {
                protocol        = "-1"
                from_port       = 0
                to_port         = 0
                self            = true
                security_groups = [aws_security_group.b.id, aws_security_group.b.id]
              }
            }
            resource "aws_security_group" "b" { vpc_id = aws_vpc.main.id }
            resource "aws_security_group_rule" "b" {
              type                     = "ingress"
              security_group_id        = aws_security_group.b.id
              protocol                 = "-1"
              from_port                = 0
              to_port                  = 0
              source_security_group_id = aws_security_group.b.id
            }
            resource "aws_vpc_endpoint" "e" {
              for_each            = toset(["ecr.api", "ecr.dkr"])
              vpc_id              = aws_vpc.main.id
              service_name        = "com.amazonaws.eu-west-1.${each.value}"
              vpc_endpoint_type   = "Interface"
              private_dns_enabled = true
              subnet_ids          = [aws_subnet.a.id, aws_subnet.b.id]
              security_group_ids  = [aws_security_group.a.id, aws_security_group.b.id]
            }
            """));

        Assert.Empty(findings.Select(verdict => verdict.Message));
    }

    [Fact]
    public void Transit_routes_in_a_circle_leave_everything_open()
    {
        var findings = Findings(("main.tf", """
            resource "aws_vpc" "v" {
              count      = 2
              cidr_block = "10.${count.index}.0.0/16"
            }
            resource "aws_subnet" "s" {
              count      = 2
              vpc_id     = aws_vpc.v[count.index].id
              cidr_block = aws_vpc.v[count.index].cidr_block
            }
            resource "aws_ec2_transit_gateway" "hub" {}
            resource "aws_ec2_transit_gateway_vpc_attachment" "a" {
              count              = 2
              transit_gateway_id = aws_ec2_transit_gateway.hub.id
              vpc_id             = aws_vpc.v[count.index].id
              subnet_ids         = [aws_subnet.s[count.index].id]
            }
            resource "aws_route" "r" {
              count                  = 2
              route_table_id         = aws_vpc.v[count.index].main_route_table_id
              destination_cidr_block = "0.0.0.0/0"
              transit_gateway_id     = aws_ec2_transit_gateway.hub.id
              depends_on             = [aws_ec2_transit_gateway_vpc_attachment.a]
            }
            resource "aws_eks_node_group" "n" {
              count         = 2
              cluster_name  = "shop"
              node_role_arn = "arn:aws:iam::111122223333:role/n"
              subnet_ids    = [aws_subnet.s[1 - count.index].id]
            }
            """));

        Assert.Empty(findings.Select(verdict => verdict.Message));
    }

    [Fact]
    public void Hundreds_of_subnets_are_judged_in_one_finding()
    {
        var findings = Findings(("main.tf", """
            resource "aws_vpc" "main" {
              cidr_block           = "10.0.0.0/8"
              enable_dns_hostnames = true
            }
            resource "aws_subnet" "s" {
              count      = 250
              vpc_id     = aws_vpc.main.id
              cidr_block = cidrsubnet(aws_vpc.main.cidr_block, 12, count.index)
            }
            resource "aws_subnet" "t" {
              count      = 250
              vpc_id     = aws_vpc.main.id
              cidr_block = cidrsubnet(aws_vpc.main.cidr_block, 12, count.index + 250)
            }
            resource "aws_security_group" "e" {
              vpc_id = aws_vpc.main.id
              ingress {
                protocol    = "tcp"
                from_port   = 443
                to_port     = 443
                cidr_blocks = concat(aws_subnet.s[*].cidr_block, slice(aws_subnet.t[*].cidr_block, 0, 249))
              }
            }
            resource "aws_vpc_endpoint" "e" {
              for_each            = toset(["ecr.api", "ecr.dkr", "ec2"])
              vpc_id              = aws_vpc.main.id
              service_name        = "com.amazonaws.eu-west-1.${each.value}"
              vpc_endpoint_type   = "Interface"
              private_dns_enabled = true
              subnet_ids          = [aws_subnet.s[0].id]
              security_group_ids  = [aws_security_group.e.id]
            }
            resource "aws_vpc_endpoint" "s3" {
              vpc_id          = aws_vpc.main.id
              service_name    = "com.amazonaws.eu-west-1.s3"
              route_table_ids = [aws_vpc.main.main_route_table_id]
            }
            resource "aws_eks_node_group" "n" {
              cluster_name  = "shop"
              node_role_arn = "arn:aws:iam::111122223333:role/n"
              subnet_ids    = concat(aws_subnet.s[*].id, aws_subnet.t[*].id)
            }
            """));

        Assert.Equal(["aws-endpoint-security-group-blocks-443"], findings.Select(verdict => verdict.Rule.Id));
    }

    [Fact]
    public void Networks_with_the_same_addresses_are_told_apart()
    {
        var findings = Findings(("main.tf", """
            resource "aws_vpc" "v" {
              count                = 2
              cidr_block           = "10.0.0.0/16"
              enable_dns_hostnames = true
            }
            resource "aws_vpc_ipv4_cidr_block_association" "more" {
              vpc_id     = aws_vpc.v[0].id
              cidr_block = "10.0.128.0/17"
            }
            resource "aws_subnet" "s" {
              count      = 4
              vpc_id     = aws_vpc.v[count.index % 2].id
              cidr_block = count.index < 2 ? "10.0.0.0/16" : "10.0.0.0/24"
            }
            resource "aws_security_group" "e" {
              count  = 2
              vpc_id = aws_vpc.v[count.index].id
              ingress {
                protocol    = "tcp"
                from_port   = 443
                to_port     = 443
                cidr_blocks = ["10.0.0.0/17", "10.0.128.0/17"]
              }
            }
            resource "aws_vpc_endpoint" "e" {
              for_each            = toset(["ecr.api", "ecr.dkr", "ec2"])
              vpc_id              = aws_vpc.v[0].id
              service_name        = "com.amazonaws.eu-west-1.${each.value}"
              vpc_endpoint_type   = "Interface"
              private_dns_enabled = true
              subnet_ids          = [aws_subnet.s[0].id]
              security_group_ids  = [aws_security_group.e[0].id]
            }
            resource "aws_vpc_endpoint" "s3" {
              vpc_id          = aws_vpc.v[0].id
              service_name    = "com.amazonaws.eu-west-1.s3"
              route_table_ids = [aws_vpc.v[0].main_route_table_id]
            }
            resource "aws_eks_node_group" "n" {
              count         = 2
              cluster_name  = "shop"
              node_role_arn = "arn:aws:iam::111122223333:role/n"
              subnet_ids    = [aws_subnet.s[count.index].id, aws_subnet.s[count.index + 2].id]
            }
            """));

        Assert.Equal(
            ["aws-isolated-subnet-missing-ecr-endpoints aws_eks_node_group.n[1]", "aws-isolated-subnet-missing-s3-path aws_eks_node_group.n[1]"],
            findings.Select(verdict => $"{verdict.Rule.Id} {verdict.Fact.Address.Path}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("egress_only_gateway_id = aws_egress_only_internet_gateway.out.id")]
    [InlineData("gateway_id = aws_internet_gateway.out.id")]
    public void A_way_out_by_IPv6_leaves_nothing_proven(string target)
    {
        var findings = Findings(("main.tf", $$"""
            resource "aws_vpc" "main" {
              cidr_block                       = "10.0.0.0/16"
              assign_generated_ipv6_cidr_block = true
              enable_dns_hostnames             = true
            }
            resource "aws_egress_only_internet_gateway" "out" { vpc_id = aws_vpc.main.id }
            resource "aws_internet_gateway" "out" { vpc_id = aws_vpc.main.id }
            resource "aws_subnet" "s" {
              vpc_id                          = aws_vpc.main.id
              ipv6_cidr_block                 = cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, 1)
              ipv6_native                     = true
              assign_ipv6_address_on_creation = true
            }
            resource "aws_route" "out" {
              route_table_id              = aws_vpc.main.main_route_table_id
              destination_ipv6_cidr_block = "::/0"
              {{target}}
            }
            resource "aws_eks_node_group" "n" {
              cluster_name  = "shop"
              node_role_arn = "arn:aws:iam::111122223333:role/n"
              subnet_ids    = [aws_subnet.s.id]
            }
            """));

        Assert.DoesNotContain(findings, verdict => verdict.Level == Level.Error);
    }

    private static List<Verdict> Findings(params (string Path, string Text)[] files)
    {
        var problems = new ProblemLog();
        var (_, model) = Pipeline.Read(new MemoryFiles(files), problems);
        var verdicts = Judge.Decide(Rules, model.Facts, model.Functions, problems);
        Assert.DoesNotContain(problems.Sorted(), problem => problem.Code == "internal-error");
        return [.. verdicts.Where(verdict => verdict.Outcome == Outcome.Fail)];
    }
}
