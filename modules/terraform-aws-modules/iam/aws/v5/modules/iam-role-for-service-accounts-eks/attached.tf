# Policies that the call brings.

variable "role_policy_arns" {
  default = {}
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each = { for name, arn in var.role_policy_arns : name => arn if var.create_role }

  policy_arn = each.value
  role       = aws_iam_role.this[0].name
}
