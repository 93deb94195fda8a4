module "own" {
  source              = "Azure/avm-res-containerservice-managedcluster/azurerm"
  version             = "0.3.3"
  name                = "shop"
  location            = "westeurope"
  resource_group_name = "shop"

  default_node_pool = {
    name    = "system"
    vm_size = "Standard_D2s_v5"
  }

  managed_identities = {
    user_assigned_resource_ids = ["/identities/cluster"]
  }

  kubelet_identity = {
    client_id                 = "1"
    object_id                 = "2"
    user_assigned_identity_id = "/identities/kubelet"
  }

  node_pools = {
    apps = {
      name           = "apps"
      vm_size        = "Standard_D2s_v5"
      vnet_subnet_id = "/subnets/apps"
    }
  }
}

module "plain" {
  source              = "Azure/avm-res-containerservice-managedcluster/azurerm"
  version             = "0.3.3"
  name                = "shop"
  location            = "westeurope"
  resource_group_name = "shop"

  default_node_pool = {
    name    = "system"
    vm_size = "Standard_D2s_v5"
  }

  managed_identities = {
    system_assigned = true
  }
}
