variable "arn" {}

module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "17.24.0"

  cluster_name    = "shop"
  cluster_version = "1.21"
  vpc_id          = "vpc-1"
  subnets         = ["subnet-1", "subnet-2"]
  enable_irsa     = true
  tags            = { team = "shop", Name = "mine" }

  workers_additional_policies = ["arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore", var.arn]

  workers_group_defaults = {
    asg_max_size = 5
    tags         = [{ key = "color", value = "blue", propagate_at_launch = true }]
  }

  worker_groups = [
    {
      instance_type = "m5.large"
    },
    {
      name                                 = "big"
      asg_min_size                         = 0
      asg_desired_capacity                 = 2
      subnets                              = ["subnet-3"]
      public_ip                            = true
      iam_role_id                          = "other"
      additional_security_group_ids        = ["sg-1"]
      metadata_http_tokens                 = "required"
      metadata_http_put_response_hop_limit = 1
      max_instance_lifetime                = 604800
    },
  ]

  worker_groups_launch_template = [
    {
      name = "spot"

      override_instance_types = ["m5.large", "m5a.large"]
    },
    {
      launch_template_version = "3"
      update_default_version  = true
    },
  ]

  node_groups_defaults = {
    ami_type = "AL2_x86_64"
  }

  node_groups = {
    plain = {}
    full = {
      name                    = "workers"
      desired_capacity        = 0
      min_capacity            = 0
      max_capacity            = 0
      iam_role_arn            = var.arn
      subnets                 = ["subnet-3"]
      create_launch_template  = true
      launch_template_version = "$Default"
      ami_id                  = "ami-1"
      public_ip               = true
      version                 = "1.20"
      update_config           = { max_unavailable = 2 }
      metadata_http_tokens    = "required"
    }
    prefixed = {
      name_prefix             = "prefixed"
      launch_template_id      = "lt-1"
      launch_template_version = "4"
    }
  }

  fargate_profiles = {
    shop_app = {
      selectors = [{ namespace = "shop", labels = { on = "fargate" } }, { namespace = "other" }]
    }
    named = {
      name      = "named"
      subnets   = ["subnet-3"]
      selectors = [{ namespace = "named" }]
    }
  }
}

module "own" {
  source  = "terraform-aws-modules/eks/aws"
  version = "17.24.0"

  cluster_name                      = "own"
  subnets                           = ["subnet-1", "subnet-2"]
  fargate_subnets                   = ["subnet-4"]
  cluster_endpoint_private_access   = true
  cluster_endpoint_public_access    = false
  manage_aws_auth                   = false
  manage_cluster_iam_resources      = false
  cluster_iam_role_name             = "control"
  manage_worker_iam_resources       = false
  worker_create_security_group      = false
  worker_security_group_id          = "sg-2"
  create_fargate_pod_execution_role = false
  fargate_pod_execution_role_name   = "pods"

  worker_groups                 = [{ iam_instance_profile_name = "nodes" }]
  worker_groups_launch_template = [{ iam_instance_profile_name = "nodes", on_demand_allocation_strategy = "prioritized" }]
  fargate_profiles              = { all = { selectors = [{ namespace = "*" }] } }
}

module "named" {
  source  = "terraform-aws-modules/eks/aws"
  version = "17.24.0"

  cluster_name             = "named"
  subnets                  = ["subnet-1"]
  cluster_iam_role_name    = "named-control"
  workers_role_name        = "named-workers"
  permissions_boundary     = "arn:aws:iam::123456789012:policy/boundary"
  iam_path                 = "/eks/"
  attach_worker_cni_policy = false
}

module "none" {
  source     = "terraform-aws-modules/eks/aws"
  version    = "17.24.0"
  create_eks = false
}
