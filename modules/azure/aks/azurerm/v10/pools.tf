# Pools that are made before those they replace get a name of their own each time.

variable "node_pools" {
  default = {}
}

resource "azurerm_kubernetes_cluster_node_pool" "node_pool_create_before_destroy" {
  for_each = { for key, each in var.node_pools : key => each if try(each.create_before_destroy, null) != false }

  name                  = "${each.value.name}${substr(md5(uuid()), 0, 4)}"
  kubernetes_cluster_id = azurerm_kubernetes_cluster.main.id
  vnet_subnet_id        = local.pool_subnets[each.key]
  node_labels           = try(each.value.node_labels, null)
  node_taints           = try(each.value.node_taints, null)
}

resource "azurerm_kubernetes_cluster_node_pool" "node_pool_create_after_destroy" {
  for_each = { for key, each in var.node_pools : key => each if try(each.create_before_destroy, null) == false }

  name                  = each.value.name
  kubernetes_cluster_id = azurerm_kubernetes_cluster.main.id
  vnet_subnet_id        = local.pool_subnets[each.key]
  node_labels           = try(each.value.node_labels, null)
  node_taints           = try(each.value.node_taints, null)
}
