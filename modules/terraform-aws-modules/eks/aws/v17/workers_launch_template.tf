# Groups with a launch template.

data "aws_iam_instance_profile" "custom_worker_group_launch_template_iam_instance_profile" {
  count = var.manage_worker_iam_resources ? 0 : length(var.worker_groups_launch_template)

  name = lookup(var.worker_groups_launch_template[count.index], "iam_instance_profile_name", local.workers_group_defaults["iam_instance_profile_name"])
}

resource "aws_iam_instance_profile" "workers_launch_template" {
  count = var.manage_worker_iam_resources && var.create_eks ? length(var.worker_groups_launch_template) : 0

  name_prefix = local.cluster_name
  role        = lookup(var.worker_groups_launch_template[count.index], "iam_role_id", local.worker_role)
  path        = var.iam_path
}

resource "aws_launch_template" "workers_launch_template" {
  count = var.create_eks ? length(var.worker_groups_launch_template) : 0

  name_prefix            = "${local.cluster_name}-${lookup(var.worker_groups_launch_template[count.index], "name", count.index)}"
  update_default_version = lookup(var.worker_groups_launch_template[count.index], "update_default_version", local.workers_group_defaults["update_default_version"])

  iam_instance_profile {
    name = coalescelist(aws_iam_instance_profile.workers_launch_template[*].name, data.aws_iam_instance_profile.custom_worker_group_launch_template_iam_instance_profile[*].name)[count.index]
  }

  network_interfaces {
    associate_public_ip_address = lookup(var.worker_groups_launch_template[count.index], "public_ip", local.workers_group_defaults["public_ip"])
    security_groups             = flatten([local.worker_group, var.worker_additional_security_group_ids, lookup(var.worker_groups_launch_template[count.index], "additional_security_group_ids", local.workers_group_defaults["additional_security_group_ids"])])
  }

  # What a call adds to the start of a node; the module wraps it.
  user_data = join("\n", compact([
    "/etc/eks/bootstrap.sh",
    lookup(var.worker_groups_launch_template[count.index], "pre_userdata", local.workers_group_defaults["pre_userdata"]),
    lookup(var.worker_groups_launch_template[count.index], "bootstrap_extra_args", local.workers_group_defaults["bootstrap_extra_args"]),
    lookup(var.worker_groups_launch_template[count.index], "kubelet_extra_args", local.workers_group_defaults["kubelet_extra_args"]),
    lookup(var.worker_groups_launch_template[count.index], "additional_userdata", local.workers_group_defaults["additional_userdata"]),
  ]))

  metadata_options {
    http_endpoint               = lookup(var.worker_groups_launch_template[count.index], "metadata_http_endpoint", local.workers_group_defaults["metadata_http_endpoint"])
    http_tokens                 = lookup(var.worker_groups_launch_template[count.index], "metadata_http_tokens", local.workers_group_defaults["metadata_http_tokens"])
    http_put_response_hop_limit = lookup(var.worker_groups_launch_template[count.index], "metadata_http_put_response_hop_limit", local.workers_group_defaults["metadata_http_put_response_hop_limit"])
  }

  depends_on = [
    aws_iam_role_policy_attachment.workers_AmazonEKSWorkerNodePolicy,
    aws_iam_role_policy_attachment.workers_AmazonEKS_CNI_Policy,
    aws_iam_role_policy_attachment.workers_AmazonEC2ContainerRegistryReadOnly,
    aws_iam_role_policy_attachment.workers_additional_policies,
  ]
}

locals {
  # Mixed instances come with a list of types or a strategy of the group, not with those of the defaults.
  is_mixed = [for each in var.worker_groups_launch_template : lookup(each, "override_instance_types", null) != null || lookup(each, "on_demand_allocation_strategy", local.workers_group_defaults["on_demand_allocation_strategy"]) != null]
}

resource "aws_autoscaling_group" "workers_launch_template" {
  count = var.create_eks ? length(var.worker_groups_launch_template) : 0

  name_prefix           = join("-", compact([local.cluster_name, lookup(var.worker_groups_launch_template[count.index], "name", count.index)]))
  min_size              = lookup(var.worker_groups_launch_template[count.index], "asg_min_size", local.workers_group_defaults["asg_min_size"])
  max_size              = lookup(var.worker_groups_launch_template[count.index], "asg_max_size", local.workers_group_defaults["asg_max_size"])
  desired_capacity      = lookup(var.worker_groups_launch_template[count.index], "asg_desired_capacity", local.workers_group_defaults["asg_desired_capacity"])
  vpc_zone_identifier   = lookup(var.worker_groups_launch_template[count.index], "subnets", local.workers_group_defaults["subnets"])
  max_instance_lifetime = lookup(var.worker_groups_launch_template[count.index], "max_instance_lifetime", local.workers_group_defaults["max_instance_lifetime"])

  dynamic "launch_template" {
    for_each = local.is_mixed[count.index] ? [] : [1]
    content {
      id = aws_launch_template.workers_launch_template[count.index].id
      version = lookup(var.worker_groups_launch_template[count.index], "launch_template_version",
        local.workers_group_defaults["launch_template_version"] == "$Latest" ? aws_launch_template.workers_launch_template[count.index].latest_version : aws_launch_template.workers_launch_template[count.index].default_version
      )
    }
  }

  dynamic "mixed_instances_policy" {
    for_each = local.is_mixed[count.index] ? [1] : []
    content {
      launch_template {
        launch_template_specification {
          launch_template_id = aws_launch_template.workers_launch_template[count.index].id
          version = lookup(var.worker_groups_launch_template[count.index], "launch_template_version",
            local.workers_group_defaults["launch_template_version"] == "$Latest" ? aws_launch_template.workers_launch_template[count.index].latest_version : aws_launch_template.workers_launch_template[count.index].default_version
          )
        }
      }
    }
  }

  dynamic "tag" {
    for_each = concat(
      [{ key = "Name", value = "${local.cluster_name}-${lookup(var.worker_groups_launch_template[count.index], "name", count.index)}-eks_asg", propagate_at_launch = true }],
      slice(local.own_tags, 0, 1),
      [for tag in local.worker_tags : tag if tag.key != "Name" && !contains([for each in lookup(var.worker_groups_launch_template[count.index], "tags", local.workers_group_defaults["tags"]) : each["key"]], tag.key)],
      lookup(var.worker_groups_launch_template[count.index], "tags", local.workers_group_defaults["tags"]),
    )
    content {
      key                 = tag.value.key
      value               = tag.value.value
      propagate_at_launch = tag.value.propagate_at_launch
    }
  }
}
