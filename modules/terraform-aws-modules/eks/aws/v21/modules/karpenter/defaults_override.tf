# Version 21 associates the controller's role with its service account by itself, and knows no IRSA.

variable "create_pod_identity_association" {
  default = true
}

locals {
  pod_sid = "PodIdentity"
}
