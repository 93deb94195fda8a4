# Templates are named after their group, and updates are as EKS does them by default.

module "eks_managed_node_group" {
  launch_template_name            = try(each.value.launch_template_name, var.eks_managed_node_group_defaults.launch_template_name, each.key)
  launch_template_use_name_prefix = try(each.value.launch_template_use_name_prefix, var.eks_managed_node_group_defaults.launch_template_use_name_prefix, true)
  use_custom_launch_template      = true
  update_config                   = try(each.value.update_config, var.eks_managed_node_group_defaults.update_config, {})
  iam_role_additional_policies    = try(each.value.iam_role_additional_policies, var.eks_managed_node_group_defaults.iam_role_additional_policies, [])
}

module "self_managed_node_group" {
  instance_refresh                = try(each.value.instance_refresh, var.self_managed_node_group_defaults.instance_refresh, {})
  launch_template_name            = try(each.value.launch_template_name, var.self_managed_node_group_defaults.launch_template_name, each.key)
  launch_template_use_name_prefix = try(each.value.launch_template_use_name_prefix, var.self_managed_node_group_defaults.launch_template_use_name_prefix, true)
  iam_role_additional_policies    = try(each.value.iam_role_additional_policies, var.self_managed_node_group_defaults.iam_role_additional_policies, [])
}

module "fargate_profile" {
  iam_role_additional_policies = try(each.value.iam_role_additional_policies, var.fargate_profile_defaults.iam_role_additional_policies, [])
}
