# A managed node group, its role, and a template where one is asked for.

variable "managed_ng" {
  default = {}
}

variable "eks_cluster_id" {
  default = null
}

variable "private_subnet_ids" {
  default = []
}

variable "public_subnet_ids" {
  default = []
}

variable "security_groups" {
  default = []
}

variable "partition" {
  default = null
}

variable "dns_suffix" {
  default = null
}

variable "iam_role_path" {
  default = null
}

variable "iam_role_permissions_boundary" {
  default = null
}

locals {
  group = merge({
    node_group_name          = "m5_on_demand"
    enable_node_group_prefix = true
    ami_type                 = "AL2_x86_64"
    subnet_type              = "private"
    subnet_ids               = []
    create_iam_role          = true
    iam_role_arn             = null
    desired_size             = 3
    max_size                 = 3
    min_size                 = 1
    k8s_labels               = {}
    k8s_taints               = []
    additional_iam_policies  = []
    custom_ami_id            = ""
    create_launch_template   = false
    public_ip                = false
  }, var.managed_ng)

  name     = "${var.eks_cluster_id}-${local.group["node_group_name"]}"
  policies = "arn:${var.partition}:iam::aws:policy"
  own      = local.group["subnet_type"] == "public" ? var.public_subnet_ids : var.private_subnet_ids

  worker_policies = toset(concat([
    "${local.policies}/AmazonEKSWorkerNodePolicy",
    "${local.policies}/AmazonEKS_CNI_Policy",
    "${local.policies}/AmazonEC2ContainerRegistryReadOnly",
    "${local.policies}/AmazonSSMManagedInstanceCore",
  ], local.group["additional_iam_policies"]))
}

data "aws_iam_policy_document" "managed_ng_assume_role_policy" {
  statement {
    sid     = "EKSWorkerAssumeRole"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ec2.${var.dns_suffix}"]
    }
  }
}

resource "aws_iam_role" "managed_ng" {
  count = local.group["create_iam_role"] ? 1 : 0

  name                 = local.name
  assume_role_policy   = data.aws_iam_policy_document.managed_ng_assume_role_policy.json
  path                 = var.iam_role_path
  permissions_boundary = var.iam_role_permissions_boundary
}

resource "aws_iam_instance_profile" "managed_ng" {
  count = local.group["create_iam_role"] ? 1 : 0

  name = local.name
  role = aws_iam_role.managed_ng[0].name
}

resource "aws_iam_role_policy_attachment" "managed_ng" {
  for_each = { for key, each in local.worker_policies : key => each if local.group["create_iam_role"] }

  policy_arn = each.key
  role       = aws_iam_role.managed_ng[0].id
}

resource "aws_launch_template" "managed_node_groups" {
  count = local.group["create_launch_template"] == true ? 1 : 0

  name                   = local.name
  update_default_version = true
  image_id               = local.group["custom_ami_id"]
  user_data              = terraform_data.start[0].output

  dynamic "metadata_options" {
    for_each = try(var.managed_ng.enable_metadata_options, true) ? [1] : []
    content {
      http_endpoint               = try(var.managed_ng.http_endpoint, "enabled")
      http_tokens                 = try(var.managed_ng.http_tokens, "required")
      http_put_response_hop_limit = try(var.managed_ng.http_put_response_hop_limit, 2)
    }
  }

  network_interfaces {
    associate_public_ip_address = local.group["public_ip"]
    security_groups             = var.security_groups
  }

  depends_on = [aws_iam_role.managed_ng, aws_iam_role_policy_attachment.managed_ng]
}

# What starts the nodes is a template of the module.
resource "terraform_data" "start" {
  count = local.group["create_launch_template"] == true ? 1 : 0
}

resource "aws_eks_node_group" "managed_ng" {
  cluster_name           = var.eks_cluster_id
  node_group_name        = local.group["enable_node_group_prefix"] == false ? local.group["node_group_name"] : null
  node_group_name_prefix = local.group["enable_node_group_prefix"] == true ? format("%s-", local.group["node_group_name"]) : null
  node_role_arn          = local.group["create_iam_role"] == true ? aws_iam_role.managed_ng[0].arn : local.group["iam_role_arn"]
  subnet_ids             = length(local.group["subnet_ids"]) == 0 ? local.own : local.group["subnet_ids"]
  ami_type               = local.group["custom_ami_id"] != "" ? null : local.group["ami_type"]
  labels                 = local.group["k8s_labels"]

  scaling_config {
    desired_size = local.group["desired_size"]
    max_size     = local.group["max_size"]
    min_size     = local.group["min_size"]
  }

  dynamic "launch_template" {
    for_each = local.group["create_launch_template"] == true ? [1] : []
    content {
      id      = aws_launch_template.managed_node_groups[0].id
      version = aws_launch_template.managed_node_groups[0].default_version
    }
  }

  dynamic "taint" {
    for_each = local.group["k8s_taints"]
    content {
      key    = taint.value["key"]
      value  = taint.value["value"]
      effect = taint.value["effect"]
    }
  }

  depends_on = [aws_iam_role.managed_ng, aws_iam_instance_profile.managed_ng, aws_iam_role_policy_attachment.managed_ng]
}

output "managed_nodegroup_arn" {
  value = aws_eks_node_group.managed_ng[*].arn
}

output "managed_nodegroup_iam_role_arn" {
  value = aws_iam_role.managed_ng[*].arn
}

output "managed_nodegroup_iam_instance_profile_id" {
  value = aws_iam_instance_profile.managed_ng[*].id
}
