versions  = ">= 36.0.0, < 44.0.0"
providers = ["google", "google-beta"]
same      = { "modules/private-cluster" = "." }
complete = [
  "google_container_cluster", "google_container_node_pool", "google_service_account", "google_project_iam_member", "google_project_iam_binding", "google_project_iam_policy",
  "google_project_iam_custom_role", "google_service_account_iam_member", "google_service_account_iam_binding", "google_service_account_iam_policy",
  "google_folder_iam_member", "google_folder_iam_binding", "google_folder_iam_policy", "google_organization_iam_member", "google_organization_iam_binding", "google_organization_iam_policy",
  "google_organization_iam_custom_role", "google_artifact_registry_repository", "google_artifact_registry_repository_iam_member", "google_artifact_registry_repository_iam_binding",
  "google_artifact_registry_repository_iam_policy", "google_storage_bucket_iam_member", "google_storage_bucket_iam_binding", "google_storage_bucket_iam_policy",
]
