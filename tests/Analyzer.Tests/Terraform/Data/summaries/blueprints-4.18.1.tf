module "shop" {
  source  = "aws-ia/eks-blueprints/aws"
  version = "4.18.1"

  cluster_name       = "shop"
  vpc_id             = "vpc-1"
  private_subnet_ids = ["subnet-1", "subnet-2"]
  public_subnet_ids  = ["subnet-3"]

  iam_role_additional_policies = ["arn:aws:iam::111122223333:policy/more"]

  node_security_group_additional_rules = {
    egress_all = { protocol = "-1", from_port = 0, to_port = 0, type = "egress", cidr_blocks = ["0.0.0.0/0"] }
  }

  managed_node_groups = {
    plain = {
      node_group_name = "plain"
    }
    full = {
      node_group_name          = "full"
      enable_node_group_prefix = false
      subnet_type              = "public"
      desired_size             = 0
      min_size                 = 0
      k8s_labels               = { team = "shop" }
      k8s_taints               = [{ key = "gpu", value = "yes", effect = "NO_SCHEDULE" }]
    }
    own = {
      node_group_name = "own"
      create_iam_role = false
      iam_role_arn    = "arn:aws:iam::111122223333:role/own"
      subnet_ids      = ["subnet-4"]
    }
    template = {
      node_group_name        = "template"
      create_launch_template = true
      update_default_version = false
      http_tokens            = "optional"
    }
  }

  fargate_profiles = {
    system = {
      fargate_profile_name       = "system"
      subnet_ids                 = ["subnet-1"]
      fargate_profile_namespaces = [{ namespace = "kube-system", k8s_labels = { on = "fargate" } }]
    }
  }
}

module "addons" {
  source  = "aws-ia/eks-blueprints/aws//modules/kubernetes-addons"
  version = "4.18.1"

  eks_cluster_id      = module.shop.eks_cluster_id
  data_plane_wait_arn = module.shop.managed_node_groups[0]["plain"].managed_nodegroup_arn[0]

  enable_aws_load_balancer_controller = true
  enable_metrics_server               = true
  enable_cluster_autoscaler           = true
}

module "own_chart" {
  source  = "aws-ia/eks-blueprints/aws//modules/kubernetes-addons/helm-addon"
  version = "4.18.1"

  helm_config = {
    name      = "shop"
    chart     = "shop"
    namespace = "shop"
    timeout   = 300
    set       = [{ name = "replicas", value = 2 }]
  }

  addon_context = {
    eks_cluster_id = module.shop.eks_cluster_id
  }
}
