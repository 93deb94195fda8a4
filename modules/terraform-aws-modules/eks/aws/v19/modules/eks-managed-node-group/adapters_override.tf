# Version 19 knows no elastic fabric adapters.

locals {
  has_efa            = false
  network_interfaces = var.network_interfaces
}
