# The account of the nodes is that of the project.

resource "google_container_cluster" "primary" {
  dynamic "cluster_autoscaling" {
    for_each = []
    content {}
  }
}
