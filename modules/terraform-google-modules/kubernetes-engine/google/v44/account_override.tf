locals {
  reader = google_service_account.cluster_service_account[0].member
}
