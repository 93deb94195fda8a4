# Chart and namespace are called as the release is.

module "traefik" {
  chart     = try(var.traefik_helm_config.name, "traefik")
  namespace = try(var.traefik_helm_config.namespace, var.traefik_helm_config.name, "traefik")
}
