# The pools of version 21: what a group does not say, the module of its kind says.

variable "eks_managed_node_groups" {
  type = map(object({
    create                                 = optional(bool)
    name                                   = optional(string)
    kubernetes_version                     = optional(string)
    subnet_ids                             = optional(list(string))
    min_size                               = optional(number)
    max_size                               = optional(number)
    desired_size                           = optional(number)
    ami_id                                 = optional(string)
    ami_type                               = optional(string)
    ami_release_version                    = optional(string)
    use_latest_ami_release_version         = optional(bool)
    node_repair_config                     = optional(object({ enabled = optional(bool) }))
    labels                                 = optional(map(string))
    taints                                 = optional(map(object({ key = string, value = optional(string), effect = string })))
    vpc_security_group_ids                 = optional(list(string), [])
    attach_cluster_primary_security_group  = optional(bool, false)
    create_security_group                  = optional(bool)
    security_group_ingress_rules           = optional(map(object({ ip_protocol = optional(string, "tcp"), from_port = optional(string), to_port = optional(string), cidr_ipv4 = optional(string), cidr_ipv6 = optional(string), prefix_list_id = optional(string), referenced_security_group_id = optional(string), self = optional(bool, false) })), {})
    security_group_egress_rules            = optional(map(object({ ip_protocol = optional(string, "tcp"), from_port = optional(string), to_port = optional(string), cidr_ipv4 = optional(string), cidr_ipv6 = optional(string), prefix_list_id = optional(string), referenced_security_group_id = optional(string), self = optional(bool, false) })), {})
    update_config                          = optional(object({ max_unavailable = optional(number), max_unavailable_percentage = optional(number) }))
    use_name_prefix                        = optional(bool)
    create_launch_template                 = optional(bool)
    use_custom_launch_template             = optional(bool)
    launch_template_id                     = optional(string)
    launch_template_version                = optional(string)
    launch_template_default_version        = optional(string)
    update_launch_template_default_version = optional(bool)
    network_interfaces                     = optional(list(object({ associate_public_ip_address = optional(bool), security_groups = optional(list(string), []) })))
    metadata_options                       = optional(object({ http_endpoint = optional(string, "enabled"), http_tokens = optional(string, "required"), http_put_response_hop_limit = optional(number, 1) }))
    enable_efa_support                     = optional(bool)
    create_placement_group                 = optional(bool)
    enable_bootstrap_user_data             = optional(bool)
    cloudinit_pre_nodeadm                  = optional(list(object({ content = string })))
    user_data_template_path                = optional(string)
    pre_bootstrap_user_data                = optional(string)
    post_bootstrap_user_data               = optional(string)
    bootstrap_extra_args                   = optional(string)
    create_iam_role                        = optional(bool)
    iam_role_arn                           = optional(string)
    iam_role_name                          = optional(string)
    iam_role_use_name_prefix               = optional(bool)
    iam_role_path                          = optional(string)
    iam_role_permissions_boundary          = optional(string)
    iam_role_attach_cni_policy             = optional(bool)
    iam_role_additional_policies           = optional(map(string))
    create_iam_role_policy                 = optional(bool)
    iam_role_policy_statements             = optional(list(object({ sid = optional(string), effect = optional(string), actions = optional(list(string)), not_actions = optional(list(string)), resources = optional(list(string)), not_resources = optional(list(string)), condition = optional(list(object({ test = string, variable = string, values = list(string) }))) })))
  }))
  default = null
}

