# The add-on for metrics has a port of its own.

locals {
  webhook_ports = [4443, 6443, 8443, 9443, 10251]
}
