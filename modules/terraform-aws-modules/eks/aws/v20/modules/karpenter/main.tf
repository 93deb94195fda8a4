# The role of Karpenter's controller, and that of the nodes it starts.

variable "create" {
  default = true
}

variable "cluster_name" {
  default = ""
}

variable "cluster_ip_family" {
  default = "ipv4"
}

variable "create_iam_role" {
  default = true
}

variable "iam_role_name" {
  default = "KarpenterController"
}

variable "iam_role_use_name_prefix" {
  default = true
}

variable "iam_role_path" {
  default = "/"
}

variable "iam_role_permissions_boundary_arn" {
  default = null
}

variable "iam_role_policies" {
  default = {}
}

variable "enable_irsa" {
  default = false
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

variable "enable_pod_identity" {
  default = true
}

variable "create_pod_identity_association" {
  default = false
}

variable "namespace" {
  default = "kube-system"
}

variable "service_account" {
  default = "karpenter"
}

variable "create_node_iam_role" {
  default = true
}

variable "node_iam_role_arn" {
  default = null
}

variable "node_iam_role_name" {
  default = null
}

variable "node_iam_role_use_name_prefix" {
  default = true
}

variable "node_iam_role_path" {
  default = "/"
}

variable "node_iam_role_permissions_boundary" {
  default = null
}

variable "node_iam_role_attach_cni_policy" {
  default = true
}

variable "node_iam_role_additional_policies" {
  default = {}
}

variable "create_access_entry" {
  default = true
}

variable "access_entry_type" {
  default = "EC2_LINUX"
}

variable "create_instance_profile" {
  default = false
}

locals {
  has_controller = var.create && var.create_iam_role
  has_node       = var.create && var.create_node_iam_role
  node_name      = coalesce(var.node_iam_role_name, "Karpenter-${var.cluster_name}")
  issuer         = replace(var.irsa_oidc_provider_arn, "/^(.*provider/)/", "")
  aws_policies   = "arn:${data.aws_partition.current.partition}:iam::aws:policy"
  account        = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:policy"
  ec2_principal  = "ec2.${data.aws_partition.current.dns_suffix}"
  pod_sid        = null
  ecr_policy     = "AmazonEC2ContainerRegistryReadOnly"

  node_policies = merge(
    { for name in ["AmazonEKSWorkerNodePolicy", local.ecr_policy] : name => "${local.aws_policies}/${name}" },
    var.node_iam_role_attach_cni_policy && var.cluster_ip_family == "ipv4" ? { AmazonEKS_CNI_Policy = "${local.aws_policies}/AmazonEKS_CNI_Policy" } : {},
    var.node_iam_role_attach_cni_policy && var.cluster_ip_family == "ipv6" ? { AmazonEKS_CNI_IPv6_Policy = "${local.account}/AmazonEKS_CNI_IPv6_Policy" } : {},
  )
}

data "aws_partition" "current" {}

data "aws_caller_identity" "current" {}

data "aws_iam_policy_document" "controller_assume_role" {
  count = local.has_controller ? 1 : 0

  dynamic "statement" {
    for_each = var.enable_pod_identity ? [1] : []
    content {
      sid     = local.pod_sid
      actions = ["sts:AssumeRole", "sts:TagSession"]

      principals {
        type        = "Service"
        identifiers = ["pods.eks.amazonaws.com"]
      }
    }
  }

  dynamic "statement" {
    for_each = var.enable_irsa ? [1] : []
    content {
      actions = ["sts:AssumeRoleWithWebIdentity"]

      principals {
        type        = "Federated"
        identifiers = [var.irsa_oidc_provider_arn]
      }

      condition {
        test     = var.irsa_assume_role_condition_test
        variable = "${local.issuer}:sub"
        values   = [for account in var.irsa_namespace_service_accounts : "system:serviceaccount:${account}"]
      }

      condition {
        test     = var.irsa_assume_role_condition_test
        variable = "${local.issuer}:aud"
        values   = ["sts.amazonaws.com"]
      }
    }
  }
}

resource "aws_iam_role" "controller" {
  count = local.has_controller ? 1 : 0

  name                 = var.iam_role_use_name_prefix ? null : var.iam_role_name
  name_prefix          = var.iam_role_use_name_prefix ? "${var.iam_role_name}-" : null
  path                 = var.iam_role_path
  assume_role_policy   = data.aws_iam_policy_document.controller_assume_role[0].json
  permissions_boundary = var.iam_role_permissions_boundary_arn
}

# What the controller may do has nothing to do with images.
resource "aws_iam_policy" "controller" {
  count = local.has_controller ? 1 : 0

  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["ec2:RunInstances", "ec2:CreateFleet", "ec2:TerminateInstances"], Resource = "*" }] })
}

