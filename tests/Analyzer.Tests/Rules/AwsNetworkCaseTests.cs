using static Analyzer.Tests.Rules.AwsSnippets;

namespace Analyzer.Tests.Rules;

/// <summary>Cases of the network on the border of the rules: what diverts traffic, what opens a way out, what is enough, and how much of it is a note.</summary>
public class AwsNetworkCaseTests
{
    private const string Isolating = "aws-isolated-subnet-missing-ecr-endpoints:error aws-isolated-subnet-missing-s3-path:error";
    private const string Here = "com.amazonaws.eu-west-1.";
    private const string Traffic = "aws-registry-traffic-over-nat:note";

    private static readonly string Cover = Endpoints(Here, Here);

    /// <summary>Each case: what it is, what stands beside the VPC, and the findings, notes too.</summary>
    public static TheoryData<string, string, string> Cases => new()
    {
        // what leads out
        { "nothing leads out", Isolated(), Isolating },
        { "a NAT gateway and no endpoint", Isolated() + Nat, Traffic },
        { "a NAT gateway and endpoints for all", Isolated() + Nat + Cover, "" },
        { "a NAT gateway of the whole region", Isolated() + Nat.Replace("subnet_id     = \"subnet-1\"", "availability_mode = \"regional\"", StringComparison.Ordinal).Replace("  allocation_id = \"eipalloc-1\"\n", "", StringComparison.Ordinal), Traffic },
        { "a route that a variable makes", Isolated() + "variable \"on\" { type = bool }\n" + Nat.Replace("resource \"aws_route\" \"out\" {", "resource \"aws_route\" \"out\" {\n  count = var.on ? 1 : 0", StringComparison.Ordinal), "" },
        { "a route to a part of the internet, in which the registry may be or not", Isolated() + Nat.Replace("0.0.0.0/0", "52.0.0.0/8", StringComparison.Ordinal), "" },
        { "a route to another private network by a NAT gateway", Isolated() + Nat.Replace("0.0.0.0/0", "172.16.0.0/12", StringComparison.Ordinal), Isolating },
        { "a route to a prefix list", Isolated() + Nat.Replace("destination_cidr_block = \"0.0.0.0/0\"", "destination_prefix_list_id = \"pl-1\"", StringComparison.Ordinal), "" },
        { "a route by a transit gateway", Isolated() + Route("transit_gateway_id", "\"tgw-1\""), "" },
        { "a route by a network interface", Isolated() + Route("network_interface_id", "\"eni-1\""), "" },
        { "a route by a core network", Isolated() + Route("core_network_arn", "\"arn:aws:networkmanager::1:core-network/1\""), "" },
        { "a route by a local gateway", Isolated() + Route("local_gateway_id", "\"lgw-1\""), "" },
        { "a route by a VPN gateway", Isolated() + "resource \"aws_vpn_gateway\" \"v\" { vpc_id = aws_vpc.main.id }\n" + Route("gateway_id", "aws_vpn_gateway.v.id"), "" },
        { "a route by what a variable names", Isolated() + "variable \"gateway\" {}\n" + Route("gateway_id", "var.gateway"), "" },
        { "an attachment to a transit gateway", Isolated() + "resource \"aws_ec2_transit_gateway_vpc_attachment\" \"hub\" {\n  vpc_id = aws_vpc.main.id\n  subnet_ids = aws_subnet.private[*].id\n  transit_gateway_id = \"tgw-1\"\n}\n"
            + Route("transit_gateway_id", "\"tgw-1\"").Replace("0.0.0.0/0", "10.0.0.0/8", StringComparison.Ordinal), "" },
        { "routes that somebody else changes", Isolated().Replace("resource", "resource", StringComparison.Ordinal) + "=== over_override.tf\nresource \"aws_route_table\" \"private\" {\n  lifecycle { ignore_changes = [route] }\n}\n", "" },
        { "a module that is told of the route table", Isolated() + "module \"hub\" {\n  source = \"git::https://example.com/hub.git\"\n  route_table = aws_route_table.private.id\n}\n", "" },
        { "a module that is told of the VPC", Isolated() + "module \"hub\" {\n  source = \"git::https://example.com/hub.git\"\n  vpc = aws_vpc.main.id\n}\n", "" },
        { "a VPC that is shared", Isolated() + "resource \"aws_ram_resource_association\" \"s\" {\n  resource_arn = aws_subnet.private[0].arn\n  resource_share_arn = \"arn:aws:ram:eu-west-1:111122223333:resource-share/1\"\n}\n", "" },
        { "subnets that a variable names", Group("node", role: "\"arn:aws:iam::111122223333:role/node\"").Replace("[\"subnet-1\"]", "var.subnets", StringComparison.Ordinal) + "variable \"subnets\" { type = list(string) }\n", "" },
        { "subnets that are looked up", Group("node", role: "\"arn:aws:iam::111122223333:role/node\"").Replace("[\"subnet-1\"]", "data.aws_subnets.s.ids", StringComparison.Ordinal) + "data \"aws_subnets\" \"s\" {}\n", "" },
        { "a group of no nodes", Isolated().Replace("desired_size = 1", "desired_size = 0", StringComparison.Ordinal).Replace("max_size     = 1", "max_size     = 0", StringComparison.Ordinal).Replace("min_size     = 1", "min_size     = 0", StringComparison.Ordinal), "" },
        { "some of the subnets", Isolated().Replace("aws_subnet.private[*].id", "[aws_subnet.private[0].id, aws_subnet.out.id]", StringComparison.Ordinal) + Nat.Replace("aws_route_table.private", "aws_route_table.out", StringComparison.Ordinal) + """
            resource "aws_subnet" "out" {
              vpc_id     = aws_vpc.main.id
              cidr_block = "10.0.9.0/24"
            }
            resource "aws_route_table" "out" { vpc_id = aws_vpc.main.id }
            resource "aws_route_table_association" "out" {
              subnet_id      = aws_subnet.out.id
              route_table_id = aws_route_table.out.id
            }

            """, "aws-isolated-subnet-missing-ecr-endpoints:warning aws-isolated-subnet-missing-s3-path:warning" },

        // what is enough
        { "one of the two endpoints", Isolated() + Endpoints(Here, Here, "ecr.dkr", "ec2"), "aws-isolated-subnet-missing-ecr-endpoints:error" },
        { "an interface for S3 with private names", Isolated() + Endpoints(Here, Here, "ecr.api", "ecr.dkr", "ec2", "s3").Replace("resource \"aws_vpc_endpoint\" \"s3\"", "resource \"aws_vpc_endpoint\" \"dynamodb\"", StringComparison.Ordinal).Replace($"{Here}s3\"\n  route", $"{Here}dynamodb\"\n  route", StringComparison.Ordinal), "" },
        { "a service that nobody knows", Isolated() + "variable \"service\" {}\n" + Endpoints(Here, Here, "ecr.api", "ec2") + $"resource \"aws_vpc_endpoint\" \"more\" {{\n  vpc_id = aws_vpc.main.id\n  service_name = \"{Here}${{var.service}}\"\n  vpc_endpoint_type = \"Interface\"\n}}\n", "" },
        { "endpoints in one subnet for nodes in both", Isolated() + Cover.Replace("subnet_ids          = aws_subnet.private[*].id", "subnet_ids = [aws_subnet.private[0].id]", StringComparison.Ordinal), "" },
        { "endpoints that may be there", Isolated() + "variable \"on\" { type = bool }\n" + Cover.Replace("for_each            = toset(", "for_each = toset(!var.on ? [] : ", StringComparison.Ordinal), "" },
        { "endpoints whose service is looked up", Isolated() + "data \"aws_vpc_endpoint_service\" \"s\" {\n  for_each = toset([\"ecr.api\", \"ecr.dkr\", \"ec2\"])\n  service = each.key\n}\n"
            + Cover.Replace($"\"{Here}${{each.key}}\"", "data.aws_vpc_endpoint_service.s[each.key].service_name", StringComparison.Ordinal), "" },
        { "the endpoints of the module", Isolated() + """
            module "endpoints" {
              source     = "terraform-aws-modules/vpc/aws//modules/vpc-endpoints"
              version    = "5.8.1"
              vpc_id     = aws_vpc.main.id
              subnet_ids = aws_subnet.private[*].id
              create_security_group = true
              security_group_rules = { https = { cidr_blocks = [aws_vpc.main.cidr_block] } }
              endpoints = {
                api = { service = "ecr.api", private_dns_enabled = true }
                dkr = { service = "ecr.dkr", private_dns_enabled = true }
                ec2 = { service = "ec2", private_dns_enabled = true }
                s3  = { service = "s3", service_type = "Gateway", route_table_ids = [aws_route_table.private.id] }
              }
            }

            """, "" },
        { "endpoints of the module that nobody knows", Isolated() + "variable \"endpoints\" { type = any }\nmodule \"endpoints\" {\n  source = \"terraform-aws-modules/vpc/aws//modules/vpc-endpoints\"\n  version = \"5.8.1\"\n  vpc_id = aws_vpc.main.id\n  endpoints = var.endpoints\n}\n", "" },

        // what is there and wrong: an error also behind a NAT gateway, where it diverts traffic
        { "an S3 gateway for the own account, behind NAT", Isolated() + Nat + Cover.Replace("route_table_ids = [aws_route_table.private.id]", "route_table_ids = [aws_route_table.private.id]\n  policy = jsonencode({ Statement = [{ Effect = \"Allow\", Principal = \"*\", Action = \"*\", Resource = \"*\", Condition = { StringEquals = { \"aws:PrincipalAccount\" = \"111122223333\" } } }] })", StringComparison.Ordinal), "aws-s3-endpoint-policy-drops-ecr-layers:error" },
        { "an S3 gateway for a bucket and that of the layers", Isolated() + Cover.Replace("route_table_ids = [aws_route_table.private.id]", "route_table_ids = [aws_route_table.private.id]\n  policy = jsonencode({ Statement = [{ Effect = \"Allow\", Principal = \"*\", Action = \"*\", Resource = \"arn:aws:s3:::shop/*\" }, { Effect = \"Allow\", Principal = \"*\", Action = \"s3:GetObject\", Resource = \"arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*\" }] })", StringComparison.Ordinal), "" },
        { "a closed endpoint with private names, behind NAT", Isolated() + Nat + Cover.Replace("cidr_blocks = [aws_vpc.main.cidr_block]", "cidr_blocks = [\"192.168.0.0/16\"]", StringComparison.Ordinal), "aws-endpoint-security-group-blocks-443:error" },
        { "endpoints without private names, for isolated nodes", Isolated() + Cover.Replace("private_dns_enabled = true", "private_dns_enabled = false", StringComparison.Ordinal), "aws-endpoint-private-dns-disabled:error" },
        { "endpoints without private names, behind NAT", Isolated() + Nat + Cover.Replace("private_dns_enabled = true", "private_dns_enabled = false", StringComparison.Ordinal), "aws-endpoint-private-dns-disabled:note" },
        { "endpoints that get private names apart", Isolated() + Cover.Replace("private_dns_enabled = true", "", StringComparison.Ordinal) + "resource \"aws_vpc_endpoint_private_dns\" \"d\" {\n  for_each = aws_vpc_endpoint.interface\n  vpc_endpoint_id = each.value.id\n  private_dns_enabled = true\n}\n", "" },
        { "an S3 gateway on no table of the nodes", Isolated() + Cover.Replace("route_table_ids = [aws_route_table.private.id]", "route_table_ids = []", StringComparison.Ordinal), "aws-s3-gateway-not-on-node-route-table:error" },
        { "an S3 gateway on no table of the nodes, behind NAT", Isolated() + Nat + Cover.Replace("route_table_ids = [aws_route_table.private.id]", "route_table_ids = []", StringComparison.Ordinal), "aws-s3-gateway-not-on-node-route-table:note" },
        { "an S3 gateway whose table is told apart", Isolated() + Cover.Replace("route_table_ids = [aws_route_table.private.id]", "", StringComparison.Ordinal) + "resource \"aws_vpc_endpoint_route_table_association\" \"s3\" {\n  vpc_endpoint_id = aws_vpc_endpoint.s3.id\n  route_table_id = aws_route_table.private.id\n}\n", "" },
        { "an S3 gateway whose tables nobody knows", Isolated() + "variable \"tables\" { type = list(string) }\n" + Cover.Replace("[aws_route_table.private.id]", "var.tables", StringComparison.Ordinal), "" },
        { "a token for repositories alone, behind NAT", Isolated() + Nat + Cover.Replace("private_dns_enabled = true", "private_dns_enabled = true\n  policy = each.key != \"ecr.api\" ? null : jsonencode({ Statement = [{ Effect = \"Allow\", Principal = \"*\", Action = \"ecr:*\", Resource = \"arn:aws:ecr:eu-west-1:111122223333:repository/*\" }] })", StringComparison.Ordinal), "aws-ecr-endpoint-policy-drops-pull:error" },
        { "an endpoint for the principals of the organization", Isolated() + Cover.Replace("private_dns_enabled = true", "private_dns_enabled = true\n  policy = jsonencode({ Statement = [{ Effect = \"Allow\", Principal = \"*\", Action = \"*\", Resource = \"*\", Condition = { StringEquals = { \"aws:PrincipalOrgID\" = \"o-abcdefghij\" } } }] })", StringComparison.Ordinal), "" },
        { "names that the VPC does not resolve", Isolated() + Cover + "=== dns_override.tf\nresource \"aws_vpc\" \"main\" {\n  enable_dns_hostnames = false\n}\n", "aws-vpc-dns-attributes-block-private-dns:error" },
        { "endpoints with the type forgotten: gateways, which there are none of for ECR", Isolated() + Cover.Replace("  vpc_endpoint_type   = \"Interface\"\n", "", StringComparison.Ordinal), "aws-isolated-subnet-missing-ecr-endpoints:error" },

        // the API of the cluster, and public subnets
        { "only the public API for isolated nodes", Isolated().Replace("\"shop\"", "aws_eks_cluster.shop.name", StringComparison.Ordinal) + Cover + ApiOf("endpoint_private_access = false"), "aws-isolated-cluster-endpoint-private-access-off:error" },
        { "the private API for isolated nodes", Isolated().Replace("\"shop\"", "aws_eks_cluster.shop.name", StringComparison.Ordinal) + Cover + ApiOf("endpoint_private_access = true"), "" },
        { "only the public API for nodes behind NAT", Isolated().Replace("\"shop\"", "aws_eks_cluster.shop.name", StringComparison.Ordinal) + Nat + Cover + ApiOf("endpoint_private_access = false"), "" },
        { "public subnets without addresses", Isolated() + Public, "aws-public-subnet-no-public-ip:error" },
        { "public subnets that give addresses", Isolated() + Public + "=== ip_override.tf\nresource \"aws_subnet\" \"private\" {\n  map_public_ip_on_launch = true\n}\n", Traffic },

        // what blocks the internet for a whole region
        { "all of the internet is blocked", Isolated() + Nat + "resource \"aws_vpc_block_public_access_options\" \"b\" { internet_gateway_block_mode = \"block-bidirectional\" }\n", "aws-vpc-block-public-access-cuts-egress:warning" },
        { "what comes in is blocked, for nodes behind NAT", Isolated() + Nat + "resource \"aws_vpc_block_public_access_options\" \"b\" { internet_gateway_block_mode = \"block-ingress\" }\n", Traffic },
        { "nothing is blocked", Isolated() + Nat + "resource \"aws_vpc_block_public_access_options\" \"b\" { internet_gateway_block_mode = \"off\" }\n", Traffic },
        { "all of the internet is blocked but for one subnet", Isolated() + Nat + "resource \"aws_vpc_block_public_access_options\" \"b\" { internet_gateway_block_mode = \"block-bidirectional\" }\nresource \"aws_vpc_block_public_access_exclusion\" \"e\" {\n  vpc_id = aws_vpc.main.id\n  internet_gateway_exclusion_mode = \"allow-egress\"\n}\n", Traffic },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_network_is_judged_as_it_is(string what, string module, string expected)
    {
        var findings = FindingsIn(Vpc + module, withNotes: true).Split(' ').Where(each => !each.StartsWith("aws-workload-identity-unavailable", StringComparison.Ordinal) && !each.StartsWith("aws-node-auto-repair", StringComparison.Ordinal));
        Assert.Equal($"{what}: {expected}", $"{what}: {string.Join(' ', findings)}");
    }

    private const string Public = """
        resource "aws_internet_gateway" "out" { vpc_id = aws_vpc.main.id }
        resource "aws_route" "out" {
          route_table_id         = aws_route_table.private.id
          destination_cidr_block = "0.0.0.0/0"
          gateway_id             = aws_internet_gateway.out.id
        }

        """;

    private static string Route(string target, string value) => $$"""
        resource "aws_route" "out" {
          route_table_id         = aws_route_table.private.id
          destination_cidr_block = "0.0.0.0/0"
          {{target}} = {{value}}
        }

        """;

    private static string ApiOf(string access) => $$"""
        resource "aws_eks_cluster" "shop" {
          name     = "shop"
          role_arn = "arn:aws:iam::111122223333:role/eks"
          vpc_config {
            subnet_ids = aws_subnet.private[*].id
            {{access}}
          }
        }

        """;
}
