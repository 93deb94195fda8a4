# Before version 32 a pool of identities was left to Google, which gives every such cluster one.

resource "google_container_cluster" "primary" {
  dynamic "workload_identity_config" {
    for_each = []
    content {}
  }
}
