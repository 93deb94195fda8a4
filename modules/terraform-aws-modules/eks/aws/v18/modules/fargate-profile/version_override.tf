# Policies are a list.

variable "iam_role_additional_policies" {
  default = []
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each = local.has_role ? toset(compact(distinct(concat(values(local.policies), var.iam_role_additional_policies)))) : toset([])
}

resource "aws_iam_role_policy_attachment" "additional" {
  for_each = {}
}
