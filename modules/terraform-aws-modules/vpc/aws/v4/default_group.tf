# The security group that AWS makes with the VPC: adopted, it has no rules but those that are asked for.

variable "manage_default_security_group" {
  default = true
}

variable "default_security_group_ingress" {
  type    = list(map(string))
  default = []
}

variable "default_security_group_egress" {
  type    = list(map(string))
  default = []
}

resource "aws_default_security_group" "this" {
  count = local.create && var.manage_default_security_group ? 1 : 0

  vpc_id = aws_vpc.this[0].id

  dynamic "ingress" {
    for_each = var.default_security_group_ingress
    content {
      protocol         = try(ingress.value.protocol, "-1")
      from_port        = try(ingress.value.from_port, "0")
      to_port          = try(ingress.value.to_port, "0")
      cidr_blocks      = compact(split(",", try(ingress.value.cidr_blocks, "")))
      ipv6_cidr_blocks = compact(split(",", try(ingress.value.ipv6_cidr_blocks, "")))
      prefix_list_ids  = compact(split(",", try(ingress.value.prefix_list_ids, "")))
      security_groups  = compact(split(",", try(ingress.value.security_groups, "")))
      self             = try(ingress.value.self, null)
    }
  }

  dynamic "egress" {
    for_each = var.default_security_group_egress
    content {
      protocol         = try(egress.value.protocol, "-1")
      from_port        = try(egress.value.from_port, "0")
      to_port          = try(egress.value.to_port, "0")
      cidr_blocks      = compact(split(",", try(egress.value.cidr_blocks, "")))
      ipv6_cidr_blocks = compact(split(",", try(egress.value.ipv6_cidr_blocks, "")))
      prefix_list_ids  = compact(split(",", try(egress.value.prefix_list_ids, "")))
      security_groups  = compact(split(",", try(egress.value.security_groups, "")))
      self             = try(egress.value.self, null)
    }
  }
}
