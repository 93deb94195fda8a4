# Who waits for an output of the cluster waits for the access entries too.

output "cluster_arn" {
  value = try(aws_eks_cluster.this[0].arn, null)

  depends_on = [aws_eks_access_entry.this, aws_eks_access_policy_association.this]
}

output "cluster_certificate_authority_data" {
  value = try(aws_eks_cluster.this[0].certificate_authority[0].data, null)

  depends_on = [aws_eks_access_entry.this, aws_eks_access_policy_association.this]
}

output "cluster_endpoint" {
  value = try(aws_eks_cluster.this[0].endpoint, null)

  depends_on = [aws_eks_access_entry.this, aws_eks_access_policy_association.this]
}

output "cluster_name" {
  value = try(aws_eks_cluster.this[0].name, null)

  depends_on = [aws_eks_access_entry.this, aws_eks_access_policy_association.this]
}

output "cluster_id" {
  value = try(aws_eks_cluster.this[0].cluster_id, null)
}

output "cluster_oidc_issuer_url" {
  value = try(aws_eks_cluster.this[0].identity[0].oidc[0].issuer, null)
}

output "cluster_version" {
  value = try(aws_eks_cluster.this[0].version, null)
}

output "cluster_platform_version" {
  value = try(aws_eks_cluster.this[0].platform_version, null)
}

output "cluster_status" {
  value = try(aws_eks_cluster.this[0].status, null)
}

output "cluster_primary_security_group_id" {
  value = try(aws_eks_cluster.this[0].vpc_config[0].cluster_security_group_id, null)
}

output "oidc_provider" {
  value = try(replace(aws_eks_cluster.this[0].identity[0].oidc[0].issuer, "https://", ""), null)
}

output "oidc_provider_arn" {
  value = try(aws_iam_openid_connect_provider.oidc_provider[0].arn, null)
}

output "cluster_iam_role_name" {
  value = try(aws_iam_role.this[0].name, null)
}

output "cluster_iam_role_arn" {
  value = try(aws_iam_role.this[0].arn, null)
}

output "node_iam_role_name" {
  value = try(aws_iam_role.eks_auto[0].name, null)
}

output "node_iam_role_arn" {
  value = try(aws_iam_role.eks_auto[0].arn, null)
}

output "cluster_addons" {
  value = merge(aws_eks_addon.this, aws_eks_addon.before_compute)
}

output "access_entries" {
  value = aws_eks_access_entry.this
}

output "fargate_profiles" {
  value = module.fargate_profile
}

output "eks_managed_node_groups" {
  value = module.eks_managed_node_group
}

output "self_managed_node_groups" {
  value = module.self_managed_node_group
}

output "eks_managed_node_groups_autoscaling_group_names" {
  value = compact(flatten([for group in module.eks_managed_node_group : group.node_group_autoscaling_group_names]))
}

output "self_managed_node_groups_autoscaling_group_names" {
  value = compact([for group in module.self_managed_node_group : group.autoscaling_group_name])
}
