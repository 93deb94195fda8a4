# Subnets whose way out is a NAT gateway, if there is one.

variable "private_subnets" {
  default = []
}

variable "private_subnet_ipv6_prefixes" {
  default = []
}

variable "private_subnet_ipv6_native" {
  default = false
}

variable "private_subnet_enable_dns64" {
  default = true
}

variable "create_private_nat_gateway_route" {
  default = true
}

variable "nat_gateway_destination_cidr_block" {
  default = "0.0.0.0/0"
}

variable "propagate_private_route_tables_vgw" {
  default = false
}

resource "aws_subnet" "private" {
  count = local.create ? local.private : 0

  vpc_id     = local.vpc_id
  cidr_block = var.private_subnet_ipv6_native ? null : element(concat(var.private_subnets, [""]), count.index)
}

resource "aws_route_table" "private" {
  count = local.private_tables

  vpc_id = local.vpc_id
}

resource "aws_route_table_association" "private" {
  count = local.create ? local.private : 0

  subnet_id      = element(aws_subnet.private[*].id, count.index)
  route_table_id = element(aws_route_table.private[*].id, var.single_nat_gateway ? 0 : count.index)
}

resource "aws_route" "private_nat_gateway" {
  count = local.create && var.enable_nat_gateway && var.create_private_nat_gateway_route ? local.nat_gateways : 0

  route_table_id         = element(aws_route_table.private[*].id, count.index)
  destination_cidr_block = var.nat_gateway_destination_cidr_block
  nat_gateway_id         = element(aws_nat_gateway.this[*].id, count.index)
}

resource "aws_route" "private_dns64_nat_gateway" {
  count = local.create && var.enable_nat_gateway && var.enable_ipv6 && var.private_subnet_enable_dns64 ? local.nat_gateways : 0

  route_table_id              = element(aws_route_table.private[*].id, count.index)
  destination_ipv6_cidr_block = "64:ff9b::/96"
  nat_gateway_id              = element(aws_nat_gateway.this[*].id, count.index)
}

resource "aws_route" "private_ipv6_egress" {
  count = local.create && var.create_egress_only_igw && var.enable_ipv6 ? local.private_ipv6_routes : 0

  route_table_id              = element(aws_route_table.private[*].id, count.index)
  destination_ipv6_cidr_block = "::/0"
  egress_only_gateway_id      = element(aws_egress_only_internet_gateway.this[*].id, 0)
}

resource "aws_vpn_gateway_route_propagation" "private" {
  count = local.has_vpn && var.propagate_private_route_tables_vgw ? local.private : 0

  route_table_id = element(aws_route_table.private[*].id, count.index)
  vpn_gateway_id = element(local.vpn, count.index)
}

output "private_subnets" {
  value = aws_subnet.private[*].id
}

output "private_subnet_arns" {
  value = aws_subnet.private[*].arn
}

output "private_subnet_objects" {
  value = aws_subnet.private
}

output "private_subnets_cidr_blocks" {
  value = aws_subnet.private[*].cidr_block
}

output "private_route_table_ids" {
  value = aws_route_table.private[*].id
}

output "private_nat_gateway_route_ids" {
  value = aws_route.private_nat_gateway[*].id
}
