variable "arn" {}

module "ebs" {
  source  = "terraform-aws-modules/eks-pod-identity/aws"
  version = "1.12.0"

  name = "ebs"

  attach_aws_ebs_csi_policy = true
  aws_ebs_csi_kms_arns      = [var.arn]

  associations = {
    shop = {
      cluster_name    = "shop"
      namespace       = "kube-system"
      service_account = "ebs-csi-controller-sa"
    }
  }
}

module "app" {
  source  = "terraform-aws-modules/eks-pod-identity/aws"
  version = "1.12.0"

  name                     = "app"
  use_name_prefix          = false
  path                     = "/shop/"
  permissions_boundary_arn = var.arn

  trust_policy_conditions = [{ test = "StringEquals", variable = "aws:RequestTag/eks-cluster-name", values = ["shop"] }]
  trust_policy_statements = [{ sid = "Build", effect = "Allow", actions = ["sts:AssumeRole"], principals = [{ type = "AWS", identifiers = ["arn:aws:iam::123456789012:root"] }] }]
  additional_policy_arns  = { read = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess" }

  attach_custom_policy = true
  policy_statements    = [{ sid = "List", actions = ["s3:ListBucket"], resources = ["*"] }]

  association_defaults = {
    namespace = "app"
  }

  associations = {
    one = {
      cluster_name    = var.arn
      service_account = "web"
    }
    two = {
      cluster_name    = "two"
      namespace       = "other"
      service_account = "worker"
    }
  }
}

module "none" {
  source  = "terraform-aws-modules/eks-pod-identity/aws"
  version = "1.12.0"

  create = false
}
