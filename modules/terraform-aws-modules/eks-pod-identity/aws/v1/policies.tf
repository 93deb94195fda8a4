# Policies of the role. What those for controllers that are known by name permit is not written here.

variable "additional_policy_arns" {
  default = {}
}

variable "attach_custom_policy" {
  default = false
}

variable "source_policy_documents" {
  default = []
}

variable "override_policy_documents" {
  default = []
}

variable "policy_statements" {
  default = []
}

variable "attach_amazon_managed_service_prometheus_policy" {
  default = false
}

variable "attach_aws_appmesh_controller_policy" {
  default = false
}

variable "attach_aws_appmesh_envoy_proxy_policy" {
  default = false
}

variable "attach_aws_gateway_controller_policy" {
  default = false
}

variable "attach_aws_privateca_issuer_policy" {
  default = false
}

variable "attach_cert_manager_policy" {
  default = false
}

variable "attach_cluster_autoscaler_policy" {
  default = false
}

variable "attach_aws_ebs_csi_policy" {
  default = false
}

variable "attach_aws_efs_csi_policy" {
  default = false
}

variable "attach_external_dns_policy" {
  default = false
}

variable "attach_external_secrets_policy" {
  default = false
}

variable "attach_aws_fsx_lustre_csi_policy" {
  default = false
}

variable "attach_aws_lb_controller_policy" {
  default = false
}

variable "attach_aws_lb_controller_targetgroup_binding_only_policy" {
  default = false
}

variable "attach_mountpoint_s3_csi_policy" {
  default = false
}

variable "attach_aws_node_termination_handler_policy" {
  default = false
}

variable "attach_pganalyze_policy" {
  default = false
}

variable "attach_velero_policy" {
  default = false
}

variable "attach_aws_vpc_cni_policy" {
  default = false
}

variable "attach_aws_cloudwatch_observability_policy" {
  default = false
}

data "aws_iam_policy" "unseen" {
  name = "a policy of the module's own"
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each = { for name, arn in var.additional_policy_arns : name => arn if var.create }

  policy_arn = each.value
  role       = aws_iam_role.this[0].name
}

data "aws_iam_policy_document" "base" {
  count = var.create ? 1 : 0

  source_policy_documents   = var.source_policy_documents
  override_policy_documents = var.attach_custom_policy ? var.override_policy_documents : []

  dynamic "statement" {
    for_each = var.policy_statements != null ? var.policy_statements : []
    content {
      sid           = try(statement.value.sid, null)
      effect        = try(statement.value.effect, null)
      actions       = try(statement.value.actions, null)
      not_actions   = try(statement.value.not_actions, null)
      resources     = try(statement.value.resources, null)
      not_resources = try(statement.value.not_resources, null)

      dynamic "condition" {
        for_each = try(coalesce(statement.value.conditions, []), coalesce(statement.value.condition, []), [])
        content {
          test     = condition.value.test
          variable = condition.value.variable
          values   = condition.value.values
        }
      }
    }
  }
}

resource "aws_iam_policy" "custom" {
  count = var.create && var.attach_custom_policy ? 1 : 0

  name        = var.use_name_prefix ? null : var.name
  name_prefix = var.use_name_prefix ? "${var.name}-" : null
  path        = var.path
  policy      = data.aws_iam_policy_document.base[0].json
}

resource "aws_iam_role_policy_attachment" "custom" {
  count = var.create && var.attach_custom_policy ? 1 : 0

  policy_arn = aws_iam_policy.custom[0].arn
  role       = aws_iam_role.this[0].name
}

resource "aws_iam_role_policy_attachment" "aws_cloudwatch_observability" {
  for_each = toset([for name in ["CloudWatchAgentServerPolicy", "AWSXrayWriteOnlyAccess"] : name if var.create && var.attach_aws_cloudwatch_observability_policy])

  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/${each.key}"
  role       = aws_iam_role.this[0].name
}

resource "aws_iam_policy" "amazon_managed_service_prometheus" {
  count = var.create && var.attach_amazon_managed_service_prometheus_policy ? 1 : 0

  policy = data.aws_iam_policy.unseen.policy
}

resource "aws_iam_role_policy_attachment" "amazon_managed_service_prometheus" {
  count = var.create && var.attach_amazon_managed_service_prometheus_policy ? 1 : 0

  policy_arn = aws_iam_policy.amazon_managed_service_prometheus[0].arn
  role       = aws_iam_role.this[0].name
}

