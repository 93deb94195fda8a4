locals {
  fleet_agent = google_project_service_identity.fleet_project[0].member
}
