# The security groups of the control plane and of the nodes, with their rules. Those of the call replace those of the module that have their name.

variable "create_cluster_security_group" {
  default = true
}

variable "cluster_security_group_id" {
  default = ""
}

variable "cluster_security_group_additional_rules" {
  default = {}
}

variable "create_node_security_group" {
  default = true
}

variable "node_security_group_id" {
  default = ""
}

variable "node_security_group_additional_rules" {
  default = {}
}

variable "node_security_group_enable_recommended_rules" {
  default = true
}

variable "enable_efa_support" {
  default = false
}

locals {
  has_cluster_group  = var.create && var.create_cluster_security_group
  own_cluster_group  = var.cluster_security_group_id
  more_cluster_rules = var.cluster_security_group_additional_rules
  has_node_group     = var.create && var.create_node_security_group

  cluster_security_group = local.has_cluster_group ? aws_security_group.cluster[0].id : local.own_cluster_group
  node_security_group    = local.has_node_group ? aws_security_group.node[0].id : var.node_security_group_id
}

# What the module lets in and out by itself.
locals {
  webhook_ports  = [4443, 6443, 8443, 9443]
  has_efa_rules  = var.enable_efa_support
  everybody_long = local.ip_family == "ipv6" ? ["::/0"] : null

  cluster_rules = { for key, each in local.from_nodes : key => each if local.has_node_group }
  from_nodes    = { ingress_nodes_443 = { type = "ingress", protocol = "tcp", from_port = 443, to_port = 443, source_node_security_group = true } }

  node_rules = merge(
    { for way in ["ingress", "egress"] : "${way}_all_self_efa" => { type = way, protocol = "-1", from_port = 0, to_port = 0, self = true } if local.has_efa_rules },
    local.to_nodes,
    { for key, each in local.recommended : key => each if var.node_security_group_enable_recommended_rules },
  )

  to_nodes = merge(
    { for name, port in { 443 = 443, kubelet = 10250 } : "ingress_cluster_${name}" => { type = "ingress", protocol = "tcp", from_port = port, to_port = port, source_cluster_security_group = true } },
    { for protocol in ["tcp", "udp"] : "ingress_self_coredns_${protocol}" => { type = "ingress", protocol = protocol, from_port = 53, to_port = 53, self = true } },
  )

  recommended = merge(
    { for port in local.webhook_ports : "ingress_cluster_${port}_webhook" => { type = "ingress", protocol = "tcp", from_port = port, to_port = port, source_cluster_security_group = true } },
    {
      ingress_nodes_ephemeral = { type = "ingress", protocol = "tcp", from_port = 1025, to_port = 65535, self = true }
      egress_all              = { type = "egress", protocol = "-1", from_port = 0, to_port = 0, cidr_blocks = ["0.0.0.0/0"], ipv6_cidr_blocks = local.everybody_long }
    },
  )
}

resource "aws_security_group" "cluster" {
  count = local.has_cluster_group ? 1 : 0

  vpc_id = var.vpc_id
}

resource "aws_security_group_rule" "cluster" {
  for_each = { for key, each in merge(local.cluster_rules, local.more_cluster_rules) : key => each if local.has_cluster_group }

  security_group_id        = aws_security_group.cluster[0].id
  type                     = each.value.type
  protocol                 = each.value.protocol
  from_port                = each.value.from_port
  to_port                  = each.value.to_port
  cidr_blocks              = try(each.value.cidr_blocks, null)
  ipv6_cidr_blocks         = try(each.value.ipv6_cidr_blocks, null)
  prefix_list_ids          = try(each.value.prefix_list_ids, null)
  self                     = try(each.value.self, null)
  source_security_group_id = try(each.value.source_node_security_group, false) ? local.node_security_group : try(each.value.source_security_group_id, null)
}

resource "aws_security_group" "node" {
  count = local.has_node_group ? 1 : 0

  vpc_id = var.vpc_id
}

resource "aws_security_group_rule" "node" {
  for_each = { for key, each in merge(local.node_rules, var.node_security_group_additional_rules) : key => each if local.has_node_group }

  security_group_id        = aws_security_group.node[0].id
  type                     = each.value.type
  protocol                 = each.value.protocol
  from_port                = each.value.from_port
  to_port                  = each.value.to_port
  cidr_blocks              = try(each.value.cidr_blocks, null)
  ipv6_cidr_blocks         = try(each.value.ipv6_cidr_blocks, null)
  prefix_list_ids          = try(each.value.prefix_list_ids, [])
  self                     = try(each.value.self, null)
  source_security_group_id = try(each.value.source_cluster_security_group, false) ? local.cluster_security_group : try(each.value.source_security_group_id, null)
}

output "cluster_security_group_id" {
  value = try(aws_security_group.cluster[0].id, null)
}

output "node_security_group_id" {
  value = try(aws_security_group.node[0].id, null)
}
