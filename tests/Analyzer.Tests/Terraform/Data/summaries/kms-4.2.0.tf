module "key" {
  source  = "terraform-aws-modules/kms/aws"
  version = "4.2.0"
  aliases = ["shop"]
}
