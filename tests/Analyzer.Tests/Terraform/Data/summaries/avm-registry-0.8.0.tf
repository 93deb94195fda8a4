module "registry" {
  source                 = "Azure/avm-res-containerregistry-registry/azurerm"
  version                = "0.8.0"
  name                   = "shopimages"
  location               = "westeurope"
  resource_group_name    = "shop"
  anonymous_pull_enabled = true

  role_assignments = {
    pull = {
      principal_id               = "00000000-0000-0000-0000-000000000000"
      role_definition_id_or_name = "AcrPull"
    }
  }
}
