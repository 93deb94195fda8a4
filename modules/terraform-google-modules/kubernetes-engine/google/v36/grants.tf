# Grants of the account.

resource "google_project_iam_member" "cluster_service_account_node_service_account" {
  count = var.create_service_account ? 1 : 0

  project = google_service_account.cluster_service_account[0].project
  role    = "roles/container.defaultNodeServiceAccount"
  member  = google_service_account.cluster_service_account[0].member
}

resource "google_project_iam_member" "cluster_service_account_metric_writer" {
  count = var.create_service_account ? 1 : 0

  project = google_service_account.cluster_service_account[0].project
  role    = var.monitoring_metric_writer_role
  member  = google_service_account.cluster_service_account[0].member
}

resource "google_project_iam_member" "cluster_service_account_resource_metadata_writer" {
  count = var.create_service_account ? 1 : 0

  project = google_service_account.cluster_service_account[0].project
  role    = "roles/stackdriver.resourceMetadata.writer"
  member  = google_service_account.cluster_service_account[0].member
}

resource "google_project_iam_member" "cluster_service_account_gcr" {
  for_each = var.create_service_account && var.grant_registry_access ? toset(local.projects) : []

  project = each.key
  role    = "roles/storage.objectViewer"
  member  = local.reader
}

resource "google_project_iam_member" "cluster_service_account_artifact_registry" {
  for_each = var.create_service_account && var.grant_registry_access ? toset(local.projects) : []

  project = each.key
  role    = "roles/artifactregistry.reader"
  member  = local.reader
}

resource "google_project_iam_member" "cluster_service_account_service_usage_consumer" {
  for_each = var.create_service_account && var.grant_registry_access && local.streams ? toset(local.projects) : []

  project = each.key
  role    = "roles/serviceusage.serviceUsageConsumer"
  member  = local.reader
}
