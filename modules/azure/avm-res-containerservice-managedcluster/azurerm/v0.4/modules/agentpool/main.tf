variable "parent_id" {}
variable "pool" {}

resource "azurerm_kubernetes_cluster_node_pool" "this" {
  name                  = var.pool.name
  kubernetes_cluster_id = var.parent_id
  vnet_subnet_id        = try(var.pool.vnet_subnet_id, null)
}
