# A cluster, made by the EKS module, and pools that wait for the ConfigMap that lets their nodes in. What is made for groups of one's own, for teams and for EMR is left open.

variable "create_eks" {
  default = true
}

variable "cluster_name" {
  default = ""
}

variable "cluster_version" {
  default = "1.23"
}

variable "vpc_id" {
  default = null
}

variable "private_subnet_ids" {
  default = []
}

variable "public_subnet_ids" {
  default = []
}

variable "control_plane_subnet_ids" {
  default = []
}

variable "cluster_endpoint_private_access" {
  default = false
}

variable "cluster_endpoint_public_access" {
  default = true
}

variable "cluster_ip_family" {
  default = "ipv4"
}

variable "create_iam_role" {
  default = true
}

variable "iam_role_arn" {
  default = null
}

variable "iam_role_name" {
  default = null
}

variable "iam_role_path" {
  default = null
}

variable "iam_role_permissions_boundary" {
  default = null
}

variable "enable_irsa" {
  default = true
}

variable "openid_connect_audiences" {
  default = []
}

variable "iam_role_additional_policies" {
  default = []
}

variable "create_cluster_security_group" {
  default = true
}

variable "cluster_security_group_id" {
  default = ""
}

variable "cluster_security_group_additional_rules" {
  default = {}
}

variable "create_node_security_group" {
  default = true
}

variable "node_security_group_additional_rules" {
  default = {}
}

variable "worker_additional_security_group_ids" {
  default = []
}

variable "managed_node_groups" {
  default = {}
}

variable "self_managed_node_groups" {
  default = {}
}

variable "fargate_profiles" {
  default = {}
}

variable "application_teams" {
  default = {}
}

variable "platform_teams" {
  default = {}
}

variable "enable_emr_on_eks" {
  default = false
}

data "aws_partition" "current" {}

locals {
  partition       = data.aws_partition.current.id
  dns_suffix      = data.aws_partition.current.dns_suffix
  security_groups = compact(flatten([[module.aws_eks.node_security_group_id], var.worker_additional_security_group_ids]))
}

module "aws_eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "18.26.6"

  create                           = var.create_eks
  cluster_name                     = var.cluster_name
  cluster_version                  = var.cluster_version
  vpc_id                           = var.vpc_id
  subnet_ids                       = var.private_subnet_ids
  control_plane_subnet_ids         = var.control_plane_subnet_ids
  cluster_endpoint_private_access  = var.cluster_endpoint_private_access
  cluster_endpoint_public_access   = var.cluster_endpoint_public_access
  cluster_ip_family                = var.cluster_ip_family
  create_iam_role                  = var.create_iam_role
  iam_role_arn                     = var.iam_role_arn
  iam_role_use_name_prefix         = false
  iam_role_name                    = var.iam_role_name == null ? "${var.cluster_name}-cluster-role" : var.iam_role_name
  iam_role_path                    = var.iam_role_path
  iam_role_permissions_boundary    = var.iam_role_permissions_boundary
  iam_role_additional_policies     = var.iam_role_additional_policies
  enable_irsa                      = var.enable_irsa
  openid_connect_audiences         = var.openid_connect_audiences
  attach_cluster_encryption_policy = false

  create_cluster_security_group           = var.create_cluster_security_group
  cluster_security_group_id               = var.cluster_security_group_id
  cluster_security_group_additional_rules = var.cluster_security_group_additional_rules
  create_node_security_group              = var.create_node_security_group
  node_security_group_additional_rules    = var.node_security_group_additional_rules
}

data "http" "eks_cluster_readiness" {
  count = var.create_eks ? 1 : 0

  url = join("/", [module.aws_eks.cluster_endpoint, "healthz"])
}

