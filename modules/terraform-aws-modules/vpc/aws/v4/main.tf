# A network: the VPC, its gateways, and how many of everything there are. The kinds of subnets stand in the files beside this one.

variable "create_vpc" {
  default = true
}

variable "name" {
  default = ""
}

variable "cidr" {
  default = "10.0.0.0/16"
}

variable "use_ipam_pool" {
  default = false
}

variable "secondary_cidr_blocks" {
  default = []
}

variable "azs" {
  default = []
}

variable "enable_dns_hostnames" {
  default = true
}

variable "enable_dns_support" {
  default = true
}

variable "enable_ipv6" {
  default = false
}

variable "create_igw" {
  default = true
}

variable "create_egress_only_igw" {
  default = true
}

variable "enable_nat_gateway" {
  default = false
}

variable "single_nat_gateway" {
  default = false
}

variable "one_nat_gateway_per_az" {
  default = false
}

variable "enable_vpn_gateway" {
  default = false
}

variable "vpn_gateway_id" {
  default = ""
}

variable "manage_default_route_table" {
  default = true
}

variable "default_route_table_propagating_vgws" {
  default = []
}

variable "default_route_table_routes" {
  default = []
}

locals {
  create = var.create_vpc

  public      = max(length(var.public_subnets), length(var.public_subnet_ipv6_prefixes))
  private     = max(length(var.private_subnets), length(var.private_subnet_ipv6_prefixes))
  intra       = max(length(var.intra_subnets), length(var.intra_subnet_ipv6_prefixes))
  database    = max(length(var.database_subnets), length(var.database_subnet_ipv6_prefixes))
  elasticache = max(length(var.elasticache_subnets), length(var.elasticache_subnet_ipv6_prefixes))
  redshift    = max(length(var.redshift_subnets), length(var.redshift_subnet_ipv6_prefixes))
  outpost     = max(length(var.outpost_subnets), length(var.outpost_subnet_ipv6_prefixes))

  # One NAT gateway, one for each zone, or one for each subnet of the largest kind.
  behind_nat   = max(local.private, local.public, local.elasticache, local.database, local.redshift)
  nat_gateways = var.single_nat_gateway ? 1 : var.one_nat_gateway_per_az ? length(var.azs) : local.behind_nat

  private_tables      = local.create && local.private > 0 ? local.nat_gateways : 0
  private_ipv6_routes = local.private

  # Subnets wait for the second address ranges.
  vpc_id = try(aws_vpc_ipv4_cidr_block_association.this[0].vpc_id, aws_vpc.this[0].id, "")

  # The gateway whose routes may be propagated.
  has_vpn = local.create && (var.enable_vpn_gateway || var.vpn_gateway_id != "")
  vpn     = concat(aws_vpn_gateway.this[*].id, aws_vpn_gateway_attachment.this[*].vpn_gateway_id)
}

resource "aws_vpc" "this" {
  count = local.create ? 1 : 0

  cidr_block           = var.use_ipam_pool ? null : var.cidr
  enable_dns_hostnames = var.enable_dns_hostnames
  enable_dns_support   = var.enable_dns_support
}

resource "aws_vpc_ipv4_cidr_block_association" "this" {
  count = local.create ? length(var.secondary_cidr_blocks) : 0

  vpc_id     = aws_vpc.this[0].id
  cidr_block = element(var.secondary_cidr_blocks, count.index)
}

resource "aws_internet_gateway" "this" {
  count = local.create && local.public > 0 && var.create_igw ? 1 : 0

  vpc_id = local.vpc_id
}

resource "aws_egress_only_internet_gateway" "this" {
  count = local.create && var.create_egress_only_igw && var.enable_ipv6 && local.behind_nat > 0 ? 1 : 0

  vpc_id = local.vpc_id
}

resource "aws_nat_gateway" "this" {
  count = local.create && var.enable_nat_gateway ? local.nat_gateways : 0

  subnet_id  = element(aws_subnet.public[*].id, var.single_nat_gateway ? 0 : count.index)
  depends_on = [aws_internet_gateway.this]
}

resource "aws_vpn_gateway" "this" {
  count = local.create && var.enable_vpn_gateway ? 1 : 0

  vpc_id = local.vpc_id
}

resource "aws_vpn_gateway_attachment" "this" {
  count = var.vpn_gateway_id != "" ? 1 : 0

  vpc_id         = local.vpc_id
  vpn_gateway_id = var.vpn_gateway_id
}

resource "aws_default_route_table" "default" {
  count = local.create && var.manage_default_route_table ? 1 : 0

  default_route_table_id = aws_vpc.this[0].default_route_table_id
  propagating_vgws       = var.default_route_table_propagating_vgws

  dynamic "route" {
    for_each = var.default_route_table_routes
    content {
      cidr_block                = route.value.cidr_block
      ipv6_cidr_block           = lookup(route.value, "ipv6_cidr_block", null)
      egress_only_gateway_id    = lookup(route.value, "egress_only_gateway_id", null)
      gateway_id                = lookup(route.value, "gateway_id", null)
      nat_gateway_id            = lookup(route.value, "nat_gateway_id", null)
      network_interface_id      = lookup(route.value, "network_interface_id", null)
      transit_gateway_id        = lookup(route.value, "transit_gateway_id", null)
      vpc_endpoint_id           = lookup(route.value, "vpc_endpoint_id", null)
      vpc_peering_connection_id = lookup(route.value, "vpc_peering_connection_id", null)
    }
  }
}

output "vpc_id" {
  value = try(aws_vpc.this[0].id, null)
}

output "vpc_arn" {
  value = try(aws_vpc.this[0].arn, null)
}

output "vpc_cidr_block" {
  value = try(aws_vpc.this[0].cidr_block, null)
}

output "vpc_secondary_cidr_blocks" {
  value = aws_vpc_ipv4_cidr_block_association.this[*].cidr_block
}

output "vpc_main_route_table_id" {
  value = try(aws_vpc.this[0].main_route_table_id, null)
}

output "default_route_table_id" {
  value = try(aws_vpc.this[0].default_route_table_id, null)
}

output "default_security_group_id" {
  value = try(aws_vpc.this[0].default_security_group_id, null)
}

output "vpc_enable_dns_support" {
  value = try(aws_vpc.this[0].enable_dns_support, null)
}

output "vpc_enable_dns_hostnames" {
  value = try(aws_vpc.this[0].enable_dns_hostnames, null)
}

output "azs" {
  value = var.azs
}

output "name" {
  value = var.name
}

output "igw_id" {
  value = try(aws_internet_gateway.this[0].id, null)
}

output "egress_only_internet_gateway_id" {
  value = try(aws_egress_only_internet_gateway.this[0].id, null)
}

output "natgw_ids" {
  value = aws_nat_gateway.this[*].id
}

output "vgw_id" {
  value = try(local.vpn[0], null)
}
