# Version 19 looks for the image itself.

locals {
  default_image = data.aws_ami.eks_default[0].image_id
}
