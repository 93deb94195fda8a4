data "aws_region" "current" {
  count  = 1
  region = null
}

locals {
  region = data.aws_region.current[0].region
}
