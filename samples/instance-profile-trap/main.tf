locals {
  groups = {
    general = {
      size = 3
      policies = [
        "AmazonEKSWorkerNodePolicy",
        "AmazonEKS_CNI_Policy",
        "AmazonEC2ContainerRegistryPullOnly",
      ]
    }
    batch = {
      size = 2
      policies = [
        "AmazonEKSWorkerNodePolicy",
        "AmazonEKS_CNI_Policy",
        "AmazonSSMManagedInstanceCore",
      ]
    }
  }
}

variable "subnet_ids" {
  type = list(string)
}

module "node_role" {
  source   = "./modules/node-role"
  for_each = local.groups

  name     = "shop-${each.key}"
  policies = each.value.policies
}

resource "aws_iam_role" "cluster" {
  name = "shop-cluster"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "eks.amazonaws.com" }
    }]
  })
}

resource "aws_eks_cluster" "shop" {
  name     = "shop"
  role_arn = aws_iam_role.cluster.arn

  vpc_config {
    subnet_ids = var.subnet_ids
  }
}

resource "aws_eks_node_group" "this" {
  for_each = local.groups

  cluster_name    = aws_eks_cluster.shop.name
  node_group_name = each.key
  node_role_arn   = module.node_role[each.key].arn
  subnet_ids      = var.subnet_ids

  scaling_config {
    desired_size = each.value.size
    max_size     = 10
    min_size     = 1
  }
}
