versions  = ">= 20.0.0, < 21.0.0"
providers = ["aws"]
based = {
  "modules/eks-managed-node-group"  = "modules/own-security-group"
  "modules/self-managed-node-group" = "modules/own-security-group"
}
complete = [
  "aws_eks_cluster", "aws_eks_node_group", "aws_eks_fargate_profile", "aws_autoscaling_group", "aws_launch_template", "aws_iam_openid_connect_provider", "aws_eks_addon", "aws_eks_access_entry",
  "aws_eks_pod_identity_association", "aws_iam_role", "aws_iam_instance_profile",
  "aws_iam_role_policy_attachment", "aws_iam_role_policy_attachments_exclusive", "aws_iam_policy_attachment", "aws_iam_role_policy",
  "aws_vpc", "aws_subnet", "aws_route_table", "aws_default_route_table", "aws_main_route_table_association", "aws_route_table_association", "aws_route",
  "aws_vpn_gateway_route_propagation", "aws_nat_gateway", "aws_internet_gateway",
  "aws_security_group", "aws_security_group_rule", "aws_vpc_security_group_egress_rule", "aws_vpc_security_group_ingress_rule", "aws_default_security_group",
  "aws_vpc_endpoint", "aws_vpc_endpoint_route_table_association", "aws_vpc_endpoint_subnet_association", "aws_vpc_endpoint_private_dns", "aws_route53_zone",
]
