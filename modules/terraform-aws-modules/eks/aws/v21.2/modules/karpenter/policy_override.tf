# Since 21.2 nodes get the policy that allows pulls and nothing else.

locals {
  ecr_policy = "AmazonEC2ContainerRegistryPullOnly"
}
