# Subnets without any way out.

variable "intra_subnets" {
  default = []
}

variable "intra_subnet_ipv6_prefixes" {
  default = []
}

variable "intra_subnet_ipv6_native" {
  default = false
}

variable "create_multiple_intra_route_tables" {
  default = false
}

variable "propagate_intra_route_tables_vgw" {
  default = false
}

resource "aws_subnet" "intra" {
  count = local.create ? local.intra : 0

  vpc_id     = local.vpc_id
  cidr_block = var.intra_subnet_ipv6_native ? null : element(concat(var.intra_subnets, [""]), count.index)
}

resource "aws_route_table" "intra" {
  count = local.create && local.intra > 0 ? var.create_multiple_intra_route_tables ? local.intra : 1 : 0

  vpc_id = local.vpc_id
}

resource "aws_route_table_association" "intra" {
  count = local.create ? local.intra : 0

  subnet_id      = element(aws_subnet.intra[*].id, count.index)
  route_table_id = element(aws_route_table.intra[*].id, var.create_multiple_intra_route_tables ? count.index : 0)
}

resource "aws_vpn_gateway_route_propagation" "intra" {
  count = local.has_vpn && var.propagate_intra_route_tables_vgw ? local.intra : 0

  route_table_id = element(aws_route_table.intra[*].id, count.index)
  vpn_gateway_id = element(local.vpn, count.index)
}

output "intra_subnets" {
  value = aws_subnet.intra[*].id
}

output "intra_subnet_arns" {
  value = aws_subnet.intra[*].arn
}

output "intra_subnet_objects" {
  value = aws_subnet.intra
}

output "intra_subnets_cidr_blocks" {
  value = aws_subnet.intra[*].cidr_block
}

output "intra_route_table_ids" {
  value = aws_route_table.intra[*].id
}
