# Roles of an application gateway: none of them reads a registry.

variable "create_role_assignments_for_application_gateway" {
  default = true
}

variable "brown_field_application_gateway_for_ingress" {
  default = null
}

variable "green_field_application_gateway_for_ingress" {
  default = null
}

locals {
  gateway_is_there = var.create_role_assignments_for_application_gateway && var.brown_field_application_gateway_for_ingress != null
  gateway_is_new   = var.create_role_assignments_for_application_gateway && var.green_field_application_gateway_for_ingress != null
  gateway          = azurerm_kubernetes_cluster.main.ingress_application_gateway[0].ingress_application_gateway_identity[0].object_id
  segments         = try(split("/", local.subnet), [])
}

data "azurerm_virtual_network" "application_gateway_vnet" {
  count = local.gateway_is_there ? 1 : 0

  name                = split("/", var.brown_field_application_gateway_for_ingress.subnet_id)[8]
  resource_group_name = split("/", var.brown_field_application_gateway_for_ingress.subnet_id)[4]
}

data "azurerm_resource_group" "ingress_gw" {
  count = local.gateway_is_there ? 1 : 0

  name = split("/", var.brown_field_application_gateway_for_ingress.id)[4]
}

data "azurerm_resource_group" "aks_rg" {
  count = var.create_role_assignments_for_application_gateway ? 1 : 0

  name = var.resource_group_name
}

resource "azurerm_role_assignment" "application_gateway_existing_vnet_network_contributor" {
  count = local.gateway_is_there ? 1 : 0

  principal_id         = local.gateway
  scope                = data.azurerm_virtual_network.application_gateway_vnet[0].id
  role_definition_name = "Network Contributor"
}

resource "azurerm_role_assignment" "application_gateway_byo_vnet_network_contributor" {
  count = local.gateway_is_new ? 1 : 0

  principal_id         = local.gateway
  scope                = join("/", slice(local.segments, 0, length(local.segments) - 2))
  role_definition_name = "Network Contributor"
}

resource "azurerm_role_assignment" "existing_application_gateway_contributor" {
  count = local.gateway_is_there ? 1 : 0

  principal_id         = local.gateway
  scope                = var.brown_field_application_gateway_for_ingress.id
  role_definition_name = "Contributor"
}

resource "azurerm_role_assignment" "application_gateway_resource_group_reader" {
  count = local.gateway_is_there || local.gateway_is_new ? 1 : 0

  principal_id         = local.gateway
  scope                = var.brown_field_application_gateway_for_ingress != null ? data.azurerm_resource_group.ingress_gw[0].id : data.azurerm_resource_group.aks_rg[0].id
  role_definition_name = "Reader"
}
