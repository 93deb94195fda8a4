# What Karpenter needs: a role for its service account, and a role and an instance profile for its nodes. The queue has nothing to do with images.

variable "create" {
  default = true
}

variable "cluster_name" {
  default = ""
}

variable "cluster_ip_family" {
  default = null
}

variable "create_irsa" {
  default = true
}

variable "irsa_name" {
  default = null
}

variable "irsa_use_name_prefix" {
  default = true
}

variable "irsa_path" {
  default = "/"
}

variable "irsa_permissions_boundary_arn" {
  default = null
}

variable "policies" {
  default = {}
}

variable "irsa_oidc_provider_arn" {
  default = ""
}

variable "irsa_namespace_service_accounts" {
  default = ["karpenter:karpenter"]
}

variable "irsa_assume_role_condition_test" {
  default = "StringEquals"
}

variable "create_iam_role" {
  default = true
}

variable "iam_role_arn" {
  default = null
}

variable "iam_role_name" {
  default = null
}

variable "iam_role_use_name_prefix" {
  default = true
}

variable "iam_role_path" {
  default = "/"
}

variable "iam_role_permissions_boundary" {
  default = null
}

variable "iam_role_attach_cni_policy" {
  default = true
}

variable "iam_role_additional_policies" {
  default = {}
}

variable "create_instance_profile" {
  default = true
}

locals {
  has_irsa     = var.create && var.create_irsa
  has_role     = var.create && var.create_iam_role
  irsa_name    = coalesce(var.irsa_name, "KarpenterIRSA-${var.cluster_name}")
  irsa_url     = replace(var.irsa_oidc_provider_arn, "/^(.*provider/)/", "")
  role_name    = coalesce(var.iam_role_name, "Karpenter-${var.cluster_name}")
  aws_policies = "arn:${data.aws_partition.current.partition}:iam::aws:policy"
  account      = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:policy"
  cni          = var.cluster_ip_family == "ipv6" ? "${local.account}/AmazonEKS_CNI_IPv6_Policy" : "${local.aws_policies}/AmazonEKS_CNI_Policy"
}

data "aws_partition" "current" {}

data "aws_caller_identity" "current" {}

data "aws_iam_policy_document" "irsa_assume_role" {
  count = local.has_irsa ? 1 : 0

  statement {
    effect  = "Allow"
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [var.irsa_oidc_provider_arn]
    }

    condition {
      test     = var.irsa_assume_role_condition_test
      variable = "${local.irsa_url}:sub"
      values   = [for account in var.irsa_namespace_service_accounts : "system:serviceaccount:${account}"]
    }

    condition {
      test     = var.irsa_assume_role_condition_test
      variable = "${local.irsa_url}:aud"
      values   = ["sts.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "irsa" {
  count = local.has_irsa ? 1 : 0

  name                 = var.irsa_use_name_prefix ? null : local.irsa_name
  name_prefix          = var.irsa_use_name_prefix ? "${local.irsa_name}-" : null
  path                 = var.irsa_path
  assume_role_policy   = data.aws_iam_policy_document.irsa_assume_role[0].json
  permissions_boundary = var.irsa_permissions_boundary_arn
}

# What it permits is not written here.
data "aws_iam_policy" "unseen" {
  name = "a policy of the module's own"
}

resource "aws_iam_policy" "irsa" {
  count = local.has_irsa ? 1 : 0

  policy = data.aws_iam_policy.unseen.policy
}

resource "aws_iam_role_policy_attachment" "irsa" {
  count = local.has_irsa ? 1 : 0

  policy_arn = aws_iam_policy.irsa[0].arn
  role       = aws_iam_role.irsa[0].name
}

resource "aws_iam_role_policy_attachment" "irsa_additional" {
  for_each = { for name, arn in var.policies : name => arn if local.has_irsa }

  policy_arn = each.value
  role       = aws_iam_role.irsa[0].name
}

data "aws_iam_policy_document" "assume_role" {
  count = local.has_role ? 1 : 0

  statement {
    sid     = "EKSNodeAssumeRole"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ec2.${data.aws_partition.current.dns_suffix}"]
    }
  }
}

resource "aws_iam_role" "this" {
  count = local.has_role ? 1 : 0

  name                 = var.iam_role_use_name_prefix ? null : local.role_name
  name_prefix          = var.iam_role_use_name_prefix ? "${local.role_name}-" : null
  path                 = var.iam_role_path
  assume_role_policy   = data.aws_iam_policy_document.assume_role[0].json
  permissions_boundary = var.iam_role_permissions_boundary
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each = { for arn in compact([
    "${local.aws_policies}/AmazonEKSWorkerNodePolicy",
    "${local.aws_policies}/AmazonEC2ContainerRegistryReadOnly",
    var.iam_role_attach_cni_policy ? local.cni : "",
  ]) : arn => arn if local.has_role }

  policy_arn = each.value
  role       = aws_iam_role.this[0].name
}

resource "aws_iam_role_policy_attachment" "additional" {
  for_each = { for name, arn in var.iam_role_additional_policies : name => arn if local.has_role }

  policy_arn = each.value
  role       = aws_iam_role.this[0].name
}

resource "aws_iam_instance_profile" "this" {
  count = var.create && var.create_instance_profile ? 1 : 0

  name        = var.iam_role_use_name_prefix ? null : local.role_name
  name_prefix = var.iam_role_use_name_prefix ? "${local.role_name}-" : null
  path        = var.iam_role_path
  role        = var.create_iam_role ? aws_iam_role.this[0].name : try(replace(var.iam_role_arn, "/^(.*role/)/", ""), null)
}

output "irsa_name" {
  value = try(aws_iam_role.irsa[0].name, null)
}

output "irsa_arn" {
  value = try(aws_iam_role.irsa[0].arn, null)
}

output "role_name" {
  value = try(aws_iam_role.this[0].name, null)
}

output "role_arn" {
  value = try(aws_iam_role.this[0].arn, var.iam_role_arn)
}

output "instance_profile_arn" {
  value = try(aws_iam_instance_profile.this[0].arn, null)
}

output "instance_profile_id" {
  value = try(aws_iam_instance_profile.this[0].id, null)
}

output "instance_profile_name" {
  value = try(aws_iam_instance_profile.this[0].name, null)
}
