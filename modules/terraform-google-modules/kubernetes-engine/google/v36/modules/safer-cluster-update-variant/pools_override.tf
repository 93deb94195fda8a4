module "gke" {
  source = "../update-variant"
}
