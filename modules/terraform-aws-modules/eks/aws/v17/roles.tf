# Groups of the module's own kind: with a launch configuration, and with a launch template. What a group does not say, the defaults say.

variable "worker_groups" {
  default = []
}

variable "worker_groups_launch_template" {
  default = []
}

variable "workers_group_defaults" {
  default = {}
}

variable "manage_worker_iam_resources" {
  default = true
}

variable "workers_role_name" {
  default = ""
}

variable "attach_worker_cni_policy" {
  default = true
}

variable "workers_additional_policies" {
  default = []
}

variable "worker_create_security_group" {
  default = true
}

variable "worker_security_group_id" {
  default = ""
}

variable "worker_additional_security_group_ids" {
  default = []
}

variable "tags" {
  default = {}
}

locals {
  worker_role  = concat(aws_iam_role.workers[*].id, [""])[0]
  worker_group = var.worker_create_security_group ? join("", aws_security_group.workers[*].id) : var.worker_security_group_id
  worker_tags  = [for key, value in var.tags : { key = key, value = value, propagate_at_launch = "true" }]
  own_tags = [
    { key = "kubernetes.io/cluster/${local.cluster_name}", value = "owned", propagate_at_launch = true },
    { key = "k8s.io/cluster/${local.cluster_name}", value = "owned", propagate_at_launch = true },
  ]

  workers_group_defaults = merge(
    {
      tags                                 = []
      asg_desired_capacity                 = "1"
      asg_max_size                         = "3"
      asg_min_size                         = "1"
      max_instance_lifetime                = 0
      subnets                              = var.subnets
      public_ip                            = false
      iam_instance_profile_name            = ""
      additional_security_group_ids        = []
      pre_userdata                         = ""
      additional_userdata                  = ""
      bootstrap_extra_args                 = ""
      kubelet_extra_args                   = ""
      launch_template_id                   = null
      launch_template_version              = "$Latest"
      update_default_version               = false
      on_demand_allocation_strategy        = null
      override_instance_types              = ["m5.large", "m5a.large", "m5d.large", "m5ad.large"]
      metadata_http_endpoint               = "enabled"
      metadata_http_tokens                 = "optional"
      metadata_http_put_response_hop_limit = null
    },
    var.workers_group_defaults,
  )
}

data "aws_iam_policy_document" "workers_assume_role_policy" {
  statement {
    sid     = "EKSWorkerAssumeRole"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ec2.${data.aws_partition.current.dns_suffix}"]
    }
  }
}

resource "aws_iam_role" "workers" {
  count = var.manage_worker_iam_resources && var.create_eks ? 1 : 0

  name                 = var.workers_role_name != "" ? var.workers_role_name : null
  name_prefix          = var.workers_role_name != "" ? null : local.cluster_name
  path                 = var.iam_path
  assume_role_policy   = data.aws_iam_policy_document.workers_assume_role_policy.json
  permissions_boundary = var.permissions_boundary
}

resource "aws_iam_role_policy_attachment" "workers_AmazonEKSWorkerNodePolicy" {
  count = var.manage_worker_iam_resources && var.create_eks ? 1 : 0

  policy_arn = "${local.aws_policies}/AmazonEKSWorkerNodePolicy"
  role       = aws_iam_role.workers[0].name
}

resource "aws_iam_role_policy_attachment" "workers_AmazonEKS_CNI_Policy" {
  count = var.manage_worker_iam_resources && var.attach_worker_cni_policy && var.create_eks ? 1 : 0

  policy_arn = "${local.aws_policies}/AmazonEKS_CNI_Policy"
  role       = aws_iam_role.workers[0].name
}

resource "aws_iam_role_policy_attachment" "workers_AmazonEC2ContainerRegistryReadOnly" {
  count = var.manage_worker_iam_resources && var.create_eks ? 1 : 0

  policy_arn = "${local.aws_policies}/AmazonEC2ContainerRegistryReadOnly"
  role       = aws_iam_role.workers[0].name
}

resource "aws_iam_role_policy_attachment" "workers_additional_policies" {
  count = var.manage_worker_iam_resources && var.create_eks ? length(var.workers_additional_policies) : 0

  policy_arn = var.workers_additional_policies[count.index]
  role       = aws_iam_role.workers[0].name
}

# Its rules stay open.
resource "aws_security_group" "workers" {
  count = var.worker_create_security_group && var.create_eks ? 1 : 0

  name_prefix = var.cluster_name
  vpc_id      = var.vpc_id
}
