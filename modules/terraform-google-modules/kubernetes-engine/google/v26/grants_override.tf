# Who is granted something is written with its address.

resource "google_project_iam_member" "cluster_service_account-log_writer" {
  member = local.reader
}

resource "google_project_iam_member" "cluster_service_account-metric_writer" {
  member = local.reader
}

resource "google_project_iam_member" "cluster_service_account-monitoring_viewer" {
  member = local.reader
}

resource "google_project_iam_member" "cluster_service_account-resourceMetadata-writer" {
  member = local.reader
}