# Its roles are read from the groups; what it says is left open.
resource "kubernetes_config_map" "aws_auth" {
  count = var.create_eks ? 1 : 0

  metadata {
    name      = "aws-auth"
    namespace = "kube-system"
  }

  data       = { mapRoles = data.http.eks_cluster_readiness[0].response_body }
  depends_on = [module.aws_eks.cluster_id, data.http.eks_cluster_readiness[0]]
}

module "aws_eks_managed_node_groups" {
  source   = "./modules/aws-eks-managed-node-groups"
  for_each = var.managed_node_groups

  managed_ng                    = each.value
  eks_cluster_id                = module.aws_eks.cluster_id
  private_subnet_ids            = var.private_subnet_ids
  public_subnet_ids             = var.public_subnet_ids
  security_groups               = local.security_groups
  partition                     = local.partition
  dns_suffix                    = local.dns_suffix
  iam_role_path                 = var.iam_role_path
  iam_role_permissions_boundary = var.iam_role_permissions_boundary

  depends_on = [kubernetes_config_map.aws_auth]
}

module "aws_eks_fargate_profiles" {
  source   = "./modules/aws-eks-fargate-profiles"
  for_each = var.fargate_profiles

  fargate_profile               = each.value
  eks_cluster_id                = module.aws_eks.cluster_id
  partition                     = local.partition
  iam_role_path                 = var.iam_role_path
  iam_role_permissions_boundary = var.iam_role_permissions_boundary

  depends_on = [kubernetes_config_map.aws_auth]
}

# There is no summary of these: who uses them gets what they make unseen.

module "aws_eks_self_managed_node_groups" {
  source   = "./modules/aws-eks-self-managed-node-groups"
  for_each = var.self_managed_node_groups

  self_managed_ng = each.value
}

module "aws_eks_teams" {
  source = "./modules/aws-eks-teams"
  count  = length(var.application_teams) > 0 || length(var.platform_teams) > 0 ? 1 : 0

  application_teams = var.application_teams
  platform_teams    = var.platform_teams
}

module "emr_on_eks" {
  source = "./modules/emr-on-eks"
  count  = var.enable_emr_on_eks ? 1 : 0
}

output "eks_cluster_id" {
  value = module.aws_eks.cluster_id
}

output "eks_cluster_arn" {
  value = module.aws_eks.cluster_arn
}

output "eks_cluster_endpoint" {
  value = module.aws_eks.cluster_endpoint
}

output "eks_cluster_certificate_authority_data" {
  value = module.aws_eks.cluster_certificate_authority_data
}

output "eks_cluster_version" {
  value = module.aws_eks.cluster_version
}

output "cluster_primary_security_group_id" {
  value = module.aws_eks.cluster_primary_security_group_id
}

output "cluster_security_group_id" {
  value = module.aws_eks.cluster_security_group_id
}

output "worker_node_security_group_id" {
  value = try(module.aws_eks.node_security_group_id, "EKS Node groups not enabled")
}

output "eks_oidc_issuer_url" {
  value = try(split("//", module.aws_eks.cluster_oidc_issuer_url)[1], "EKS Cluster not enabled")
}

output "oidc_provider" {
  value = module.aws_eks.oidc_provider
}

output "eks_oidc_provider_arn" {
  value = module.aws_eks.oidc_provider_arn
}

output "managed_node_group_iam_instance_profile_id" {
  value = var.create_eks && length(var.managed_node_groups) > 0 ? values({ for key in keys(var.managed_node_groups) : key => join(",", module.aws_eks_managed_node_groups[key].managed_nodegroup_iam_instance_profile_id) }) : []
}

output "managed_node_group_iam_role_arns" {
  value = var.create_eks && length(var.managed_node_groups) > 0 ? values({ for key in keys(var.managed_node_groups) : key => join(",", module.aws_eks_managed_node_groups[key].managed_nodegroup_iam_role_arn) }) : []
}

output "managed_node_groups" {
  value = var.create_eks && length(var.managed_node_groups) > 0 ? module.aws_eks_managed_node_groups[*] : []
}
