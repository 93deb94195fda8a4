# What makes the name of the account one that nobody has.

locals {
  suffix = random_string.cluster_service_account_suffix[0].result
}

resource "random_string" "cluster_service_account_suffix" {
  count = var.create_service_account && var.service_account_name == "" ? 1 : 0

  length = 4
}
