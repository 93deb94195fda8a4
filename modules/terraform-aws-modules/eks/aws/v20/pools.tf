# The pools: what a group does not say, the defaults of its kind say.

variable "eks_managed_node_groups" {
  default = {}
}

variable "eks_managed_node_group_defaults" {
  default = {}
}

variable "self_managed_node_groups" {
  default = {}
}

variable "self_managed_node_group_defaults" {
  default = {}
}

variable "fargate_profiles" {
  default = {}
}

variable "fargate_profile_defaults" {
  default = {}
}

locals {
  imds = {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 2
  }

  instance_refresh = {
    strategy    = "Rolling"
    preferences = { min_healthy_percentage = 66 }
  }

  primary_security_group = aws_eks_cluster.this[0].vpc_config[0].cluster_security_group_id
}

module "eks_managed_node_group" {
  source   = "./modules/eks-managed-node-group"
  for_each = { for key, each in var.eks_managed_node_groups : key => each if var.create && !local.is_outpost }

  create                                 = try(each.value.create, true)
  cluster_name                           = local.pool_cluster
  cluster_ip_family                      = local.ip_family
  name                                   = try(each.value.name, each.key)
  cluster_version                        = try(each.value.cluster_version, var.eks_managed_node_group_defaults.cluster_version, local.cluster_version)
  subnet_ids                             = try(each.value.subnet_ids, var.eks_managed_node_group_defaults.subnet_ids, var.subnet_ids)
  min_size                               = try(each.value.min_size, var.eks_managed_node_group_defaults.min_size, 1)
  max_size                               = try(each.value.max_size, var.eks_managed_node_group_defaults.max_size, 3)
  desired_size                           = try(each.value.desired_size, var.eks_managed_node_group_defaults.desired_size, 1)
  ami_id                                 = try(each.value.ami_id, var.eks_managed_node_group_defaults.ami_id, "")
  labels                                 = try(each.value.labels, var.eks_managed_node_group_defaults.labels, null)
  taints                                 = try(each.value.taints, var.eks_managed_node_group_defaults.taints, {})
  vpc_security_group_ids                 = compact(concat([local.node_security_group], try(each.value.vpc_security_group_ids, var.eks_managed_node_group_defaults.vpc_security_group_ids, [])))
  cluster_primary_security_group_id      = try(each.value.attach_cluster_primary_security_group, var.eks_managed_node_group_defaults.attach_cluster_primary_security_group, false) ? local.primary_security_group : null
  ami_type                               = try(each.value.ami_type, var.eks_managed_node_group_defaults.ami_type, null)
  ami_release_version                    = try(each.value.ami_release_version, var.eks_managed_node_group_defaults.ami_release_version, null)
  use_latest_ami_release_version         = try(each.value.use_latest_ami_release_version, var.eks_managed_node_group_defaults.use_latest_ami_release_version, false)
  node_repair_config                     = try(each.value.node_repair_config, var.eks_managed_node_group_defaults.node_repair_config, null)
  update_config                          = try(each.value.update_config, var.eks_managed_node_group_defaults.update_config, { max_unavailable_percentage = 33 })
  use_name_prefix                        = try(each.value.use_name_prefix, var.eks_managed_node_group_defaults.use_name_prefix, true)
  create_launch_template                 = try(each.value.create_launch_template, var.eks_managed_node_group_defaults.create_launch_template, true)
  use_custom_launch_template             = try(each.value.use_custom_launch_template, var.eks_managed_node_group_defaults.use_custom_launch_template, true)
  launch_template_id                     = try(each.value.launch_template_id, var.eks_managed_node_group_defaults.launch_template_id, "")
  launch_template_version                = try(each.value.launch_template_version, var.eks_managed_node_group_defaults.launch_template_version, null)
  launch_template_default_version        = try(each.value.launch_template_default_version, var.eks_managed_node_group_defaults.launch_template_default_version, null)
  update_launch_template_default_version = try(each.value.update_launch_template_default_version, var.eks_managed_node_group_defaults.update_launch_template_default_version, true)
  metadata_options                       = try(each.value.metadata_options, var.eks_managed_node_group_defaults.metadata_options, local.imds)
  network_interfaces                     = try(each.value.network_interfaces, var.eks_managed_node_group_defaults.network_interfaces, [])
  enable_efa_support                     = try(each.value.enable_efa_support, var.eks_managed_node_group_defaults.enable_efa_support, false)
  create_placement_group                 = try(each.value.create_placement_group, var.eks_managed_node_group_defaults.create_placement_group, false)
  enable_bootstrap_user_data             = try(each.value.enable_bootstrap_user_data, var.eks_managed_node_group_defaults.enable_bootstrap_user_data, false)
  cloudinit_pre_nodeadm                  = try(each.value.cloudinit_pre_nodeadm, var.eks_managed_node_group_defaults.cloudinit_pre_nodeadm, [])
  user_data_template_path                = try(each.value.user_data_template_path, var.eks_managed_node_group_defaults.user_data_template_path, "")
  pre_bootstrap_user_data                = try(each.value.pre_bootstrap_user_data, var.eks_managed_node_group_defaults.pre_bootstrap_user_data, "")
  post_bootstrap_user_data               = try(each.value.post_bootstrap_user_data, var.eks_managed_node_group_defaults.post_bootstrap_user_data, "")
  bootstrap_extra_args                   = try(each.value.bootstrap_extra_args, var.eks_managed_node_group_defaults.bootstrap_extra_args, "")
  create_iam_role                        = try(each.value.create_iam_role, var.eks_managed_node_group_defaults.create_iam_role, true)
  iam_role_arn                           = try(each.value.iam_role_arn, var.eks_managed_node_group_defaults.iam_role_arn, null)
  iam_role_name                          = try(each.value.iam_role_name, var.eks_managed_node_group_defaults.iam_role_name, null)
  iam_role_use_name_prefix               = try(each.value.iam_role_use_name_prefix, var.eks_managed_node_group_defaults.iam_role_use_name_prefix, true)
  iam_role_path                          = try(each.value.iam_role_path, var.eks_managed_node_group_defaults.iam_role_path, null)
  iam_role_permissions_boundary          = try(each.value.iam_role_permissions_boundary, var.eks_managed_node_group_defaults.iam_role_permissions_boundary, null)
  iam_role_attach_cni_policy             = try(each.value.iam_role_attach_cni_policy, var.eks_managed_node_group_defaults.iam_role_attach_cni_policy, true)
  iam_role_additional_policies           = try(each.value.iam_role_additional_policies, var.eks_managed_node_group_defaults.iam_role_additional_policies, {})
  create_iam_role_policy                 = try(each.value.create_iam_role_policy, var.eks_managed_node_group_defaults.create_iam_role_policy, true)
  iam_role_policy_statements             = try(each.value.iam_role_policy_statements, var.eks_managed_node_group_defaults.iam_role_policy_statements, [])
}

