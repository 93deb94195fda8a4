# Grants of the account, one after the other.

resource "google_project_iam_member" "cluster_service_account-log_writer" {
  count = var.create_service_account ? 1 : 0

  project = google_service_account.cluster_service_account[0].project
  role    = "roles/logging.logWriter"
  member  = google_service_account.cluster_service_account[0].member
}

resource "google_project_iam_member" "cluster_service_account-metric_writer" {
  count = var.create_service_account ? 1 : 0

  project = google_project_iam_member.cluster_service_account-log_writer[0].project
  role    = "roles/monitoring.metricWriter"
  member  = google_service_account.cluster_service_account[0].member
}

resource "google_project_iam_member" "cluster_service_account-monitoring_viewer" {
  count = var.create_service_account ? 1 : 0

  project = google_project_iam_member.cluster_service_account-metric_writer[0].project
  role    = "roles/monitoring.viewer"
  member  = google_service_account.cluster_service_account[0].member
}

resource "google_project_iam_member" "cluster_service_account-resourceMetadata-writer" {
  count = var.create_service_account ? 1 : 0

  project = google_project_iam_member.cluster_service_account-monitoring_viewer[0].project
  role    = "roles/stackdriver.resourceMetadata.writer"
  member  = google_service_account.cluster_service_account[0].member
}

resource "google_project_iam_member" "cluster_service_account-gcr" {
  for_each = var.create_service_account && var.grant_registry_access ? toset(local.projects) : []

  project = each.key
  role    = "roles/storage.objectViewer"
  member  = local.reader
}

resource "google_project_iam_member" "cluster_service_account-artifact-registry" {
  for_each = var.create_service_account && var.grant_registry_access ? toset(local.projects) : []

  project = each.key
  role    = "roles/artifactregistry.reader"
  member  = local.reader
}
