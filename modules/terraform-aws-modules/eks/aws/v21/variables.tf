# Names that are new in 21.

variable "name" {
  default = ""
}

variable "kubernetes_version" {
  default = null
}

variable "ip_family" {
  default = "ipv4"
}

variable "endpoint_private_access" {
  default = true
}

variable "endpoint_public_access" {
  default = false
}

variable "addons" {
  default = null
}

variable "compute_config" {
  default = null
}

variable "create_auto_mode_iam_resources" {
  default = false
}

variable "encryption_config" {
  default = {}
}

variable "attach_encryption_policy" {
  default = true
}

variable "create_security_group" {
  default = true
}

variable "security_group_id" {
  default = ""
}

variable "security_group_additional_rules" {
  type = map(object({
    type                       = optional(string, "ingress")
    protocol                   = optional(string, "tcp")
    from_port                  = number
    to_port                    = number
    cidr_blocks                = optional(list(string))
    ipv6_cidr_blocks           = optional(list(string))
    prefix_list_ids            = optional(list(string))
    self                       = optional(bool)
    source_node_security_group = optional(bool, false)
    source_security_group_id   = optional(string)
  }))
  default = {}
}
