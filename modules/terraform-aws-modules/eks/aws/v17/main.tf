# A cluster with its role, the provider of its tokens if it is asked for, and its pools: groups of its own kind, managed groups and Fargate profiles.

variable "create_eks" {
  default = true
}

variable "cluster_name" {
  default = ""
}

variable "cluster_version" {
  default = null
}

variable "vpc_id" {
  default = null
}

variable "subnets" {
  default = []
}

variable "fargate_subnets" {
  default = []
}

variable "cluster_endpoint_private_access" {
  default = false
}

variable "cluster_endpoint_public_access" {
  default = true
}

variable "manage_cluster_iam_resources" {
  default = true
}

variable "cluster_iam_role_name" {
  default = ""
}

variable "permissions_boundary" {
  default = null
}

variable "iam_path" {
  default = "/"
}

variable "manage_aws_auth" {
  default = true
}

variable "enable_irsa" {
  default = false
}

variable "openid_connect_audiences" {
  type    = list(string)
  default = []
}

variable "node_groups" {
  default = {}
}

variable "node_groups_defaults" {
  default = {}
}

variable "fargate_profiles" {
  default = {}
}

variable "create_fargate_pod_execution_role" {
  default = true
}

variable "fargate_pod_execution_role_name" {
  default = null
}

locals {
  cluster_name      = coalescelist(aws_eks_cluster.this[*].name, [""])[0]
  has_role          = var.manage_cluster_iam_resources && var.create_eks
  cluster_role_name = var.manage_cluster_iam_resources ? join("", aws_iam_role.cluster[*].name) : var.cluster_iam_role_name
  cluster_role      = var.manage_cluster_iam_resources ? join("", aws_iam_role.cluster[*].arn) : join("", data.aws_iam_role.custom_cluster_iam_role[*].arn)
  aws_policies      = "arn:${data.aws_partition.current.partition}:iam::aws:policy"
}

data "aws_partition" "current" {}

data "aws_iam_role" "custom_cluster_iam_role" {
  count = var.manage_cluster_iam_resources ? 0 : 1

  name = var.cluster_iam_role_name
}

data "aws_iam_policy_document" "cluster_assume_role_policy" {
  statement {
    sid     = "EKSClusterAssumeRole"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["eks.amazonaws.com"]
    }
  }
}

resource "aws_eks_cluster" "this" {
  count = var.create_eks ? 1 : 0

  name     = var.cluster_name
  role_arn = local.cluster_role
  version  = var.cluster_version

  vpc_config {
    subnet_ids              = var.subnets
    endpoint_private_access = var.cluster_endpoint_private_access
    endpoint_public_access  = var.cluster_endpoint_public_access
  }

  depends_on = [
    aws_iam_role_policy_attachment.cluster_AmazonEKSClusterPolicy,
    aws_iam_role_policy_attachment.cluster_AmazonEKSServicePolicy,
    aws_iam_role_policy_attachment.cluster_AmazonEKSVPCResourceControllerPolicy,
  ]
}

resource "aws_iam_role" "cluster" {
  count = local.has_role ? 1 : 0

  name                 = var.cluster_iam_role_name != "" ? var.cluster_iam_role_name : null
  name_prefix          = var.cluster_iam_role_name != "" ? null : var.cluster_name
  path                 = var.iam_path
  assume_role_policy   = data.aws_iam_policy_document.cluster_assume_role_policy.json
  permissions_boundary = var.permissions_boundary
}

resource "aws_iam_role_policy_attachment" "cluster_AmazonEKSClusterPolicy" {
  count = local.has_role ? 1 : 0

  policy_arn = "${local.aws_policies}/AmazonEKSClusterPolicy"
  role       = local.cluster_role_name
}

resource "aws_iam_role_policy_attachment" "cluster_AmazonEKSServicePolicy" {
  count = local.has_role ? 1 : 0

  policy_arn = "${local.aws_policies}/AmazonEKSServicePolicy"
  role       = local.cluster_role_name
}

resource "aws_iam_role_policy_attachment" "cluster_AmazonEKSVPCResourceControllerPolicy" {
  count = local.has_role ? 1 : 0

  policy_arn = "${local.aws_policies}/AmazonEKSVPCResourceController"
  role       = local.cluster_role_name
}

# Policies of the module's own, for the control plane: none of them has to do with images.
resource "aws_iam_policy" "cluster_elb_sl_role_creation" {
  count = local.has_role ? 1 : 0

  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["ec2:DescribeAccountAttributes", "ec2:DescribeInternetGateways", "ec2:DescribeAddresses"], Resource = "*" }] })
}

resource "aws_iam_role_policy_attachment" "cluster_elb_sl_role_creation" {
  count = local.has_role ? 1 : 0

  policy_arn = aws_iam_policy.cluster_elb_sl_role_creation[0].arn
  role       = local.cluster_role_name
}

resource "aws_iam_openid_connect_provider" "oidc_provider" {
  count = var.enable_irsa && var.create_eks ? 1 : 0

  client_id_list = distinct(compact(concat(["sts.${data.aws_partition.current.dns_suffix}"], var.openid_connect_audiences)))
  url            = flatten(concat(aws_eks_cluster.this[*].identity[*].oidc[0].issuer, [""]))[0]
}

data "http" "wait_for_cluster" {
  count = var.create_eks && var.manage_aws_auth ? 1 : 0

  url        = "${aws_eks_cluster.this[0].endpoint}/healthz"
  depends_on = [aws_eks_cluster.this]
}

resource "kubernetes_config_map" "aws_auth" {
  count = var.create_eks && var.manage_aws_auth ? 1 : 0

  metadata {
    name      = "aws-auth"
    namespace = "kube-system"
  }

  depends_on = [data.http.wait_for_cluster]
}

module "fargate" {
  source = "./modules/fargate"

  create_eks                        = var.create_eks
  create_fargate_pod_execution_role = var.create_fargate_pod_execution_role
  fargate_pod_execution_role_name   = var.fargate_pod_execution_role_name
  cluster_name                      = local.cluster_name
  subnets                           = coalescelist(var.fargate_subnets, var.subnets, [""])
  fargate_profiles                  = var.fargate_profiles
  permissions_boundary              = var.permissions_boundary
  iam_path                          = var.iam_path
}

# Versions before 17.21 make the groups wait for the ConfigMap too; what follows the groups follows it in any case, since the cluster lets no node in before.
module "node_groups" {
  source = "./modules/node_groups"

  create_eks                           = var.create_eks
  cluster_name                         = local.cluster_name
  default_iam_role_arn                 = coalescelist(aws_iam_role.workers[*].arn, [""])[0]
  workers_group_defaults               = local.workers_group_defaults
  worker_security_group_id             = local.worker_group
  worker_additional_security_group_ids = var.worker_additional_security_group_ids
  node_groups                          = var.node_groups
  node_groups_defaults                 = var.node_groups_defaults

  depends_on = [
    aws_eks_cluster.this,
    aws_iam_role_policy_attachment.workers_AmazonEKSWorkerNodePolicy,
    aws_iam_role_policy_attachment.workers_AmazonEKS_CNI_Policy,
    aws_iam_role_policy_attachment.workers_AmazonEC2ContainerRegistryReadOnly,
  ]
}
