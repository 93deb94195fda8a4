# Any profile of the account may assume the role, and policies are told apart by their ARN.

locals {
  is_bound = false
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each = { for arn in values(local.policies) : arn => arn if local.has_role }
}
