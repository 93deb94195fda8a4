# The release of a chart, after the account and the namespace that it runs in.

variable "helm_config" {
  default = {}
}

variable "set_values" {
  default = []
}

variable "manage_via_gitops" {
  default = false
}

variable "irsa_config" {
  default = null
}

variable "addon_context" {
  default = null
}

# Stands for the account and its role, of which nothing more is said.
resource "terraform_data" "account" {
  input = [var.irsa_config, var.addon_context]
}

resource "helm_release" "addon" {
  count = var.manage_via_gitops ? 0 : 1

  name       = var.helm_config["name"]
  chart      = var.helm_config["chart"]
  repository = try(var.helm_config["repository"], null)
  version    = try(var.helm_config["version"], null)
  namespace  = var.helm_config["namespace"]
  timeout    = try(var.helm_config["timeout"], 1200)
  atomic     = try(var.helm_config["atomic"], false)
  wait       = try(var.helm_config["wait"], true)
  values     = try(var.helm_config["values"], null)

  dynamic "set" {
    for_each = concat(var.set_values, coalesce(try(var.helm_config["set"], null), []))
    content {
      name  = set.value.name
      value = set.value.value
    }
  }

  depends_on = [terraform_data.account]
}
