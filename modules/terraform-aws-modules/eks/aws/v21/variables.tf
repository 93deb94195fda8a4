# Names that are new in 21.

variable "name" {
  default = ""
}

variable "kubernetes_version" {
  default = null
}

variable "ip_family" {
  default = "ipv4"
}

variable "endpoint_private_access" {
  default = true
}

variable "endpoint_public_access" {
  default = false
}

variable "addons" {
  default = null
}

variable "compute_config" {
  default = null
}

variable "create_auto_mode_iam_resources" {
  default = false
}

variable "encryption_config" {
  default = {}
}

variable "attach_encryption_policy" {
  default = true
}
