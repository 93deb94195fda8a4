# An account of Google's for an account of Kubernetes, and the binding between them. An account of Kubernetes that is there already is annotated by a script.

variable "name" {
  default = null
}

variable "project_id" {
  default = null
}

variable "gcp_sa_name" {
  default = null
}

variable "use_existing_gcp_sa" {
  default = false
}

variable "k8s_sa_name" {
  default = null
}

variable "k8s_sa_project_id" {
  default = null
}

variable "namespace" {
  default = "default"
}

variable "use_existing_k8s_sa" {
  default = false
}

variable "automount_service_account_token" {
  default = false
}

variable "image_pull_secrets" {
  default = []
}

variable "roles" {
  default = []
}

variable "additional_projects" {
  default = {}
}

locals {
  given        = var.gcp_sa_name != null ? var.gcp_sa_name : trimsuffix(substr(var.name, 0, 30), "-")
  email        = var.use_existing_gcp_sa ? data.google_service_account.cluster_service_account[0].email : google_service_account.cluster_service_account[0].email
  member       = "serviceAccount:${local.email}"
  k8s_name     = var.k8s_sa_name != null ? var.k8s_sa_name : var.name
  bound_name   = var.use_existing_k8s_sa ? local.k8s_name : kubernetes_service_account.main[0].metadata[0].name
  bound_space  = var.use_existing_k8s_sa ? var.namespace : kubernetes_service_account.main[0].metadata[0].namespace
  pool         = "${var.k8s_sa_project_id != null ? var.k8s_sa_project_id : var.project_id}.svc.id.goog"
  bound_member = "serviceAccount:${local.pool}[${var.namespace}/${local.bound_name}]"
  elsewhere    = distinct(flatten([for project, roles in var.additional_projects : [for role in roles : { project = project, role = role }]]))
}

data "google_service_account" "cluster_service_account" {
  count = var.use_existing_gcp_sa ? 1 : 0

  account_id = local.given
  project    = var.project_id
}

resource "google_service_account" "cluster_service_account" {
  count = var.use_existing_gcp_sa ? 0 : 1

  account_id = local.given
  project    = var.project_id
}

resource "kubernetes_service_account" "main" {
  count = var.use_existing_k8s_sa ? 0 : 1

  automount_service_account_token = var.automount_service_account_token

  dynamic "image_pull_secret" {
    for_each = var.image_pull_secrets
    content {
      name = image_pull_secret.value
    }
  }

  metadata {
    name        = local.k8s_name
    namespace   = var.namespace
    annotations = { "iam.gke.io/gcp-service-account" = local.email }
  }
}

resource "google_service_account_iam_member" "main" {
  service_account_id = var.use_existing_gcp_sa ? data.google_service_account.cluster_service_account[0].name : google_service_account.cluster_service_account[0].name
  role               = "roles/iam.workloadIdentityUser"
  member             = local.bound_member
}

resource "google_project_iam_member" "workload_identity_sa_bindings" {
  for_each = toset(var.roles)

  project = var.project_id
  role    = each.value
  member  = local.member
}

resource "google_project_iam_member" "workload_identity_sa_bindings_additional_projects" {
  for_each = { for each in local.elsewhere : "${each.project}.${each.role}" => each }

  project = each.value.project
  role    = each.value.role
  member  = local.member
}

output "k8s_service_account_name" {
  value = local.bound_name
}

output "k8s_service_account_namespace" {
  value = local.bound_space
}

output "gcp_service_account_email" {
  value = local.email
}

output "gcp_service_account_fqn" {
  value = local.member
}

output "gcp_service_account_name" {
  value = local.bound_member
}

output "gcp_service_account" {
  value = var.use_existing_gcp_sa ? data.google_service_account.cluster_service_account[0] : google_service_account.cluster_service_account[0]
}
