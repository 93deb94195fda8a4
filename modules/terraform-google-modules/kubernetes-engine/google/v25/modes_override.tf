# The other way round, which the provider takes as well.

locals {
  modes = { GKE_METADATA_SERVER = "GKE_METADATA", GCE_METADATA = "EXPOSE" }
}
