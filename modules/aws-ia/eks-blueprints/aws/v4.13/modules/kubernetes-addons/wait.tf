# Add-ons wait for what the caller says has to be there first.

variable "data_plane_wait_arn" {
  default = ""
}

resource "time_sleep" "dataplane" {
  create_duration = "10s"

  triggers = {
    data_plane_wait_arn = var.data_plane_wait_arn
    eks_cluster_id      = var.eks_cluster_id
  }
}
