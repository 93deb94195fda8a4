resource "azurerm_resource_group" "shop" {
  name     = "shop"
  location = "westeurope"
}

resource "azurerm_container_registry" "shop" {
  name                = "shopimages"
  resource_group_name = azurerm_resource_group.shop.name
  location            = azurerm_resource_group.shop.location
  sku                 = "Standard"
}

resource "azurerm_kubernetes_cluster" "shop" {
  name                      = "shop"
  resource_group_name       = azurerm_resource_group.shop.name
  location                  = azurerm_resource_group.shop.location
  dns_prefix                = "shop"
  oidc_issuer_enabled       = true
  workload_identity_enabled = true

  default_node_pool {
    name       = "system"
    vm_size    = "Standard_D4s_v5"
    node_count = 3
  }

  identity {
    type = "SystemAssigned"
  }
}

resource "azurerm_role_assignment" "pull" {
  scope                = azurerm_container_registry.shop.id
  role_definition_name = "AcrPull"
  principal_id         = azurerm_kubernetes_cluster.shop.kubelet_identity[0].object_id
}

provider "helm" {
  kubernetes = {
    host                   = azurerm_kubernetes_cluster.shop.kube_config[0].host
    cluster_ca_certificate = base64decode(azurerm_kubernetes_cluster.shop.kube_config[0].cluster_ca_certificate)
  }
}

resource "helm_release" "api" {
  name      = "api"
  namespace = "shop"
  chart     = "./chart"

  set = [{
    name  = "image.repository"
    value = "${azurerm_container_registry.shop.login_server}/api"
  }]
}
