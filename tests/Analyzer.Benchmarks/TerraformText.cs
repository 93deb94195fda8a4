using System.Globalization;
using System.Text;

namespace Analyzer.Benchmarks;

/// <summary>Repositories and plans of a given size for <see cref="TerraformSpeed"/>: the same for the same arguments.</summary>
internal static class TerraformText
{
    private const int ModulesPerRoot = 4;
    private const int FilesPerModule = 4;

    /// <summary>
    /// Roots of 20 files each: a network and a cluster with its nodes in the root, services with a role, a policy and a repository in four modules of four files. A file has 60 lines on average.
    /// </summary>
    internal static void WriteRoots(string folder, int roots)
    {
        for (var root = 0; root < roots; root++)
        {
            var home = Path.Combine(folder, "live", $"account-{root}");
            Put(home, "variables.tf", Variables());
            Put(home, "network.tf", Network(root));
            Put(home, "cluster.tf", Cluster(root));
            Put(home, "main.tf", Calls(root));
            for (var module = 0; module < ModulesPerRoot; module++)
            {
                for (var file = 0; file < FilesPerModule; file++)
                {
                    Put(Path.Combine(home, "modules", $"part-{module}"), file == 0 ? "main.tf" : $"services-{file}.tf", (file == 0 ? ModuleHead : "") + Services($"s{module}{file}", 2));
                }
            }
        }
    }

    /// <summary>One root with a resource for each of so many elements.</summary>
    internal static void WriteForEach(string folder, int elements) => Put(folder, "main.tf", $$"""
        locals {
          teams = { for index in setproduct(range({{elements / 100}}), range(100)) : "team-${index[0]}-${index[1]}" => { size = index[1], name = format("t%03d%03d", index...) } }
        }

        resource "aws_iam_role" "team" {
          for_each           = local.teams
          name               = "${each.value.name}-pull"
          assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
        }

        resource "aws_iam_role_policy_attachment" "team" {
          for_each   = local.teams
          role       = aws_iam_role.team[each.key].name
          policy_arn = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly"
        }

        """);

    /// <summary>What <c>terraform show -json</c> prints for repositories, roles and their policies, one value a line, of at least so many lines.</summary>
    internal static string Plan(int lines)
    {
        const int LinesPerChange = 46;
        var changes = new StringBuilder();
        var values = new StringBuilder();
        var configuration = new StringBuilder();
        for (var at = 0; at < lines / LinesPerChange; at++)
        {
            var comma = at == 0 ? "" : ",";
            values.Append(CultureInfo.InvariantCulture, $$"""
                {{comma}}
                        {
                          "address": "aws_iam_role.service_{{at}}",
                          "mode": "managed",
                          "type": "aws_iam_role",
                          "name": "service_{{at}}",
                          "provider_name": "registry.terraform.io/hashicorp/aws",
                          "schema_version": 0,
                          "values": {
                            "assume_role_policy": "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\"Principal\":{\"Service\":\"ec2.amazonaws.com\"} }]}",
                            "description": null,
                            "max_session_duration": 3600,
                            "name": "service-{{at}}",
                            "path": "/"
                          }
                        }
                """);
            changes.Append(CultureInfo.InvariantCulture, $$"""
                {{comma}}
                    {
                      "address": "aws_iam_role.service_{{at}}",
                      "mode": "managed",
                      "type": "aws_iam_role",
                      "name": "service_{{at}}",
                      "provider_name": "registry.terraform.io/hashicorp/aws",
                      "change": {
                        "actions": [
                          "create"
                        ],
                        "before": null,
                        "after": {
                          "assume_role_policy": "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\"Principal\":{\"Service\":\"ec2.amazonaws.com\"} }]}",
                          "description": null,
                          "max_session_duration": 3600,
                          "name": "service-{{at}}",
                          "path": "/"
                        },
                        "after_unknown": {
                          "arn": true,
                          "id": true
                        }
                      }
                    }
                """);
            configuration.Append(CultureInfo.InvariantCulture, $$"""
                {{comma}}
                        {
                          "address": "aws_iam_role.service_{{at}}",
                          "mode": "managed",
                          "type": "aws_iam_role",
                          "name": "service_{{at}}",
                          "provider_config_key": "aws",
                          "expressions": { "name": { "constant_value": "service-{{at}}" } }
                        }
                """);
        }

        return $$"""
            {
              "format_version": "1.2",
              "terraform_version": "1.11.4",
              "planned_values": {
                "root_module": {
                  "resources": [{{values}}
                  ]
                }
              },
              "resource_changes": [{{changes}}
              ],
              "configuration": {
                "root_module": {
                  "resources": [{{configuration}}
                  ]
                }
              }
            }

            """;
    }

    private const string ModuleHead = """
        variable "cluster" { type = string }
        variable "names" { type = map(object({ path = string, days = optional(number, 30) })) }
        variable "tags" { type = map(string) }

        locals {
          long = { for name, service in var.names : name => service if service.days > 7 }
          all  = concat([for name, service in var.names : format("%s/%s", service.path, name)], [for name in keys(local.long) : "long/${name}"])
        }

        output "roles" { value = aws_iam_role.first }

        # The services of this part: each has a role, what it may do, and a repository for its image.

        resource "aws_iam_role" "first" {
          name               = "${var.cluster}-first"
          assume_role_policy = data.aws_iam_policy_document.trust_first.json
          tags               = var.tags
        }

        data "aws_iam_policy_document" "trust_first" {
          statement { actions = ["sts:AssumeRole"] }
        }

        """;

