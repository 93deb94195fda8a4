# Policies of the module's own, for controllers that are known by name. What they permit is not written here.

variable "attach_aws_gateway_controller_policy" {
  default = false
}

variable "attach_cert_manager_policy" {
  default = false
}

variable "attach_cluster_autoscaler_policy" {
  default = false
}

variable "attach_ebs_csi_policy" {
  default = false
}

variable "attach_efs_csi_policy" {
  default = false
}

variable "attach_mountpoint_s3_csi_policy" {
  default = false
}

variable "attach_external_dns_policy" {
  default = false
}

variable "attach_external_secrets_policy" {
  default = false
}

variable "attach_fsx_lustre_csi_policy" {
  default = false
}

variable "attach_fsx_openzfs_csi_policy" {
  default = false
}

variable "attach_karpenter_controller_policy" {
  default = false
}

variable "attach_load_balancer_controller_policy" {
  default = false
}

variable "attach_load_balancer_controller_targetgroup_binding_only_policy" {
  default = false
}

variable "attach_appmesh_controller_policy" {
  default = false
}

variable "attach_appmesh_envoy_proxy_policy" {
  default = false
}

variable "attach_amazon_managed_service_prometheus_policy" {
  default = false
}

variable "attach_velero_policy" {
  default = false
}

variable "attach_vpc_cni_policy" {
  default = false
}

variable "attach_node_termination_handler_policy" {
  default = false
}

variable "attach_cloudwatch_observability_policy" {
  default = false
}

data "aws_iam_policy" "unseen" {
  name = "a policy of the module's own"
}

resource "aws_iam_policy" "aws_gateway_controller" {
  count = var.create_role && var.attach_aws_gateway_controller_policy ? 1 : 0

  policy = data.aws_iam_policy.unseen.policy
}

resource "aws_iam_role_policy_attachment" "aws_gateway_controller" {
  count = var.create_role && var.attach_aws_gateway_controller_policy ? 1 : 0

  policy_arn = aws_iam_policy.aws_gateway_controller[0].arn
  role       = aws_iam_role.this[0].name
}

resource "aws_iam_policy" "cert_manager" {
  count = var.create_role && var.attach_cert_manager_policy ? 1 : 0

  policy = data.aws_iam_policy.unseen.policy
}

resource "aws_iam_role_policy_attachment" "cert_manager" {
  count = var.create_role && var.attach_cert_manager_policy ? 1 : 0

  policy_arn = aws_iam_policy.cert_manager[0].arn
  role       = aws_iam_role.this[0].name
}

resource "aws_iam_policy" "cluster_autoscaler" {
  count = var.create_role && var.attach_cluster_autoscaler_policy ? 1 : 0

  policy = data.aws_iam_policy.unseen.policy
}

resource "aws_iam_role_policy_attachment" "cluster_autoscaler" {
  count = var.create_role && var.attach_cluster_autoscaler_policy ? 1 : 0

  policy_arn = aws_iam_policy.cluster_autoscaler[0].arn
  role       = aws_iam_role.this[0].name
}

resource "aws_iam_policy" "ebs_csi" {
  count = var.create_role && var.attach_ebs_csi_policy ? 1 : 0

  policy = data.aws_iam_policy.unseen.policy
}

resource "aws_iam_role_policy_attachment" "ebs_csi" {
  count = var.create_role && var.attach_ebs_csi_policy ? 1 : 0

  policy_arn = aws_iam_policy.ebs_csi[0].arn
  role       = aws_iam_role.this[0].name
}

resource "aws_iam_policy" "efs_csi" {
  count = var.create_role && var.attach_efs_csi_policy ? 1 : 0

  policy = data.aws_iam_policy.unseen.policy
}

resource "aws_iam_role_policy_attachment" "efs_csi" {
  count = var.create_role && var.attach_efs_csi_policy ? 1 : 0

  policy_arn = aws_iam_policy.efs_csi[0].arn
  role       = aws_iam_role.this[0].name
}

resource "aws_iam_policy" "mountpoint_s3_csi" {
  count = var.create_role && var.attach_mountpoint_s3_csi_policy ? 1 : 0

  policy = data.aws_iam_policy.unseen.policy
}

resource "aws_iam_role_policy_attachment" "mountpoint_s3_csi" {
  count = var.create_role && var.attach_mountpoint_s3_csi_policy ? 1 : 0

  policy_arn = aws_iam_policy.mountpoint_s3_csi[0].arn
  role       = aws_iam_role.this[0].name
}

resource "aws_iam_policy" "external_dns" {
  count = var.create_role && var.attach_external_dns_policy ? 1 : 0

  policy = data.aws_iam_policy.unseen.policy
}

resource "aws_iam_role_policy_attachment" "external_dns" {
  count = var.create_role && var.attach_external_dns_policy ? 1 : 0

  policy_arn = aws_iam_policy.external_dns[0].arn
  role       = aws_iam_role.this[0].name
}

resource "aws_iam_policy" "external_secrets" {
  count = var.create_role && var.attach_external_secrets_policy ? 1 : 0

  policy = data.aws_iam_policy.unseen.policy
}

resource "aws_iam_role_policy_attachment" "external_secrets" {
  count = var.create_role && var.attach_external_secrets_policy ? 1 : 0

  policy_arn = aws_iam_policy.external_secrets[0].arn
  role       = aws_iam_role.this[0].name
}

resource "aws_iam_policy" "fsx_lustre_csi" {
  count = var.create_role && var.attach_fsx_lustre_csi_policy ? 1 : 0

  policy = data.aws_iam_policy.unseen.policy
}

