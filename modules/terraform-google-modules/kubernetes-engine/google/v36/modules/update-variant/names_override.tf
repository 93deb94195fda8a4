# Pools that are replaced get a new name before the old ones go.

resource "google_container_node_pool" "pools" {
  name = random_id.name[each.key].hex
}

resource "google_container_node_pool" "windows_pools" {
  name = random_id.name[each.key].hex
}
