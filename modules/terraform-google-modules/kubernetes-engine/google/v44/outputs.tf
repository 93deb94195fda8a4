# Nobody who waits for an output waits for the pools.

output "cluster_id" {
  value = google_container_cluster.primary.id
}

output "name" {
  value      = google_container_cluster.primary.name
  depends_on = [google_container_cluster.primary]
}

output "location" {
  value = google_container_cluster.primary.location
}

output "endpoint" {
  value      = google_container_cluster.primary.endpoint
  depends_on = [google_container_cluster.primary]
}

output "ca_certificate" {
  value     = google_container_cluster.primary.master_auth[0].cluster_ca_certificate
  sensitive = true
}

output "service_account" {
  value = local.service_account
}

output "identity_namespace" {
  value      = local.has_pool ? google_container_cluster.primary.workload_identity_config[0].workload_pool : null
  depends_on = [google_container_cluster.primary]
}
