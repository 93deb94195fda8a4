namespace Analyzer.Tests.PullPath.AwsNetwork;

/// <summary>Endpoints keep their service, names and route tables in every way these are written.</summary>
public sealed class EndpointTests
{
    [Theory]
    [InlineData("ecr.api", "\"com.amazonaws.eu-west-1.ecr.api\"")]
    [InlineData("ecr.dkr", "\"cn.com.amazonaws.cn-north-1.ecr.dkr\"")]
    [InlineData("s3", "\"com.amazonaws.${var.region}.s3\"")]
    [InlineData("ecr.api", "\"${data.aws_partition.here.reverse_dns_prefix}.${var.region}.ecr.api\"")]
    [InlineData("ecr.api", "\"${data.aws_partition.here.reverse_dns_prefix}.us-gov-west-1.ecr.api\"")]
    [InlineData("sts", "join(\".\", [\"com.amazonaws\", var.region, \"sts\"])")]
    [InlineData("ecr.dkr", "data.aws_vpc_endpoint_service.dkr.service_name")]
    [InlineData("?", "\"com.amazonaws.eu-west-1.${var.service}\"")]
    [InlineData("?", "\"com.amazonaws.${var.region}.ecr.${var.service}\"")]
    [InlineData("?", "var.service")]
    public void Services_have_one_name(string service, string written) => Assert.Equal(service, Networks.Show(Networks.With($$"""
        variable "region" {}
        variable "service" {}
        data "aws_partition" "here" {}
        data "aws_vpc_endpoint_service" "dkr" { service = "ecr.dkr" }
        resource "aws_vpc_endpoint" "e" {
          vpc_id       = aws_vpc.main.id
          service_name = {{written}}
        }
        """).Endpoint("aws_vpc_endpoint.e").Service));

    [Theory]
    [InlineData("[]", "subnet_ids = []")]
    [InlineData("[aws_subnet.private[0]]", "subnet_ids = [[aws_subnet.private[0].id]]")]
    [InlineData("[aws_subnet.private[0]...]", "subnet_ids = [concat([aws_subnet.private[0].id], var.more)]")]
    [InlineData("[...]", "subnet_ids = []\n dynamic \"subnet_configuration\" {\n for_each = var.more\n content { ipv4 = subnet_configuration.value }\n }")]
    public void Subnets_are_open_where_any_list_of_them_is(string subnets, string written) => Assert.Equal(subnets, Networks.Show(Networks.With($$"""
        variable "more" { type = list(string) }
        resource "aws_vpc_endpoint" "e" {
          vpc_id            = aws_vpc.main.id
          service_name      = "com.amazonaws.eu-west-1.ecr.api"
          vpc_endpoint_type = "Interface"
          {{written}}
        }
        """).Endpoint("aws_vpc_endpoint.e").Subnets));

    [Theory]
    [InlineData("[aws_vpc_endpoint.e]", "vpc_id = aws_vpc.main.id", "")]
    [InlineData("[...]", "vpc_id = var.vpc", "variable \"vpc\" {}")]
    [InlineData("[aws_vpc_endpoint.e...]", "vpc_id = aws_vpc.main.id", "data \"aws_vpc_endpoint\" \"d\" { vpc_id = aws_vpc.main.id }")]
    [InlineData("[aws_vpc_endpoint.e...]", "vpc_id = aws_vpc.main.id", "module \"m\" {\n source = \"example.com/m/aws\"\n subnets = aws_subnet.private[*].id\n}")]
    public void The_endpoints_of_a_network_are_open_where_one_may_be_unseen(string endpoints, string vpc, string more) => Assert.Equal(endpoints, Networks.Show(Networks.With($$"""
        resource "aws_vpc_endpoint" "e" {
          {{vpc}}
          service_name = "com.amazonaws.eu-west-1.s3"
        }
        {{more}}
        """).Network("aws_vpc.main").Endpoints));

    [Theory]
    [InlineData("[aws_vpc_endpoint.e]", "route_table_ids = [aws_route_table.private.id]", "")]
    [InlineData("[]", "route_table_ids = []", "")]
    [InlineData("[...]", "route_table_ids = var.tables", "variable \"tables\" { type = list(string) }")]
    [InlineData("[aws_vpc_endpoint.e]", "", "resource \"aws_vpc_endpoint_route_table_association\" \"a\" {\n vpc_endpoint_id = aws_vpc_endpoint.e.id\n route_table_id = aws_route_table.private.id\n}")]
    public void A_gateway_is_on_the_subnets_of_its_tables(string gateways, string tables, string more) => Assert.Equal(gateways, Networks.Show(Networks.With($$"""
        resource "aws_vpc_endpoint" "e" {
          vpc_id       = aws_vpc.main.id
          service_name = "com.amazonaws.eu-west-1.s3"
          {{tables}}
        }
        {{more}}
        """).Subnet("aws_subnet.private[0]").Gateways));

    [Theory]
    [InlineData("false", "", "")]
    [InlineData("true", "private_dns_enabled = true", "")]
    [InlineData("?", "private_dns_enabled = var.dns", "variable \"dns\" {}")]
    [InlineData("true", "", "resource \"aws_vpc_endpoint_private_dns\" \"d\" {\n vpc_endpoint_id = aws_vpc_endpoint.e.id\n private_dns_enabled = true\n}")]
    public void Private_DNS_is_off_until_written(string expected, string written, string more) => Assert.Equal(expected, Networks.Show(Networks.With($$"""
        resource "aws_vpc_endpoint" "e" {
          vpc_id            = aws_vpc.main.id
          vpc_endpoint_type = "Interface"
          service_name      = "com.amazonaws.eu-west-1.ecr.api"
          {{written}}
        }
        {{more}}
        """).Endpoint("aws_vpc_endpoint.e").PrivateDns));

    [Fact]
    public void Templates_are_read_alike()
    {
        var networks = new Networks("""
            Resources:
              Vpc: {Type: "AWS::EC2::VPC"}
              Subnet: {Type: "AWS::EC2::Subnet", Properties: {VpcId: !Ref Vpc}}
              Table: {Type: "AWS::EC2::RouteTable", Properties: {VpcId: !Ref Vpc}}
              Association: {Type: "AWS::EC2::SubnetRouteTableAssociation", Properties: {SubnetId: !Ref Subnet, RouteTableId: !Ref Table}}
              Api:
                Type: AWS::EC2::VPCEndpoint
                Properties:
                  VpcId: !Ref Vpc
                  VpcEndpointType: Interface
                  ServiceName: !Join [".", [com.amazonaws, !Ref "AWS::Region", ecr, api]]
              Bucket:
                Type: AWS::EC2::VPCEndpoint
                Properties: {VpcId: !Ref Vpc, ServiceName: !Sub "com.amazonaws.${AWS::Region}.s3", RouteTableIds: [!Ref Table]}
            """, "stack.yaml");

        Assert.Equal("isolated", networks.Exit("Subnet"));
        Assert.Equal("[Api, Bucket]", Networks.Show(networks.Network("Vpc").Endpoints));
        Assert.Equal("ecr.api", Networks.Show(networks.Endpoint("Api").Service));
        Assert.Equal("?", Networks.Show(networks.Endpoint("Api").PrivateDns));
        Assert.Equal("[Bucket]", Networks.Show(networks.Subnet("Subnet").Gateways));
    }
}
