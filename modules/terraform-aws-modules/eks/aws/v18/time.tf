# Names that version 19 drops.

variable "node_security_group_ntp_ipv4_cidr_block" {
  default = ["0.0.0.0/0"]
}

variable "node_security_group_ntp_ipv6_cidr_block" {
  default = ["::/0"]
}
