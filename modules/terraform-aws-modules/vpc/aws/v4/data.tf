# Subnets for databases, caches, warehouses and Outposts. Each kind has route tables of its own, or shares those of the private subnets.

variable "database_subnets" {
  default = []
}

variable "database_subnet_ipv6_prefixes" {
  default = []
}

variable "database_subnet_ipv6_native" {
  default = false
}

variable "elasticache_subnets" {
  default = []
}

variable "elasticache_subnet_ipv6_prefixes" {
  default = []
}

variable "elasticache_subnet_ipv6_native" {
  default = false
}

variable "redshift_subnets" {
  default = []
}

variable "redshift_subnet_ipv6_prefixes" {
  default = []
}

variable "redshift_subnet_ipv6_native" {
  default = false
}

variable "outpost_subnets" {
  default = []
}

variable "outpost_subnet_ipv6_prefixes" {
  default = []
}

variable "outpost_subnet_ipv6_native" {
  default = false
}

variable "create_database_subnet_route_table" {
  default = false
}

variable "create_elasticache_subnet_route_table" {
  default = false
}

variable "create_redshift_subnet_route_table" {
  default = false
}

variable "create_database_internet_gateway_route" {
  default = false
}

variable "create_database_nat_gateway_route" {
  default = false
}

variable "enable_public_redshift" {
  default = false
}

variable "outpost_arn" {
  default = null
}

locals {
  database_is_shared = var.single_nat_gateway || var.create_database_internet_gateway_route
  database_tables    = local.create && local.database > 0 && var.create_database_subnet_route_table
  database_by_nat    = local.database_tables && !var.create_database_internet_gateway_route && var.create_database_nat_gateway_route && var.enable_nat_gateway
}

resource "aws_subnet" "database" {
  count = local.create ? local.database : 0

  vpc_id     = local.vpc_id
  cidr_block = var.database_subnet_ipv6_native ? null : element(concat(var.database_subnets, [""]), count.index)
}

resource "aws_subnet" "elasticache" {
  count = local.create ? local.elasticache : 0

  vpc_id     = local.vpc_id
  cidr_block = var.elasticache_subnet_ipv6_native ? null : element(concat(var.elasticache_subnets, [""]), count.index)
}

resource "aws_subnet" "redshift" {
  count = local.create ? local.redshift : 0

  vpc_id     = local.vpc_id
  cidr_block = var.redshift_subnet_ipv6_native ? null : element(concat(var.redshift_subnets, [""]), count.index)
}

resource "aws_subnet" "outpost" {
  count = local.create ? local.outpost : 0

  vpc_id      = local.vpc_id
  cidr_block  = var.outpost_subnet_ipv6_native ? null : element(concat(var.outpost_subnets, [""]), count.index)
  outpost_arn = var.outpost_arn
}

resource "aws_route_table" "database" {
  count = local.database_tables ? local.database_is_shared ? 1 : local.database : 0

  vpc_id = local.vpc_id
}

resource "aws_route_table_association" "database" {
  count = local.create ? local.database : 0

  subnet_id      = element(aws_subnet.database[*].id, count.index)
  route_table_id = element(coalescelist(aws_route_table.database[*].id, aws_route_table.private[*].id), var.create_database_subnet_route_table && local.database_is_shared ? 0 : count.index)
}

resource "aws_route" "database_internet_gateway" {
  count = local.database_tables && var.create_igw && var.create_database_internet_gateway_route && !var.create_database_nat_gateway_route ? 1 : 0

  route_table_id         = aws_route_table.database[0].id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this[0].id
}

resource "aws_route" "database_nat_gateway" {
  count = local.database_by_nat ? var.single_nat_gateway ? 1 : local.database : 0

  route_table_id         = element(aws_route_table.database[*].id, count.index)
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = element(aws_nat_gateway.this[*].id, count.index)
}

resource "aws_route" "database_dns64_nat_gateway" {
  count = local.database_by_nat && var.enable_ipv6 && var.private_subnet_enable_dns64 ? var.single_nat_gateway ? 1 : local.database : 0

  route_table_id              = element(aws_route_table.database[*].id, count.index)
  destination_ipv6_cidr_block = "64:ff9b::/96"
  nat_gateway_id              = element(aws_nat_gateway.this[*].id, count.index)
}

resource "aws_route" "database_ipv6_egress" {
  count = local.database_tables && var.create_egress_only_igw && var.enable_ipv6 && var.create_database_internet_gateway_route ? 1 : 0

  route_table_id              = aws_route_table.database[0].id
  destination_ipv6_cidr_block = "::/0"
  egress_only_gateway_id      = aws_egress_only_internet_gateway.this[0].id
}

resource "aws_route_table" "elasticache" {
  count = local.create && local.elasticache > 0 && var.create_elasticache_subnet_route_table ? 1 : 0

  vpc_id = local.vpc_id
}

resource "aws_route_table_association" "elasticache" {
  count = local.create ? local.elasticache : 0

  subnet_id      = element(aws_subnet.elasticache[*].id, count.index)
  route_table_id = element(coalescelist(aws_route_table.elasticache[*].id, aws_route_table.private[*].id), var.single_nat_gateway || var.create_elasticache_subnet_route_table ? 0 : count.index)
}

resource "aws_route_table" "redshift" {
  count = local.create && local.redshift > 0 && var.create_redshift_subnet_route_table ? 1 : 0

  vpc_id = local.vpc_id
}

resource "aws_route_table_association" "redshift" {
  count = local.create && !var.enable_public_redshift ? local.redshift : 0

  subnet_id      = element(aws_subnet.redshift[*].id, count.index)
  route_table_id = element(coalescelist(aws_route_table.redshift[*].id, aws_route_table.private[*].id), var.single_nat_gateway || var.create_redshift_subnet_route_table ? 0 : count.index)
}

resource "aws_route_table_association" "redshift_public" {
  count = local.create && var.enable_public_redshift ? local.redshift : 0

  subnet_id      = element(aws_subnet.redshift[*].id, count.index)
  route_table_id = element(coalescelist(aws_route_table.redshift[*].id, aws_route_table.public[*].id), var.single_nat_gateway || var.create_redshift_subnet_route_table ? 0 : count.index)
}

resource "aws_route_table_association" "outpost" {
  count = local.create ? local.outpost : 0

  subnet_id      = element(aws_subnet.outpost[*].id, count.index)
  route_table_id = element(aws_route_table.private[*].id, var.single_nat_gateway ? 0 : count.index)
}

output "database_subnets" {
  value = aws_subnet.database[*].id
}

output "database_subnets_cidr_blocks" {
  value = aws_subnet.database[*].cidr_block
}

output "elasticache_subnets" {
  value = aws_subnet.elasticache[*].id
}

output "elasticache_subnets_cidr_blocks" {
  value = aws_subnet.elasticache[*].cidr_block
}

output "redshift_subnets" {
  value = aws_subnet.redshift[*].id
}

output "redshift_subnets_cidr_blocks" {
  value = aws_subnet.redshift[*].cidr_block
}

output "outpost_subnets" {
  value = aws_subnet.outpost[*].id
}

output "outpost_subnets_cidr_blocks" {
  value = aws_subnet.outpost[*].cidr_block
}

output "database_route_table_ids" {
  value = length(aws_route_table.database[*].id) > 0 ? aws_route_table.database[*].id : aws_route_table.private[*].id
}
