using Analyzer.Cli;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Rules;

namespace Analyzer.Tests.Rules;

/// <summary>Parts of small configurations of AWS, of which cases are put together.</summary>
internal static class AwsSnippets
{
    private static readonly IReadOnlyList<Rule> BuiltIn = [.. RuleFiles.BuiltIn().Read(new ProblemLog()).Where(rule => !rule.IsOff)];

    internal const string Ec2 = "ec2.amazonaws.com";
    internal const string Pull = "AmazonEC2ContainerRegistryPullOnly";
    internal const string Worker = "AmazonEKSWorkerNodePolicy";

    /// <summary>A VPC with private subnets; nothing leads out of them.</summary>
    internal const string Vpc = """
        resource "aws_vpc" "main" {
          cidr_block           = "10.0.0.0/16"
          enable_dns_hostnames = true
        }
        resource "aws_subnet" "private" {
          count      = 2
          vpc_id     = aws_vpc.main.id
          cidr_block = cidrsubnet(aws_vpc.main.cidr_block, 8, count.index)
        }
        resource "aws_route_table" "private" { vpc_id = aws_vpc.main.id }
        resource "aws_route_table_association" "private" {
          count          = 2
          subnet_id      = aws_subnet.private[count.index].id
          route_table_id = aws_route_table.private.id
        }

        """;

    internal const string Cluster = """
        resource "aws_eks_cluster" "shop" {
          name     = "shop"
          role_arn = "arn:aws:iam::111122223333:role/eks"
          vpc_config {
            subnet_ids = ["subnet-1", "subnet-2"]
          }
        }
        resource "aws_eks_addon" "agent" {
          cluster_name = aws_eks_cluster.shop.name
          addon_name   = "eks-pod-identity-agent"
        }

        """;

    internal const string Nat = """
        resource "aws_nat_gateway" "out" {
          subnet_id     = "subnet-1"
          allocation_id = "eipalloc-1"
        }
        resource "aws_route" "out" {
          route_table_id         = aws_route_table.private.id
          destination_cidr_block = "0.0.0.0/0"
          nat_gateway_id         = aws_nat_gateway.out.id
        }

        """;

    internal const string VpcModule = """
        module "vpc" {
          source          = "terraform-aws-modules/vpc/aws"
          version         = "5.8.1"
          name            = "shop"
          cidr            = "10.0.0.0/16"
          azs             = ["eu-west-1a", "eu-west-1b"]
          private_subnets = ["10.0.1.0/24", "10.0.2.0/24"]
          public_subnets  = ["10.0.3.0/24", "10.0.4.0/24"]

        """;

    /// <summary>Container instances of ECS, known by their user data.</summary>
    internal const string Instances = """
        resource "aws_ecs_cluster" "shop" { name = "shop" }
        resource "aws_launch_template" "node" {
          image_id  = "ami-1"
          user_data = base64encode("#!/bin/bash\necho ECS_CLUSTER=${aws_ecs_cluster.shop.name} >> /etc/ecs/ecs.config\n")
          iam_instance_profile { arn = aws_iam_instance_profile.node.arn }
        }
        resource "aws_autoscaling_group" "node" {
          min_size            = 1
          max_size            = 2
          vpc_zone_identifier = ["subnet-1"]
          launch_template {
            id      = aws_launch_template.node.id
            version = "$Latest"
          }
        }

        """;

    internal static string Role(string name, params string[] policies) => $$"""
        resource "aws_iam_role" "{{name}}" {
          name = "{{name}}"
          assume_role_policy = jsonencode({
            Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "{{Ec2}}" } }]
          })
        }

        """ + (policies.Length == 0 ? "" : $$"""
        resource "aws_iam_role_policy_attachment" "{{name}}" {
          for_each   = toset(["{{string.Join("\", \"", policies)}}"])
          role       = aws_iam_role.{{name}}.name
          policy_arn = "arn:aws:iam::aws:policy/${each.key}"
        }

        """);

    internal static string Profile(string role) => $$"""
        resource "aws_iam_instance_profile" "{{role}}" { role = aws_iam_role.{{role}}.name }

        """;

    internal static string Group(string name, string more = "", string role = "aws_iam_role.node.arn") => $$"""
        resource "aws_eks_node_group" "{{name}}" {
          cluster_name  = "shop"
          node_role_arn = {{role}}
          subnet_ids    = ["subnet-1"]
          scaling_config {
            desired_size = 1
            max_size     = 1
            min_size     = 1
          }
          {{more}}
        }

        """;

