# The subnets of the pools: their ids, as versions before 10 take them.

variable "vnet_subnet_id" {
  default = null
}

locals {
  subnet       = var.vnet_subnet_id
  pool_subnets = { for key, each in var.node_pools : key => try(each.vnet_subnet_id, null) }
  all_subnets  = concat(flatten([for each in values(var.node_pools) : [try(each.vnet_subnet_id, null), try(each.pod_subnet_id, null)]]), [var.vnet_subnet_id])
  own_subnets  = { for id in toset([for each in local.all_subnets : each if each != null]) : id => id }
}
