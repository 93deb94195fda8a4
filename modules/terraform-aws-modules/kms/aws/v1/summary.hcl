versions  = ">= 1.0.0, < 5.0.0"
providers = ["aws"]
complete = [
  "aws_eks_cluster", "aws_eks_node_group", "aws_eks_fargate_profile", "aws_autoscaling_group", "aws_launch_template", "aws_launch_configuration", "aws_iam_openid_connect_provider", "aws_eks_addon",
  "aws_eks_access_entry", "aws_eks_pod_identity_association", "aws_iam_role", "aws_iam_instance_profile",
  "aws_iam_role_policy_attachment", "aws_iam_role_policy_attachments_exclusive", "aws_iam_policy_attachment", "aws_iam_role_policy", "aws_iam_role_policies_exclusive",
  "aws_vpc", "aws_subnet", "aws_security_group", "aws_security_group_rule", "aws_vpc_security_group_egress_rule", "aws_vpc_security_group_ingress_rule", "aws_default_security_group",
  "aws_route_table", "aws_default_route_table", "aws_main_route_table_association", "aws_route_table_association", "aws_route",
  "aws_vpn_gateway_route_propagation", "aws_nat_gateway", "aws_internet_gateway", "aws_eip", "aws_vpc_dhcp_options", "aws_vpc_dhcp_options_association", "aws_vpc_ipv4_cidr_block_association",
  "aws_vpc_endpoint", "aws_vpc_endpoint_policy", "aws_vpc_endpoint_route_table_association", "aws_vpc_endpoint_subnet_association", "aws_vpc_endpoint_security_group_association",
  "aws_vpc_endpoint_private_dns", "aws_route53_zone", "aws_route53_zone_association",
  "aws_ecr_repository", "aws_ecr_repository_policy", "aws_ecr_registry_policy", "aws_ecr_pull_through_cache_rule", "aws_ecs_task_definition", "aws_ecs_service",
]
