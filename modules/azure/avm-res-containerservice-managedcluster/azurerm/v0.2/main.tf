# A cluster of the azurerm provider. The module grants nothing on registries.

variable "name" {}
variable "location" {}
variable "resource_group_name" {}

variable "default_node_pool" {
  default = null
}

variable "node_pools" {
  default = {}
}

variable "create_nodepools_before_destroy" {
  default = false
}

variable "managed_identities" {
  default = {}
}

variable "kubelet_identity" {
  default = null
}

variable "service_principal" {
  default = null
}

variable "oidc_issuer_enabled" {
  default = false
}

variable "workload_identity_enabled" {
  default = false
}

variable "role_assignments" {
  default = {}
}

locals {
  is_system = try(var.managed_identities.system_assigned, false)
  users     = try(var.managed_identities.user_assigned_resource_ids, [])
}

resource "azurerm_kubernetes_cluster" "this" {
  name                      = var.name
  location                  = var.location
  resource_group_name       = var.resource_group_name
  oidc_issuer_enabled       = var.oidc_issuer_enabled
  workload_identity_enabled = var.workload_identity_enabled

  dynamic "default_node_pool" {
    for_each = var.default_node_pool == null ? [] : [var.default_node_pool]
    content {
      name           = default_node_pool.value.name
      vm_size        = try(default_node_pool.value.vm_size, null)
      vnet_subnet_id = try(default_node_pool.value.vnet_subnet_id, null)
    }
  }

  dynamic "identity" {
    for_each = local.is_system || length(local.users) > 0 ? [1] : []
    content {
      type         = !local.is_system ? "UserAssigned" : length(local.users) > 0 ? "SystemAssigned, UserAssigned" : "SystemAssigned"
      identity_ids = local.users
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
    for_each = var.service_principal == null ? [] : [var.service_principal]
    content {
      client_id = service_principal.value.client_id
    }
  }
}

module "nodepools" {
  source   = "./modules/nodepool"
  for_each = var.node_pools

  cluster_resource_id            = azurerm_kubernetes_cluster.this.id
  create_nodepool_before_destroy = var.create_nodepools_before_destroy
  pool                           = each.value
}

resource "azurerm_role_assignment" "this" {
  for_each = var.role_assignments

  principal_id         = each.value.principal_id
  scope                = azurerm_kubernetes_cluster.this.id
  role_definition_id   = strcontains(lower(each.value.role_definition_id_or_name), "/roledefinitions/") ? each.value.role_definition_id_or_name : null
  role_definition_name = strcontains(lower(each.value.role_definition_id_or_name), "/roledefinitions/") ? null : each.value.role_definition_id_or_name
}

output "name" {
  value = azurerm_kubernetes_cluster.this.name
}

output "resource_id" {
  value = azurerm_kubernetes_cluster.this.id
}

output "kubelet_identity_id" {
  value = azurerm_kubernetes_cluster.this.kubelet_identity[0].object_id
}

output "oidc_issuer_url" {
  value = azurerm_kubernetes_cluster.this.oidc_issuer_url
}

output "kube_config" {
  value     = azurerm_kubernetes_cluster.this.kube_config
  sensitive = true
}

output "kube_admin_config" {
  value     = azurerm_kubernetes_cluster.this.kube_admin_config
  sensitive = true
}

output "host" {
  value     = azurerm_kubernetes_cluster.this.kube_config[0].host
  sensitive = true
}

output "cluster_ca_certificate" {
  value     = azurerm_kubernetes_cluster.this.kube_config[0].cluster_ca_certificate
  sensitive = true
}

output "key_vault_secrets_provider_object_id" {
  value = azurerm_kubernetes_cluster.this.key_vault_secrets_provider[0].secret_identity[0].object_id
}

output "ingress_app_object_id" {
  value = azurerm_kubernetes_cluster.this.ingress_application_gateway[0].ingress_application_gateway_identity[0].object_id
}

output "web_app_routing_object_id" {
  value = azurerm_kubernetes_cluster.this.web_app_routing[0].web_app_routing_identity[0].object_id
}

output "aci_connector_object_id" {
  value = azurerm_kubernetes_cluster.this.aci_connector_linux[0].connector_identity[0].object_id
}
