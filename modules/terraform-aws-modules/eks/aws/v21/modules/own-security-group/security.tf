# A group gets a security group of its own as soon as there are rules for it.

variable "create_security_group" {
  default  = true
  nullable = false
}

variable "security_group_ingress_rules" {
  type = map(object({
    ip_protocol                  = optional(string, "tcp")
    from_port                    = optional(string)
    to_port                      = optional(string)
    cidr_ipv4                    = optional(string)
    cidr_ipv6                    = optional(string)
    prefix_list_id               = optional(string)
    referenced_security_group_id = optional(string)
    self                         = optional(bool, false)
  }))
  default  = {}
  nullable = false
}

variable "security_group_egress_rules" {
  type = map(object({
    ip_protocol                  = optional(string, "tcp")
    from_port                    = optional(string)
    to_port                      = optional(string)
    cidr_ipv4                    = optional(string)
    cidr_ipv6                    = optional(string)
    prefix_list_id               = optional(string)
    referenced_security_group_id = optional(string)
    self                         = optional(bool, false)
  }))
  default  = {}
  nullable = false
}

locals {
  efa = {
    for key in ["all_self_efa"] :
    key => { ip_protocol = "-1", from_port = null, to_port = null, cidr_ipv4 = null, cidr_ipv6 = null, prefix_list_id = null, self = true } if var.enable_efa_support
  }

  ingress_rules = merge(local.efa, var.security_group_ingress_rules)
  egress_rules  = merge(local.efa, var.security_group_egress_rules)
  has_group     = var.create && var.create_security_group && length(merge(local.ingress_rules, local.egress_rules)) > 0
}

data "aws_subnet" "this" {
  count = local.has_group ? 1 : 0

  id = element(var.subnet_ids, 0)
}

resource "aws_security_group" "this" {
  count = local.has_group ? 1 : 0

  vpc_id = data.aws_subnet.this[0].vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "this" {
  for_each = { for key, each in local.ingress_rules : key => each if local.has_group }

  security_group_id            = aws_security_group.this[0].id
  ip_protocol                  = each.value.ip_protocol
  from_port                    = each.value.from_port
  to_port                      = try(coalesce(each.value.to_port, each.value.from_port), null)
  cidr_ipv4                    = each.value.cidr_ipv4
  cidr_ipv6                    = each.value.cidr_ipv6
  prefix_list_id               = each.value.prefix_list_id
  referenced_security_group_id = each.value.self ? aws_security_group.this[0].id : each.value.referenced_security_group_id
}

resource "aws_vpc_security_group_egress_rule" "this" {
  for_each = { for key, each in local.egress_rules : key => each if local.has_group }

  security_group_id            = aws_security_group.this[0].id
  ip_protocol                  = each.value.ip_protocol
  from_port                    = try(coalesce(each.value.from_port, each.value.to_port), null)
  to_port                      = each.value.to_port
  cidr_ipv4                    = each.value.cidr_ipv4
  cidr_ipv6                    = each.value.cidr_ipv6
  prefix_list_id               = each.value.prefix_list_id
  referenced_security_group_id = each.value.self ? aws_security_group.this[0].id : each.value.referenced_security_group_id
}

output "security_group_id" {
  value = try(aws_security_group.this[0].id, null)
}
