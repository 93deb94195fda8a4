provider "google" {
  project = "shop-prod"
  region  = "europe-west1"
}

resource "google_service_account" "nodes" {
  account_id = "shop-nodes"
}

resource "google_project_iam_member" "pull" {
  project = "shop-prod"
  role    = "roles/artifactregistry.reader"
  member  = google_service_account.nodes.member
}

resource "google_container_cluster" "shop" {
  name                     = "shop"
  location                 = "europe-west1"
  remove_default_node_pool = true
  initial_node_count       = 1

  workload_identity_config {
    workload_pool = "shop-prod.svc.id.goog"
  }
}

locals {
  telemetry = ["logging-write", "monitoring"]
}

resource "google_container_node_pool" "logging" {
  name    = "logging"
  cluster = google_container_cluster.shop.id

  node_config {
    service_account = google_service_account.nodes.email
    oauth_scopes    = local.telemetry
  }
  depends_on = [google_project_iam_member.pull]
}

resource "google_container_node_pool" "legacy" {
  name    = "legacy"
  cluster = google_container_cluster.shop.id

  node_config {
    service_account = google_service_account.nodes.email
    oauth_scopes    = concat(local.telemetry, ["https://www.googleapis.com/auth/devstorage.read_only"])
  }
  depends_on = [google_project_iam_member.pull]
}

resource "google_container_node_pool" "modern" {
  name    = "modern"
  cluster = google_container_cluster.shop.id

  node_config {
    service_account = google_service_account.nodes.email
    oauth_scopes    = ["cloud-platform"]
  }
  depends_on = [google_project_iam_member.pull]
}
