# A cluster, the provider of its tokens, its add-ons and access entries, and its pools. The pools stand in modules of their own.

variable "create" {
  default = true
}

variable "cluster_name" {
  default = ""
}

variable "cluster_version" {
  default = null
}

variable "vpc_id" {
  default = null
}

variable "subnet_ids" {
  default = []
}

variable "control_plane_subnet_ids" {
  default = []
}

variable "cluster_endpoint_private_access" {
  default = true
}

variable "cluster_endpoint_public_access" {
  default = false
}

variable "cluster_ip_family" {
  default = "ipv4"
}

variable "authentication_mode" {
  default = "API_AND_CONFIG_MAP"
}

variable "bootstrap_self_managed_addons" {
  default = null
}

variable "cluster_compute_config" {
  default = {}
}

variable "outpost_config" {
  default = {}
}

variable "cluster_addons" {
  default = {}
}

variable "access_entries" {
  default = {}
}

variable "enable_cluster_creator_admin_permissions" {
  default = false
}

variable "enable_irsa" {
  default = true
}

variable "openid_connect_audiences" {
  default = []
}

variable "cluster_encryption_config" {
  default = {
    resources = ["secrets"]
  }
}

# What the inputs are called, and what follows from them, changes from version to version.
locals {
  cluster_name     = var.cluster_name
  cluster_version  = var.cluster_version
  ip_family        = var.cluster_ip_family
  private_endpoint = var.cluster_endpoint_private_access
  public_endpoint  = var.cluster_endpoint_public_access
  addons           = var.cluster_addons
  compute          = length(var.cluster_compute_config) > 0 ? var.cluster_compute_config : null
  is_outpost       = length(var.outpost_config) > 0
  is_encrypted     = length(var.cluster_encryption_config) > 0 && var.attach_cluster_encryption_policy && !local.is_outpost
  is_auto          = try(var.cluster_compute_config.enabled, false)
  auto_pools       = local.is_auto ? try(var.cluster_compute_config.node_pools, []) : null
  auto_role        = length(coalesce(local.auto_pools, [])) > 0 ? try(var.cluster_compute_config.node_role_arn, aws_iam_role.eks_auto[0].arn, null) : null
  own_addons       = local.is_auto ? coalesce(var.bootstrap_self_managed_addons, false) : var.bootstrap_self_managed_addons
  authentication   = var.authentication_mode
  dns_suffix       = "amazonaws.com"
}

# Pools come after a pause that follows the cluster.
locals {
  pool_cluster = try(time_sleep.this[0].triggers["cluster_name"], local.cluster_name)
}

data "aws_partition" "current" {
  count = var.create ? 1 : 0
}

data "aws_caller_identity" "current" {
  count = var.create ? 1 : 0
}

data "aws_iam_session_context" "current" {
  count = var.create ? 1 : 0

  arn = data.aws_caller_identity.current[0].arn
}

resource "aws_eks_cluster" "this" {
  count = var.create ? 1 : 0

  name                          = local.cluster_name
  role_arn                      = local.cluster_role
  version                       = local.cluster_version
  bootstrap_self_managed_addons = local.own_addons

  dynamic "access_config" {
    for_each = local.authentication != null ? [1] : []
    content {
      authentication_mode = local.authentication
    }
  }

  dynamic "compute_config" {
    for_each = local.compute != null ? [1] : []
    content {
      enabled       = local.is_auto
      node_pools    = local.auto_pools
      node_role_arn = local.auto_role
    }
  }

  vpc_config {
    subnet_ids              = coalescelist(var.control_plane_subnet_ids, var.subnet_ids)
    endpoint_private_access = local.private_endpoint
    endpoint_public_access  = local.public_endpoint
  }

  dynamic "outpost_config" {
    for_each = local.is_outpost ? [var.outpost_config] : []
    content {
      outpost_arns = outpost_config.value.outpost_arns
    }
  }

  # The module leaves the policies of Auto Mode open; at its call nobody can close that, so nothing is said about it.
  depends_on = [aws_iam_role_policy_attachment.this, aws_iam_role_policy_attachment.eks_auto]
}

resource "time_sleep" "this" {
  count = var.create ? 1 : 0

  triggers = {
    cluster_name = aws_eks_cluster.this[0].id
  }
}

resource "aws_iam_openid_connect_provider" "oidc_provider" {
  count = var.create && var.enable_irsa && !local.is_outpost ? 1 : 0

  client_id_list = distinct(compact(concat(["sts.${local.dns_suffix}"], var.openid_connect_audiences)))
  url            = aws_eks_cluster.this[0].identity[0].oidc[0].issuer
}

resource "aws_eks_addon" "this" {
  for_each = { for key, each in local.addons : key => each if var.create && !local.is_outpost && !try(each.before_compute, false) }

  cluster_name             = aws_eks_cluster.this[0].id
  addon_name               = try(each.value.name, each.key)
  configuration_values     = try(each.value.configuration_values, null)
  service_account_role_arn = try(each.value.service_account_role_arn, null)

  dynamic "pod_identity_association" {
    for_each = try(each.value.pod_identity_association, [])
    content {
      role_arn        = pod_identity_association.value.role_arn
      service_account = pod_identity_association.value.service_account
    }
  }

  depends_on = [module.fargate_profile, module.eks_managed_node_group, module.self_managed_node_group]
}

resource "aws_eks_addon" "before_compute" {
  for_each = { for key, each in local.addons : key => each if var.create && !local.is_outpost && try(each.before_compute, false) }

  cluster_name             = aws_eks_cluster.this[0].id
  addon_name               = try(each.value.name, each.key)
  configuration_values     = try(each.value.configuration_values, null)
  service_account_role_arn = try(each.value.service_account_role_arn, null)

  dynamic "pod_identity_association" {
    for_each = try(each.value.pod_identity_association, [])
    content {
      role_arn        = pod_identity_association.value.role_arn
      service_account = pod_identity_association.value.service_account
    }
  }
}

locals {
  creator = var.enable_cluster_creator_admin_permissions ? { cluster_creator = { principal_arn = try(data.aws_iam_session_context.current[0].issuer_arn, "") } } : {}
}

resource "aws_eks_access_entry" "this" {
  for_each = { for key, each in merge(local.creator, var.access_entries) : key => each if var.create }

  cluster_name  = aws_eks_cluster.this[0].id
  principal_arn = each.value.principal_arn
  type          = try(each.value.type, "STANDARD")
}

resource "aws_eks_access_policy_association" "this" {
  for_each = { for key, each in merge(local.creator, var.access_entries) : key => each if var.create }

  cluster_name  = aws_eks_cluster.this[0].id
  principal_arn = each.value.principal_arn
  depends_on    = [aws_eks_access_entry.this]
}
