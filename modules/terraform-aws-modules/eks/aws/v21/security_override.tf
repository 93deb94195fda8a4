# Rules say what they are by their type, and the inputs about the control plane have shorter names.

variable "node_security_group_additional_rules" {
  type = map(object({
    type                          = optional(string, "ingress")
    protocol                      = optional(string, "tcp")
    from_port                     = number
    to_port                       = number
    cidr_blocks                   = optional(list(string))
    ipv6_cidr_blocks              = optional(list(string))
    prefix_list_ids               = optional(list(string))
    self                          = optional(bool)
    source_cluster_security_group = optional(bool, false)
    source_security_group_id      = optional(string)
  }))
}

locals {
  has_cluster_group  = var.create && var.create_security_group
  own_cluster_group  = var.security_group_id
  more_cluster_rules = var.security_group_additional_rules
  has_efa_rules      = false
}

resource "aws_security_group_rule" "node" {
  prefix_list_ids = try(each.value.prefix_list_ids, null)
}