resource "aws_iam_policy" "appmesh_controller" {
  count = var.create && var.attach_aws_appmesh_controller_policy ? 1 : 0

  policy = data.aws_iam_policy.unseen.policy
}

resource "aws_iam_role_policy_attachment" "appmesh_controller" {
  count = var.create && var.attach_aws_appmesh_controller_policy ? 1 : 0

  policy_arn = aws_iam_policy.appmesh_controller[0].arn
  role       = aws_iam_role.this[0].name
}

resource "aws_iam_policy" "appmesh_envoy_proxy" {
  count = var.create && var.attach_aws_appmesh_envoy_proxy_policy ? 1 : 0

  policy = data.aws_iam_policy.unseen.policy
}

resource "aws_iam_role_policy_attachment" "appmesh_envoy_proxy" {
  count = var.create && var.attach_aws_appmesh_envoy_proxy_policy ? 1 : 0

  policy_arn = aws_iam_policy.appmesh_envoy_proxy[0].arn
  role       = aws_iam_role.this[0].name
}

resource "aws_iam_policy" "aws_gateway_controller" {
  count = var.create && var.attach_aws_gateway_controller_policy ? 1 : 0

  policy = data.aws_iam_policy.unseen.policy
}

resource "aws_iam_role_policy_attachment" "aws_gateway_controller" {
  count = var.create && var.attach_aws_gateway_controller_policy ? 1 : 0

  policy_arn = aws_iam_policy.aws_gateway_controller[0].arn
  role       = aws_iam_role.this[0].name
}

resource "aws_iam_policy" "aws_privateca_issuer" {
  count = var.create && var.attach_aws_privateca_issuer_policy ? 1 : 0

  policy = data.aws_iam_policy.unseen.policy
}

resource "aws_iam_role_policy_attachment" "aws_privateca_issuer" {
  count = var.create && var.attach_aws_privateca_issuer_policy ? 1 : 0

  policy_arn = aws_iam_policy.aws_privateca_issuer[0].arn
  role       = aws_iam_role.this[0].name
}

resource "aws_iam_policy" "cert_manager" {
  count = var.create && var.attach_cert_manager_policy ? 1 : 0

  policy = data.aws_iam_policy.unseen.policy
}

resource "aws_iam_role_policy_attachment" "cert_manager" {
  count = var.create && var.attach_cert_manager_policy ? 1 : 0

  policy_arn = aws_iam_policy.cert_manager[0].arn
  role       = aws_iam_role.this[0].name
}

resource "aws_iam_policy" "cluster_autoscaler" {
  count = var.create && var.attach_cluster_autoscaler_policy ? 1 : 0

  policy = data.aws_iam_policy.unseen.policy
}

resource "aws_iam_role_policy_attachment" "cluster_autoscaler" {
  count = var.create && var.attach_cluster_autoscaler_policy ? 1 : 0

  policy_arn = aws_iam_policy.cluster_autoscaler[0].arn
  role       = aws_iam_role.this[0].name
}

resource "aws_iam_policy" "ebs_csi" {
  count = var.create && var.attach_aws_ebs_csi_policy ? 1 : 0

  policy = data.aws_iam_policy.unseen.policy
}

resource "aws_iam_role_policy_attachment" "ebs_csi" {
  count = var.create && var.attach_aws_ebs_csi_policy ? 1 : 0

  policy_arn = aws_iam_policy.ebs_csi[0].arn
  role       = aws_iam_role.this[0].name
}

resource "aws_iam_policy" "efs_csi" {
  count = var.create && var.attach_aws_efs_csi_policy ? 1 : 0

  policy = data.aws_iam_policy.unseen.policy
}

resource "aws_iam_role_policy_attachment" "efs_csi" {
  count = var.create && var.attach_aws_efs_csi_policy ? 1 : 0

  policy_arn = aws_iam_policy.efs_csi[0].arn
  role       = aws_iam_role.this[0].name
}

resource "aws_iam_policy" "external_dns" {
  count = var.create && var.attach_external_dns_policy ? 1 : 0

  policy = data.aws_iam_policy.unseen.policy
}

resource "aws_iam_role_policy_attachment" "external_dns" {
  count = var.create && var.attach_external_dns_policy ? 1 : 0

  policy_arn = aws_iam_policy.external_dns[0].arn
  role       = aws_iam_role.this[0].name
}

