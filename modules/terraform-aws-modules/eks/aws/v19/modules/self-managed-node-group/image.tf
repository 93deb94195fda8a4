data "aws_ami" "eks_default" {
  count = var.create && var.create_launch_template ? 1 : 0
}
