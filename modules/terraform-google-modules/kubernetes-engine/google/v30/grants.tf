# Grants of the account: one role has all that a node needs.

resource "google_project_iam_member" "cluster_service_account-nodeService_account" {
  count = var.create_service_account ? 1 : 0

  project = google_service_account.cluster_service_account[0].project
  role    = "roles/container.defaultNodeServiceAccount"
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
