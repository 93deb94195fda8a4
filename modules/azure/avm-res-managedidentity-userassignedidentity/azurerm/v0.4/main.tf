# One identity, with the federated credentials and the role assignments that the call lists.

variable "name" {}
variable "location" {}
variable "resource_group_name" {}

variable "federated_identity_credentials" {
  default  = {}
  nullable = false
}

variable "role_assignments" {
  default  = {}
  nullable = false
}

resource "azurerm_user_assigned_identity" "this" {
  name                = var.name
  location            = var.location
  resource_group_name = var.resource_group_name
}

resource "azurerm_federated_identity_credential" "this" {
  for_each = var.federated_identity_credentials

  name      = each.value.name
  parent_id = azurerm_user_assigned_identity.this.id
  issuer    = each.value.issuer
  subject   = each.value.subject
  audience  = each.value.audience
}

# A role is named, or told by its id.
resource "azurerm_role_assignment" "this" {
  for_each = var.role_assignments

  principal_id         = azurerm_user_assigned_identity.this.principal_id
  scope                = each.value.scope
  role_definition_id   = strcontains(lower(each.value.role_definition_id_or_name), "/roledefinitions/") ? each.value.role_definition_id_or_name : null
  role_definition_name = strcontains(lower(each.value.role_definition_id_or_name), "/roledefinitions/") ? null : each.value.role_definition_id_or_name
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

output "resource" {
  value = azurerm_user_assigned_identity.this
}
