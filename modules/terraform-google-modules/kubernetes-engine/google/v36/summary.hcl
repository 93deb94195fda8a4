versions  = ">= 36.0.0, < 44.0.0"
providers = ["google", "google-beta", "kubernetes"]
same = {
  "modules/private-cluster"                     = "."
  "modules/beta-private-cluster"                = "."
  "modules/beta-public-cluster"                 = "."
  "modules/private-cluster-update-variant"      = "modules/update-variant"
  "modules/beta-private-cluster-update-variant" = "modules/update-variant"
  "modules/beta-public-cluster-update-variant"  = "modules/update-variant"
  "modules/beta-autopilot-private-cluster"      = "modules/autopilot"
  "modules/beta-autopilot-public-cluster"       = "modules/autopilot"
}
based = {
  "modules/update-variant"               = "."
  "modules/autopilot"                    = "."
  "modules/safer-cluster-update-variant" = "modules/safer-cluster"
}
complete = [
  "google_container_cluster", "google_container_node_pool", "google_service_account", "google_project_iam_member", "google_project_iam_binding", "google_project_iam_policy",
  "google_project_iam_custom_role", "google_service_account_iam_member", "google_service_account_iam_binding", "google_service_account_iam_policy",
  "google_folder_iam_member", "google_folder_iam_binding", "google_folder_iam_policy", "google_organization_iam_member", "google_organization_iam_binding", "google_organization_iam_policy",
  "google_organization_iam_custom_role", "google_artifact_registry_repository", "google_artifact_registry_repository_iam_member", "google_artifact_registry_repository_iam_binding",
  "google_artifact_registry_repository_iam_policy", "google_storage_bucket_iam_member", "google_storage_bucket_iam_binding", "google_storage_bucket_iam_policy",
  "kubernetes_service_account", "kubernetes_service_account_v1", "kubernetes_deployment", "kubernetes_deployment_v1", "kubernetes_manifest",
]
