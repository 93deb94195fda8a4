namespace Analyzer.Benchmarks;

/// <summary>The texts of a <see cref="ScaleTree"/>: platform roots and stacks.</summary>
internal static partial class ScaleText
{
    internal const string RootVariables = """
        variable "region" {
          type    = string
          default = "eu-west-2"
        }

        variable "zones" {
          type    = number
          default = 3
        }

        """;

    internal const string StackCluster = """
        AWSTemplateFormatVersion: "2010-09-09"
        Parameters:
          Subnets: {Type: CommaDelimitedList}
          Name: {Type: String}
        Resources:
          Role:
            Type: AWS::IAM::Role
            Properties:
              AssumeRolePolicyDocument:
                Version: 2012-10-17
                Statement: [{Effect: Allow, Principal: {Service: eks.amazonaws.com}, Action: "sts:AssumeRole"}]
              ManagedPolicyArns: [arn:aws:iam::aws:policy/AmazonEKSClusterPolicy]
          Cluster:
            Type: AWS::EKS::Cluster
            Properties:
              Name: !Ref Name
              RoleArn: !GetAtt Role.Arn
              ResourcesVpcConfig: {SubnetIds: !Ref Subnets}
        Outputs:
          Name: {Value: !Ref Cluster, Export: {Name: !Sub "${AWS::StackName}-Cluster"}}

        """;

    internal const string StackNodes = """
        {
          "AWSTemplateFormatVersion": "2010-09-09",
          "Parameters": {
            "Cluster": {"Type": "String"},
            "Subnets": {"Type": "CommaDelimitedList"},
            "Spot": {"Type": "String", "Default": "false", "AllowedValues": ["true", "false"]}
          },
          "Conditions": {"IsSpot": {"Fn::Equals": [{"Ref": "Spot"}, "true"]}},
          "Resources": {
            "Role": {
              "Type": "AWS::IAM::Role",
              "Properties": {
                "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]},
                "ManagedPolicyArns": [
                  "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy",
                  "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy",
                  "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly"
                ]
              }
            },
            "Nodes": {
              "Type": "AWS::EKS::Nodegroup",
              "Properties": {
                "ClusterName": {"Ref": "Cluster"},
                "NodeRole": {"Fn::GetAtt": ["Role", "Arn"]},
                "Subnets": {"Ref": "Subnets"},
                "CapacityType": {"Fn::If": ["IsSpot", "SPOT", "ON_DEMAND"]}
              }
            }
          }
        }

        """;

    internal static string Stack(int at) => $$"""
        AWSTemplateFormatVersion: "2010-09-09"
        Parameters:
          Private: {Type: String, Default: "false", AllowedValues: ["true", "false"]}
        Conditions:
          IsPrivate: !Equals [!Ref Private, "true"]
        Resources:
          Network:
            Type: AWS::CloudFormation::Stack
            Properties:
              TemplateURL: network.json
              Parameters: {Private: !Ref Private}
          Cluster:
            Type: AWS::CloudFormation::Stack
            Properties:
              TemplateURL: ./cluster.yaml
              Parameters:
                Name: cluster-{{at}}
                Subnets: !GetAtt Network.Outputs.Subnets
          Nodes:
            Type: AWS::CloudFormation::Stack
            Properties:
              TemplateURL: nodes.json
              Parameters:
                Cluster: !GetAtt Cluster.Outputs.Name
                Subnets: !GetAtt Network.Outputs.Subnets
          Log:
            Type: AWS::Logs::LogGroup
            Condition: IsPrivate
            Properties: {RetentionInDays: 30}

        """;

