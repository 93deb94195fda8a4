# The account of the nodes, and what it may do. The right to read images is a switch, and off.

variable "create_service_account" {
  default = true
}

variable "service_account_name" {
  default = ""
}

variable "grant_registry_access" {
  default = false
}

variable "registry_project_ids" {
  default = []
}

variable "monitoring_metric_writer_role" {
  default = "roles/monitoring.metricWriter"
}

variable "enable_gcfs" {
  default = false
}

locals {
  made_account    = concat(google_service_account.cluster_service_account[*].email, ["dummy"])[0]
  service_account = (var.service_account == "" || var.service_account == "create") && var.create_service_account ? local.made_account : var.service_account
  reader          = "serviceAccount:${google_service_account.cluster_service_account[0].email}"
  streams         = var.enable_gcfs
  projects        = length(var.registry_project_ids) == 0 ? [var.project_id] : var.registry_project_ids
}

resource "google_service_account" "cluster_service_account" {
  count = var.create_service_account ? 1 : 0

  project    = var.project_id
  account_id = var.service_account_name == "" ? "tf-gke-${substr(var.name, 0, min(15, length(var.name)))}-${local.suffix}" : var.service_account_name
}
