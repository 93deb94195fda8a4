module "aws_eks" {
  version = "18.29.1"
}
