# What makes the name of the account one that nobody has; it is made in any case.

locals {
  suffix = random_string.cluster_service_account_suffix.result
}

resource "random_string" "cluster_service_account_suffix" {
  length = 4
}
