# Keys, their aliases and grants: nothing that pulls, nothing in its way.

variable "create" {
  default = true
}

resource "aws_kms_key" "this" {
  count = var.create ? 1 : 0
}

output "key_arn" {
  value = try(aws_kms_key.this[0].arn, null)
}

output "key_id" {
  value = try(aws_kms_key.this[0].key_id, null)
}
