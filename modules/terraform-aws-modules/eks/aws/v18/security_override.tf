# Version 18 lets nodes out to names, time and port 443 alone.

locals {
  cluster_rules = merge(local.from_nodes, {
    for name, port in { 443 = 443, kubelet = 10250 } : "egress_nodes_${name}" => { type = "egress", protocol = "tcp", from_port = port, to_port = port, source_node_security_group = true }
  })

  node_rules = merge(local.to_nodes, local.from_nodes_to_names, local.from_nodes_to_time, {
    egress_cluster_443 = { type = "egress", protocol = "tcp", from_port = 443, to_port = 443, source_cluster_security_group = true }
    egress_https       = { type = "egress", protocol = "tcp", from_port = 443, to_port = 443, cidr_blocks = ["0.0.0.0/0"], ipv6_cidr_blocks = local.everybody_long }
  })

  from_nodes_to_names = { for protocol in ["tcp", "udp"] : "egress_self_coredns_${protocol}" => { type = "egress", protocol = protocol, from_port = 53, to_port = 53, self = true } }

  from_nodes_to_time = {
    for protocol in ["tcp", "udp"] : "egress_ntp_${protocol}" => {
      type             = "egress"
      protocol         = protocol
      from_port        = 123
      to_port          = 123
      cidr_blocks      = var.node_security_group_ntp_ipv4_cidr_block
      ipv6_cidr_blocks = local.ip_family == "ipv6" ? var.node_security_group_ntp_ipv6_cidr_block : null
    }
  }
}

resource "aws_security_group_rule" "cluster" {
  prefix_list_ids          = try(each.value.prefix_list_ids, [])
  source_security_group_id = try(each.value.source_security_group_id, try(each.value.source_node_security_group, false) ? local.node_security_group : null)
}

resource "aws_security_group_rule" "node" {
  source_security_group_id = try(each.value.source_security_group_id, try(each.value.source_cluster_security_group, false) ? local.cluster_security_group : null)
}
