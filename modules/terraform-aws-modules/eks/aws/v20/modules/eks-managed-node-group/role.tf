# The role of the nodes.

variable "create_iam_role" {
  default  = true
  nullable = false
}

variable "iam_role_arn" {
  default = null
}

variable "iam_role_name" {
  default = null
}

variable "iam_role_use_name_prefix" {
  default  = true
  nullable = false
}

variable "iam_role_path" {
  default = null
}

variable "iam_role_permissions_boundary" {
  default = null
}

variable "iam_role_attach_cni_policy" {
  default  = true
  nullable = false
}

variable "create_iam_role_policy" {
  default  = true
  nullable = false
}

variable "iam_role_policy_statements" {
  default  = []
  nullable = false
}

variable "iam_role_additional_policies" {
  default  = {}
  nullable = false
}

locals {
  has_role   = var.create && var.create_iam_role
  has_policy = local.has_role && var.create_iam_role_policy && length(var.iam_role_policy_statements) > 0
  role_name  = coalesce(var.iam_role_name, "${var.name}-eks-node-group")
}

locals {
  dns_suffix   = "amazonaws.com"
  aws_policies = "arn:${data.aws_partition.current.partition}:iam::aws:policy"
  account      = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:policy"
  policies = merge(
    { for name in ["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryReadOnly"] : name => "${local.aws_policies}/${name}" },
    var.iam_role_attach_cni_policy && var.cluster_ip_family == "ipv4" ? { AmazonEKS_CNI_Policy = "${local.aws_policies}/AmazonEKS_CNI_Policy" } : {},
    var.iam_role_attach_cni_policy && var.cluster_ip_family == "ipv6" ? { AmazonEKS_CNI_IPv6_Policy = "${local.account}/AmazonEKS_CNI_IPv6_Policy" } : {},
  )
}

data "aws_partition" "current" {}

data "aws_caller_identity" "current" {}

data "aws_iam_policy_document" "assume_role_policy" {
  count = local.has_role ? 1 : 0

  statement {
    sid     = "EKSNodeAssumeRole"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ec2.${local.dns_suffix}"]
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
  for_each = { for name, arn in local.policies : name => arn if local.has_role }

  policy_arn = each.value
  role       = aws_iam_role.this[0].name
}

resource "aws_iam_role_policy_attachment" "additional" {
  for_each = { for name, arn in var.iam_role_additional_policies : name => arn if local.has_role }

  policy_arn = each.value
  role       = aws_iam_role.this[0].name
}

data "aws_iam_policy_document" "role" {
  count = local.has_policy ? 1 : 0

  dynamic "statement" {
    for_each = var.iam_role_policy_statements
    content {
      sid           = try(statement.value.sid, null)
      effect        = try(statement.value.effect, null)
      actions       = try(statement.value.actions, null)
      not_actions   = try(statement.value.not_actions, null)
      resources     = try(statement.value.resources, null)
      not_resources = try(statement.value.not_resources, null)

      dynamic "condition" {
        for_each = coalesce(try(statement.value.conditions, statement.value.condition, []), [])
        content {
          test     = condition.value.test
          variable = condition.value.variable
          values   = condition.value.values
        }
      }
    }
  }
}

resource "aws_iam_role_policy" "this" {
  count = local.has_policy ? 1 : 0

  policy = data.aws_iam_policy_document.role[0].json
  role   = aws_iam_role.this[0].id
}

output "iam_role_name" {
  value = try(aws_iam_role.this[0].name, null)
}

output "iam_role_arn" {
  value = try(aws_iam_role.this[0].arn, var.iam_role_arn)
}
