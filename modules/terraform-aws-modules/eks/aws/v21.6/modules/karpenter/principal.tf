# Since 21.6 the provider is asked what EC2 is called.

data "aws_service_principal" "ec2" {
  count = var.create ? 1 : 0

  service_name = "ec2"
}
