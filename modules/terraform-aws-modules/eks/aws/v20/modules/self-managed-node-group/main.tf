# An Auto Scaling group whose tags make it nodes of the cluster, with its launch template.

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

variable "create_autoscaling_group" {
  default  = true
  nullable = false
}

variable "subnet_ids" {
  default  = []
  nullable = false
}

variable "availability_zones" {
  default = null
}

variable "min_size" {
  default  = 0
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

variable "use_name_prefix" {
  default  = true
  nullable = false
}

variable "create_launch_template" {
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

variable "use_mixed_instances_policy" {
  default  = false
  nullable = false
}

variable "mixed_instances_policy" {
  default = null
}

variable "max_instance_lifetime" {
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

variable "ami_id" {
  default  = ""
  nullable = false
}

variable "vpc_security_group_ids" {
  default  = []
  nullable = false
}

variable "cluster_primary_security_group_id" {
  default = null
}

variable "enable_efa_support" {
  default  = false
  nullable = false
}

variable "instance_refresh" {
  default = {
    strategy    = "Rolling"
    preferences = { min_healthy_percentage = 66 }
  }
  nullable = false
}

variable "create_iam_instance_profile" {
  default  = true
  nullable = false
}

variable "iam_instance_profile_arn" {
  default = null
}

variable "create_access_entry" {
  default  = true
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
  has_template = var.create && var.create_launch_template
  template     = local.has_template ? aws_launch_template.this[0].id : var.launch_template_id

  template_name = null
  version       = coalesce(var.launch_template_version, try(aws_launch_template.this[0].default_version, "$Default"))
}

data "aws_ssm_parameter" "ami" {
  count = var.create && var.create_launch_template ? 1 : 0
}

locals {
  default_image   = nonsensitive(data.aws_ssm_parameter.ami[0].value)
  security_groups = compact(concat([var.cluster_primary_security_group_id], var.vpc_security_group_ids))
}

resource "aws_launch_template" "this" {
  count = local.has_template ? 1 : 0

  default_version        = var.launch_template_default_version
  update_default_version = var.update_launch_template_default_version

  image_id               = coalesce(var.ami_id, local.default_image)
  vpc_security_group_ids = length(var.network_interfaces) > 0 ? [] : local.security_groups

  # What a call adds to the start of a node; the module wraps it.
  user_data = join("\n", compact([var.pre_bootstrap_user_data, var.bootstrap_extra_args, var.post_bootstrap_user_data]))

  iam_instance_profile {
    arn = var.create_iam_instance_profile ? aws_iam_instance_profile.this[0].arn : var.iam_instance_profile_arn
  }

  dynamic "network_interfaces" {
    for_each = var.network_interfaces
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

resource "aws_autoscaling_group" "this" {
  count = var.create && var.create_autoscaling_group ? 1 : 0

  name                  = var.use_name_prefix ? null : var.name
  name_prefix           = var.use_name_prefix ? "${var.name}-" : null
  vpc_zone_identifier   = var.subnet_ids
  min_size              = var.min_size
  max_size              = var.max_size
  desired_capacity      = var.desired_size
  max_instance_lifetime = var.max_instance_lifetime

  dynamic "instance_refresh" {
    for_each = length({ for key, each in var.instance_refresh : key => each if each != null }) > 0 ? [var.instance_refresh] : []
    content {
      strategy = try(instance_refresh.value.strategy, null)
    }
  }

  dynamic "launch_template" {
    for_each = var.use_mixed_instances_policy ? [] : [1]
    content {
      id      = local.template
      name    = local.template_name
      version = local.version
    }
  }

  dynamic "mixed_instances_policy" {
    for_each = var.use_mixed_instances_policy ? [var.mixed_instances_policy] : []
    content {
      launch_template {
        launch_template_specification {
          launch_template_id   = local.template
          launch_template_name = local.template_name
          version              = local.version
        }

        dynamic "override" {
          for_each = try(mixed_instances_policy.value.override, [])
          content {
            dynamic "launch_template_specification" {
              for_each = try([override.value.launch_template_specification], [])
              content {
                launch_template_id = try(launch_template_specification.value.launch_template_id, null)
              }
            }
          }
        }
      }
    }
  }

  dynamic "tag" {
    for_each = {
      Name                                        = var.name
      "kubernetes.io/cluster/${var.cluster_name}" = "owned"
      "k8s.io/cluster/${var.cluster_name}"        = "owned"
    }
    content {
      key                 = tag.key
      value               = tag.value
      propagate_at_launch = true
    }
  }
}

resource "aws_eks_access_entry" "this" {
  count = var.create && var.create_access_entry ? 1 : 0

  cluster_name  = var.cluster_name
  principal_arn = var.create_iam_instance_profile ? aws_iam_role.this[0].arn : var.iam_role_arn
  type          = "EC2_LINUX"
}

output "launch_template_id" {
  value = try(aws_launch_template.this[0].id, null)
}

output "autoscaling_group_name" {
  value = try(aws_autoscaling_group.this[0].name, null)
}

output "autoscaling_group_arn" {
  value = try(aws_autoscaling_group.this[0].arn, null)
}

output "autoscaling_group_id" {
  value = try(aws_autoscaling_group.this[0].id, null)
}

output "access_entry_arn" {
  value = try(aws_eks_access_entry.this[0].access_entry_arn, null)
}
