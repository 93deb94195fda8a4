variable "cluster_resource_id" {}
variable "pool" {}
variable "create_nodepool_before_destroy" {}

resource "azurerm_kubernetes_cluster_node_pool" "this" {
  count = var.create_nodepool_before_destroy ? 0 : 1

  name                  = var.pool.name
  kubernetes_cluster_id = var.cluster_resource_id
  vnet_subnet_id        = try(var.pool.vnet_subnet_id, null)
}

resource "azurerm_kubernetes_cluster_node_pool" "create_before_destroy_node_pool" {
  count = var.create_nodepool_before_destroy ? 1 : 0

  name                  = var.pool.name
  kubernetes_cluster_id = var.cluster_resource_id
  vnet_subnet_id        = try(var.pool.vnet_subnet_id, null)
}
