resource "random_id" "name" {
  for_each = merge(local.node_pools, local.windows)

  byte_length = 2
  prefix      = "${each.key}-"
  keepers = {
    service_account = lookup(each.value, "service_account", "")
    oauth_scopes    = join(",", concat(local.scopes["all"], local.scopes[each.value["name"]]))
  }
}
