# One identity. Nothing is granted to it here, and nobody may become it.

variable "name" {}
variable "location" {}
variable "resource_group_name" {}

resource "azurerm_user_assigned_identity" "this" {
  name                = var.name
  location            = var.location
  resource_group_name = var.resource_group_name
}

output "principal_id" {
  value = azurerm_user_assigned_identity.this.principal_id
}

output "client_id" {
  value = azurerm_user_assigned_identity.this.client_id
}

output "tenant_id" {
  value = azurerm_user_assigned_identity.this.tenant_id
}

output "resource_id" {
  value = azurerm_user_assigned_identity.this.id
}

output "resource_name" {
  value = azurerm_user_assigned_identity.this.name
}

# Called resource_object before 0.3.
output "resource" {
  value = azurerm_user_assigned_identity.this
}

output "resource_object" {
  value = azurerm_user_assigned_identity.this
}
