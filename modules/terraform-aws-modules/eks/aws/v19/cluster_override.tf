# Version 19 has no access entries, no Auto Mode and no policies of its own for tags; the ConfigMap aws-auth lets nodes in.

locals {
  authentication  = null
  own_addons      = null
  compute         = null
  is_auto         = false
  has_tag_policy  = false
  cluster_actions = ["sts:AssumeRole"]
  dns_suffix      = coalesce(var.cluster_iam_role_dns_suffix, try(data.aws_partition.current[0].dns_suffix, ""))

  cluster_policies = {
    AmazonEKSClusterPolicy         = local.is_outpost ? "${local.aws_policies}/AmazonEKSLocalOutpostClusterPolicy" : "${local.aws_policies}/AmazonEKSClusterPolicy"
    AmazonEKSVPCResourceController = "${local.aws_policies}/AmazonEKSVPCResourceController"
  }
}

resource "aws_iam_role" "this" {
  name_prefix = var.iam_role_use_name_prefix ? "${local.role_name}${var.prefix_separator}" : null
}

resource "aws_eks_addon" "this" {
  cluster_name = aws_eks_cluster.this[0].name
}

resource "aws_eks_addon" "before_compute" {
  cluster_name = aws_eks_cluster.this[0].name
}

resource "time_sleep" "this" {
  triggers = {
    cluster_name = aws_eks_cluster.this[0].name
  }
}
