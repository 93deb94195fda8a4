locals {
  actions = ["sts:AssumeRoleWithWebIdentity", "sts:TagSession"]
}
