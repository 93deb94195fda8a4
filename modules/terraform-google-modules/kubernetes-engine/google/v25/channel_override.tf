# Clusters are in no channel unless one is written.

variable "release_channel" {
  default = null
}

locals {
  upgraded = var.regional || var.release_channel != null
}
