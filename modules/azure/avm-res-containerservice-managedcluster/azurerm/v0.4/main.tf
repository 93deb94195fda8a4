# A cluster that the module makes with the azapi provider, told here in the words of azurerm, which the model reads. The module grants nothing on registries.

variable "name" {}
variable "location" {}

variable "parent_id" {
  default = null
}

variable "sku" {
  default = null
}

variable "default_agent_pool" {
  default = {}
}

variable "agent_pools" {
  default = {}
}

variable "managed_identities" {
  default = {
    system_assigned = true
  }
  nullable = false
}

variable "identity_profile" {
  default = null
}

variable "service_principal_profile" {
  default = null
}

variable "oidc_issuer_profile" {
  default = null
}

variable "security_profile" {
  default = null
}

variable "bootstrap_profile" {
  default = null
}

variable "role_assignments" {
  default  = {}
  nullable = false
}

locals {
  is_system = try(var.managed_identities.system_assigned, false)
  users     = try(var.managed_identities.user_assigned_resource_ids, [])
  kubelet   = try(var.identity_profile.kubeletidentity.resource_id, null)
}

resource "azurerm_kubernetes_cluster" "this" {
  name     = var.name
  location = var.location

  # Azure decides where nothing is written, and an automatic cluster has both.
  oidc_issuer_enabled       = try(var.sku.name, null) == "Automatic" ? true : try(var.oidc_issuer_profile.enabled, null)
  workload_identity_enabled = try(var.sku.name, null) == "Automatic" ? true : try(var.security_profile.workload_identity.enabled, null)

  default_node_pool {
    name           = try(var.default_agent_pool.name, "systempool")
    vnet_subnet_id = try(var.default_agent_pool.vnet_subnet_id, null)
  }

  dynamic "identity" {
    for_each = local.is_system || length(local.users) > 0 ? [1] : []
    content {
      type         = !local.is_system ? "UserAssigned" : length(local.users) > 0 ? "SystemAssigned, UserAssigned" : "SystemAssigned"
      identity_ids = local.users
    }
  }

  dynamic "kubelet_identity" {
    for_each = local.kubelet == null ? [] : [local.kubelet]
    content {
      user_assigned_identity_id = kubelet_identity.value
    }
  }

  dynamic "bootstrap_profile" {
    for_each = var.bootstrap_profile == null ? [] : [var.bootstrap_profile]
    content {
      container_registry_id = try(bootstrap_profile.value.container_registry_id, null)
    }
  }

  dynamic "service_principal" {
    for_each = var.service_principal_profile == null ? [] : [var.service_principal_profile]
    content {
      client_id = service_principal.value.client_id
    }
  }
}

module "nodepools" {
  source   = "./modules/agentpool"
  for_each = var.agent_pools

  parent_id = azurerm_kubernetes_cluster.this.id
  pool      = each.value
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

output "identity_principal_id" {
  value = azurerm_kubernetes_cluster.this.identity[0].principal_id
}

# An object of the resource manager: its spelling differs from that of azurerm.
output "kubelet_identity" {
  value = {
    objectId   = azurerm_kubernetes_cluster.this.kubelet_identity[0].object_id
    clientId   = azurerm_kubernetes_cluster.this.kubelet_identity[0].client_id
    resourceId = azurerm_kubernetes_cluster.this.kubelet_identity[0].user_assigned_identity_id
  }
}

output "oidc_issuer_profile_issuer_url" {
  value = azurerm_kubernetes_cluster.this.oidc_issuer_url
}

output "key_vault_secrets_provider_identity" {
  value = {
    objectId = azurerm_kubernetes_cluster.this.key_vault_secrets_provider[0].secret_identity[0].object_id
    clientId = azurerm_kubernetes_cluster.this.key_vault_secrets_provider[0].secret_identity[0].client_id
  }
}

output "ingress_profile_web_app_routing_identity" {
  value = {
    objectId = azurerm_kubernetes_cluster.this.web_app_routing[0].web_app_routing_identity[0].object_id
    clientId = azurerm_kubernetes_cluster.this.web_app_routing[0].web_app_routing_identity[0].client_id
  }
}
