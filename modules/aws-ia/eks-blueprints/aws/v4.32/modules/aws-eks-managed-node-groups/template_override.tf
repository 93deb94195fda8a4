resource "aws_launch_template" "managed_node_groups" {
  update_default_version = try(var.managed_ng.update_default_version, true)
}
