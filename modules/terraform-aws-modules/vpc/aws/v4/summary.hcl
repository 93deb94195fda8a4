versions  = ">= 4.0.0, < 5.8.0"
providers = ["aws"]
complete = [
  "aws_vpc", "aws_subnet", "aws_route_table", "aws_default_route_table", "aws_main_route_table_association", "aws_route_table_association", "aws_route",
  "aws_vpn_gateway_route_propagation", "aws_nat_gateway", "aws_internet_gateway",
  "aws_default_security_group", "aws_security_group", "aws_security_group_rule", "aws_vpc_security_group_egress_rule", "aws_vpc_security_group_ingress_rule",
  "aws_vpc_endpoint", "aws_vpc_endpoint_route_table_association", "aws_vpc_endpoint_subnet_association", "aws_vpc_endpoint_private_dns", "aws_route53_zone",
  "aws_eks_cluster", "aws_eks_node_group", "aws_eks_fargate_profile", "aws_eks_addon", "aws_autoscaling_group", "aws_iam_openid_connect_provider",
]