    private static string Services(string prefix, int count)
    {
        var text = new StringBuilder();
        for (var at = 0; at < count; at++)
        {
            var name = $"{prefix}_{at}";
            text.Append(CultureInfo.InvariantCulture, $$"""
                data "aws_iam_policy_document" "trust_{{name}}" {
                  statement {
                    actions = ["sts:AssumeRole"]
                    principals {
                      type        = "Service"
                      identifiers = ["ec2.amazonaws.com"]
                    }
                  }
                }

                resource "aws_iam_role" "{{name}}" {
                  for_each           = var.names
                  name               = "${var.cluster}-${each.key}-{{name}}"
                  path               = "/${each.value.path}/"
                  assume_role_policy = data.aws_iam_policy_document.trust_{{name}}.json
                  tags               = merge(var.tags, { service = each.key, days = tostring(each.value.days) })
                }

                resource "aws_iam_role_policy" "{{name}}" {
                  for_each = aws_iam_role.{{name}}
                  role     = each.value.name
                  policy   = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["ecr:BatchGetImage"], Resource = "*" }] })
                }

                resource "aws_ecr_repository" "{{name}}" {
                  name = "${var.cluster}/{{name}}"
                  tags = var.tags
                }

                """);
        }

        return text.ToString();
    }

    private static string Variables()
    {
        var text = new StringBuilder();
        for (var at = 0; at < 12; at++)
        {
            text.Append(CultureInfo.InvariantCulture, $"variable \"setting_{at}\" {{\n  type    = map(string)\n  default = {{ level = \"{at}\" }}\n}}\n\n");
        }

        return text.ToString();
    }

    private static string Network(int root) => $$"""
        locals {
          zones = ["a", "b", "c"]
        }

        resource "aws_vpc" "main" {
          cidr_block           = "10.{{root % 250}}.0.0/16"
          enable_dns_support   = true
          enable_dns_hostnames = true
        }

        resource "aws_subnet" "private" {
          for_each          = toset(local.zones)
          vpc_id            = aws_vpc.main.id
          availability_zone = "eu-west-2${each.key}"
          cidr_block        = cidrsubnet(aws_vpc.main.cidr_block, 8, index(local.zones, each.key))
        }

        resource "aws_route_table" "private" {
          vpc_id = aws_vpc.main.id
        }

        resource "aws_route_table_association" "private" {
          for_each       = aws_subnet.private
          subnet_id      = each.value.id
          route_table_id = aws_route_table.private.id
        }

        resource "aws_route" "out" {
          route_table_id         = aws_route_table.private.id
          destination_cidr_block = "0.0.0.0/0"
          nat_gateway_id         = aws_nat_gateway.main.id
        }

        resource "aws_nat_gateway" "main" {
          subnet_id     = aws_subnet.public.id
          allocation_id = aws_eip.main.id
        }

        resource "aws_eip" "main" {
          domain = "vpc"
        }

        resource "aws_subnet" "public" {
          vpc_id                  = aws_vpc.main.id
          cidr_block              = cidrsubnet(aws_vpc.main.cidr_block, 8, 100)
          map_public_ip_on_launch = true
        }

        # The network ends here; the cluster and its nodes stand in cluster.tf, the services in modules.
        output "subnets" {
          value = [for name in local.zones : aws_subnet.private[name].id]
        }


        """;

    private static string Cluster(int root) => $$"""
        locals {
          name = "cluster-{{root}}"
          pools = {
            small = { type = "m7g.large", size = 2 }
            large = { type = "m7g.4xlarge", size = 4 }
          }
          policies = ["AmazonEKSWorkerNodePolicy", "AmazonEKS_CNI_Policy", "AmazonEC2ContainerRegistryReadOnly"]
        }

        resource "aws_eks_cluster" "main" {
          name     = local.name
          role_arn = aws_iam_role.cluster.arn
          vpc_config {
            subnet_ids = [for subnet in aws_subnet.private : subnet.id]
          }
        }

        resource "aws_iam_role" "cluster" {
          name               = "${local.name}-cluster"
          assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "eks.amazonaws.com" } }] })
        }

        resource "aws_iam_role" "node" {
          name               = "${local.name}-node"
          assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
        }

        resource "aws_iam_role_policy_attachment" "node" {
          for_each   = toset(local.policies)
          role       = aws_iam_role.node.name
          policy_arn = "arn:aws:iam::aws:policy/${each.value}"
        }

        resource "aws_eks_node_group" "pool" {
          for_each        = local.pools
          cluster_name    = aws_eks_cluster.main.name
          node_group_name = each.key
          node_role_arn   = aws_iam_role.node.arn
          subnet_ids      = [for subnet in aws_subnet.private : subnet.id]
          instance_types  = [each.value.type]
          scaling_config {
            desired_size = each.value.size
            min_size     = 1
            max_size     = each.value.size * 2
          }
          depends_on = [aws_iam_role_policy_attachment.node]
        }

        output "cluster" {
          value = aws_eks_cluster.main.name
        }

        """;

    private static string Calls(int root)
    {
        var text = new StringBuilder($"provider \"aws\" {{\n  region = \"eu-west-2\"\n}}\n\n");
        for (var module = 0; module < ModulesPerRoot; module++)
        {
            text.Append(CultureInfo.InvariantCulture, $$"""
                module "part_{{module}}" {
                  source  = "./modules/part-{{module}}"
                  cluster = aws_eks_cluster.main.name
                  names = {
                    orders   = { path = "shop" }
                    payments = { path = "shop", days = 90 }
                    search   = { path = "data" }
                  }
                  tags = { account = "{{root}}", part = "{{module}}" }
                  depends_on = [aws_eks_node_group.pool]
                }

                """);
        }

        return text.ToString();
    }

    private static void Put(string folder, string name, string text)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, name), text);
    }
}
