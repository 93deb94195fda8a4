variable "arn" {}

module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "21.19.0"

  name               = "shop"
  kubernetes_version = "1.31"
  vpc_id             = "vpc-1"
  subnet_ids         = ["subnet-1", "subnet-2"]

  node_security_group_additional_rules = {
    ingress_self_all = { protocol = "-1", from_port = 0, to_port = 0, type = "ingress", self = true }
    cluster_to_9999  = { protocol = "tcp", from_port = 9999, to_port = 9999, type = "ingress", source_cluster_security_group = true }
    egress_all       = { protocol = "tcp", from_port = 0, to_port = 65535, type = "egress", cidr_blocks = ["10.0.0.0/8"], prefix_list_ids = ["pl-1"] }
  }

  enable_cluster_creator_admin_permissions = true

  addons = {
    coredns = {}
    eks-pod-identity-agent = {
      before_compute = true
    }
    aws-ebs-csi-driver = {
      service_account_role_arn = var.arn
    }
  }

  access_entries = {
    people = {
      principal_arn = "arn:aws:iam::123456789012:role/people"
    }
  }

  eks_managed_node_groups = {
    plain = {
      iam_role_additional_policies = {
        ssm = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"
      }
    }
    own = {
      labels                       = { team = "shop" }
      taints                       = { gpu = { key = "gpu", value = "yes", effect = "NO_SCHEDULE" } }
      vpc_security_group_ids       = ["sg-1"]
      enable_efa_support           = true
      security_group_ingress_rules = { all = { ip_protocol = "-1", cidr_ipv4 = "10.0.0.0/8" }, api = { from_port = 443, referenced_security_group_id = "sg-2" } }
      security_group_egress_rules  = { all = { to_port = 443, self = true } }
      create_iam_role              = false
      iam_role_arn                 = var.arn
      min_size                     = 0
      desired_size                 = 0
      max_size                     = 0
      subnet_ids                   = ["subnet-3"]
      network_interfaces           = [{ associate_public_ip_address = true }]
    }
    full = {
      name                          = "workers"
      use_name_prefix               = false
      iam_role_name                 = "workers"
      iam_role_use_name_prefix      = false
      iam_role_permissions_boundary = "arn:aws:iam::123456789012:policy/boundary"
      iam_role_attach_cni_policy    = false
      use_custom_launch_template    = false
      iam_role_policy_statements = [
        { sid = "A", actions = ["s3:GetObject"], resources = ["*"] },
      ]
    }
  }

  self_managed_node_groups = {
    plain = {}
    own = {
      create_iam_instance_profile = false
      iam_instance_profile_arn    = var.arn
      iam_role_arn                = var.arn
    }
  }

  fargate_profiles = {
    shop = {
      selectors = [{ namespace = "shop" }]
    }
    own = {
      create_iam_role = false
      iam_role_arn    = var.arn
      selectors       = [{ namespace = "other" }]
    }
  }
}

module "auto" {
  source  = "terraform-aws-modules/eks/aws"
  version = "21.19.0"

  name                = "auto"
  subnet_ids          = ["subnet-1", "subnet-2"]
  enable_irsa         = false
  compute_config      = { enabled = true, node_pools = ["general-purpose"] }
  create_iam_role     = true
  iam_role_name       = "control"
  authentication_mode = "API"
}

module "none" {
  source  = "terraform-aws-modules/eks/aws"
  version = "21.19.0"
  create  = false
}

module "karpenter" {
  source  = "terraform-aws-modules/eks/aws//modules/karpenter"
  version = "21.19.0"

  cluster_name            = module.eks.cluster_name
  create_instance_profile = true
  node_iam_role_additional_policies = {
    ssm = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"
  }
}

module "karpenter_own" {
  source  = "terraform-aws-modules/eks/aws//modules/karpenter"
  version = "21.19.0"

  cluster_name         = "shop"
  create_node_iam_role = false
  node_iam_role_arn    = var.arn
  create_access_entry  = false
}
