# A cluster and its pools.

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

variable "identity_namespace" {
  default = "enabled"
}

variable "node_metadata" {
  default = "GKE_METADATA"
}

variable "remove_default_node_pool" {
  default = false
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

variable "service_account" {
  default = ""
}

locals {
  location   = var.regional ? var.region : var.zones[0]
  has_pool   = !(var.identity_namespace == null || var.identity_namespace == "null")
  first      = try(var.node_pools[0], {})
  node_pools = { for each in var.node_pools : each["name"] => each }
  windows    = { for each in var.windows_node_pools : each["name"] => each }
  modes      = { GKE_METADATA_SERVER = "GKE_METADATA", EXPOSE = "GCE_METADATA" }
  metadata   = lookup(local.modes, var.node_metadata, var.node_metadata)
  upgraded   = var.regional || var.release_channel != "UNSPECIFIED"

  # Every pool gets the scopes of all pools and its own.
  scopes = merge(
    { all = ["https://www.googleapis.com/auth/cloud-platform"], default-node-pool = [] },
    { for each in concat(var.node_pools, var.windows_node_pools) : each["name"] => [] },
    var.node_pools_oauth_scopes,
  )
  labels = merge({ all = {}, default-node-pool = {} }, { for each in concat(var.node_pools, var.windows_node_pools) : each["name"] => {} }, var.node_pools_labels)
  taints = merge({ all = [], default-node-pool = [] }, { for each in concat(var.node_pools, var.windows_node_pools) : each["name"] => [] }, var.node_pools_taints)

  # Labels that say where a node belongs, unless they are switched off.
  default_labels = lookup(local.labels, "default_values", {})
}

resource "google_container_cluster" "primary" {
  name                     = var.name
  project                  = var.project_id
  location                 = local.location
  remove_default_node_pool = var.remove_default_node_pool

  node_pool {
    name               = "default-pool"
    initial_node_count = var.initial_node_count

    node_config {
      service_account = lookup(local.first, "service_account", local.service_account)

      dynamic "workload_metadata_config" {
        for_each = var.node_metadata == "UNSPECIFIED" ? [] : [1]
        content {
          mode = local.metadata
        }
      }
    }
  }

  dynamic "workload_identity_config" {
    for_each = local.has_pool ? [1] : []
    content {
      workload_pool = var.identity_namespace == "enabled" ? "${var.project_id}.svc.id.goog" : var.identity_namespace
    }
  }
}

resource "google_container_node_pool" "pools" {
  for_each = local.node_pools

  name     = each.key
  project  = var.project_id
  location = local.location
  cluster  = google_container_cluster.primary.name

  management {
    auto_repair  = tostring(lookup(each.value, "auto_repair", true))
    auto_upgrade = tostring(lookup(each.value, "auto_upgrade", local.upgraded))
  }

  node_config {
    service_account = lookup(each.value, "service_account", local.service_account)
    oauth_scopes    = concat(local.scopes["all"], local.scopes[each.value["name"]])
    labels = merge(
      lookup(local.default_labels, "cluster_name", true) ? { "cluster_name" = var.name } : {},
      lookup(local.default_labels, "node_pool", true) ? { "node_pool" = each.value["name"] } : {},
      local.labels["all"],
      local.labels[each.value["name"]],
    )

    dynamic "taint" {
      for_each = concat(local.taints["all"], local.taints[each.value["name"]])
      content {
        key    = taint.value.key
        value  = taint.value.value
        effect = taint.value.effect
      }
    }

    dynamic "workload_metadata_config" {
      for_each = var.node_metadata == "UNSPECIFIED" ? [] : [1]
      content {
        mode = lookup(each.value, "node_metadata", local.metadata)
      }
    }
  }
}

resource "google_container_node_pool" "windows_pools" {
  for_each = local.windows

  name     = each.key
  project  = var.project_id
  location = local.location
  cluster  = google_container_cluster.primary.name

  management {
    auto_repair  = tostring(lookup(each.value, "auto_repair", true))
    auto_upgrade = tostring(lookup(each.value, "auto_upgrade", local.upgraded))
  }

  node_config {
    service_account = lookup(each.value, "service_account", local.service_account)
    oauth_scopes    = concat(local.scopes["all"], local.scopes[each.value["name"]])
    labels = merge(
      lookup(local.default_labels, "cluster_name", true) ? { "cluster_name" = var.name } : {},
      lookup(local.default_labels, "node_pool", true) ? { "node_pool" = each.value["name"] } : {},
      local.labels["all"],
      local.labels[each.value["name"]],
    )

    dynamic "taint" {
      for_each = concat(local.taints["all"], local.taints[each.value["name"]])
      content {
        key    = taint.value.key
        value  = taint.value.value
        effect = taint.value.effect
      }
    }

    dynamic "workload_metadata_config" {
      for_each = var.node_metadata == "UNSPECIFIED" ? [] : [1]
      content {
        mode = lookup(each.value, "node_metadata", local.metadata)
      }
    }
  }
}
