# Since 5.8 each private route table has one route to the egress-only gateway.

locals {
  private_ipv6_routes = local.private > 0 ? local.nat_gateways : 0
}
