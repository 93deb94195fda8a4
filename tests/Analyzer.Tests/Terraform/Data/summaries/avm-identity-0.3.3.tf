module "plain" {
  source              = "Azure/avm-res-managedidentity-userassignedidentity/azurerm"
  version             = "0.3.3"
  name                = "kubelet"
  location            = "westeurope"
  resource_group_name = "shop"
}