resource "aws_iam_policy" "external_secrets" {
  count = var.create && var.attach_external_secrets_policy ? 1 : 0

  policy = data.aws_iam_policy.unseen.policy
}

resource "aws_iam_role_policy_attachment" "external_secrets" {
  count = var.create && var.attach_external_secrets_policy ? 1 : 0

  policy_arn = aws_iam_policy.external_secrets[0].arn
  role       = aws_iam_role.this[0].name
}

resource "aws_iam_policy" "fsx_lustre_csi" {
  count = var.create && var.attach_aws_fsx_lustre_csi_policy ? 1 : 0

  policy = data.aws_iam_policy.unseen.policy
}

resource "aws_iam_role_policy_attachment" "fsx_lustre_csi" {
  count = var.create && var.attach_aws_fsx_lustre_csi_policy ? 1 : 0

  policy_arn = aws_iam_policy.fsx_lustre_csi[0].arn
  role       = aws_iam_role.this[0].name
}

resource "aws_iam_policy" "lb_controller" {
  count = var.create && var.attach_aws_lb_controller_policy ? 1 : 0

  policy = data.aws_iam_policy.unseen.policy
}

resource "aws_iam_role_policy_attachment" "lb_controller" {
  count = var.create && var.attach_aws_lb_controller_policy ? 1 : 0

  policy_arn = aws_iam_policy.lb_controller[0].arn
  role       = aws_iam_role.this[0].name
}

resource "aws_iam_policy" "lb_controller_targetgroup_only" {
  count = var.create && var.attach_aws_lb_controller_targetgroup_binding_only_policy ? 1 : 0

  policy = data.aws_iam_policy.unseen.policy
}

resource "aws_iam_role_policy_attachment" "lb_controller_targetgroup_only" {
  count = var.create && var.attach_aws_lb_controller_targetgroup_binding_only_policy ? 1 : 0

  policy_arn = aws_iam_policy.lb_controller_targetgroup_only[0].arn
  role       = aws_iam_role.this[0].name
}

resource "aws_iam_policy" "mountpoint_s3_csi" {
  count = var.create && var.attach_mountpoint_s3_csi_policy ? 1 : 0

  policy = data.aws_iam_policy.unseen.policy
}

resource "aws_iam_role_policy_attachment" "mountpoint_s3_csi" {
  count = var.create && var.attach_mountpoint_s3_csi_policy ? 1 : 0

  policy_arn = aws_iam_policy.mountpoint_s3_csi[0].arn
  role       = aws_iam_role.this[0].name
}

resource "aws_iam_policy" "node_termination_handler" {
  count = var.create && var.attach_aws_node_termination_handler_policy ? 1 : 0

  policy = data.aws_iam_policy.unseen.policy
}

resource "aws_iam_role_policy_attachment" "node_termination_handler" {
  count = var.create && var.attach_aws_node_termination_handler_policy ? 1 : 0

  policy_arn = aws_iam_policy.node_termination_handler[0].arn
  role       = aws_iam_role.this[0].name
}

resource "aws_iam_policy" "pganalyze" {
  count = var.create && var.attach_pganalyze_policy ? 1 : 0

  policy = data.aws_iam_policy.unseen.policy
}

resource "aws_iam_role_policy_attachment" "pganalyze" {
  count = var.create && var.attach_pganalyze_policy ? 1 : 0

  policy_arn = aws_iam_policy.pganalyze[0].arn
  role       = aws_iam_role.this[0].name
}

resource "aws_iam_policy" "velero" {
  count = var.create && var.attach_velero_policy ? 1 : 0

  policy = data.aws_iam_policy.unseen.policy
}

resource "aws_iam_role_policy_attachment" "velero" {
  count = var.create && var.attach_velero_policy ? 1 : 0

  policy_arn = aws_iam_policy.velero[0].arn
  role       = aws_iam_role.this[0].name
}

resource "aws_iam_policy" "vpc_cni" {
  count = var.create && var.attach_aws_vpc_cni_policy ? 1 : 0

  policy = data.aws_iam_policy.unseen.policy
}

resource "aws_iam_role_policy_attachment" "vpc_cni" {
  count = var.create && var.attach_aws_vpc_cni_policy ? 1 : 0

  policy_arn = aws_iam_policy.vpc_cni[0].arn
  role       = aws_iam_role.this[0].name
}
