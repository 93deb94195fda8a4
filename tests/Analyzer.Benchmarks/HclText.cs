using System.Globalization;
using System.Text;

namespace Analyzer.Benchmarks;

/// <summary>Generates Terraform configuration: the same text for the same seed and size.</summary>
internal static class HclText
{
    /// <summary>At least this many bytes of resources, variables, locals, heredocs and comments, in the mix of real modules.</summary>
    internal static byte[] Generate(int seed, int bytes)
    {
        var random = new Random(seed);
        var text = new StringBuilder(bytes + 4096);
        for (var index = 0; text.Length < bytes; index++)
        {
            switch (random.Next(10))
            {
                case 0:
                    text.Append(CultureInfo.InvariantCulture, $$"""
                        variable "setting_{{index}}" {
                          description = "Number of nodes of group {{index}}, per zone."
                          type        = map(object({ name = string, size = optional(number, {{random.Next(9)}}) }))
                          default     = {}
                        }

                        """);
                    break;
                case 1:
                    text.Append(CultureInfo.InvariantCulture, $$"""
                        locals {
                          # names of all groups, by zone
                          names_{{index}} = { for zone, group in var.setting_{{index}} : zone => group.name if group.size > {{random.Next(5)}} }
                          all_{{index}}   = concat(local.names_{{random.Next(index + 1)}}, [for n in range({{random.Next(100)}}) : format("%s-%02d", var.prefix, n)])
                        }

                        """);
                    break;
                case 2 or 3:
                    text.Append(CultureInfo.InvariantCulture, $$"""
                        resource "aws_iam_role_policy" "pull_{{index}}" {
                          name   = "${var.prefix}-pull-{{index}}"
                          role   = aws_iam_role.node[{{random.Next(20)}}].id
                          policy = <<-EOT
                            {
                              "Version": "2012-10-17",
                              "Statement": [
                                { "Effect": "Allow", "Action": ["ecr:GetAuthorizationToken", "ecr:BatchGetImage"], "Resource": "*" }
                              ]
                            }
                          EOT
                        }

                        """);
                    break;
                default:
                    text.Append(CultureInfo.InvariantCulture, $$"""
                        # Node group {{index}}: {{(random.Next(2) == 0 ? "spot" : "on demand")}} capacity.
                        resource "aws_eks_node_group" "group_{{index}}" {
                          cluster_name    = aws_eks_cluster.main.name
                          node_group_name = "group-{{index}}"
                          node_role_arn   = aws_iam_role.node["{{random.Next(20)}}"].arn
                          subnet_ids      = data.aws_subnets.private[*].id
                          instance_types  = ["m{{random.Next(4, 8)}}.large", "c{{random.Next(4, 8)}}.xlarge"]
                          count           = var.enabled && length(var.zones) > {{random.Next(4)}} ? {{random.Next(9)}} : 0

                          scaling_config {
                            desired_size = {{random.Next(10)}}
                            max_size     = {{random.Next(10)}} * 2 + 1
                            min_size     = 0
                          }

                          tags = merge(local.tags, {
                            Name                = "${var.prefix}-group-{{index}}"
                            "kubernetes.io/role" = "node"
                          })

                          depends_on = [aws_iam_role_policy_attachment.node]
                        }

                        """);
                    break;
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
