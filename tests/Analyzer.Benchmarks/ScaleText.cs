using System.Globalization;
using System.Text;

namespace Analyzer.Benchmarks;

/// <summary>The texts of a <see cref="ScaleTree"/>: Terraform and manifests of tenants, and noise.</summary>
internal static partial class ScaleText
{
    internal const string Versions = """
        terraform {
          required_version = ">= 1.5"
          required_providers {
            aws        = { source = "hashicorp/aws", version = "~> 5.40" }
            kubernetes = { source = "hashicorp/kubernetes", version = "~> 2.27" }
          }
        }

        """;

    internal const string Providers = """
        provider "aws" {
          region = "eu-west-2"
        }

        provider "aws" {
          alias  = "london"
          region = "eu-west-2"
        }

        """;

    internal const string TenantVariables = """
        variable "vpc_name" {
          description = "Name of the network of the cluster."
          type        = string
        }

        variable "environment" {
          type    = string
          default = "development"
        }

        variable "is_production" {
          type    = bool
          default = false
        }

        variable "team_name" {
          type = string
        }

        """;

    internal static string TenantMain(string name, Random random) => $$"""
        locals {
          name    = "{{name}}"
          tags    = { application = local.name, environment = var.environment, owner = var.team_name }
          queues  = toset([{{string.Join(", ", Enumerable.Range(0, random.Next(1, 6)).Select(at => $"\"queue-{at}\""))}}])
          replicas = var.is_production ? {{random.Next(3, 9)}} : 1
        }

        resource "aws_sqs_queue" "queue" {
          for_each                  = local.queues
          name                      = "${local.name}-${each.key}"
          message_retention_seconds = {{random.Next(60, 86_400)}}
          tags                      = merge(local.tags, { queue = each.key })
        }

        resource "aws_s3_bucket" "data" {
          bucket = "${local.name}-${var.environment}"
          tags   = local.tags
        }

        resource "kubernetes_secret" "queues" {
          metadata {
            name      = "queues"
            namespace = "{{name}}"
          }
          data = { for key, queue in aws_sqs_queue.queue : key => queue.url }
        }

        """;

    internal static string TenantRole(string name) => $$"""
        module "irsa" {
          source           = "github.com/acme/terraform-irsa?ref=2.0.0"
          eks_cluster_name = var.vpc_name
          namespace        = "{{name}}"
          service_account  = "{{name}}"
          role_policy_arns = { queues = aws_iam_policy.queues.arn }
        }

        data "aws_iam_policy_document" "queues" {
          statement {
            actions   = ["sqs:SendMessage", "sqs:ReceiveMessage"]
            resources = [for queue in aws_sqs_queue.queue : queue.arn]
          }
        }

        resource "aws_iam_policy" "queues" {
          name   = "{{name}}-queues"
          policy = data.aws_iam_policy_document.queues.json
        }

        """;

    internal static string Repository(string name) => $$"""
        resource "aws_ecr_repository" "app" {
          name                 = "tenants/{{name}}"
          image_tag_mutability = "IMMUTABLE"

          image_scanning_configuration {
            scan_on_push = true
          }
        }

        resource "aws_ecr_lifecycle_policy" "app" {
          repository = aws_ecr_repository.app.name
          policy = jsonencode({
            rules = [{ rulePriority = 1, selection = { tagStatus = "any", countType = "imageCountMoreThan", countNumber = 100 }, action = { type = "expire" } }]
          })
        }

        """;

    internal static string Database(string name, Random random) => $$"""
        resource "aws_db_instance" "main" {
          count             = {{random.Next(2)}}
          identifier        = "{{name}}"
          engine            = "postgres"
          instance_class    = "db.t4g.{{(random.Next(2) == 0 ? "micro" : "small")}}"
          allocated_storage = {{random.Next(20, 200)}}
          username          = "app"

          tags = {
            environment = var.environment
          }
        }

        """;

    internal static string TenantOutputs(string name) => $"output \"repository\" {{\n  value = aws_ecr_repository.app.repository_url\n}}\n\noutput \"name\" {{\n  value = \"{name}\"\n}}\n";

    internal static string Namespace(string name) => $"apiVersion: v1\nkind: Namespace\nmetadata:\n  name: {name}\n  labels:\n    pod-security.kubernetes.io/enforce: restricted\n  annotations:\n    owner: \"{name}@example.com\"\n";

    internal static string Rbac(string name, Random random) => $"""
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata:
          name: {name}-admin
          namespace: {name}
        subjects:
          - kind: Group
            name: "github:team-{random.Next(200)}"
            apiGroup: rbac.authorization.k8s.io
        roleRef:
          kind: ClusterRole
          name: admin
          apiGroup: rbac.authorization.k8s.io

        """;

    internal static string Quota(string name) => $"apiVersion: v1\nkind: ResourceQuota\nmetadata:\n  name: quota\n  namespace: {name}\nspec:\n  hard:\n    pods: \"50\"\n---\napiVersion: v1\nkind: LimitRange\nmetadata:\n  name: limits\n  namespace: {name}\nspec:\n  limits:\n    - type: Container\n      default: {{cpu: 500m, memory: 512Mi}}\n";

    internal static string Deployment(string name, string? space, Random random) => $$"""
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: {{name}}
          {{(space is null ? "labels: {kind: service}" : $"namespace: {space}")}}
        spec:
          replicas: {{random.Next(1, 6)}}
          selector:
            matchLabels: {app: {{name}}}
          template:
            metadata:
              labels: {app: {{name}}}
            spec:
              serviceAccountName: {{name}}
              containers:
                - name: app
                  image: 123456789012.dkr.ecr.eu-west-2.amazonaws.com/tenants/{{name}}:{{random.Next(1, 400)}}
                  ports: [{containerPort: 8080}]
                  env:
                    - {name: LEVEL, value: info}
                  resources:
                    requests: {cpu: {{random.Next(1, 9)}}00m, memory: 128Mi}
                - name: proxy
                  image: public.ecr.aws/nginx/nginx:1.{{random.Next(20, 28)}}

        """;

