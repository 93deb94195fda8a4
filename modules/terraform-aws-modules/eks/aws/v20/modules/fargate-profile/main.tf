# A Fargate profile.

variable "create" {
  default  = true
  nullable = false
}

variable "cluster_name" {
  default  = ""
  nullable = false
}

variable "cluster_ip_family" {
  default  = "ipv4"
  nullable = false
}

variable "name" {
  default  = ""
  nullable = false
}

variable "subnet_ids" {
  default  = []
  nullable = false
}

variable "selectors" {
  default  = []
  nullable = false
}

data "aws_region" "current" {}

locals {
  region = data.aws_region.current.name
}

resource "aws_eks_fargate_profile" "this" {
  count = var.create ? 1 : 0

  cluster_name           = var.cluster_name
  fargate_profile_name   = var.name
  pod_execution_role_arn = var.create_iam_role ? aws_iam_role.this[0].arn : var.iam_role_arn
  subnet_ids             = var.subnet_ids

  dynamic "selector" {
    for_each = var.selectors
    content {
      namespace = selector.value.namespace
      labels    = try(selector.value.labels, {})
    }
  }

  # The module leaves this open; at its call nobody can close it, so nothing is said about it.
  depends_on = [aws_iam_role_policy_attachment.this]
}

output "fargate_profile_id" {
  value = try(aws_eks_fargate_profile.this[0].id, null)
}

output "fargate_profile_arn" {
  value = try(aws_eks_fargate_profile.this[0].arn, null)
}

output "fargate_profile_pod_execution_role_arn" {
  value = try(aws_eks_fargate_profile.this[0].pod_execution_role_arn, null)
}