variable "self_managed_node_groups" {
  type = map(object({
    create                                 = optional(bool)
    name                                   = optional(string)
    kubernetes_version                     = optional(string)
    create_autoscaling_group               = optional(bool)
    ami_id                                 = optional(string)
    instance_refresh                       = optional(object({ strategy = optional(string), preferences = optional(any), triggers = optional(list(string)) }))
    vpc_security_group_ids                 = optional(list(string), [])
    attach_cluster_primary_security_group  = optional(bool, false)
    create_security_group                  = optional(bool)
    security_group_ingress_rules           = optional(map(object({ ip_protocol = optional(string, "tcp"), from_port = optional(string), to_port = optional(string), cidr_ipv4 = optional(string), cidr_ipv6 = optional(string), prefix_list_id = optional(string), referenced_security_group_id = optional(string), self = optional(bool, false) })), {})
    security_group_egress_rules            = optional(map(object({ ip_protocol = optional(string, "tcp"), from_port = optional(string), to_port = optional(string), cidr_ipv4 = optional(string), cidr_ipv6 = optional(string), prefix_list_id = optional(string), referenced_security_group_id = optional(string), self = optional(bool, false) })), {})
    enable_efa_support                     = optional(bool)
    subnet_ids                             = optional(list(string))
    availability_zones                     = optional(list(string))
    min_size                               = optional(number)
    max_size                               = optional(number)
    desired_size                           = optional(number)
    use_name_prefix                        = optional(bool)
    create_launch_template                 = optional(bool)
    launch_template_id                     = optional(string)
    launch_template_version                = optional(string)
    launch_template_default_version        = optional(string)
    update_launch_template_default_version = optional(bool)
    use_mixed_instances_policy             = optional(bool)
    mixed_instances_policy                 = optional(object({ launch_template = optional(object({ override = optional(list(object({ launch_template_specification = optional(object({ launch_template_id = optional(string) })) }))) })) }))
    max_instance_lifetime                  = optional(number)
    network_interfaces                     = optional(list(object({ associate_public_ip_address = optional(bool), security_groups = optional(list(string), []) })))
    metadata_options                       = optional(object({ http_endpoint = optional(string, "enabled"), http_tokens = optional(string, "required"), http_put_response_hop_limit = optional(number, 1) }))
    create_iam_instance_profile            = optional(bool)
    iam_instance_profile_arn               = optional(string)
    create_access_entry                    = optional(bool)
    pre_bootstrap_user_data                = optional(string)
    post_bootstrap_user_data               = optional(string)
    bootstrap_extra_args                   = optional(string)
    iam_role_arn                           = optional(string)
    iam_role_name                          = optional(string)
    iam_role_use_name_prefix               = optional(bool)
    iam_role_path                          = optional(string)
    iam_role_permissions_boundary          = optional(string)
    iam_role_attach_cni_policy             = optional(bool)
    iam_role_additional_policies           = optional(map(string))
    create_iam_role_policy                 = optional(bool)
    iam_role_policy_statements             = optional(list(object({ sid = optional(string), effect = optional(string), actions = optional(list(string)), not_actions = optional(list(string)), resources = optional(list(string)), not_resources = optional(list(string)), condition = optional(list(object({ test = string, variable = string, values = list(string) }))) })))
  }))
  default = null
}

variable "fargate_profiles" {
  type = map(object({
    create                        = optional(bool)
    name                          = optional(string)
    subnet_ids                    = optional(list(string))
    selectors                     = optional(list(object({ namespace = string, labels = optional(map(string)) })))
    create_iam_role               = optional(bool)
    iam_role_arn                  = optional(string)
    iam_role_name                 = optional(string)
    iam_role_use_name_prefix      = optional(bool)
    iam_role_path                 = optional(string)
    iam_role_permissions_boundary = optional(string)
    iam_role_attach_cni_policy    = optional(bool)
    iam_role_additional_policies  = optional(map(string))
    create_iam_role_policy        = optional(bool)
    iam_role_policy_statements    = optional(list(object({ sid = optional(string), effect = optional(string), actions = optional(list(string)), not_actions = optional(list(string)), resources = optional(list(string)), not_resources = optional(list(string)), condition = optional(list(object({ test = string, variable = string, values = list(string) }))) })))
  }))
  default = null
}

module "eks_managed_node_group" {
  source   = "./modules/eks-managed-node-group"
  for_each = { for key, each in coalesce(var.eks_managed_node_groups, {}) : key => each if var.create && !local.is_outpost }

  create                                 = each.value.create
  cluster_name                           = local.pool_cluster
  cluster_ip_family                      = local.ip_family
  name                                   = coalesce(each.value.name, each.key)
  cluster_version                        = coalesce(each.value.kubernetes_version, local.cluster_version)
  subnet_ids                             = coalesce(each.value.subnet_ids, var.subnet_ids)
  min_size                               = each.value.min_size
  max_size                               = each.value.max_size
  desired_size                           = each.value.desired_size
  ami_id                                 = each.value.ami_id
  ami_type                               = each.value.ami_type
  labels                                 = each.value.labels
  taints                                 = each.value.taints
  vpc_security_group_ids                 = compact(concat([local.node_security_group], each.value.vpc_security_group_ids))
  cluster_primary_security_group_id      = each.value.attach_cluster_primary_security_group ? local.primary_security_group : null
  create_security_group                  = each.value.create_security_group
  security_group_ingress_rules           = each.value.security_group_ingress_rules
  security_group_egress_rules            = each.value.security_group_egress_rules
  ami_release_version                    = each.value.ami_release_version
  use_latest_ami_release_version         = each.value.use_latest_ami_release_version
  node_repair_config                     = each.value.node_repair_config
  update_config                          = each.value.update_config
  use_name_prefix                        = each.value.use_name_prefix
  create_launch_template                 = each.value.create_launch_template
  use_custom_launch_template             = each.value.use_custom_launch_template
  launch_template_id                     = each.value.launch_template_id
  launch_template_version                = each.value.launch_template_version
  launch_template_default_version        = each.value.launch_template_default_version
  update_launch_template_default_version = each.value.update_launch_template_default_version
  metadata_options                       = each.value.metadata_options
  network_interfaces                     = each.value.network_interfaces
  enable_efa_support                     = each.value.enable_efa_support
  create_placement_group                 = each.value.create_placement_group
  enable_bootstrap_user_data             = each.value.enable_bootstrap_user_data
  cloudinit_pre_nodeadm                  = each.value.cloudinit_pre_nodeadm
  user_data_template_path                = each.value.user_data_template_path
  pre_bootstrap_user_data                = each.value.pre_bootstrap_user_data
  post_bootstrap_user_data               = each.value.post_bootstrap_user_data
  bootstrap_extra_args                   = each.value.bootstrap_extra_args
  create_iam_role                        = each.value.create_iam_role
  iam_role_arn                           = each.value.iam_role_arn
  iam_role_name                          = each.value.iam_role_name
  iam_role_use_name_prefix               = each.value.iam_role_use_name_prefix
  iam_role_path                          = each.value.iam_role_path
  iam_role_permissions_boundary          = each.value.iam_role_permissions_boundary
  iam_role_attach_cni_policy             = each.value.iam_role_attach_cni_policy
  iam_role_additional_policies           = each.value.iam_role_additional_policies
  create_iam_role_policy                 = each.value.create_iam_role_policy
  iam_role_policy_statements             = each.value.iam_role_policy_statements
}

