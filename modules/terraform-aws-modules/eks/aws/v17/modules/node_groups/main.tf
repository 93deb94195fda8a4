# Managed node groups. What a group does not say, node_groups_defaults say, and then the defaults of the module's own groups.

variable "create_eks" {
  default = true
}

variable "cluster_name" {
  default = ""
}

variable "default_iam_role_arn" {
  default = ""
}

variable "workers_group_defaults" {
  default = {}
}

variable "worker_security_group_id" {
  default = ""
}

variable "worker_additional_security_group_ids" {
  default = []
}

variable "node_groups" {
  default = {}
}

variable "node_groups_defaults" {
  default = {}
}

locals {
  groups = { for key, each in var.node_groups : key => merge(
    {
      desired_capacity                     = var.workers_group_defaults["asg_desired_capacity"]
      min_capacity                         = var.workers_group_defaults["asg_min_size"]
      max_capacity                         = var.workers_group_defaults["asg_max_size"]
      iam_role_arn                         = var.default_iam_role_arn
      subnets                              = var.workers_group_defaults["subnets"]
      launch_template_id                   = var.workers_group_defaults["launch_template_id"]
      launch_template_version              = var.workers_group_defaults["launch_template_version"]
      create_launch_template               = false
      update_default_version               = true
      public_ip                            = var.workers_group_defaults["public_ip"]
      additional_security_group_ids        = var.workers_group_defaults["additional_security_group_ids"]
      pre_userdata                         = var.workers_group_defaults["pre_userdata"]
      kubelet_extra_args                   = var.workers_group_defaults["kubelet_extra_args"]
      metadata_http_endpoint               = var.workers_group_defaults["metadata_http_endpoint"]
      metadata_http_tokens                 = var.workers_group_defaults["metadata_http_tokens"]
      metadata_http_put_response_hop_limit = var.workers_group_defaults["metadata_http_put_response_hop_limit"]
    },
    var.node_groups_defaults,
    each,
  ) if var.create_eks }

  names = { for key, each in local.groups : key => lookup(each, "name", lookup(each, "name_prefix", join("-", [var.cluster_name, key]))) }
}

resource "aws_launch_template" "workers" {
  for_each = { for key, each in local.groups : key => each if each["create_launch_template"] }

  name_prefix            = local.names[each.key]
  update_default_version = lookup(each.value, "update_default_version", true)
  image_id               = lookup(each.value, "ami_id", null)

  # What a call adds to the start of a node; the module wraps it.
  user_data = join("\n", compact(["/etc/eks/bootstrap.sh ${var.cluster_name}", each.value["pre_userdata"], each.value["kubelet_extra_args"]]))

  network_interfaces {
    associate_public_ip_address = lookup(each.value, "public_ip", null)
    security_groups             = compact(flatten([var.worker_security_group_id, var.worker_additional_security_group_ids, lookup(each.value, "additional_security_group_ids", null)]))
  }

  metadata_options {
    http_endpoint               = lookup(each.value, "metadata_http_endpoint", null)
    http_tokens                 = lookup(each.value, "metadata_http_tokens", null)
    http_put_response_hop_limit = lookup(each.value, "metadata_http_put_response_hop_limit", null)
  }
}

resource "aws_eks_node_group" "workers" {
  for_each = local.groups

  cluster_name           = var.cluster_name
  node_group_name        = lookup(each.value, "name", null)
  node_group_name_prefix = lookup(each.value, "name", null) == null ? local.names[each.key] : null
  node_role_arn          = each.value["iam_role_arn"]
  subnet_ids             = each.value["subnets"]
  ami_type               = lookup(each.value, "ami_type", null)
  release_version        = lookup(each.value, "ami_release_version", null)
  version                = lookup(each.value, "version", null)

  scaling_config {
    min_size     = each.value["min_capacity"]
    max_size     = each.value["max_capacity"]
    desired_size = each.value["desired_capacity"]
  }

  dynamic "launch_template" {
    for_each = each.value["launch_template_id"] != null ? [1] : []
    content {
      id      = each.value["launch_template_id"]
      version = each.value["launch_template_version"]
    }
  }

  dynamic "launch_template" {
    for_each = each.value["launch_template_id"] == null && each.value["create_launch_template"] ? [1] : []
    content {
      id = aws_launch_template.workers[each.key].id
      version = each.value["launch_template_version"] == "$Latest" ? aws_launch_template.workers[each.key].latest_version : (
        each.value["launch_template_version"] == "$Default" ? aws_launch_template.workers[each.key].default_version : each.value["launch_template_version"]
      )
    }
  }

  dynamic "update_config" {
    for_each = try(each.value.update_config.max_unavailable_percentage > 0, each.value.update_config.max_unavailable > 0, false) ? [1] : []
    content {
      max_unavailable_percentage = try(each.value.update_config.max_unavailable_percentage, null)
      max_unavailable            = try(each.value.update_config.max_unavailable, null)
    }
  }
}

output "node_groups" {
  value = aws_eks_node_group.workers
}
