# Each group has a security group of its own.

variable "create_security_group" {
  default = true
}

variable "vpc_id" {
  default = null
}

variable "security_group_rules" {
  default = {}
}

variable "cluster_security_group_id" {
  default = null
}

resource "aws_security_group" "this" {
  count = var.create && var.create_security_group ? 1 : 0

  vpc_id = var.vpc_id
}

resource "aws_security_group_rule" "this" {
  for_each = { for key, each in var.security_group_rules : key => each if var.create && var.create_security_group }

  security_group_id        = aws_security_group.this[0].id
  type                     = each.value.type
  protocol                 = each.value.protocol
  from_port                = each.value.from_port
  to_port                  = each.value.to_port
  cidr_blocks              = try(each.value.cidr_blocks, null)
  ipv6_cidr_blocks         = try(each.value.ipv6_cidr_blocks, null)
  prefix_list_ids          = try(each.value.prefix_list_ids, [])
  self                     = try(each.value.self, null)
  source_security_group_id = try(each.value.source_security_group_id, try(each.value.source_cluster_security_group, false) ? var.cluster_security_group_id : null)
}

output "security_group_id" {
  value = try(aws_security_group.this[0].id, null)
}
