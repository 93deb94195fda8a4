# Version 18 takes policies as lists, knows no clusters on outposts, and has no pause between the cluster and its pools.

variable "cluster_endpoint_private_access" {
  default = false
}

variable "cluster_endpoint_public_access" {
  default = true
}

variable "iam_role_additional_policies" {
  default = []
}

variable "cluster_encryption_config" {
  default = []
}

locals {
  is_outpost   = false
  pool_cluster = try(aws_eks_cluster.this[0].name, "")
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each = local.has_role ? toset(compact(distinct(concat(values(local.cluster_policies), var.iam_role_additional_policies)))) : toset([])
}

resource "aws_iam_role_policy_attachment" "additional" {
  for_each = {}
}

resource "aws_eks_addon" "this" {
  configuration_values     = null
  service_account_role_arn = lookup(each.value, "service_account_role_arn", null)
}