    internal static string ServiceAccount(string name, string? space) => $$"""
        apiVersion: v1
        kind: ServiceAccount
        metadata:
          name: {{name}}
          {{(space is null ? "labels: {kind: service}" : $"namespace: {space}")}}
          annotations:
            eks.amazonaws.com/role-arn: arn:aws:iam::123456789012:role/{{name}}

        """;

    internal static string NetworkPolicy(string name) => $"apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: default\n  namespace: {name}\nspec:\n  podSelector: {{}}\n  policyTypes: [Ingress]\n  ingress:\n    - from:\n        - podSelector: {{}}\n";

    internal static string Overlay(string name, string stage, Random random) =>
        $"namespace: {name}-{stage}\nresources: [../../base]\npatches:\n  - path: patch.yaml\nimages:\n  - name: 123456789012.dkr.ecr.eu-west-2.amazonaws.com/tenants/{name}\n    newTag: \"{random.Next(400)}\"\ncommonLabels: {{stage: {stage}}}\n";

    internal static string Values(string name) => $"image:\n  repository: 123456789012.dkr.ecr.eu-west-2.amazonaws.com/{name}\n  tag: 1.0.0\nreplicas: 2\nserviceAccount:\n  create: true\n";

    internal static string Template(int at) => $$$"""
        {{- if .Values.enabled }}
        apiVersion: {{{(at % 3 == 0 ? "apps/v1" : "v1")}}}
        kind: {{{(at % 3 == 0 ? "Deployment" : at % 3 == 1 ? "Service" : "ConfigMap")}}}
        metadata:
          name: {{ include "chart.fullname" . }}-{{{at}}}
          labels:
            {{- include "chart.labels" . | nindent 4 }}
        spec:
          template:
            spec:
              containers:
                - name: {{ .Chart.Name }}
                  image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
        {{- end }}

        """;

    /// <summary>Schemas of custom resources, about as many bytes, in one or many documents.</summary>
    internal static string Definitions(int at, int bytes, int documents)
    {
        var text = new StringBuilder(bytes + 2_048);
        for (var document = 0; document < documents && text.Length < bytes; document++)
        {
            text.Append(CultureInfo.InvariantCulture, $$"""
                ---
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata:
                  name: things{{at}}x{{document}}.example.com
                spec:
                  group: example.com
                  names: {kind: Thing{{document}}, plural: things{{at}}x{{document}}}
                  scope: Namespaced
                  versions:
                    - name: v1
                      served: true
                      storage: true
                      schema:
                        openAPIV3Schema:
                          type: object
                          properties:

                """);
            for (var field = 0; text.Length < (long)bytes * (document + 1) / documents; field++)
            {
                text.Append(CultureInfo.InvariantCulture, $"            field{field}:\n              description: What the field {field} of a thing is for, in one sentence that is as long as those of real definitions.\n              type: string\n              maxLength: {field}\n");
            }
        }

        return text.ToString();
    }

    /// <summary>Files of other tools, and broken ones.</summary>
    internal static (string Path, string Text) Noise(int at, Random random) => (at % 20) switch
    {
        0 => ($"ci-{at}.yml", "on: [push]\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: make\n"),
        1 => ($"compose-{at}.yaml", "services:\n  web:\n    image: nginx:1.27\n    ports: [\"80:80\"]\n"),
        2 => ($"broken-{at}.yaml", "apiVersion: v1\nkind: ConfigMap\n<<<<<<< ours\nmetadata: {name: a}\n=======\nmetadata: {name: b}\n>>>>>>> theirs\n"),
        3 => ($"tabs-{at}.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n\tname: tabs\n"),
        4 => ($"bom-{at}.yaml", $"\uFEFFapiVersion: v1\nkind: ConfigMap\nmetadata: {{name: bom-{at}}}\n"),
        5 => ($"crlf-{at}.yaml", $"apiVersion: v1\r\nkind: ConfigMap\r\nmetadata:\r\n  name: crlf-{at}\r\n"),
        6 => ($"empty-{at}.yaml", ""),
        7 => ($"half-{at}.tf", "resource \"aws_s3_bucket\" \"half\" {\n  bucket = \n"),
        8 => ($"cluster-{at}.yaml", $"apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata: {{name: c{at}, region: eu-west-2}}\nmanagedNodeGroups:\n  - name: ng\n    instanceType: m5.large\n"),
        9 => ($"argo-{at}.yaml", $"apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {{name: app-{at}}}\nspec:\n  source: {{repoURL: \"https://example.com/x.git\", path: deploy/service-1/overlays/dev}}\n  destination: {{server: \"https://c{random.Next(9)}.example.com\", namespace: default}}\n"),
        10 when at == 10 => ($"line-{at}.json", $"{{\"text\": \"{new string('x', 5_000_000)}\"}}"),
        11 => ($"a/b/c/d/e/f/g/h/i/j/deep-{at}.yaml", "name: deep\n"),
        12 => ($"package-{at}.json", "{\"name\": \"thing\", \"version\": \"1.0.0\", \"dependencies\": {\"left\": \"^1.0.0\"}}\n"),
        _ => ($"api-{at}.yaml", $"openapi: 3.0.0\npaths:\n  /things/{random.Next(999)}:\n    get:\n      summary: A kind of request for Resources\n      responses: {{\"200\": {{description: ok}}}}\n"),
    };
}
