# The role of the control plane, and that of the nodes of Auto Mode.

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
  default = null
}

variable "iam_role_permissions_boundary" {
  default = null
}

variable "iam_role_additional_policies" {
  default = {}
}

variable "enable_security_groups_for_pods" {
  default = true
}

variable "attach_cluster_encryption_policy" {
  default = true
}

variable "enable_auto_mode_custom_tags" {
  default = true
}

variable "create_node_iam_role" {
  default = true
}

variable "node_iam_role_name" {
  default = null
}

variable "node_iam_role_use_name_prefix" {
  default = true
}

variable "node_iam_role_path" {
  default = null
}

variable "node_iam_role_permissions_boundary" {
  default = null
}

variable "node_iam_role_additional_policies" {
  default = {}
}

locals {
  has_role      = var.create && var.create_iam_role
  has_auto_role = var.create && var.create_node_iam_role && local.is_auto
  cluster_role  = try(aws_iam_role.this[0].arn, var.iam_role_arn)
  role_name     = coalesce(var.iam_role_name, "${local.cluster_name}-cluster")
  auto_name     = coalesce(var.node_iam_role_name, "${local.cluster_name}-eks-auto")
  aws_policies  = "arn:${try(data.aws_partition.current[0].partition, "")}:iam::aws:policy"

  cluster_actions = ["sts:AssumeRole", "sts:TagSession"]

  controls_pods  = var.enable_security_groups_for_pods && !local.is_outpost && !local.is_auto
  has_tag_policy = local.has_role && var.enable_auto_mode_custom_tags

  cluster_policies = merge(
    { AmazonEKSClusterPolicy = local.is_outpost ? "${local.aws_policies}/AmazonEKSLocalOutpostClusterPolicy" : "${local.aws_policies}/AmazonEKSClusterPolicy" },
    local.is_auto && !local.is_outpost ? { for name in ["AmazonEKSComputePolicy", "AmazonEKSBlockStoragePolicy", "AmazonEKSLoadBalancingPolicy", "AmazonEKSNetworkingPolicy"] : name => "${local.aws_policies}/${name}" } : {},
    local.controls_pods ? { AmazonEKSVPCResourceController = "${local.aws_policies}/AmazonEKSVPCResourceController" } : {},
  )
}

data "aws_iam_policy_document" "assume_role_policy" {
  count = local.has_role ? 1 : 0

  statement {
    sid     = "EKSClusterAssumeRole"
    actions = local.cluster_actions

    principals {
      type        = "Service"
      identifiers = ["eks.${local.dns_suffix}"]
    }

    dynamic "principals" {
      for_each = local.is_outpost ? [1] : []
      content {
        type        = "Service"
        identifiers = ["ec2.${local.dns_suffix}"]
      }
    }
  }
}

resource "aws_iam_role" "this" {
  count = local.has_role ? 1 : 0

  name                 = var.iam_role_use_name_prefix ? null : local.role_name
  name_prefix          = var.iam_role_use_name_prefix ? "${local.role_name}-" : null
  path                 = var.iam_role_path
  assume_role_policy   = data.aws_iam_policy_document.assume_role_policy[0].json
  permissions_boundary = var.iam_role_permissions_boundary
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each = { for name, arn in local.cluster_policies : name => arn if local.has_role }

  policy_arn = each.value
  role       = aws_iam_role.this[0].name
}

resource "aws_iam_role_policy_attachment" "additional" {
  for_each = { for name, arn in var.iam_role_additional_policies : name => arn if local.has_role }

  policy_arn = each.value
  role       = aws_iam_role.this[0].name
}

# Policies of the module's own, for the control plane: none of them has to do with images.
resource "aws_iam_role_policy_attachment" "cluster_encryption" {
  count = local.has_role && local.is_encrypted ? 1 : 0

  policy_arn = aws_iam_policy.cluster_encryption[0].arn
  role       = aws_iam_role.this[0].name
}

resource "aws_iam_policy" "cluster_encryption" {
  count = local.has_role && local.is_encrypted ? 1 : 0

  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["kms:Encrypt", "kms:Decrypt", "kms:ListGrants", "kms:DescribeKey"], Resource = "*" }] })
}

resource "aws_iam_role_policy_attachment" "custom" {
  count = local.has_tag_policy ? 1 : 0

  policy_arn = aws_iam_policy.custom[0].arn
  role       = aws_iam_role.this[0].name
}

resource "aws_iam_policy" "custom" {
  count = local.has_tag_policy ? 1 : 0

  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["ec2:CreateFleet", "ec2:RunInstances", "ec2:CreateLaunchTemplate"], Resource = "*" }] })
}

data "aws_iam_policy_document" "node_assume_role_policy" {
  count = local.has_auto_role ? 1 : 0

  statement {
    sid     = "EKSAutoNodeAssumeRole"
    actions = ["sts:AssumeRole", "sts:TagSession"]

    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "eks_auto" {
  count = local.has_auto_role ? 1 : 0

  name                 = var.node_iam_role_use_name_prefix ? null : local.auto_name
  name_prefix          = var.node_iam_role_use_name_prefix ? "${local.auto_name}-" : null
  path                 = var.node_iam_role_path
  assume_role_policy   = data.aws_iam_policy_document.node_assume_role_policy[0].json
  permissions_boundary = var.node_iam_role_permissions_boundary
}

resource "aws_iam_role_policy_attachment" "eks_auto" {
  for_each = { for name in ["AmazonEKSWorkerNodeMinimalPolicy", "AmazonEC2ContainerRegistryPullOnly"] : name => "${local.aws_policies}/${name}" if local.has_auto_role }

  policy_arn = each.value
  role       = aws_iam_role.eks_auto[0].name
}

resource "aws_iam_role_policy_attachment" "eks_auto_additional" {
  for_each = { for name, arn in var.node_iam_role_additional_policies : name => arn if local.has_auto_role }

  policy_arn = each.value
  role       = aws_iam_role.eks_auto[0].name
}
