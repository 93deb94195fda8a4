# Versions before 10 look the group up.

data "azurerm_resource_group" "main" {
  name = var.resource_group_name
}

locals {
  group    = data.azurerm_resource_group.main.name
  location = coalesce(var.location, data.azurerm_resource_group.main.location)
}
