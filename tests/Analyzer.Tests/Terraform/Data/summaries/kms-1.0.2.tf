module "key" {
  source  = "terraform-aws-modules/kms/aws"
  version = "1.0.2"
  aliases = ["shop"]
}
