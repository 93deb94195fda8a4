locals {
  uses_template = var.create_launch_template || var.launch_template_name != ""
  template_id   = null
  template_name = try(aws_launch_template.this[0].name, var.launch_template_name)
}

locals {
  security_groups = compact(concat([try(aws_security_group.this[0].id, ""), var.cluster_primary_security_group_id], var.vpc_security_group_ids))
}

resource "aws_launch_template" "this" {
  name        = var.launch_template_use_name_prefix ? null : local.full_name
  name_prefix = var.launch_template_use_name_prefix ? "${local.full_name}-" : null
}

variable "update_config" {
  default = {}
}
