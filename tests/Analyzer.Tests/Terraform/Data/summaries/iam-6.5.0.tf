variable "arn" {}

module "policy" {
  source  = "terraform-aws-modules/iam/aws//modules/iam-policy"
  version = "6.5.0"

  name   = "read"
  policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}

module "no_policy" {
  source  = "terraform-aws-modules/iam/aws//modules/iam-policy"
  version = "6.5.0"

  create = false
}

module "irsa" {
  source  = "terraform-aws-modules/iam/aws//modules/iam-role-for-service-accounts"
  version = "6.5.0"

  name                  = "ebs-csi"
  attach_ebs_csi_policy = true
  policies              = { read = module.policy.arn }

  oidc_providers = {
    main = {
      provider_arn               = "arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/A"
      namespace_service_accounts = ["kube-system:ebs-csi-controller-sa"]
    }
  }
}

module "irsa_own" {
  source  = "terraform-aws-modules/iam/aws//modules/iam-role-for-service-accounts"
  version = "6.5.0"

  name                 = "shop"
  use_name_prefix      = false
  path                 = "/shop/"
  permissions_boundary = var.arn
  trust_condition_test = "StringLike"
  permissions          = { read = { actions = ["s3:GetObject"], resources = ["*"] } }

  create_inline_policy      = true
  inline_policy_permissions = { list = { sid = "List", actions = ["s3:ListBucket"], resources = ["*"] } }

  oidc_providers = {
    main = {
      provider_arn               = var.arn
      namespace_service_accounts = ["shop:*"]
    }
  }
}

module "irsa_bare" {
  source  = "terraform-aws-modules/iam/aws//modules/iam-role-for-service-accounts"
  version = "6.5.0"

  name = "bare"
}

module "irsa_none" {
  source  = "terraform-aws-modules/iam/aws//modules/iam-role-for-service-accounts"
  version = "6.5.0"

  create               = false
  attach_velero_policy = true
}

module "nodes" {
  source  = "terraform-aws-modules/iam/aws//modules/iam-role"
  version = "6.5.0"

  name                    = "nodes"
  use_name_prefix         = false
  create_instance_profile = true
  policies                = { worker = "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy", own = module.policy.arn }

  trust_policy_permissions = {
    nodes = {
      actions    = ["sts:AssumeRole"]
      principals = [{ type = "Service", identifiers = ["ec2.amazonaws.com"] }]
    }
  }
}

module "oidc" {
  source  = "terraform-aws-modules/iam/aws//modules/iam-role"
  version = "6.5.0"

  name               = "carts"
  enable_oidc        = true
  oidc_provider_urls = ["https://oidc.eks.eu-west-1.amazonaws.com/id/A"]
  oidc_subjects      = ["system:serviceaccount:carts:carts"]
  oidc_audiences     = ["sts.amazonaws.com"]

  create_inline_policy      = true
  inline_policy_permissions = { list = { actions = ["s3:ListBucket"], resources = ["*"] } }
}

module "role_none" {
  source  = "terraform-aws-modules/iam/aws//modules/iam-role"
  version = "6.5.0"

  create = false
}
