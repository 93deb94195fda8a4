# Version 18 names the template.

variable "launch_template_name" {
  default  = ""
  nullable = false
}

variable "launch_template_use_name_prefix" {
  default  = true
  nullable = false
}

locals {
  full_name = coalesce(var.launch_template_name, "${var.name}-eks-node-group")
}
