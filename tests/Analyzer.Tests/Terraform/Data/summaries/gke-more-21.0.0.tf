variable "account" {
  type = string
}

module "beta" {
  source  = "terraform-google-modules/kubernetes-engine/google//modules/beta-private-cluster"
  version = "21.0.0"

  project_id        = "shop"
  region            = "europe-west1"
  network           = "n"
  subnetwork        = "s"
  ip_range_pods     = "p"
  ip_range_services = "v"

  name                  = "beta"
  grant_registry_access = true

  node_pools = [{ name = "windows" }]

  node_pools_oauth_scopes = {
    all     = []
    windows = ["https://www.googleapis.com/auth/devstorage.read_only"]
  }
}

module "public" {
  source  = "terraform-google-modules/kubernetes-engine/google//modules/beta-public-cluster-update-variant"
  version = "21.0.0"

  project_id        = "shop"
  region            = "europe-west1"
  network           = "n"
  subnetwork        = "s"
  ip_range_pods     = "p"
  ip_range_services = "v"

  name       = "public"
  node_pools = [{ name = "one" }, { name = "two", service_account = "two@shop.iam.gserviceaccount.com" }]
}

module "auto" {
  source  = "terraform-google-modules/kubernetes-engine/google//modules/beta-autopilot-private-cluster"
  version = "21.0.0"

  project_id        = "shop"
  region            = "europe-west1"
  network           = "n"
  subnetwork        = "s"
  ip_range_pods     = "p"
  ip_range_services = "v"

  name                  = "auto"
  grant_registry_access = true
}

module "auto_own" {
  source  = "terraform-google-modules/kubernetes-engine/google//modules/beta-autopilot-public-cluster"
  version = "21.0.0"

  project_id        = "shop"
  region            = "europe-west1"
  network           = "n"
  subnetwork        = "s"
  ip_range_pods     = "p"
  ip_range_services = "v"

  name                   = "auto-own"
  create_service_account = false
}

module "safe" {
  source  = "terraform-google-modules/kubernetes-engine/google//modules/safer-cluster"
  version = "21.0.0"

  project_id        = "shop"
  region            = "europe-west1"
  network           = "n"
  subnetwork        = "s"
  ip_range_pods     = "p"
  ip_range_services = "v"

  name = "safe"
}

module "safe_own" {
  source  = "terraform-google-modules/kubernetes-engine/google//modules/safer-cluster-update-variant"
  version = "21.0.0"

  project_id        = "shop"
  region            = "europe-west1"
  network           = "n"
  subnetwork        = "s"
  ip_range_pods     = "p"
  ip_range_services = "v"

  name                           = "safe-own"
  compute_engine_service_account = var.account
  grant_registry_access          = false
  node_pools                     = [{ name = "one", node_metadata = "GCE_METADATA" }]
}

module "web" {
  source  = "terraform-google-modules/kubernetes-engine/google//modules/workload-identity"
  version = "21.0.0"

  project_id = "shop"
  name       = "web"
  namespace  = "shop"
  roles      = ["roles/artifactregistry.reader"]
}

module "old" {
  source  = "terraform-google-modules/kubernetes-engine/google//modules/workload-identity"
  version = "21.0.0"

  project_id          = "shop"
  name                = "an-account-with-a-long-long-name"
  k8s_sa_name         = "old"
  use_existing_k8s_sa = true
  use_existing_gcp_sa = true
}
