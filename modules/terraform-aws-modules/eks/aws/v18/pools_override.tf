# Templates are named after their group, and updates are as EKS does them by default.

module "eks_managed_node_group" {
  create_security_group           = try(each.value.create_security_group, var.eks_managed_node_group_defaults.create_security_group, true)
  security_group_rules            = try(each.value.security_group_rules, var.eks_managed_node_group_defaults.security_group_rules, {})
  cluster_security_group_id       = local.cluster_security_group
  vpc_id                          = var.vpc_id
  launch_template_name            = try(each.value.launch_template_name, var.eks_managed_node_group_defaults.launch_template_name, each.key)
  launch_template_use_name_prefix = try(each.value.launch_template_use_name_prefix, var.eks_managed_node_group_defaults.launch_template_use_name_prefix, true)
  use_custom_launch_template      = true
  update_config                   = try(each.value.update_config, var.eks_managed_node_group_defaults.update_config, {})
  iam_role_additional_policies    = try(each.value.iam_role_additional_policies, var.eks_managed_node_group_defaults.iam_role_additional_policies, [])
}

module "self_managed_node_group" {
  create_security_group           = try(each.value.create_security_group, var.self_managed_node_group_defaults.create_security_group, true)
  security_group_rules            = try(each.value.security_group_rules, var.self_managed_node_group_defaults.security_group_rules, {})
  cluster_security_group_id       = local.cluster_security_group
  vpc_id                          = var.vpc_id
  instance_refresh                = try(each.value.instance_refresh, var.self_managed_node_group_defaults.instance_refresh, {})
  launch_template_name            = try(each.value.launch_template_name, var.self_managed_node_group_defaults.launch_template_name, each.key)
  launch_template_use_name_prefix = try(each.value.launch_template_use_name_prefix, var.self_managed_node_group_defaults.launch_template_use_name_prefix, true)
  iam_role_additional_policies    = try(each.value.iam_role_additional_policies, var.self_managed_node_group_defaults.iam_role_additional_policies, [])
}

module "fargate_profile" {
  iam_role_additional_policies = try(each.value.iam_role_additional_policies, var.fargate_profile_defaults.iam_role_additional_policies, [])
}
