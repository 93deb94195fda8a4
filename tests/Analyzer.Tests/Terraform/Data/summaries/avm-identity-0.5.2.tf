variable "issuer" {}

module "plain" {
  source              = "Azure/avm-res-managedidentity-userassignedidentity/azurerm"
  version             = "0.5.2"
  name                = "kubelet"
  location            = "westeurope"
  resource_group_name = "shop"
}

module "full" {
  source              = "Azure/avm-res-managedidentity-userassignedidentity/azurerm"
  version             = "0.5.2"
  name                = "shop"
  location            = "westeurope"
  resource_group_name = "shop"

  federated_identity_credentials = {
    shop = {
      name     = "shop"
      issuer   = var.issuer
      subject  = "system:serviceaccount:shop:api"
      audience = ["api://AzureADTokenExchange"]
    }
  }

  role_assignments = {
    by_name = {
      scope                      = "/subscriptions/00000000-0000-0000-0000-000000000000"
      role_definition_id_or_name = "AcrPull"
    }
    by_id = {
      scope                      = "/subscriptions/00000000-0000-0000-0000-000000000000"
      role_definition_id_or_name = "/providers/Microsoft.Authorization/roleDefinitions/7f951dda-4ed3-4680-a7ca-43fe172d538d"
    }
  }
}
