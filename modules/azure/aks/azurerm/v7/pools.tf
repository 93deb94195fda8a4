# Pools. Their names end in a hash of all that is said of them, which is not known here.

variable "node_pools" {
  default = {}
}

resource "azurerm_kubernetes_cluster_node_pool" "node_pool" {
  for_each = var.node_pools

  name                  = "${each.value.name}${substr(md5(uuid()), 0, 4)}"
  kubernetes_cluster_id = azurerm_kubernetes_cluster.main.id
  vnet_subnet_id        = try(each.value.vnet_subnet_id, null)
  node_labels           = try(each.value.node_labels, null)
  node_taints           = try(each.value.node_taints, null)
}
