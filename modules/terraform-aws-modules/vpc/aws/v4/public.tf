# Subnets with a route to the internet gateway.

variable "public_subnets" {
  default = []
}

variable "public_subnet_ipv6_prefixes" {
  default = []
}

variable "public_subnet_ipv6_native" {
  default = false
}

variable "map_public_ip_on_launch" {
  default = false
}

variable "create_multiple_public_route_tables" {
  default = false
}

variable "propagate_public_route_tables_vgw" {
  default = false
}

locals {
  public_tables = local.create && local.public > 0 ? var.create_multiple_public_route_tables ? local.public : 1 : 0
}

resource "aws_subnet" "public" {
  count = local.create && (!var.one_nat_gateway_per_az || local.public >= length(var.azs)) ? local.public : 0

  vpc_id                  = local.vpc_id
  cidr_block              = var.public_subnet_ipv6_native ? null : element(concat(var.public_subnets, [""]), count.index)
  map_public_ip_on_launch = var.map_public_ip_on_launch
}

resource "aws_route_table" "public" {
  count = local.public_tables

  vpc_id = local.vpc_id
}

resource "aws_route_table_association" "public" {
  count = local.create ? local.public : 0

  subnet_id      = element(aws_subnet.public[*].id, count.index)
  route_table_id = element(aws_route_table.public[*].id, var.create_multiple_public_route_tables ? count.index : 0)
}

resource "aws_route" "public_internet_gateway" {
  count = var.create_igw ? local.public_tables : 0

  route_table_id         = aws_route_table.public[count.index].id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this[0].id
}

resource "aws_route" "public_internet_gateway_ipv6" {
  count = var.create_igw && var.enable_ipv6 ? local.public_tables : 0

  route_table_id              = aws_route_table.public[count.index].id
  destination_ipv6_cidr_block = "::/0"
  gateway_id                  = aws_internet_gateway.this[0].id
}

resource "aws_vpn_gateway_route_propagation" "public" {
  count = local.has_vpn && var.propagate_public_route_tables_vgw ? 1 : 0

  route_table_id = element(aws_route_table.public[*].id, count.index)
  vpn_gateway_id = element(local.vpn, count.index)
}

output "public_subnets" {
  value = aws_subnet.public[*].id
}

output "public_subnet_arns" {
  value = aws_subnet.public[*].arn
}

output "public_subnet_objects" {
  value = aws_subnet.public
}

output "public_subnets_cidr_blocks" {
  value = aws_subnet.public[*].cidr_block
}

output "public_route_table_ids" {
  value = aws_route_table.public[*].id
}
