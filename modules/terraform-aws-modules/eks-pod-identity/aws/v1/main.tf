# A role for pods, and the accounts that get it.

variable "create" {
  default = true
}

variable "name" {
  default = ""
}

variable "use_name_prefix" {
  default = true
}

variable "path" {
  default = "/"
}

variable "permissions_boundary_arn" {
  default = null
}

variable "trust_policy_conditions" {
  default = []
}

variable "trust_policy_statements" {
  default = []
}

variable "associations" {
  default = {}
}

variable "association_defaults" {
  default = {}
}

data "aws_partition" "current" {}

data "aws_iam_policy_document" "assume" {
  count = var.create ? 1 : 0

  statement {
    effect  = "Allow"
    actions = ["sts:AssumeRole", "sts:TagSession"]

    principals {
      type        = "Service"
      identifiers = ["pods.eks.amazonaws.com"]
    }

    dynamic "condition" {
      for_each = var.trust_policy_conditions
      content {
        test     = condition.value.test
        variable = condition.value.variable
        values   = condition.value.values
      }
    }
  }

  dynamic "statement" {
    for_each = var.trust_policy_statements != null ? var.trust_policy_statements : []
    content {
      sid           = try(statement.value.sid, null)
      effect        = try(statement.value.effect, null)
      actions       = try(statement.value.actions, null)
      not_actions   = try(statement.value.not_actions, null)
      resources     = try(statement.value.resources, null)
      not_resources = try(statement.value.not_resources, null)

      dynamic "principals" {
        for_each = try(coalesce(statement.value.principals, []), [])
        content {
          type        = principals.value.type
          identifiers = principals.value.identifiers
        }
      }

      dynamic "not_principals" {
        for_each = try(coalesce(statement.value.not_principals, []), [])
        content {
          type        = not_principals.value.type
          identifiers = not_principals.value.identifiers
        }
      }

      dynamic "condition" {
        for_each = try(coalesce(statement.value.conditions, []), coalesce(statement.value.condition, []), [])
        content {
          test     = condition.value.test
          variable = condition.value.variable
          values   = condition.value.values
        }
      }
    }
  }
}

resource "aws_iam_role" "this" {
  count = var.create ? 1 : 0

  name                 = var.use_name_prefix ? null : var.name
  name_prefix          = var.use_name_prefix ? "${var.name}-" : null
  path                 = var.path
  assume_role_policy   = data.aws_iam_policy_document.assume[0].json
  permissions_boundary = var.permissions_boundary_arn
}

resource "aws_eks_pod_identity_association" "this" {
  for_each = { for name, each in var.associations : name => each if var.create }

  cluster_name    = try(coalesce(each.value.cluster_name, var.association_defaults.cluster_name), each.value.cluster_name, var.association_defaults.cluster_name)
  namespace       = try(coalesce(each.value.namespace, var.association_defaults.namespace), each.value.namespace, var.association_defaults.namespace)
  service_account = try(coalesce(each.value.service_account, var.association_defaults.service_account), each.value.service_account, var.association_defaults.service_account)
  role_arn        = aws_iam_role.this[0].arn
}

output "iam_role_arn" {
  value = try(aws_iam_role.this[0].arn, null)
}

output "iam_role_name" {
  value = try(aws_iam_role.this[0].name, null)
}

output "iam_role_path" {
  value = try(aws_iam_role.this[0].path, null)
}

output "associations" {
  value = aws_eks_pod_identity_association.this
}
