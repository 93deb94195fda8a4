# A Fargate profile and its role.

variable "fargate_profile" {
  default = {}
}

variable "eks_cluster_id" {
  default = null
}

variable "partition" {
  default = null
}

variable "iam_role_path" {
  default = null
}

variable "iam_role_permissions_boundary" {
  default = null
}

locals {
  has_role = try(var.fargate_profile.create_iam_role, true)
}

data "aws_iam_policy_document" "fargate_assume_role_policy" {
  statement {
    sid     = "EKSFargateAssumeRole"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["eks-fargate-pods.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "fargate" {
  count = local.has_role ? 1 : 0

  name                 = "${var.eks_cluster_id}-${var.fargate_profile.fargate_profile_name}"
  assume_role_policy   = data.aws_iam_policy_document.fargate_assume_role_policy.json
  path                 = var.iam_role_path
  permissions_boundary = var.iam_role_permissions_boundary
}

resource "aws_iam_role_policy_attachment" "fargate_pod_execution_role_policy" {
  for_each = {
    for key, each in toset(concat(["arn:${var.partition}:iam::aws:policy/AmazonEKSFargatePodExecutionRolePolicy"], try(var.fargate_profile.additional_iam_policies, []))) :
    key => each if local.has_role
  }

  policy_arn = each.key
  role       = aws_iam_role.fargate[0].name
}

# Logs are no matter of images.
resource "aws_iam_policy" "cwlogs" {
  count = local.has_role ? 1 : 0

  name = "${var.eks_cluster_id}-${var.fargate_profile.fargate_profile_name}-cwlogs"
  path = var.iam_role_path
}

resource "aws_iam_role_policy_attachment" "cwlogs" {
  count = local.has_role ? 1 : 0

  policy_arn = aws_iam_policy.cwlogs[0].arn
  role       = aws_iam_role.fargate[0].name
}

resource "aws_eks_fargate_profile" "eks_fargate" {
  cluster_name           = var.eks_cluster_id
  fargate_profile_name   = var.fargate_profile.fargate_profile_name
  pod_execution_role_arn = local.has_role ? aws_iam_role.fargate[0].arn : var.fargate_profile.iam_role_arn
  subnet_ids             = var.fargate_profile.subnet_ids

  dynamic "selector" {
    for_each = toset(var.fargate_profile.fargate_profile_namespaces)
    content {
      namespace = selector.value.namespace
      labels    = try(selector.value.k8s_labels, null)
    }
  }

  depends_on = [aws_iam_role_policy_attachment.fargate_pod_execution_role_policy]
}
