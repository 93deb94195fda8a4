locals {
  ec2_principal = try(data.aws_service_principal.ec2[0].name, "")
}