resource "aws_iam_role_policy_attachment" "controller" {
  count = local.has_controller ? 1 : 0

  role       = aws_iam_role.controller[0].name
  policy_arn = aws_iam_policy.controller[0].arn
}

resource "aws_iam_role_policy_attachment" "controller_additional" {
  for_each = { for name, arn in var.iam_role_policies : name => arn if local.has_controller }

  role       = aws_iam_role.controller[0].name
  policy_arn = each.value
}

resource "aws_eks_pod_identity_association" "karpenter" {
  count = local.has_controller && var.enable_pod_identity && var.create_pod_identity_association ? 1 : 0

  cluster_name    = var.cluster_name
  namespace       = var.namespace
  service_account = var.service_account
  role_arn        = aws_iam_role.controller[0].arn
}

data "aws_iam_policy_document" "node_assume_role" {
  count = local.has_node ? 1 : 0

  statement {
    sid     = "EKSNodeAssumeRole"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = [local.ec2_principal]
    }
  }
}

resource "aws_iam_role" "node" {
  count = local.has_node ? 1 : 0

  name                 = var.node_iam_role_use_name_prefix ? null : local.node_name
  name_prefix          = var.node_iam_role_use_name_prefix ? "${local.node_name}-" : null
  path                 = var.node_iam_role_path
  assume_role_policy   = data.aws_iam_policy_document.node_assume_role[0].json
  permissions_boundary = var.node_iam_role_permissions_boundary
}

resource "aws_iam_role_policy_attachment" "node" {
  for_each = { for name, arn in local.node_policies : name => arn if local.has_node }

  policy_arn = each.value
  role       = aws_iam_role.node[0].name
}

resource "aws_iam_role_policy_attachment" "node_additional" {
  for_each = { for name, arn in var.node_iam_role_additional_policies : name => arn if local.has_node }

  policy_arn = each.value
  role       = aws_iam_role.node[0].name
}

resource "aws_eks_access_entry" "node" {
  count = var.create && var.create_access_entry ? 1 : 0

  cluster_name  = var.cluster_name
  principal_arn = var.create_node_iam_role ? aws_iam_role.node[0].arn : var.node_iam_role_arn
  type          = var.access_entry_type
}

resource "aws_iam_instance_profile" "this" {
  count = var.create && var.create_instance_profile ? 1 : 0

  name        = var.node_iam_role_use_name_prefix ? null : local.node_name
  name_prefix = var.node_iam_role_use_name_prefix ? "${local.node_name}-" : null
  path        = var.node_iam_role_path
  role        = var.create_node_iam_role ? aws_iam_role.node[0].name : try(replace(var.node_iam_role_arn, "/^(.*role/)/", ""), null)
}

output "iam_role_name" {
  value = try(aws_iam_role.controller[0].name, null)
}

output "iam_role_arn" {
  value = try(aws_iam_role.controller[0].arn, null)
}

output "node_iam_role_name" {
  value = try(aws_iam_role.node[0].name, null)
}

output "node_iam_role_arn" {
  value = try(aws_iam_role.node[0].arn, var.node_iam_role_arn)
}

output "instance_profile_name" {
  value = try(aws_iam_instance_profile.this[0].name, null)
}

output "instance_profile_arn" {
  value = try(aws_iam_instance_profile.this[0].arn, null)
}

output "instance_profile_id" {
  value = try(aws_iam_instance_profile.this[0].id, null)
}

output "namespace" {
  value = var.namespace
}

output "service_account" {
  value = var.service_account
}