    internal static string Isolated() =>
        Group("isolated", role: "\"arn:aws:iam::111122223333:role/isolated\"").Replace("[\"subnet-1\"]", "aws_subnet.private[*].id", StringComparison.Ordinal);

    internal static string Endpoints(string interfaces, string gateway, params string[] services) => $$"""
        resource "aws_security_group" "endpoints" {
          vpc_id = aws_vpc.main.id
          ingress {
            protocol    = "tcp"
            from_port   = 443
            to_port     = 443
            cidr_blocks = [aws_vpc.main.cidr_block]
          }
        }
        resource "aws_vpc_endpoint" "interface" {
          for_each            = toset(["{{string.Join("\", \"", services.Length == 0 ? ["ecr.api", "ecr.dkr", "ec2"] : services)}}"])
          vpc_id              = aws_vpc.main.id
          service_name        = "{{interfaces}}${each.key}"
          vpc_endpoint_type   = "Interface"
          private_dns_enabled = true
          subnet_ids          = aws_subnet.private[*].id
          security_group_ids  = [aws_security_group.endpoints.id]
        }
        resource "aws_vpc_endpoint" "s3" {
          vpc_id          = aws_vpc.main.id
          service_name    = "{{gateway}}s3"
          route_table_ids = [aws_route_table.private.id]
        }

        """;

    internal static string Task(string more) => $$"""
        resource "aws_ecs_task_definition" "api" {
          family                   = "api"
          requires_compatibilities = ["FARGATE"]
          execution_role_arn       = "arn:aws:iam::111122223333:role/task"
          container_definitions    = jsonencode([{ name = "api", image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/api:1" }])
        }
        resource "aws_ecs_service" "api" {
          name            = "api"
          launch_type     = "FARGATE"
          task_definition = aws_ecs_task_definition.api.arn
          {{more}}
          network_configuration {
            subnets = aws_subnet.private[*].id
          }
        }

        """;

    internal static string TaskOnInstances(string executionRole) => $$"""
        resource "aws_ecs_task_definition" "api" {
          family                = "api"
          execution_role_arn    = {{executionRole}}
          container_definitions = jsonencode([{ name = "api", image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/api:1" }])
        }
        resource "aws_ecs_service" "api" {
          name            = "api"
          cluster         = aws_ecs_cluster.shop.id
          launch_type     = "EC2"
          task_definition = aws_ecs_task_definition.api.arn
        }

        """;

    /// <summary>The findings in some files as RULE:LEVEL, each once; notes only where they are asked for.</summary>
    internal static string Findings(IEnumerable<(string Path, string Text)> files, bool withNotes = false)
    {
        var problems = new ProblemLog();
        var (_, model) = Pipeline.Read(new MemoryFiles([.. files]), problems);
        var findings = Judge.Decide(BuiltIn, model.Facts, model.Functions, problems).Where(verdict => verdict.Outcome == Outcome.Fail && (withNotes || verdict.Level != Level.Note))
            .Select(verdict => $"{verdict.Rule.Id}:{verdict.Level.ToString().ToLowerInvariant()}").Distinct().Order(StringComparer.Ordinal);
        Assert.Empty(problems.Sorted().Where(problem => problem.Code is "syntax-error" or "internal-error").Select(problem => $"{problem.Place}: {problem.Message}"));
        return string.Join(' ', findings);
    }

    /// <summary>The findings in a text of several files: each but the first, <c>main.tf</c>, is headed by a line <c>=== PATH</c>.</summary>
    internal static string FindingsIn(string text, bool withNotes = false) => Findings(
        $"=== main.tf\n{text}".Split("=== ", StringSplitOptions.RemoveEmptyEntries).Select(each => each.Split('\n', 2)).Select(each => (each[0].Trim(), each[1])), withNotes);

    /// <summary>A Deployment of one image in the namespace <c>shop</c>.</summary>
    internal static string Deployment(string image, string more = "") => $$"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: { name: api, namespace: shop }
        spec:
          selector: { matchLabels: { app: api } }
          template:
            metadata: { labels: { app: api } }
            spec:
              containers: [{ name: api, image: "{{image}}" }]
              {{more}}
        """;
}
