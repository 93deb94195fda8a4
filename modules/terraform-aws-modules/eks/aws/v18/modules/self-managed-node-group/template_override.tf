locals {
  template      = null
  template_name = try(aws_launch_template.this[0].name, var.launch_template_name)
}

resource "aws_launch_template" "this" {
  name        = var.launch_template_use_name_prefix ? null : local.full_name
  name_prefix = var.launch_template_use_name_prefix ? "${local.full_name}-" : null
}
