# What the modules in beta can do besides: let a fleet in another project in. The others have no such input.

variable "fleet_project" {
  default = null
}

variable "fleet_project_grant_service_agent" {
  default = false
}

locals {
  fleet_agent = "serviceAccount:${google_project_service_identity.fleet_project[0].email}"
}

resource "google_project_service_identity" "fleet_project" {
  count = var.fleet_project_grant_service_agent ? 1 : 0

  project = var.fleet_project
  service = "gkehub.googleapis.com"
}

resource "google_project_iam_member" "service_agent" {
  for_each = var.fleet_project_grant_service_agent ? toset(["roles/gkehub.serviceAgent", "roles/gkehub.crossProjectServiceAgent"]) : []

  project = var.project_id
  role    = each.value
  member  = local.fleet_agent
}
