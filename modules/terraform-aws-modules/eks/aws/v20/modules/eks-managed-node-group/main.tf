# A managed node group with its launch template. Its role always gets the read-only policy of ECR.

variable "create" {
  default  = true
  nullable = false
}

variable "cluster_name" {
  default  = ""
  nullable = false
}

variable "cluster_ip_family" {
  default  = "ipv4"
  nullable = false
}

variable "name" {
  default  = ""
  nullable = false
}

variable "cluster_version" {
  default = null
}

variable "subnet_ids" {
  default  = []
  nullable = false
}

variable "min_size" {
  default  = 1
  nullable = false
}

variable "max_size" {
  default  = 3
  nullable = false
}

variable "desired_size" {
  default  = 1
  nullable = false
}

variable "ami_id" {
  default  = ""
  nullable = false
}

variable "ami_type" {
  default = null
}

variable "ami_release_version" {
  default = null
}

variable "use_latest_ami_release_version" {
  default  = false
  nullable = false
}

variable "node_repair_config" {
  default = null
}

variable "labels" {
  default = null
}

variable "taints" {
  default  = {}
  nullable = false
}

variable "vpc_security_group_ids" {
  default  = []
  nullable = false
}

variable "cluster_primary_security_group_id" {
  default = null
}

variable "update_config" {
  type     = map(string)
  default  = { max_unavailable_percentage = 33 }
  nullable = false
}

variable "use_name_prefix" {
  default  = true
  nullable = false
}

variable "create_launch_template" {
  default  = true
  nullable = false
}

variable "use_custom_launch_template" {
  default  = true
  nullable = false
}

variable "launch_template_id" {
  default  = ""
  nullable = false
}

variable "launch_template_default_version" {
  default = null
}

variable "update_launch_template_default_version" {
  default  = true
  nullable = false
}

variable "launch_template_version" {
  default = null
}

variable "network_interfaces" {
  default  = []
  nullable = false
}

variable "metadata_options" {
  type = map(string)
  default = {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 2
  }
  nullable = false
}

variable "enable_efa_support" {
  default  = false
  nullable = false
}

variable "create_placement_group" {
  default  = false
  nullable = false
}

variable "enable_bootstrap_user_data" {
  default  = false
  nullable = false
}

variable "cloudinit_pre_nodeadm" {
  default  = []
  nullable = false
}

variable "user_data_template_path" {
  default  = ""
  nullable = false
}

variable "pre_bootstrap_user_data" {
  default  = ""
  nullable = false
}

variable "post_bootstrap_user_data" {
  default  = ""
  nullable = false
}

variable "bootstrap_extra_args" {
  default  = ""
  nullable = false
}

locals {
  version      = coalesce(var.launch_template_version, try(aws_launch_template.this[0].default_version, "$Default"))
  has_efa      = var.enable_efa_support || var.create_placement_group
  has_template = var.create && var.create_launch_template && var.use_custom_launch_template

  uses_template = var.use_custom_launch_template
  template_id   = local.has_template ? aws_launch_template.this[0].id : var.launch_template_id
  template_name = null
}

# Groups with an elastic fabric adapter have an interface for each network card, none of them with a public address.
data "aws_ec2_instance_type" "this" {
  count = var.create && var.enable_efa_support ? 1 : 0
}

locals {
  cards              = try(data.aws_ec2_instance_type.this[0].maximum_network_cards, 0)
  network_interfaces = var.create && var.enable_efa_support ? [for card in range(local.cards) : { associate_public_ip_address = false, security_groups = [] }] : var.network_interfaces

  security_groups = compact(concat([var.cluster_primary_security_group_id], var.vpc_security_group_ids))
}

resource "aws_launch_template" "this" {
  count = local.has_template ? 1 : 0

  default_version        = var.launch_template_default_version
  update_default_version = var.update_launch_template_default_version

  image_id               = var.ami_id
  vpc_security_group_ids = length(local.network_interfaces) > 0 ? [] : local.security_groups

  # What a call adds to the start of a node; the module wraps it, and starts the node itself if told to.
  user_data = join("\n", compact(concat(
    [var.pre_bootstrap_user_data],
    [for part in var.cloudinit_pre_nodeadm : part.content],
    [var.enable_bootstrap_user_data ? "/etc/eks/bootstrap.sh ${coalesce(var.cluster_name, "cluster")}" : ""],
    [var.bootstrap_extra_args, var.post_bootstrap_user_data],
    [var.user_data_template_path == "" ? "" : file(var.user_data_template_path)],
  )))

  dynamic "network_interfaces" {
    for_each = length(local.network_interfaces) > 0 ? local.network_interfaces : []
    content {
      associate_public_ip_address = try(network_interfaces.value.associate_public_ip_address, null)
      security_groups             = compact(concat(try(coalesce(network_interfaces.value.security_groups, []), []), local.security_groups))
    }
  }

  dynamic "metadata_options" {
    for_each = length(var.metadata_options) > 0 ? [var.metadata_options] : []
    content {
      http_endpoint               = try(metadata_options.value.http_endpoint, null)
      http_tokens                 = try(metadata_options.value.http_tokens, null)
      http_put_response_hop_limit = try(metadata_options.value.http_put_response_hop_limit, null)
    }
  }

  depends_on = [aws_iam_role_policy_attachment.this, aws_iam_role_policy_attachment.additional]
}

# Nodes that share a placement group stand in those of the subnets that fit.
data "aws_subnets" "placement_group" {
  count = var.create && local.has_efa ? 1 : 0
}

resource "aws_eks_node_group" "this" {
  count = var.create ? 1 : 0

  cluster_name           = var.cluster_name
  node_role_arn          = var.create_iam_role ? aws_iam_role.this[0].arn : var.iam_role_arn
  subnet_ids             = local.has_efa ? data.aws_subnets.placement_group[0].ids : var.subnet_ids
  node_group_name        = var.use_name_prefix ? null : var.name
  node_group_name_prefix = var.use_name_prefix ? "${var.name}-" : null
  ami_type               = var.ami_id != "" ? null : var.ami_type
  labels                 = var.labels

  scaling_config {
    min_size     = var.min_size
    max_size     = var.max_size
    desired_size = var.desired_size
  }

  dynamic "launch_template" {
    for_each = local.uses_template ? [1] : []
    content {
      id      = local.template_id
      name    = local.template_name
      version = local.version
    }
  }

  dynamic "taint" {
    for_each = var.taints
    content {
      key    = taint.value.key
      value  = try(taint.value.value, null)
      effect = taint.value.effect
    }
  }

  dynamic "update_config" {
    for_each = length(var.update_config) > 0 ? [var.update_config] : []
    content {
      max_unavailable_percentage = try(update_config.value.max_unavailable_percentage, null)
      max_unavailable            = try(update_config.value.max_unavailable, null)
    }
  }

  dynamic "node_repair_config" {
    for_each = var.node_repair_config != null ? [var.node_repair_config] : []
    content {
      enabled = node_repair_config.value.enabled
    }
  }
}

output "launch_template_id" {
  value = try(aws_launch_template.this[0].id, null)
}

output "node_group_id" {
  value = try(aws_eks_node_group.this[0].id, null)
}

output "node_group_arn" {
  value = try(aws_eks_node_group.this[0].arn, null)
}

output "node_group_status" {
  value = try(aws_eks_node_group.this[0].status, null)
}

output "node_group_resources" {
  value = try(aws_eks_node_group.this[0].resources, null)
}

output "node_group_autoscaling_group_names" {
  value = try(flatten(aws_eks_node_group.this[0].resources[*].autoscaling_groups[*].name), [])
}
