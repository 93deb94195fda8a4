using Analyzer.Facts.Model;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Tracing;
using Analyzer.Reports;

namespace Analyzer.Tests.PullPath;

public class TraceTests
{
    private const string Cluster = """
        resource "aws_eks_cluster" "shop" {
          name     = "shop"
          role_arn = "arn:aws:iam::111122223333:role/eks"
          vpc_config {
            subnet_ids = [aws_subnet.a.id]
          }
        }
        resource "aws_vpc" "main" {
          cidr_block           = "10.0.0.0/16"
          enable_dns_hostnames = true
        }
        resource "aws_subnet" "a" {
          vpc_id     = aws_vpc.main.id
          cidr_block = "10.0.0.0/24"
        }
        resource "aws_iam_role" "node" {
          name                = "shop-node"
          assume_role_policy  = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
          managed_policy_arns = ["arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly"]
        }
        resource "aws_eks_node_group" "main" {
          cluster_name  = aws_eks_cluster.shop.name
          node_role_arn = aws_iam_role.node.arn
          subnet_ids    = [aws_subnet.a.id]
        }
        """;

    private const string Api = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: { name: api, namespace: shop }
        spec:
          selector: { matchLabels: { app: api } }
          template:
            metadata: { labels: { app: api } }
            spec:
              containers: [{ name: api, image: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/api:1" }]
        """;

    [Fact]
    public void An_isolated_network_breaks_a_pull_at_the_network_alone()
    {
        var trace = Assert.Single(Traces(Cluster, Api));

        Assert.Equal(Truth.No, trace.Succeeds);
        var broken = Assert.Single(trace.Links, link => link.Holds == Truth.No);
        Assert.Equal("network", broken.Name);
        Assert.Equal("curl -v https://111122223333.dkr.ecr.eu-west-1.amazonaws.com/v2/", broken.Check);
        Assert.Contains("ecr.api, ecr.dkr, s3", broken.Says, StringComparison.Ordinal);
    }

    /// <summary>The registry first, as it is what a pull names; else the service without a way to it.</summary>
    [Theory]
    [InlineData("", "https://111122223333.dkr.ecr.eu-west-1.amazonaws.com/v2/")]
    [InlineData("ecr.api", "https://111122223333.dkr.ecr.eu-west-1.amazonaws.com/v2/")]
    [InlineData("ecr.dkr", "https://api.ecr.eu-west-1.amazonaws.com/")]
    [InlineData("ecr.dkr ecr.api", "https://prod-eu-west-1-starport-layer-bucket.s3.eu-west-1.amazonaws.com/")]
    [InlineData("ecr.dkr s3", "https://api.ecr.eu-west-1.amazonaws.com/")]
    public void What_is_missing_is_what_is_asked_on_a_node(string services, string url)
    {
        var endpoints = string.Concat(services.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(service => $$"""

            resource "aws_vpc_endpoint" "{{service.Replace('.', '_')}}" {
              vpc_id              = aws_vpc.main.id
              service_name        = "com.amazonaws.eu-west-1.{{service}}"
              vpc_endpoint_type   = "{{(service == "s3" ? "Gateway" : "Interface")}}"
              route_table_ids     = {{(service == "s3" ? "[aws_vpc.main.main_route_table_id]" : "null")}}
              private_dns_enabled = {{(service == "s3" ? "null" : "true")}}
              subnet_ids          = {{(service == "s3" ? "null" : "[aws_subnet.a.id]")}}
              security_group_ids  = {{(service == "s3" ? "null" : "[aws_eks_cluster.shop.vpc_config[0].cluster_security_group_id]")}}
            }
            """));

        var broken = Assert.Single(Assert.Single(Traces(Cluster + endpoints, Api)).Links, link => link.Holds == Truth.No);
        Assert.Equal($"curl -v {url}", broken.Check);
    }

    [Fact]
    public void Links_stand_in_the_order_in_which_a_pull_meets_them() =>
        Assert.Equal(["scheduling", "registry", "identity", "trust", "permission", "metadata", "order", "network"], Assert.Single(Traces(Cluster, Api)).Links.Select(link => link.Name));

    [Fact]
    public void A_gateway_of_another_address_translation_leaves_nothing_broken()
    {
        var trace = Assert.Single(Traces(Cluster + """

            resource "aws_nat_gateway" "a" {
              subnet_id     = "subnet-1"
              allocation_id = "eipalloc-1"
            }
            resource "aws_route_table" "a" {
              vpc_id = aws_vpc.main.id
              route {
                cidr_block     = "0.0.0.0/0"
                nat_gateway_id = aws_nat_gateway.a.id
              }
            }
            resource "aws_route_table_association" "a" {
              subnet_id      = aws_subnet.a.id
              route_table_id = aws_route_table.a.id
            }
            """, Api));

        Assert.Equal(Truth.Yes, trace.Succeeds);
        Assert.False(trace.IsAtRisk);
    }

    [Fact]
    public void A_wrong_endpoint_breaks_a_network_that_has_the_internet()
    {
        var trace = Assert.Single(Traces(Cluster + """

            resource "aws_internet_gateway" "main" {
              vpc_id = aws_vpc.main.id
            }
            resource "aws_nat_gateway" "a" {
              subnet_id     = "subnet-1"
              allocation_id = "eipalloc-1"
            }
            resource "aws_route_table" "a" {
              vpc_id = aws_vpc.main.id
              route {
                cidr_block     = "0.0.0.0/0"
                nat_gateway_id = aws_nat_gateway.a.id
              }
            }
            resource "aws_route_table_association" "a" {
              subnet_id      = aws_subnet.a.id
              route_table_id = aws_route_table.a.id
            }
            resource "aws_vpc_endpoint" "s3" {
              vpc_id          = aws_vpc.main.id
              service_name    = "com.amazonaws.eu-west-1.s3"
              route_table_ids = [aws_route_table.a.id]
              policy          = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "*", Resource = "arn:aws:s3:::shop/*" }] })
            }
            """, Api));

        Assert.Equal("network", Assert.Single(trace.Links, link => link.Holds == Truth.No).Name);
    }

    [Fact]
    public void A_role_that_nobody_sees_leaves_the_pull_undecided_and_says_what_would_decide()
    {
        var trace = Assert.Single(Traces(Cluster.Replace("aws_iam_role.node.arn", "var.role", StringComparison.Ordinal) + "\nvariable \"role\" {}", Api));

        var identity = trace.Links.Single(link => link.Name == "identity");
        Assert.Equal(Truth.Unknown, identity.Holds);
        Assert.Contains(identity.Because, cause => cause.Detail.Contains("role", StringComparison.Ordinal));
        Assert.StartsWith("aws eks describe-nodegroup --cluster-name shop", identity.Check, StringComparison.Ordinal);
    }

    [Fact]
    public void Nodes_on_which_no_image_is_seen_are_traced_for_any()
    {
        var trace = Assert.Single(Traces(Cluster, ""));

        Assert.Equal("any image of ECR", trace.Image);
        Assert.Equal(Truth.Yes, trace.Links.Single(link => link.Name == "permission").Holds);
    }

    [Fact]
    public void An_image_of_a_public_registry_needs_no_identity() =>
        Assert.Equal(
            ["scheduling", "registry", "permission", "network"],
            Assert.Single(Traces(Cluster, Api.Replace("111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/api:1", "public.ecr.aws/docker/library/nginx:1", StringComparison.Ordinal))).Links.Select(link => link.Name));

    [Fact]
    public void Names_are_escaped_in_pictures()
    {
        var traces = Traces(Cluster.Replace("resource \"aws_eks_node_group\" \"main\" {", "resource \"aws_eks_node_group\" \"main\" {\n  for_each = toset([\"a\"])", StringComparison.Ordinal), Api);
        using var mermaid = new StringWriter();
        TraceGraph.WriteMermaid(traces, mermaid);
        using var dot = new StringWriter();
        TraceGraph.WriteDot(traces, dot);

        Assert.Contains("aws_eks_node_group.main[#quot;a#quot;]", mermaid.ToString(), StringComparison.Ordinal);
        Assert.Contains("aws_eks_node_group.main[\\\"a\\\"]", dot.ToString(), StringComparison.Ordinal);
    }

    private static IReadOnlyList<PullTrace> Traces(string terraform, string manifest)
    {
        var (_, model) = Pipeline.Read(new MemoryFiles(("main.tf", terraform), ("k8s/api.yaml", manifest)), new ProblemLog());
        return PullTraces.Of(model);
    }
}
