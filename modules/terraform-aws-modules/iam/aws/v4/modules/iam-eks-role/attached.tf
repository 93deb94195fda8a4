# Policies that the call brings.

variable "role_policy_arns" {
  default = []
}

resource "aws_iam_role_policy_attachment" "custom" {
  for_each = toset([for arn in var.role_policy_arns : arn if var.create_role])

  policy_arn = each.key
  role       = aws_iam_role.this[0].name
}
