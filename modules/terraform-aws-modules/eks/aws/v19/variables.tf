# Names that version 20 drops.

variable "cluster_iam_role_dns_suffix" {
  default = null
}

variable "prefix_separator" {
  default = "-"
}
