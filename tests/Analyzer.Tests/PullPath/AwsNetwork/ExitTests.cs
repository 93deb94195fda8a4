namespace Analyzer.Tests.PullPath.AwsNetwork;

/// <summary>A subnet is isolated only where everything that could lead out is seen.</summary>
public sealed class ExitTests
{
    [Theory]
    [InlineData("isolated", "")]
    [InlineData("nat", """
        resource "aws_route" "r" {
          route_table_id         = aws_route_table.private.id
          destination_cidr_block = "0.0.0.0/0"
          nat_gateway_id         = aws_nat_gateway.main.id
        }
        """)]
    [InlineData("public", """
        resource "aws_route" "r" {
          route_table_id         = aws_route_table.private.id
          destination_cidr_block = "0.0.0.0/0"
          gateway_id             = aws_internet_gateway.main.id
        }
        """)]
    [InlineData("isolated", """
        resource "aws_route" "r" {
          count                  = 0
          route_table_id         = aws_route_table.private.id
          destination_cidr_block = "0.0.0.0/0"
          nat_gateway_id         = aws_nat_gateway.main.id
        }
        """)]
    [InlineData("?", """
        variable "nat" { type = bool }
        resource "aws_route" "r" {
          count                  = var.nat ? 1 : 0
          route_table_id         = aws_route_table.private.id
          destination_cidr_block = "0.0.0.0/0"
          nat_gateway_id         = aws_nat_gateway.main.id
        }
        """)]
    [InlineData("?", """
        resource "aws_route" "r" {
          route_table_id            = aws_route_table.private.id
          destination_cidr_block    = "10.9.0.0/16"
          vpc_peering_connection_id = "pcx-1"
        }
        """)]
    [InlineData("?", """
        resource "aws_route" "r" {
          route_table_id         = aws_route_table.private.id
          destination_cidr_block = "52.0.0.0/8"
          nat_gateway_id         = aws_nat_gateway.main.id
        }
        """)]
    [InlineData("?", """
        variable "table" {}
        resource "aws_route" "r" {
          route_table_id         = var.table
          destination_cidr_block = "0.0.0.0/0"
          nat_gateway_id         = aws_nat_gateway.main.id
        }
        """)]
    [InlineData("?", """
        resource "aws_vpn_gateway_route_propagation" "p" {
          vpn_gateway_id = "vgw-1"
          route_table_id = aws_route_table.private.id
        }
        """)]
    [InlineData("?", """
        module "routes" {
          source = "example.com/routes/aws"
          tables = [aws_route_table.private.id]
        }
        """)]
    [InlineData("?", """
        module "network" {
          source  = "example.com/network/aws"
          subnets = aws_subnet.private[*].id
        }
        """)]
    [InlineData("?", """
        module "network" {
          source = "example.com/network/aws"
          vpc    = aws_vpc.main.id
        }
        """)]
    [InlineData("isolated", """
        module "dns" {
          source = "example.com/dns/aws"
          zone   = "shop.example"
        }
        """)]
    public void The_way_out_follows_from_the_routes(string exit, string more) => Assert.Equal(exit, Networks.With(more).Exit("aws_subnet.private[1]"));

    [Theory]
    [InlineData("isolated", "")]
    [InlineData("nat", """
        resource "aws_default_route_table" "main" {
          default_route_table_id = aws_vpc.main.default_route_table_id
          route {
            cidr_block     = "0.0.0.0/0"
            nat_gateway_id = aws_nat_gateway.main.id
          }
        }
        """)]
    [InlineData("public", """
        resource "aws_route_table" "public" {
          vpc_id = aws_vpc.main.id
          route {
            cidr_block = "0.0.0.0/0"
            gateway_id = aws_internet_gateway.main.id
          }
        }
        resource "aws_main_route_table_association" "main" {
          vpc_id         = aws_vpc.main.id
          route_table_id = aws_route_table.public.id
        }
        """)]
    [InlineData("public", """
        resource "aws_route" "main" {
          route_table_id         = aws_vpc.main.main_route_table_id
          destination_cidr_block = "0.0.0.0/0"
          gateway_id             = aws_internet_gateway.main.id
        }
        """)]
    [InlineData("?", """
        variable "subnet" {}
        resource "aws_route_table_association" "a" {
          subnet_id      = var.subnet
          route_table_id = aws_route_table.private.id
        }
        """)]
    public void A_subnet_without_association_has_the_main_table(string exit, string more) =>
        Assert.Equal(exit, Networks.With("resource \"aws_subnet\" \"alone\" { vpc_id = aws_vpc.main.id }\n" + more).Exit("aws_subnet.alone"));

    [Fact]
    public void The_main_table_of_a_VPC_that_is_not_declared_is_unknown() =>
        Assert.Equal("?", new Networks("""resource "aws_subnet" "a" { vpc_id = "vpc-1" }""").Exit("aws_subnet.a"));

    [Fact]
    public void A_table_whose_routes_are_changed_elsewhere_is_unknown() => Assert.Equal("?", new Networks("""
        resource "aws_vpc" "main" {}
        resource "aws_subnet" "a" { vpc_id = aws_vpc.main.id }
        resource "aws_route_table" "t" {
          vpc_id = aws_vpc.main.id
          lifecycle { ignore_changes = [route] }
        }
        resource "aws_route_table_association" "a" {
          subnet_id      = aws_subnet.a.id
          route_table_id = aws_route_table.t.id
        }
        """).Exit("aws_subnet.a"));

    [Theory]
    [InlineData("isolated", "aws_subnet.private[*].id")]
    [InlineData("mixed", "[aws_subnet.private[0].id, aws_subnet.public.id]")]
    [InlineData("mixed", "[aws_subnet.private[0].id, var.subnet]")]
    [InlineData("public", "[aws_subnet.public.id]")]
    [InlineData("?", "[aws_subnet.public.id, var.subnet]")]
    [InlineData("?", "var.subnets")]
    public void A_pool_is_isolated_when_all_its_subnets_are(string exit, string subnets) => Assert.Equal(exit, Networks.With($$"""
        variable "subnet" {}
        variable "subnets" { type = list(string) }
        resource "aws_subnet" "public" { vpc_id = aws_vpc.main.id }
        resource "aws_route_table" "public" {
          vpc_id = aws_vpc.main.id
          route {
            cidr_block = "0.0.0.0/0"
            gateway_id = aws_internet_gateway.main.id
          }
        }
        resource "aws_route_table_association" "public" {
          subnet_id      = aws_subnet.public.id
          route_table_id = aws_route_table.public.id
        }
        resource "aws_eks_node_group" "n" {
          cluster_name  = "shop"
          node_role_arn = "arn:aws:iam::111122223333:role/n"
          subnet_ids    = {{subnets}}
        }
        """).PoolExit("aws_eks_node_group.n"));

    [Fact]
    public void Nodes_with_a_proxy_are_not_isolated() => Assert.Equal("?", Networks.With("""
        resource "aws_launch_template" "n" { user_data = base64encode("export HTTPS_PROXY=http://proxy:3128") }
        resource "aws_eks_node_group" "n" {
          cluster_name  = "shop"
          node_role_arn = "arn:aws:iam::111122223333:role/n"
          subnet_ids    = aws_subnet.private[*].id
        }
        """).PoolExit("aws_eks_node_group.n"));
}
