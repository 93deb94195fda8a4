# An add-on: what a call says of its release wins over what the module says. The values that the module gives the chart are not said here.

variable "chart" {
  default = null
}

variable "repository" {
  default = null
}

variable "namespace" {
  default = null
}

variable "helm_config" {
  default = {}
}

variable "manage_via_gitops" {
  default = false
}

variable "context" {
  default = []
}

resource "random_shuffle" "values" {
  input = []
}

module "helm_addon" {
  source = "../kubernetes-addons/helm-addon"

  helm_config = merge({
    name       = var.chart
    chart      = var.chart
    repository = var.repository
    namespace  = var.namespace
    values     = random_shuffle.values.result
  }, var.helm_config)

  set_values        = random_shuffle.values.result
  manage_via_gitops = var.manage_via_gitops
  irsa_config       = {}
  addon_context     = var.context
}
