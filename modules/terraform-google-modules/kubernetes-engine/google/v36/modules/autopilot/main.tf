# A cluster whose nodes are Google's, and the account that they get.

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

variable "identity_namespace" {
  default = "enabled"
}

variable "service_account" {
  default = ""
}

variable "boot_disk_kms_key" {
  default = null
}

locals {
  location = var.regional ? var.region : var.zones[0]
  has_pool = !(var.identity_namespace == null || var.identity_namespace == "null")
}

resource "google_container_cluster" "primary" {
  name             = var.name
  project          = var.project_id
  location         = local.location
  enable_autopilot = true

  cluster_autoscaling {
    dynamic "auto_provisioning_defaults" {
      for_each = var.create_service_account || var.service_account != "" || var.boot_disk_kms_key != null ? [1] : []
      content {
        service_account = local.service_account
      }
    }
  }

  dynamic "workload_identity_config" {
    for_each = local.has_pool ? [1] : []
    content {
      workload_pool = var.identity_namespace == "enabled" ? "${var.project_id}.svc.id.goog" : var.identity_namespace
    }
  }

  depends_on = [google_project_iam_member.service_agent]
}
