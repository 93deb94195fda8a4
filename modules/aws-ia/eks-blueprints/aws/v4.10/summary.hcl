versions  = ">= 4.10.0, < 4.13.0"
providers = ["aws", "helm", "kubernetes", "kubectl", "http", "time", "null", "random", "tls", "local", "cloudinit", "bcrypt", "grafana", "template"]
complete = [
  "aws_eks_cluster", "aws_eks_node_group", "aws_eks_fargate_profile", "aws_autoscaling_group", "aws_launch_configuration", "aws_eks_access_entry", "aws_eks_pod_identity_association",
  "aws_vpc", "aws_subnet",
]
complete_in = {
  "." = [
    "aws_iam_role", "aws_iam_instance_profile", "aws_iam_role_policy_attachment", "aws_iam_role_policy_attachments_exclusive", "aws_iam_policy_attachment", "aws_iam_role_policy",
    "aws_launch_template", "aws_security_group", "aws_security_group_rule", "aws_vpc_security_group_egress_rule", "aws_vpc_security_group_ingress_rule", "aws_default_security_group",
  ]
}
