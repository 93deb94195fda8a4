# One registry, with the role assignments on it that the call lists. Those on its private endpoints let nobody pull.

variable "name" {}
variable "location" {}
variable "resource_group_name" {}

variable "admin_enabled" {
  default = false
}

variable "anonymous_pull_enabled" {
  default = false
}

variable "public_network_access_enabled" {
  default = true
}

variable "role_assignment_mode" {
  default = "LegacyRegistryPermissions"
}

variable "role_assignments" {
  default  = {}
  nullable = false
}

resource "azurerm_container_registry" "this" {
  name                          = var.name
  location                      = var.location
  resource_group_name           = var.resource_group_name
  admin_enabled                 = var.admin_enabled
  anonymous_pull_enabled        = var.anonymous_pull_enabled
  public_network_access_enabled = var.public_network_access_enabled
  role_assignment_mode          = var.role_assignment_mode
}

# A role is named, or told by its id.
resource "azurerm_role_assignment" "this" {
  for_each = var.role_assignments

  principal_id         = each.value.principal_id
  scope                = azurerm_container_registry.this.id
  role_definition_id   = strcontains(lower(each.value.role_definition_id_or_name), "/roledefinitions/") ? each.value.role_definition_id_or_name : null
  role_definition_name = strcontains(lower(each.value.role_definition_id_or_name), "/roledefinitions/") ? null : each.value.role_definition_id_or_name
}

output "name" {
  value = azurerm_container_registry.this.name
}

output "resource_id" {
  value = azurerm_container_registry.this.id
}

output "login_server" {
  value = azurerm_container_registry.this.login_server
}

output "resource" {
  value = azurerm_container_registry.this
}
