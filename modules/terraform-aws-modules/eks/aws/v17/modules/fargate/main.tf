# Fargate profiles with one role for all of them.

variable "create_eks" {
  default = true
}

variable "create_fargate_pod_execution_role" {
  default = true
}

variable "fargate_pod_execution_role_name" {
  default = null
}

variable "cluster_name" {
  default = ""
}

variable "fargate_profiles" {
  default = {}
}

variable "subnets" {
  default = []
}

variable "permissions_boundary" {
  default = null
}

variable "iam_path" {
  default = "/"
}

locals {
  has_profiles = var.create_eks && length(var.fargate_profiles) > 0
  role_arn     = coalescelist(aws_iam_role.eks_fargate_pod[*].arn, data.aws_iam_role.custom_fargate_iam_role[*].arn, [""])[0]
  role_name    = coalescelist(aws_iam_role.eks_fargate_pod[*].name, data.aws_iam_role.custom_fargate_iam_role[*].name, [""])[0]
}

data "aws_partition" "current" {}

data "aws_iam_role" "custom_fargate_iam_role" {
  count = local.has_profiles && !var.create_fargate_pod_execution_role ? 1 : 0

  name = var.fargate_pod_execution_role_name
}

data "aws_iam_policy_document" "eks_fargate_pod_assume_role" {
  count = local.has_profiles && var.create_fargate_pod_execution_role ? 1 : 0

  statement {
    effect  = "Allow"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["eks-fargate-pods.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "eks_fargate_pod" {
  count = local.has_profiles && var.create_fargate_pod_execution_role ? 1 : 0

  name_prefix          = format("%s-fargate", substr(var.cluster_name, 0, 24))
  path                 = var.iam_path
  assume_role_policy   = data.aws_iam_policy_document.eks_fargate_pod_assume_role[0].json
  permissions_boundary = var.permissions_boundary
}

resource "aws_iam_role_policy_attachment" "eks_fargate_pod" {
  count = local.has_profiles && var.create_fargate_pod_execution_role ? 1 : 0

  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/AmazonEKSFargatePodExecutionRolePolicy"
  role       = aws_iam_role.eks_fargate_pod[0].name
}

resource "aws_eks_fargate_profile" "this" {
  for_each = { for key, each in var.fargate_profiles : key => each if var.create_eks }

  cluster_name           = var.cluster_name
  fargate_profile_name   = lookup(each.value, "name", format("%s-fargate-%s", var.cluster_name, replace(each.key, "_", "-")))
  pod_execution_role_arn = local.role_arn
  subnet_ids             = lookup(each.value, "subnets", var.subnets)

  dynamic "selector" {
    for_each = each.value.selectors
    content {
      namespace = selector.value["namespace"]
      labels    = lookup(selector.value, "labels", {})
    }
  }

  # The module leaves this open; at its call nobody can close it, so nothing is said about it.
  depends_on = [aws_iam_role_policy_attachment.eks_fargate_pod]
}

output "fargate_profile_ids" {
  value = [for each in aws_eks_fargate_profile.this : each.id]
}

output "fargate_profile_arns" {
  value = [for each in aws_eks_fargate_profile.this : each.arn]
}

output "iam_role_name" {
  value = local.role_name
}

output "iam_role_arn" {
  value = local.role_arn
}
