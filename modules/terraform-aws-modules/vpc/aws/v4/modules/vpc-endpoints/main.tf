# Endpoints from a map, with a security group of their own if the call wants one.

variable "create" {
  default = true
}

variable "region" {
  default = null
}

variable "vpc_id" {
  default = null
}

variable "endpoints" {
  default = {}
}

variable "subnet_ids" {
  default = []
}

variable "security_group_ids" {
  default = []
}

variable "create_security_group" {
  default = false
}

variable "security_group_rules" {
  default = {}
}

locals {
  endpoints       = { for key, each in var.endpoints : key => each if var.create && try(each.create, true) }
  has_group       = var.create && var.create_security_group
  security_groups = local.has_group ? concat(var.security_group_ids, [aws_security_group.this[0].id]) : var.security_group_ids
}

data "aws_vpc_endpoint_service" "this" {
  for_each = { for key, each in local.endpoints : key => each if var.region == null }

  service      = try(each.value.service, null)
  service_name = try(each.value.service_name, null)

  filter {
    name   = "service-type"
    values = [try(each.value.service_type, "Interface")]
  }
}

resource "aws_vpc_endpoint" "this" {
  for_each = local.endpoints

  vpc_id              = var.vpc_id
  service_name        = try(each.value.service_endpoint, data.aws_vpc_endpoint_service.this[each.key].service_name)
  vpc_endpoint_type   = try(each.value.service_type, "Interface")
  subnet_ids          = try(each.value.service_type, "Interface") == "Interface" ? distinct(concat(var.subnet_ids, lookup(each.value, "subnet_ids", []))) : null
  security_group_ids  = try(each.value.service_type, "Interface") != "Interface" || length(concat(local.security_groups, lookup(each.value, "security_group_ids", []))) == 0 ? null : distinct(concat(local.security_groups, lookup(each.value, "security_group_ids", [])))
  route_table_ids     = try(each.value.service_type, "Interface") == "Gateway" ? lookup(each.value, "route_table_ids", null) : null
  private_dns_enabled = try(each.value.service_type, "Interface") == "Interface" ? try(each.value.private_dns_enabled, null) : null
  policy              = try(each.value.policy, null)
}

resource "aws_security_group" "this" {
  count = local.has_group ? 1 : 0

  vpc_id = var.vpc_id
}

resource "aws_security_group_rule" "this" {
  for_each = { for key, each in var.security_group_rules : key => each if local.has_group }

  security_group_id        = aws_security_group.this[0].id
  type                     = try(each.value.type, "ingress")
  protocol                 = try(each.value.protocol, "tcp")
  from_port                = try(each.value.from_port, 443)
  to_port                  = try(each.value.to_port, 443)
  cidr_blocks              = lookup(each.value, "cidr_blocks", null)
  ipv6_cidr_blocks         = lookup(each.value, "ipv6_cidr_blocks", null)
  prefix_list_ids          = lookup(each.value, "prefix_list_ids", null)
  self                     = try(each.value.self, null)
  source_security_group_id = lookup(each.value, "source_security_group_id", null)
}

output "endpoints" {
  value = aws_vpc_endpoint.this
}

output "security_group_id" {
  value = try(aws_security_group.this[0].id, null)
}
