# The control plane reached fewer webhooks.

locals {
  webhook_ports = [8443, 9443]
}