resource "aws_iam_role_policy_attachment" "fsx_lustre_csi" {
  count = var.create_role && var.attach_fsx_lustre_csi_policy ? 1 : 0

  policy_arn = aws_iam_policy.fsx_lustre_csi[0].arn
  role       = aws_iam_role.this[0].name
}

resource "aws_iam_policy" "fsx_openzfs_csi" {
  count = var.create_role && var.attach_fsx_openzfs_csi_policy ? 1 : 0

  policy = data.aws_iam_policy.unseen.policy
}

resource "aws_iam_role_policy_attachment" "fsx_openzfs_csi" {
  count = var.create_role && var.attach_fsx_openzfs_csi_policy ? 1 : 0

  policy_arn = aws_iam_policy.fsx_openzfs_csi[0].arn
  role       = aws_iam_role.this[0].name
}

resource "aws_iam_policy" "karpenter_controller" {
  count = var.create_role && var.attach_karpenter_controller_policy ? 1 : 0

  policy = data.aws_iam_policy.unseen.policy
}

resource "aws_iam_role_policy_attachment" "karpenter_controller" {
  count = var.create_role && var.attach_karpenter_controller_policy ? 1 : 0

  policy_arn = aws_iam_policy.karpenter_controller[0].arn
  role       = aws_iam_role.this[0].name
}

resource "aws_iam_policy" "load_balancer_controller" {
  count = var.create_role && var.attach_load_balancer_controller_policy ? 1 : 0

  policy = data.aws_iam_policy.unseen.policy
}

resource "aws_iam_role_policy_attachment" "load_balancer_controller" {
  count = var.create_role && var.attach_load_balancer_controller_policy ? 1 : 0

  policy_arn = aws_iam_policy.load_balancer_controller[0].arn
  role       = aws_iam_role.this[0].name
}

resource "aws_iam_policy" "load_balancer_controller_targetgroup_only" {
  count = var.create_role && var.attach_load_balancer_controller_targetgroup_binding_only_policy ? 1 : 0

  policy = data.aws_iam_policy.unseen.policy
}

resource "aws_iam_role_policy_attachment" "load_balancer_controller_targetgroup_only" {
  count = var.create_role && var.attach_load_balancer_controller_targetgroup_binding_only_policy ? 1 : 0

  policy_arn = aws_iam_policy.load_balancer_controller_targetgroup_only[0].arn
  role       = aws_iam_role.this[0].name
}

resource "aws_iam_policy" "appmesh_controller" {
  count = var.create_role && var.attach_appmesh_controller_policy ? 1 : 0

  policy = data.aws_iam_policy.unseen.policy
}

resource "aws_iam_role_policy_attachment" "appmesh_controller" {
  count = var.create_role && var.attach_appmesh_controller_policy ? 1 : 0

  policy_arn = aws_iam_policy.appmesh_controller[0].arn
  role       = aws_iam_role.this[0].name
}

resource "aws_iam_policy" "appmesh_envoy_proxy" {
  count = var.create_role && var.attach_appmesh_envoy_proxy_policy ? 1 : 0

  policy = data.aws_iam_policy.unseen.policy
}

resource "aws_iam_role_policy_attachment" "appmesh_envoy_proxy" {
  count = var.create_role && var.attach_appmesh_envoy_proxy_policy ? 1 : 0

  policy_arn = aws_iam_policy.appmesh_envoy_proxy[0].arn
  role       = aws_iam_role.this[0].name
}

resource "aws_iam_policy" "amazon_managed_service_prometheus" {
  count = var.create_role && var.attach_amazon_managed_service_prometheus_policy ? 1 : 0

  policy = data.aws_iam_policy.unseen.policy
}

resource "aws_iam_role_policy_attachment" "amazon_managed_service_prometheus" {
  count = var.create_role && var.attach_amazon_managed_service_prometheus_policy ? 1 : 0

  policy_arn = aws_iam_policy.amazon_managed_service_prometheus[0].arn
  role       = aws_iam_role.this[0].name
}

resource "aws_iam_policy" "velero" {
  count = var.create_role && var.attach_velero_policy ? 1 : 0

  policy = data.aws_iam_policy.unseen.policy
}

resource "aws_iam_role_policy_attachment" "velero" {
  count = var.create_role && var.attach_velero_policy ? 1 : 0

  policy_arn = aws_iam_policy.velero[0].arn
  role       = aws_iam_role.this[0].name
}

resource "aws_iam_policy" "vpc_cni" {
  count = var.create_role && var.attach_vpc_cni_policy ? 1 : 0

  policy = data.aws_iam_policy.unseen.policy
}

resource "aws_iam_role_policy_attachment" "vpc_cni" {
  count = var.create_role && var.attach_vpc_cni_policy ? 1 : 0

  policy_arn = aws_iam_policy.vpc_cni[0].arn
  role       = aws_iam_role.this[0].name
}

resource "aws_iam_policy" "node_termination_handler" {
  count = var.create_role && var.attach_node_termination_handler_policy ? 1 : 0

  policy = data.aws_iam_policy.unseen.policy
}

resource "aws_iam_role_policy_attachment" "node_termination_handler" {
  count = var.create_role && var.attach_node_termination_handler_policy ? 1 : 0

  policy_arn = aws_iam_policy.node_termination_handler[0].arn
  role       = aws_iam_role.this[0].name
}

resource "aws_iam_role_policy_attachment" "amazon_cloudwatch_observability" {
  for_each = toset([for name in ["CloudWatchAgentServerPolicy", "AWSXrayWriteOnlyAccess"] : name if var.create_role && var.attach_cloudwatch_observability_policy])

  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/${each.key}"
  role       = aws_iam_role.this[0].name
}
