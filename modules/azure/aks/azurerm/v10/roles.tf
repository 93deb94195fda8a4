# Roles that the module gives away.

variable "attached_acr_id_map" {
  default = {}
}

variable "create_role_assignment_network_contributor" {
  default = false
}

variable "network_contributor_role_assigned_subnet_ids" {
  default = {}
}

# The identity that the call brings.
data "azurerm_user_assigned_identity" "cluster_identity" {
  count = local.is_self && var.identity_type == "UserAssigned" ? 1 : 0

  name                = split("/", var.identity_ids[0])[8]
  resource_group_name = split("/", var.identity_ids[0])[4]
}

locals {
  principal = coalesce(try(data.azurerm_user_assigned_identity.cluster_identity[0].principal_id, azurerm_kubernetes_cluster.main.identity[0].principal_id), var.client_id)
}

resource "azurerm_role_assignment" "acr" {
  for_each = var.attached_acr_id_map

  principal_id         = azurerm_kubernetes_cluster.main.kubelet_identity[0].object_id
  scope                = each.value
  role_definition_name = "AcrPull"
}

resource "azurerm_role_assignment" "network_contributor" {
  for_each = var.create_role_assignment_network_contributor && local.is_self ? local.own_subnets : {}

  principal_id         = local.principal
  scope                = each.value
  role_definition_name = "Network Contributor"
}

resource "azurerm_role_assignment" "network_contributor_on_subnet" {
  for_each = var.network_contributor_role_assigned_subnet_ids

  principal_id         = local.principal
  scope                = each.value
  role_definition_name = "Network Contributor"
}
