# The subnets of the pools.

variable "vnet_subnet" {
  default = null
}

locals {
  subnet       = try(var.vnet_subnet.id, null)
  pool_subnets = { for key, each in var.node_pools : key => try(each.vnet_subnet.id, null) }

  own_subnets = merge(
    { for key, each in var.node_pools : "${key}-vnet-subnet" => each.vnet_subnet.id if try(each.vnet_subnet, null) != null },
    { for key, each in var.node_pools : "${key}-pod-subnet" => each.pod_subnet.id if try(each.pod_subnet, null) != null },
    var.vnet_subnet == null ? {} : { "vnet-subnet" = var.vnet_subnet.id },
  )
}