module "self_managed_node_group" {
  source   = "./modules/self-managed-node-group"
  for_each = { for key, each in var.self_managed_node_groups : key => each if var.create }

  create                                 = try(each.value.create, true)
  cluster_name                           = local.pool_cluster
  cluster_ip_family                      = local.ip_family
  name                                   = try(each.value.name, each.key)
  cluster_version                        = try(each.value.cluster_version, var.self_managed_node_group_defaults.cluster_version, local.cluster_version)
  create_autoscaling_group               = try(each.value.create_autoscaling_group, var.self_managed_node_group_defaults.create_autoscaling_group, true)
  subnet_ids                             = try(each.value.subnet_ids, var.self_managed_node_group_defaults.subnet_ids, var.subnet_ids)
  ami_id                                 = try(each.value.ami_id, var.self_managed_node_group_defaults.ami_id, "")
  instance_refresh                       = try(each.value.instance_refresh, var.self_managed_node_group_defaults.instance_refresh, local.instance_refresh)
  vpc_security_group_ids                 = compact(concat([local.node_security_group], try(each.value.vpc_security_group_ids, var.self_managed_node_group_defaults.vpc_security_group_ids, [])))
  cluster_primary_security_group_id      = try(each.value.attach_cluster_primary_security_group, var.self_managed_node_group_defaults.attach_cluster_primary_security_group, false) ? local.primary_security_group : null
  availability_zones                     = try(each.value.availability_zones, var.self_managed_node_group_defaults.availability_zones, null)
  min_size                               = try(each.value.min_size, var.self_managed_node_group_defaults.min_size, 0)
  max_size                               = try(each.value.max_size, var.self_managed_node_group_defaults.max_size, 3)
  desired_size                           = try(each.value.desired_size, var.self_managed_node_group_defaults.desired_size, 1)
  use_name_prefix                        = try(each.value.use_name_prefix, var.self_managed_node_group_defaults.use_name_prefix, true)
  create_launch_template                 = try(each.value.create_launch_template, var.self_managed_node_group_defaults.create_launch_template, true)
  launch_template_id                     = try(each.value.launch_template_id, var.self_managed_node_group_defaults.launch_template_id, "")
  launch_template_version                = try(each.value.launch_template_version, var.self_managed_node_group_defaults.launch_template_version, null)
  launch_template_default_version        = try(each.value.launch_template_default_version, var.self_managed_node_group_defaults.launch_template_default_version, null)
  update_launch_template_default_version = try(each.value.update_launch_template_default_version, var.self_managed_node_group_defaults.update_launch_template_default_version, true)
  use_mixed_instances_policy             = try(each.value.use_mixed_instances_policy, var.self_managed_node_group_defaults.use_mixed_instances_policy, false)
  mixed_instances_policy                 = try(each.value.mixed_instances_policy, var.self_managed_node_group_defaults.mixed_instances_policy, null)
  max_instance_lifetime                  = try(each.value.max_instance_lifetime, var.self_managed_node_group_defaults.max_instance_lifetime, null)
  metadata_options                       = try(each.value.metadata_options, var.self_managed_node_group_defaults.metadata_options, local.imds)
  network_interfaces                     = try(each.value.network_interfaces, var.self_managed_node_group_defaults.network_interfaces, [])
  create_iam_instance_profile            = try(each.value.create_iam_instance_profile, var.self_managed_node_group_defaults.create_iam_instance_profile, true)
  iam_instance_profile_arn               = try(each.value.iam_instance_profile_arn, var.self_managed_node_group_defaults.iam_instance_profile_arn, null)
  create_access_entry                    = try(each.value.create_access_entry, var.self_managed_node_group_defaults.create_access_entry, true)
  pre_bootstrap_user_data                = try(each.value.pre_bootstrap_user_data, var.self_managed_node_group_defaults.pre_bootstrap_user_data, "")
  post_bootstrap_user_data               = try(each.value.post_bootstrap_user_data, var.self_managed_node_group_defaults.post_bootstrap_user_data, "")
  bootstrap_extra_args                   = try(each.value.bootstrap_extra_args, var.self_managed_node_group_defaults.bootstrap_extra_args, "")
  iam_role_arn                           = try(each.value.iam_role_arn, var.self_managed_node_group_defaults.iam_role_arn, null)
  iam_role_name                          = try(each.value.iam_role_name, var.self_managed_node_group_defaults.iam_role_name, null)
  iam_role_use_name_prefix               = try(each.value.iam_role_use_name_prefix, var.self_managed_node_group_defaults.iam_role_use_name_prefix, true)
  iam_role_path                          = try(each.value.iam_role_path, var.self_managed_node_group_defaults.iam_role_path, null)
  iam_role_permissions_boundary          = try(each.value.iam_role_permissions_boundary, var.self_managed_node_group_defaults.iam_role_permissions_boundary, null)
  iam_role_attach_cni_policy             = try(each.value.iam_role_attach_cni_policy, var.self_managed_node_group_defaults.iam_role_attach_cni_policy, true)
  iam_role_additional_policies           = try(each.value.iam_role_additional_policies, var.self_managed_node_group_defaults.iam_role_additional_policies, {})
  create_iam_role_policy                 = try(each.value.create_iam_role_policy, var.self_managed_node_group_defaults.create_iam_role_policy, true)
  iam_role_policy_statements             = try(each.value.iam_role_policy_statements, var.self_managed_node_group_defaults.iam_role_policy_statements, [])
}

