variable "registry" {
  type = string
}

module "cluster" {
  source  = "Azure/aks/azurerm"
  version = "8.0.0"

  resource_group_name             = "shop"
  location                        = "westeurope"
  prefix                          = "shop"
  rbac_aad                        = false
  log_analytics_workspace_enabled = false
  oidc_issuer_enabled             = true
  workload_identity_enabled       = true
  vnet_subnet_id                  = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/nodes"

  attached_acr_id_map = {
    shop  = var.registry
    fixed = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerRegistry/registries/shop"
  }

  node_pools = {
    one = {
      name           = "one"
      vm_size        = "Standard_D2s_v3"
      vnet_subnet_id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/one"
    }
    two = {
      name                  = "two"
      vm_size               = "Standard_D2s_v3"
      create_before_destroy = false
    }
  }

  network_contributor_role_assigned_subnet_ids = {
    nodes = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/nodes"
  }
}

module "named" {
  source  = "Azure/aks/azurerm"
  version = "8.0.0"

  resource_group_name                        = "shop"
  location                                   = "westeurope"
  cluster_name                               = "named"
  rbac_aad                                   = false
  log_analytics_workspace_enabled            = false
  identity_type                              = "UserAssigned"
  identity_ids                               = ["/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/control"]
  agents_pool_name                           = "system"
  vnet_subnet_id                             = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/nodes"
  create_role_assignment_network_contributor = true

  kubelet_identity = {
    client_id                 = "c"
    object_id                 = "o"
    user_assigned_identity_id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/kubelet"
  }

  brown_field_application_gateway_for_ingress = {
    id        = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/applicationGateways/gate"
    subnet_id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/gate"
  }
}

module "principal" {
  source  = "Azure/aks/azurerm"
  version = "8.0.0"

  resource_group_name             = "shop"
  location                        = "westeurope"
  prefix                          = "old"
  rbac_aad                        = false
  log_analytics_workspace_enabled = false
  client_id                       = "client"
  client_secret                   = "secret"
}