module "self_managed_node_group" {
  source   = "./modules/self-managed-node-group"
  for_each = { for key, each in coalesce(var.self_managed_node_groups, {}) : key => each if var.create && !local.is_outpost }

  create                                 = each.value.create
  cluster_name                           = local.pool_cluster
  cluster_ip_family                      = local.ip_family
  name                                   = coalesce(each.value.name, each.key)
  cluster_version                        = coalesce(each.value.kubernetes_version, local.cluster_version)
  create_autoscaling_group               = each.value.create_autoscaling_group
  subnet_ids                             = coalesce(each.value.subnet_ids, var.subnet_ids)
  ami_id                                 = each.value.ami_id
  instance_refresh                       = each.value.instance_refresh
  vpc_security_group_ids                 = compact(concat([local.node_security_group], each.value.vpc_security_group_ids))
  cluster_primary_security_group_id      = each.value.attach_cluster_primary_security_group ? local.primary_security_group : null
  create_security_group                  = each.value.create_security_group
  security_group_ingress_rules           = each.value.security_group_ingress_rules
  security_group_egress_rules            = each.value.security_group_egress_rules
  enable_efa_support                     = each.value.enable_efa_support
  availability_zones                     = each.value.availability_zones
  min_size                               = each.value.min_size
  max_size                               = each.value.max_size
  desired_size                           = each.value.desired_size
  use_name_prefix                        = each.value.use_name_prefix
  create_launch_template                 = each.value.create_launch_template
  launch_template_id                     = each.value.launch_template_id
  launch_template_version                = each.value.launch_template_version
  launch_template_default_version        = each.value.launch_template_default_version
  update_launch_template_default_version = each.value.update_launch_template_default_version
  use_mixed_instances_policy             = each.value.use_mixed_instances_policy
  mixed_instances_policy                 = each.value.mixed_instances_policy
  max_instance_lifetime                  = each.value.max_instance_lifetime
  metadata_options                       = each.value.metadata_options
  network_interfaces                     = each.value.network_interfaces
  create_iam_instance_profile            = each.value.create_iam_instance_profile
  iam_instance_profile_arn               = each.value.iam_instance_profile_arn
  create_access_entry                    = each.value.create_access_entry
  pre_bootstrap_user_data                = each.value.pre_bootstrap_user_data
  post_bootstrap_user_data               = each.value.post_bootstrap_user_data
  bootstrap_extra_args                   = each.value.bootstrap_extra_args
  iam_role_arn                           = each.value.iam_role_arn
  iam_role_name                          = each.value.iam_role_name
  iam_role_use_name_prefix               = each.value.iam_role_use_name_prefix
  iam_role_path                          = each.value.iam_role_path
  iam_role_permissions_boundary          = each.value.iam_role_permissions_boundary
  iam_role_attach_cni_policy             = each.value.iam_role_attach_cni_policy
  iam_role_additional_policies           = each.value.iam_role_additional_policies
  create_iam_role_policy                 = each.value.create_iam_role_policy
  iam_role_policy_statements             = each.value.iam_role_policy_statements
}

module "fargate_profile" {
  source   = "./modules/fargate-profile"
  for_each = { for key, each in coalesce(var.fargate_profiles, {}) : key => each if var.create && !local.is_outpost }

  create                        = each.value.create
  cluster_name                  = local.pool_cluster
  cluster_ip_family             = local.ip_family
  name                          = coalesce(each.value.name, each.key)
  subnet_ids                    = coalesce(each.value.subnet_ids, var.subnet_ids)
  selectors                     = each.value.selectors
  create_iam_role               = each.value.create_iam_role
  iam_role_arn                  = each.value.iam_role_arn
  iam_role_name                 = each.value.iam_role_name
  iam_role_use_name_prefix      = each.value.iam_role_use_name_prefix
  iam_role_path                 = each.value.iam_role_path
  iam_role_permissions_boundary = each.value.iam_role_permissions_boundary
  iam_role_attach_cni_policy    = each.value.iam_role_attach_cni_policy
  iam_role_additional_policies  = each.value.iam_role_additional_policies
  create_iam_role_policy        = each.value.create_iam_role_policy
  iam_role_policy_statements    = each.value.iam_role_policy_statements
}
