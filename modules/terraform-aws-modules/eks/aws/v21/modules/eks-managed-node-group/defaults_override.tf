# Version 21 brings a new image, and lets pods no longer reach the metadata service.

variable "metadata_options" {
  type = object({ http_endpoint = optional(string), http_tokens = optional(string), http_put_response_hop_limit = optional(number) })
  default = {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }
}

# Nodes that share a placement group stand in all subnets that are given.
locals {
  has_efa = false
}

variable "ami_type" {
  default  = "AL2023_x86_64_STANDARD"
  nullable = false
}

variable "update_config" {
  type = object({ max_unavailable = optional(number), max_unavailable_percentage = optional(number) })
}

locals {
  security_groups = compact(concat([var.cluster_primary_security_group_id], var.vpc_security_group_ids, aws_security_group.this[*].id))
}
