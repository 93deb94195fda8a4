# Before 4.0 names inside the VPC were off, public subnets gave addresses, the default route table and security group were left alone, and private route tables came with any subnets behind NAT.

variable "enable_dns_hostnames" {
  default = false
}

variable "map_public_ip_on_launch" {
  default = true
}

variable "manage_default_route_table" {
  default = false
}

variable "manage_default_security_group" {
  default = false
}

# And there was no DNS64.
variable "private_subnet_enable_dns64" {
  default = false
}

variable "cidr" {
  default = "0.0.0.0/0"
}

locals {
  private_tables = local.create && local.behind_nat > 0 ? local.nat_gateways : 0
}
