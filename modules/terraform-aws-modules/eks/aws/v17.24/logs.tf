# The role of the cluster may not make a log group: none of it has to do with images.

resource "aws_iam_policy" "cluster_deny_log_group" {
  count = local.has_role ? 1 : 0

  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", Action = ["logs:CreateLogGroup"], Resource = "*" }] })
}

resource "aws_iam_role_policy_attachment" "cluster_deny_log_group" {
  count = local.has_role ? 1 : 0

  policy_arn = aws_iam_policy.cluster_deny_log_group[0].arn
  role       = local.cluster_role_name
}
