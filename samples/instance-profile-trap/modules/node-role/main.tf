variable "name" {
  type = string
}

variable "policies" {
  description = "Names of AWS managed policies."
  type        = list(string)
}

resource "aws_iam_role" "this" {
  name = var.name
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ec2.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each = toset(var.policies)

  role       = aws_iam_role.this.name
  policy_arn = "arn:aws:iam::aws:policy/${each.value}"
}

output "arn" {
  value = aws_iam_role.this.arn
  depends_on = [
    aws_iam_role_policy_attachment.this,
  ]
}
