# Add-ons that are charts everybody knows. The others, and the roles of all, are left open.

variable "eks_cluster_id" {
  default = null
}

variable "eks_cluster_endpoint" {
  default = null
}

variable "eks_oidc_provider" {
  default = null
}

variable "eks_cluster_version" {
  default = null
}

variable "irsa_iam_role_path" {
  default = "/"
}

variable "irsa_iam_permissions_boundary" {
  default = ""
}

variable "custom_image_registry_uri" {
  default = {}
}

variable "tags" {
  default = {}
}

variable "argocd_manage_add_ons" {
  default = false
}

variable "enable_argo_rollouts" {
  default = false
}

variable "argo_rollouts_helm_config" {
  default = {}
}

variable "enable_aws_load_balancer_controller" {
  default = false
}

variable "aws_load_balancer_controller_helm_config" {
  default = {}
}

variable "enable_cluster_autoscaler" {
  default = false
}

variable "cluster_autoscaler_helm_config" {
  default = {}
}

variable "enable_metrics_server" {
  default = false
}

variable "metrics_server_helm_config" {
  default = {}
}

variable "enable_traefik" {
  default = false
}

variable "traefik_helm_config" {
  default = {}
}

data "aws_eks_cluster" "eks_cluster" {
  name = var.eks_cluster_id
}

locals {
  # Everything that every add-on is told.
  context = [
    var.eks_cluster_id, var.eks_cluster_endpoint, var.eks_oidc_provider, var.eks_cluster_version, var.irsa_iam_role_path, var.irsa_iam_permissions_boundary, var.custom_image_registry_uri,
    var.tags, data.aws_eks_cluster.eks_cluster.endpoint,
  ]
}

module "argo_rollouts" {
  source = "../addon"
  count  = var.enable_argo_rollouts ? 1 : 0

  chart             = "argo-rollouts"
  repository        = "https://argoproj.github.io/argo-helm"
  namespace         = "argo-rollouts"
  helm_config       = var.argo_rollouts_helm_config
  manage_via_gitops = var.argocd_manage_add_ons
  context           = local.context
}

module "aws_load_balancer_controller" {
  source = "../addon"
  count  = var.enable_aws_load_balancer_controller ? 1 : 0

  chart             = "aws-load-balancer-controller"
  repository        = "https://aws.github.io/eks-charts"
  namespace         = "kube-system"
  helm_config       = var.aws_load_balancer_controller_helm_config
  manage_via_gitops = var.argocd_manage_add_ons
  context           = local.context
}

module "cluster_autoscaler" {
  source = "../addon"
  count  = var.enable_cluster_autoscaler ? 1 : 0

  chart             = "cluster-autoscaler"
  repository        = "https://kubernetes.github.io/autoscaler"
  namespace         = "kube-system"
  helm_config       = var.cluster_autoscaler_helm_config
  manage_via_gitops = var.argocd_manage_add_ons
  context           = local.context
}

module "metrics_server" {
  source = "../addon"
  count  = var.enable_metrics_server ? 1 : 0

  chart             = "metrics-server"
  repository        = "https://kubernetes-sigs.github.io/metrics-server/"
  namespace         = "kube-system"
  helm_config       = var.metrics_server_helm_config
  manage_via_gitops = var.argocd_manage_add_ons
  context           = local.context
}

module "traefik" {
  source = "../addon"
  count  = var.enable_traefik ? 1 : 0

  chart             = "traefik"
  repository        = "https://helm.traefik.io/traefik"
  namespace         = "traefik"
  helm_config       = var.traefik_helm_config
  manage_via_gitops = var.argocd_manage_add_ons
  context           = local.context
}
