# A private cluster with other defaults: its account may read images, the default pool goes.

variable "project_id" {
  default = null
}

variable "name" {
  default = null
}

variable "regional" {
  default = true
}

variable "region" {
  default = null
}

variable "zones" {
  default = []
}

variable "release_channel" {
  default = "REGULAR"
}

variable "initial_node_count" {
  default = 0
}

variable "node_pools" {
  default = [{ name = "default-node-pool" }]
}

variable "windows_node_pools" {
  default = []
}

variable "node_pools_oauth_scopes" {
  default = { all = ["https://www.googleapis.com/auth/cloud-platform"], default-node-pool = [] }
}

variable "node_pools_labels" {
  default = { all = {}, default-node-pool = {} }
}

variable "node_pools_taints" {
  default = { all = [], default-node-pool = [] }
}

variable "compute_engine_service_account" {
  default = ""
}

variable "create_service_account" {
  default = true
}

variable "grant_registry_access" {
  default = true
}

variable "registry_project_ids" {
  default = []
}

variable "enable_gcfs" {
  default = false
}

module "gke" {
  source = "../.."

  project_id               = var.project_id
  name                     = var.name
  regional                 = var.regional
  region                   = var.region
  zones                    = var.zones
  release_channel          = var.release_channel
  identity_namespace       = "${var.project_id}.svc.id.goog"
  remove_default_node_pool = true
  initial_node_count       = var.initial_node_count == 0 ? 1 : var.initial_node_count
  node_pools               = var.node_pools
  windows_node_pools       = var.windows_node_pools
  node_pools_oauth_scopes  = var.node_pools_oauth_scopes
  node_pools_labels        = var.node_pools_labels
  node_pools_taints        = var.node_pools_taints
  service_account          = var.compute_engine_service_account
  create_service_account   = var.create_service_account == false ? var.create_service_account : var.compute_engine_service_account == ""
  grant_registry_access    = var.grant_registry_access
  registry_project_ids     = var.registry_project_ids
  enable_gcfs              = var.enable_gcfs
}

output "cluster_id" {
  value = module.gke.cluster_id
}

output "name" {
  value = module.gke.name
}

output "location" {
  value = module.gke.location
}

output "endpoint" {
  value     = module.gke.endpoint
  sensitive = true
}

output "ca_certificate" {
  value     = module.gke.ca_certificate
  sensitive = true
}

output "service_account" {
  value = module.gke.service_account
}
