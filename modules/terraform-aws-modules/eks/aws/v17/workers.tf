# Groups with a launch configuration.

data "aws_iam_instance_profile" "custom_worker_group_iam_instance_profile" {
  count = var.manage_worker_iam_resources ? 0 : length(var.worker_groups)

  name = lookup(var.worker_groups[count.index], "iam_instance_profile_name", local.workers_group_defaults["iam_instance_profile_name"])
}

resource "aws_iam_instance_profile" "workers" {
  count = var.manage_worker_iam_resources && var.create_eks ? length(var.worker_groups) : 0

  name_prefix = local.cluster_name
  role        = lookup(var.worker_groups[count.index], "iam_role_id", local.worker_role)
  path        = var.iam_path
}

resource "aws_launch_configuration" "workers" {
  count = var.create_eks ? length(var.worker_groups) : 0

  name_prefix                 = "${local.cluster_name}-${lookup(var.worker_groups[count.index], "name", count.index)}"
  associate_public_ip_address = lookup(var.worker_groups[count.index], "public_ip", local.workers_group_defaults["public_ip"])
  security_groups             = flatten([local.worker_group, var.worker_additional_security_group_ids, lookup(var.worker_groups[count.index], "additional_security_group_ids", local.workers_group_defaults["additional_security_group_ids"])])
  iam_instance_profile        = coalescelist(aws_iam_instance_profile.workers[*].id, data.aws_iam_instance_profile.custom_worker_group_iam_instance_profile[*].name)[count.index]

  # What a call adds to the start of a node; the module wraps it.
  user_data = join("\n", compact([
    "/etc/eks/bootstrap.sh",
    lookup(var.worker_groups[count.index], "pre_userdata", local.workers_group_defaults["pre_userdata"]),
    lookup(var.worker_groups[count.index], "bootstrap_extra_args", local.workers_group_defaults["bootstrap_extra_args"]),
    lookup(var.worker_groups[count.index], "kubelet_extra_args", local.workers_group_defaults["kubelet_extra_args"]),
    lookup(var.worker_groups[count.index], "additional_userdata", local.workers_group_defaults["additional_userdata"]),
  ]))

  metadata_options {
    http_endpoint               = lookup(var.worker_groups[count.index], "metadata_http_endpoint", local.workers_group_defaults["metadata_http_endpoint"])
    http_tokens                 = lookup(var.worker_groups[count.index], "metadata_http_tokens", local.workers_group_defaults["metadata_http_tokens"])
    http_put_response_hop_limit = lookup(var.worker_groups[count.index], "metadata_http_put_response_hop_limit", local.workers_group_defaults["metadata_http_put_response_hop_limit"])
  }

  depends_on = [
    aws_iam_role_policy_attachment.workers_AmazonEKSWorkerNodePolicy,
    aws_iam_role_policy_attachment.workers_AmazonEKS_CNI_Policy,
    aws_iam_role_policy_attachment.workers_AmazonEC2ContainerRegistryReadOnly,
    aws_iam_role_policy_attachment.workers_additional_policies,
  ]
}

resource "aws_autoscaling_group" "workers" {
  count = var.create_eks ? length(var.worker_groups) : 0

  name_prefix           = join("-", compact([local.cluster_name, lookup(var.worker_groups[count.index], "name", count.index)]))
  min_size              = lookup(var.worker_groups[count.index], "asg_min_size", local.workers_group_defaults["asg_min_size"])
  max_size              = lookup(var.worker_groups[count.index], "asg_max_size", local.workers_group_defaults["asg_max_size"])
  desired_capacity      = lookup(var.worker_groups[count.index], "asg_desired_capacity", local.workers_group_defaults["asg_desired_capacity"])
  vpc_zone_identifier   = lookup(var.worker_groups[count.index], "subnets", local.workers_group_defaults["subnets"])
  max_instance_lifetime = lookup(var.worker_groups[count.index], "max_instance_lifetime", local.workers_group_defaults["max_instance_lifetime"])
  launch_configuration  = aws_launch_configuration.workers[count.index].id

  dynamic "tag" {
    for_each = concat(
      [{ key = "Name", value = "${local.cluster_name}-${lookup(var.worker_groups[count.index], "name", count.index)}-eks_asg", propagate_at_launch = true }],
      local.own_tags,
      [for tag in local.worker_tags : tag if tag.key != "Name" && !contains([for each in lookup(var.worker_groups[count.index], "tags", local.workers_group_defaults["tags"]) : each["key"]], tag.key)],
      lookup(var.worker_groups[count.index], "tags", local.workers_group_defaults["tags"]),
    )
    content {
      key                 = tag.value.key
      value               = tag.value.value
      propagate_at_launch = tag.value.propagate_at_launch
    }
  }
}
