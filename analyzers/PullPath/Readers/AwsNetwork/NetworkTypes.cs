namespace Analyzer.PullPath.Readers.AwsNetwork;

/// <summary>Types of network resources, in the spellings of Terraform's two AWS providers and of CloudFormation.</summary>
internal static class NetworkTypes
{
    internal static readonly string[] Networks = ["aws_vpc", "AWS::EC2::VPC", "awscc_ec2_vpc"];

    internal static readonly string[] Subnets = ["aws_subnet", "AWS::EC2::Subnet", "awscc_ec2_subnet"];

    internal static readonly string[] RouteTables = ["aws_route_table", "AWS::EC2::RouteTable", "awscc_ec2_route_table"];

    internal static readonly string[] DefaultRouteTables = ["aws_default_route_table"];

    internal static readonly string[] MainAssociations = ["aws_main_route_table_association"];

    internal static readonly string[] SubnetAssociations =
        ["aws_route_table_association", "AWS::EC2::SubnetRouteTableAssociation", "awscc_ec2_subnet_route_table_association"];

    internal static readonly string[] Routes = ["aws_route", "AWS::EC2::Route", "awscc_ec2_route"];

    internal static readonly string[] Propagations =
        ["aws_vpn_gateway_route_propagation", "AWS::EC2::VPNGatewayRoutePropagation", "awscc_ec2_vpn_gateway_route_propagation"];

    internal static readonly string[] NatGateways = ["aws_nat_gateway", "AWS::EC2::NatGateway", "awscc_ec2_nat_gateway"];

    internal static readonly string[] InternetGateways = ["aws_internet_gateway", "AWS::EC2::InternetGateway", "awscc_ec2_internet_gateway"];

    internal static readonly string[] Endpoints = ["aws_vpc_endpoint", "AWS::EC2::VPCEndpoint", "awscc_ec2_vpc_endpoint"];

    internal static readonly string[] HostedZones = ["aws_route53_zone", "AWS::Route53::HostedZone", "awscc_route53_hosted_zone"];

    /// <summary>Resources that run a template nobody sees: what they are told of they may change.</summary>
    internal static readonly string[] Opaque = ["aws_cloudformation_stack", "aws_cloudformation_stack_set", "aws_cloudformation_stack_set_instance"];

    /// <summary>Resources that share subnets or whole networks with other accounts, which may put things there.</summary>
    internal static readonly string[] Shares = ["aws_ram_resource_association", "AWS::RAM::ResourceShare", "awscc_ram_resource_share"];

    /// <summary>Everything of which something unseen could add one to a network, a subnet, a route table or an endpoint.</summary>
    internal static readonly string[] Parts =
    [
        .. Subnets, .. RouteTables, .. DefaultRouteTables, .. MainAssociations, .. SubnetAssociations, .. Routes, .. Propagations, .. NatGateways, .. InternetGateways, .. Endpoints,
        "aws_vpc_endpoint_route_table_association", "aws_vpc_endpoint_subnet_association", "aws_vpc_endpoint_private_dns", .. HostedZones,
    ];

    internal static bool Is(string[] types, string type) => Array.IndexOf(types, type) >= 0;
}
