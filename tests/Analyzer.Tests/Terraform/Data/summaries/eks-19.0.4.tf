variable "arn" {}

module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "19.0.4"

  cluster_name    = "shop"
  cluster_version = "1.24"
  vpc_id          = "vpc-1"
  subnet_ids      = ["subnet-1", "subnet-2"]

  node_security_group_additional_rules = {
    ingress_self_all = { protocol = "-1", from_port = 0, to_port = 0, type = "ingress", self = true }
    cluster_to_9999  = { protocol = "tcp", from_port = 9999, to_port = 9999, type = "ingress", source_cluster_security_group = true }
    egress_all       = { protocol = "tcp", from_port = 0, to_port = 65535, type = "egress", cidr_blocks = ["10.0.0.0/8"], prefix_list_ids = ["pl-1"] }
  }

  iam_role_additional_policies = { own = var.arn }

  cluster_addons = {
    coredns = {}
    aws-ebs-csi-driver = {
      service_account_role_arn = var.arn
    }
  }

  eks_managed_node_group_defaults = {
    iam_role_additional_policies = { ssm = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore" }
  }

  eks_managed_node_groups = {
    plain = {}
    own = {
      create_iam_role    = false
      iam_role_arn       = var.arn
      min_size           = 0
      desired_size       = 0
      max_size           = 0
      subnet_ids         = ["subnet-3"]
      ami_id             = "ami-1"
      network_interfaces = [{ associate_public_ip_address = true }]
      metadata_options   = { http_tokens = "optional" }
    }
    full = {
      name                          = "workers"
      use_name_prefix               = false
      iam_role_name                 = "workers"
      iam_role_use_name_prefix      = false
      iam_role_permissions_boundary = "arn:aws:iam::123456789012:policy/boundary"
      iam_role_attach_cni_policy    = false
      iam_role_additional_policies  = { own = var.arn }
      update_config                 = { max_unavailable = 1 }
      use_custom_launch_template    = false
    }
    named = {
      create_launch_template  = false
      launch_template_id      = "lt-1"
      launch_template_version = "3"
    }
  }

  self_managed_node_groups = {
    plain = {}
    own = {
      create_iam_instance_profile = false
      iam_instance_profile_arn    = var.arn
      max_instance_lifetime       = 604800
      use_mixed_instances_policy  = true
    }
  }

  fargate_profiles = {
    shop = {
      selectors                    = [{ namespace = "shop" }]
      iam_role_additional_policies = { own = var.arn }
    }
    own = {
      create_iam_role = false
      iam_role_arn    = var.arn
      selectors       = [{ namespace = "other" }]
    }
  }
}

module "own" {
  source  = "terraform-aws-modules/eks/aws"
  version = "19.0.4"

  cluster_name                    = "own"
  subnet_ids                      = ["subnet-1", "subnet-2"]
  enable_irsa                     = false
  create_iam_role                 = false
  iam_role_arn                    = var.arn
  cluster_endpoint_public_access  = true
  cluster_endpoint_private_access = true
  cluster_ip_family               = "ipv6"

  eks_managed_node_groups = {
    six = {}
  }
}

module "none" {
  source  = "terraform-aws-modules/eks/aws"
  version = "19.0.4"
  create  = false
}

module "karpenter" {
  source  = "terraform-aws-modules/eks/aws//modules/karpenter"
  version = "19.0.4"

  cluster_name           = "shop"
  irsa_oidc_provider_arn = "arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/A"
  iam_role_name          = "nodes"
}

module "karpenter_own" {
  source  = "terraform-aws-modules/eks/aws//modules/karpenter"
  version = "19.0.4"

  cluster_name    = "shop"
  create_irsa     = false
  create_iam_role = false
  iam_role_arn    = "arn:aws:iam::123456789012:role/nodes"
}

module "pool" {
  source  = "terraform-aws-modules/eks/aws//modules/eks-managed-node-group"
  version = "19.0.4"

  name         = "pool"
  cluster_name = "shop"
  subnet_ids   = ["subnet-1"]
}
