# A cluster with its identities.

variable "agents_labels" {
  default = {}
}

# Until version 9.
variable "agents_taints" {
  default = null
}

variable "only_critical_addons_enabled" {
  default = null
}

variable "resource_group_name" {
  default = null
}

variable "location" {
  default = null
}

variable "prefix" {
  default = ""
}

variable "cluster_name" {
  default = null
}

variable "cluster_name_random_suffix" {
  default = false
}

variable "kubernetes_version" {
  default = null
}

variable "oidc_issuer_enabled" {
  default = false
}

variable "workload_identity_enabled" {
  default = false
}

variable "agents_pool_name" {
  default = "nodepool"
}

variable "identity_type" {
  default = "SystemAssigned"
}

variable "identity_ids" {
  default = null
}

variable "kubelet_identity" {
  default = null
}

variable "client_id" {
  default = ""
}

variable "client_secret" {
  default = ""
}

locals {
  name     = "${try(coalesce(var.cluster_name, trim("${var.prefix}-aks", "-")), "aks")}${var.cluster_name_random_suffix ? substr(md5(uuid()), 0, 4) : ""}"
  group    = var.resource_group_name
  location = var.location
  is_self  = var.client_id == "" || var.client_secret == ""
}

resource "azurerm_kubernetes_cluster" "main" {
  name                      = local.name
  resource_group_name       = local.group
  location                  = local.location
  kubernetes_version        = var.kubernetes_version
  oidc_issuer_enabled       = var.oidc_issuer_enabled
  workload_identity_enabled = var.workload_identity_enabled

  default_node_pool {
    name                         = var.agents_pool_name
    vnet_subnet_id               = local.subnet
    node_labels                  = var.agents_labels
    node_taints                  = var.agents_taints
    only_critical_addons_enabled = var.only_critical_addons_enabled
  }

  dynamic "identity" {
    for_each = local.is_self ? [1] : []
    content {
      type         = var.identity_type
      identity_ids = var.identity_ids
    }
  }

  dynamic "kubelet_identity" {
    for_each = var.kubelet_identity == null ? [] : [var.kubelet_identity]
    content {
      client_id                 = try(kubelet_identity.value.client_id, null)
      object_id                 = try(kubelet_identity.value.object_id, null)
      user_assigned_identity_id = try(kubelet_identity.value.user_assigned_identity_id, null)
    }
  }

  dynamic "service_principal" {
    for_each = var.client_id != "" && var.client_secret != "" ? [1] : []
    content {
      client_id = var.client_id
    }
  }
}

output "aks_id" {
  value = azurerm_kubernetes_cluster.main.id
}

output "aks_name" {
  value = azurerm_kubernetes_cluster.main.name
}

output "cluster_identity" {
  value = try(azurerm_kubernetes_cluster.main.identity[0], null)
}

output "kubelet_identity" {
  value = azurerm_kubernetes_cluster.main.kubelet_identity
}

output "oidc_issuer_url" {
  value = azurerm_kubernetes_cluster.main.oidc_issuer_url
}

output "node_resource_group" {
  value = azurerm_kubernetes_cluster.main.node_resource_group
}

output "node_resource_group_id" {
  value = azurerm_kubernetes_cluster.main.node_resource_group_id
}

output "key_vault_secrets_provider" {
  value = try(azurerm_kubernetes_cluster.main.key_vault_secrets_provider[0], null)
}