    internal static string StackNetwork(Random random) => $$"""
        {
          "AWSTemplateFormatVersion": "2010-09-09",
          "Parameters": {"Private": {"Type": "String"} },
          "Conditions": {"IsPublic": {"Fn::Equals": [{"Ref": "Private"}, "false"]} },
          "Resources": {
            "Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.{{random.Next(250)}}.0.0/16", "EnableDnsHostnames": true} },
            "Gateway": {"Type": "AWS::EC2::InternetGateway", "Condition": "IsPublic"},
            "Attachment": {"Type": "AWS::EC2::VPCGatewayAttachment", "Condition": "IsPublic", "Properties": {"VpcId": {"Ref": "Vpc"}, "InternetGatewayId": {"Ref": "Gateway"} } },
            "Routes": {"Type": "AWS::EC2::RouteTable", "Properties": {"VpcId": {"Ref": "Vpc"} } },
            "Route": {"Type": "AWS::EC2::Route", "Condition": "IsPublic", "Properties": {"RouteTableId": {"Ref": "Routes"}, "DestinationCidrBlock": "0.0.0.0/0", "GatewayId": {"Ref": "Gateway"} } },
            "A": {"Type": "AWS::EC2::Subnet", "Properties": {"VpcId": {"Ref": "Vpc"}, "CidrBlock": "10.0.0.0/24", "MapPublicIpOnLaunch": true} },
            "B": {"Type": "AWS::EC2::Subnet", "Properties": {"VpcId": {"Ref": "Vpc"}, "CidrBlock": "10.0.1.0/24", "MapPublicIpOnLaunch": true} },
            "RouteA": {"Type": "AWS::EC2::SubnetRouteTableAssociation", "Properties": {"SubnetId": {"Ref": "A"}, "RouteTableId": {"Ref": "Routes"} } },
            "RouteB": {"Type": "AWS::EC2::SubnetRouteTableAssociation", "Properties": {"SubnetId": {"Ref": "B"}, "RouteTableId": {"Ref": "Routes"} } }
          },
          "Outputs": {"Subnets": {"Value": {"Fn::Join": [",", [{"Ref": "A"}, {"Ref": "B"}]]} } }
        }

        """;

    internal static string RootLocals(int at, Random random) => $$"""
        locals {
          name = "cluster-{ {at} }"
          pools = {
            {{Pools(random)}}
          }
          large = { for name, pool in local.pools : name => pool if pool.size > 4 }
          tags  = merge({ cluster = local.name }, { for index in range(var.zones) : "zone-${index}" => format("%s-%02d", local.name, index) })
        }

        """;

    private static string Pools(Random random) => string.Join(
        "\n    ", Enumerable.Range(0, random.Next(2, 7)).Select(pool => $"pool{pool} = {{ size = {random.Next(1, 12)}, kind = \"{(pool % 2 == 0 ? "spot" : "demand")}\" }}"));

    internal static string RootMain(int at) => $$"""
        provider "aws" {
          region = var.region
        }

        module "platform" {
          source = "./modules/platform"
          name   = local.name
          pools  = local.pools
          tags   = local.tags
        }

        module "logs" {
          source = "./modules/logs"
          count  = {{at % 2}}
          name   = local.name
        }

        """;

