# The role of nodes under its old name.

resource "google_project_iam_member" "cluster_service_account-nodeService_account" {
  role = "roles/container.nodeServiceAccount"
}
