# Version 21 drops "cluster" from the names of its inputs, and takes null where a map was empty.

variable "outpost_config" {
  default = null
}

locals {
  cluster_name     = var.name
  cluster_version  = var.kubernetes_version
  ip_family        = var.ip_family
  private_endpoint = var.endpoint_private_access
  public_endpoint  = var.endpoint_public_access
  addons           = var.addons == null ? {} : var.addons
  compute          = var.compute_config
  is_outpost       = var.outpost_config != null
  is_encrypted     = var.encryption_config != null && var.attach_encryption_policy && !local.is_outpost
  is_auto          = try(var.compute_config.enabled, false) == true || var.create_auto_mode_iam_resources
  auto_pools       = try(var.compute_config.node_pools, null)
  auto_role        = local.auto_pools != null ? try(aws_iam_role.eks_auto[0].arn, var.compute_config.node_role_arn) : null
  own_addons       = false
  controls_pods    = false
  has_tag_policy   = local.has_role && local.is_auto && var.enable_auto_mode_custom_tags
}
