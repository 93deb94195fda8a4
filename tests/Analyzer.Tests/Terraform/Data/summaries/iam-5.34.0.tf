variable "arn" {}

module "policy" {
  source  = "terraform-aws-modules/iam/aws//modules/iam-policy"
  version = "5.34.0"

  name   = "read"
  path   = "/shop/"
  policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}

module "no_policy" {
  source  = "terraform-aws-modules/iam/aws//modules/iam-policy"
  version = "5.34.0"

  create_policy = false
}

module "irsa" {
  source  = "terraform-aws-modules/iam/aws//modules/iam-role-for-service-accounts-eks"
  version = "5.34.0"

  role_name             = "ebs-csi"
  attach_ebs_csi_policy = true
  attach_vpc_cni_policy = true
  vpc_cni_enable_ipv4   = true
  role_policy_arns      = { p0 = module.policy.arn }

  oidc_providers = {
    main = {
      provider_arn               = "arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/A"
      namespace_service_accounts = ["kube-system:ebs-csi-controller-sa", "kube-system:aws-node"]
    }
  }
}

module "irsa_prefix" {
  source  = "terraform-aws-modules/iam/aws//modules/iam-role-for-service-accounts-eks"
  version = "5.34.0"

  role_name_prefix              = "shop-"
  role_path                     = "/shop/"
  role_permissions_boundary_arn = var.arn
  assume_role_condition_test    = "StringLike"

  oidc_providers = {
    main = {
      provider_arn               = var.arn
      namespace_service_accounts = ["shop:*"]
    }
  }
}

module "irsa_none" {
  source  = "terraform-aws-modules/iam/aws//modules/iam-role-for-service-accounts-eks"
  version = "5.34.0"

  create_role           = false
  attach_velero_policy  = true
  velero_s3_bucket_arns = ["arn:aws:s3:::backup"]
}

module "oidc" {
  source  = "terraform-aws-modules/iam/aws//modules/iam-assumable-role-with-oidc"
  version = "5.34.0"

  create_role                    = true
  role_name                      = "carts"
  provider_url                   = "https://oidc.eks.eu-west-1.amazonaws.com/id/A"
  provider_urls                  = ["oidc.eks.eu-west-1.amazonaws.com/id/B", ""]
  role_policy_arns               = [var.arn, module.policy.arn]
  oidc_fully_qualified_subjects  = ["system:serviceaccount:carts:carts"]
  oidc_fully_qualified_audiences = ["sts.amazonaws.com"]
}

module "oidc_wild" {
  source  = "terraform-aws-modules/iam/aws//modules/iam-assumable-role-with-oidc"
  version = "5.34.0"

  create_role                  = true
  role_name                    = "wild"
  aws_account_id               = "123456789012"
  provider_url                 = var.arn
  number_of_role_policy_arns   = 1
  role_policy_arns             = [var.arn]
  oidc_subjects_with_wildcards = ["system:serviceaccount:*:carts"]

  allow_self_assume_role = true

}

module "oidc_none" {
  source  = "terraform-aws-modules/iam/aws//modules/iam-assumable-role-with-oidc"
  version = "5.34.0"

  provider_url = "oidc"
}

module "eks_role" {
  source  = "terraform-aws-modules/iam/aws//modules/iam-eks-role"
  version = "5.34.0"

  role_name        = "app"
  role_policy_arns = { p0 = module.policy.arn, p1 = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess" }

  cluster_service_accounts = {
    shop = ["shop:app", "shop:worker"]
  }
}