module "fargate_profile" {
  source   = "./modules/fargate-profile"
  for_each = { for key, each in var.fargate_profiles : key => each if var.create && !local.is_outpost }

  create                        = try(each.value.create, true)
  cluster_name                  = local.pool_cluster
  cluster_ip_family             = local.ip_family
  name                          = try(each.value.name, each.key)
  subnet_ids                    = try(each.value.subnet_ids, var.fargate_profile_defaults.subnet_ids, var.subnet_ids)
  selectors                     = try(each.value.selectors, var.fargate_profile_defaults.selectors, [])
  create_iam_role               = try(each.value.create_iam_role, var.fargate_profile_defaults.create_iam_role, true)
  iam_role_arn                  = try(each.value.iam_role_arn, var.fargate_profile_defaults.iam_role_arn, null)
  iam_role_name                 = try(each.value.iam_role_name, var.fargate_profile_defaults.iam_role_name, null)
  iam_role_use_name_prefix      = try(each.value.iam_role_use_name_prefix, var.fargate_profile_defaults.iam_role_use_name_prefix, true)
  iam_role_path                 = try(each.value.iam_role_path, var.fargate_profile_defaults.iam_role_path, null)
  iam_role_permissions_boundary = try(each.value.iam_role_permissions_boundary, var.fargate_profile_defaults.iam_role_permissions_boundary, null)
  iam_role_attach_cni_policy    = try(each.value.iam_role_attach_cni_policy, var.fargate_profile_defaults.iam_role_attach_cni_policy, true)
  iam_role_additional_policies  = try(each.value.iam_role_additional_policies, var.fargate_profile_defaults.iam_role_additional_policies, {})
  create_iam_role_policy        = try(each.value.create_iam_role_policy, var.fargate_profile_defaults.create_iam_role_policy, true)
  iam_role_policy_statements    = try(each.value.iam_role_policy_statements, var.fargate_profile_defaults.iam_role_policy_statements, [])
}
