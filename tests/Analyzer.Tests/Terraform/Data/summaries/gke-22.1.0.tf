variable "account" {
  type = string
}

module "plain" {
  source  = "terraform-google-modules/kubernetes-engine/google"
  version = "22.1.0"

  project_id        = "shop"
  region            = "europe-west1"
  network           = "n"
  subnetwork        = "s"
  ip_range_pods     = "p"
  ip_range_services = "v"

  name = "plain"
}

module "full" {
  source  = "terraform-google-modules/kubernetes-engine/google//modules/private-cluster"
  version = "22.1.0"

  project_id        = "shop"
  region            = "europe-west1"
  network           = "n"
  subnetwork        = "s"
  ip_range_pods     = "p"
  ip_range_services = "v"

  name                     = "full"
  grant_registry_access    = true
  registry_project_ids     = ["images", "shop"]
  remove_default_node_pool = true

  node_pools = [
    {
      name = "one"
    },
    {
      name            = "two"
      service_account = "two@shop.iam.gserviceaccount.com"
      node_metadata   = "GCE_METADATA"
      auto_repair     = false
    },
  ]

  node_pools_oauth_scopes = {
    all = ["https://www.googleapis.com/auth/logging.write"]
    two = ["https://www.googleapis.com/auth/devstorage.read_only"]
  }
}

module "own" {
  source  = "terraform-google-modules/kubernetes-engine/google"
  version = "22.1.0"

  project_id        = "shop"
  region            = "europe-west1"
  network           = "n"
  subnetwork        = "s"
  ip_range_pods     = "p"
  ip_range_services = "v"

  name                   = "own"
  regional               = false
  zones                  = ["europe-west1-b"]
  create_service_account = false
  service_account        = var.account
  identity_namespace     = null
  node_metadata          = "UNSPECIFIED"
}