    /// <summary>The modules of a root: a platform, its cluster, the pools of that, and four others.</summary>
    internal static IEnumerable<(string Path, string Text)> Modules(string cloud)
    {
        const string Inputs = "variable \"name\" {\n  type = string\n}\n\nvariable \"pools\" {\n  type    = map(object({ size = number, kind = optional(string, \"demand\") }))\n  default = {}\n}\n\nvariable \"tags\" {\n  type    = map(string)\n  default = {}\n}\n";
        yield return ("platform/variables.tf", Inputs);
        yield return ("platform/main.tf", "module \"cluster\" {\n  source = \"../cluster\"\n  name   = var.name\n  pools  = { for name, pool in var.pools : name => pool if pool.size > 0 }\n  tags   = var.tags\n}\n");
        yield return ("platform/outputs.tf", "output \"cluster\" {\n  value = module.cluster.name\n}\n");
        yield return ("platform/versions.tf", Versions);
        yield return ("cluster/variables.tf", Inputs);
        yield return ("cluster/main.tf", cloud switch
        {
            "eks" => Eks,
            "aks" => "resource \"azurerm_kubernetes_cluster\" \"this\" {\n  name                = var.name\n  location            = \"uksouth\"\n  resource_group_name = var.name\n  dns_prefix          = var.name\n\n  default_node_pool {\n    name       = \"system\"\n    vm_size    = \"Standard_D4s_v5\"\n    node_count = 3\n  }\n\n  identity {\n    type = \"SystemAssigned\"\n  }\n\n  tags = var.tags\n}\n",
            _ => "resource \"google_container_cluster\" \"this\" {\n  name                     = var.name\n  location                 = \"europe-west2\"\n  initial_node_count       = 1\n  remove_default_node_pool = true\n}\n",
        });
        yield return ("cluster/nodes.tf", $"module \"nodes\" {{\n  source   = \"../nodes\"\n  for_each = var.pools\n  name     = each.key\n  cluster  = {(cloud == "eks" ? "aws_eks_cluster" : cloud == "aks" ? "azurerm_kubernetes_cluster" : "google_container_cluster")}.this.{(cloud == "aks" ? "id" : "name")}\n  size     = each.value.size\n  tags     = var.tags\n}}\n");
        yield return ("cluster/outputs.tf", "output \"name\" {\n  value = var.name\n}\n");
        yield return ("nodes/variables.tf", "variable \"name\" {\n  type = string\n}\n\nvariable \"cluster\" {\n  type = string\n}\n\nvariable \"size\" {\n  type = number\n}\n\nvariable \"tags\" {\n  type    = map(string)\n  default = {}\n}\n");
        yield return ("nodes/main.tf", cloud switch
        {
            "eks" => Nodes,
            "aks" => "resource \"azurerm_kubernetes_cluster_node_pool\" \"this\" {\n  name                  = substr(var.name, 0, 8)\n  kubernetes_cluster_id = var.cluster\n  vm_size               = \"Standard_D4s_v5\"\n  node_count            = var.size\n}\n",
            _ => "resource \"google_service_account\" \"nodes\" {\n  account_id = var.name\n}\n\nresource \"google_project_iam_member\" \"pull\" {\n  project = \"acme\"\n  role    = \"roles/artifactregistry.reader\"\n  member  = \"serviceAccount:${google_service_account.nodes.email}\"\n}\n\nresource \"google_container_node_pool\" \"this\" {\n  name       = var.name\n  cluster    = var.cluster\n  node_count = var.size\n\n  node_config {\n    service_account = google_service_account.nodes.email\n    oauth_scopes    = [\"https://www.googleapis.com/auth/cloud-platform\"]\n  }\n\n  depends_on = [google_project_iam_member.pull]\n}\n",
        });
        yield return ("nodes/outputs.tf", "output \"name\" {\n  value = var.name\n}\n");
        yield return ("nodes/versions.tf", Versions);
        foreach (var other in new[] { "logs", "dns", "alerts", "backup" })
        {
            yield return ($"{other}/variables.tf", Inputs);
            yield return ($"{other}/main.tf", $"resource \"aws_cloudwatch_log_group\" \"{other}\" {{\n  for_each          = toset(concat([var.name], keys(var.pools)))\n  name              = \"/{other}/${{each.key}}\"\n  retention_in_days = try(tonumber(var.tags[\"days\"]), 30)\n  tags              = merge(var.tags, {{ Name = each.key }})\n}}\n");
            yield return ($"{other}/outputs.tf", $"output \"names\" {{\n  value = [for group in aws_cloudwatch_log_group.{other} : group.name]\n}}\n");
            yield return ($"{other}/versions.tf", Versions);
        }
    }

    private const string Eks = """
        data "aws_iam_policy_document" "trust" {
          statement {
            actions = ["sts:AssumeRole"]
            principals {
              type        = "Service"
              identifiers = ["eks.amazonaws.com"]
            }
          }
        }

        resource "aws_iam_role" "cluster" {
          name               = "${var.name}-cluster"
          assume_role_policy = data.aws_iam_policy_document.trust.json
        }

        resource "aws_iam_role_policy_attachment" "cluster" {
          role       = aws_iam_role.cluster.name
          policy_arn = "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy"
        }

        resource "aws_eks_cluster" "this" {
          name     = var.name
          role_arn = aws_iam_role.cluster.arn

          vpc_config {
            subnet_ids = ["subnet-a", "subnet-b"]
          }

          tags       = var.tags
          depends_on = [aws_iam_role_policy_attachment.cluster]
        }

        """;

    private const string Nodes = """
        data "aws_iam_policy_document" "trust" {
          statement {
            actions = ["sts:AssumeRole"]
            principals {
              type        = "Service"
              identifiers = ["ec2.amazonaws.com"]
            }
          }
        }

        resource "aws_iam_role" "node" {
          name               = "${var.cluster}-${var.name}"
          assume_role_policy = data.aws_iam_policy_document.trust.json
        }

        resource "aws_iam_role_policy_attachment" "node" {
          for_each   = toset(["AmazonEKSWorkerNodePolicy", "AmazonEKS_CNI_Policy", "AmazonEC2ContainerRegistryReadOnly"])
          role       = aws_iam_role.node.name
          policy_arn = "arn:aws:iam::aws:policy/${each.value}"
        }

        resource "aws_eks_node_group" "this" {
          cluster_name    = var.cluster
          node_group_name = var.name
          node_role_arn   = aws_iam_role.node.arn
          subnet_ids      = ["subnet-a", "subnet-b"]

          scaling_config {
            desired_size = var.size
            max_size     = var.size * 2
            min_size     = 1
          }

          tags       = merge(var.tags, { pool = var.name })
          depends_on = [aws_iam_role_policy_attachment.node]
        }

        """;
}
