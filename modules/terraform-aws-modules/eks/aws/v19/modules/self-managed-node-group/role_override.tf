# The partition says under which name services assume roles, and policies are told apart by their ARN.

locals {
  dns_suffix = data.aws_partition.current.dns_suffix
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each = { for arn in values(local.policies) : arn => arn if local.has_role }
}

resource "aws_eks_access_entry" "this" {
  count = 0
}
