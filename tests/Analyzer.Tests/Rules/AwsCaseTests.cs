using static Analyzer.Tests.Rules.AwsSnippets;

namespace Analyzer.Tests.Rules;

/// <summary>
/// Cases on the border of the rules about AWS, most of which must not fire: unusual but right configurations, and things that belong to somebody else. What the examples of the rules
/// show is not repeated here.
/// </summary>
public class AwsCaseTests
{
    /// <summary>Each case: what it is, a Terraform module, and the findings at the levels error and warning.</summary>
    public static TheoryData<string, string, string> Cases => new()
    {
        // permissions
        { "a policy of AWS whose partition is looked up", Role("node") + """
            data "aws_partition" "current" {}
            resource "aws_iam_role_policy_attachment" "pull" {
              role       = aws_iam_role.node.name
              policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly"
            }

            """ + Group("node", "depends_on = [aws_iam_role_policy_attachment.pull]"), "" },
        { "a policy of one's own attached with a list of all its holders", Role("node") + """
            data "aws_iam_policy_document" "pull" {
              statement {
                actions   = ["ecr:Get*", "ecr:BatchGet*"]
                resources = ["*"]
              }
            }
            resource "aws_iam_policy" "pull" { policy = data.aws_iam_policy_document.pull.json }
            resource "aws_iam_policy_attachment" "pull" {
              name       = "pull"
              roles      = [aws_iam_role.node.name]
              policy_arn = aws_iam_policy.pull.arn
            }

            """ + Group("node", "depends_on = [aws_iam_policy_attachment.pull]"), "" },
        { "a statement of the same name takes the place of the one that pulls", Role("node") + """
            data "aws_iam_policy_document" "base" {
              statement {
                sid       = "Pull"
                actions   = ["ecr:Get*", "ecr:BatchGet*"]
                resources = ["*"]
              }
            }
            data "aws_iam_policy_document" "all" {
              source_policy_documents = [data.aws_iam_policy_document.base.json]
              statement {
                sid       = "Pull"
                actions   = ["s3:GetObject"]
                resources = ["arn:aws:s3:::shop/*"]
              }
            }
            resource "aws_iam_role_policy" "all" {
              role   = aws_iam_role.node.id
              policy = data.aws_iam_policy_document.all.json
            }

            """ + Group("node"), "aws-node-role-missing-ecr-pull:error" },
        { "a statement of another name is added", Role("node") + """
            data "aws_iam_policy_document" "base" {
              statement {
                sid       = "Pull"
                actions   = ["ecr:Get*", "ecr:BatchGet*"]
                resources = ["*"]
              }
            }
            data "aws_iam_policy_document" "all" {
              source_policy_documents = [data.aws_iam_policy_document.base.json]
              statement {
                sid       = "Read"
                actions   = ["s3:ListAllMyBuckets"]
                resources = ["*"]
              }
            }
            resource "aws_iam_role_policy" "all" {
              role   = aws_iam_role.node.id
              policy = data.aws_iam_policy_document.all.json
            }

            """ + Group("node", "depends_on = [aws_iam_role_policy.all]"), "" },
        { "the role has a path and is named by its whole ARN", Role("node", Pull, Worker).Replace("name = \"node\"", "name = \"node\"\n  path = \"/eks/\"", StringComparison.Ordinal)
            + Group("node", "depends_on = [aws_iam_role_policy_attachment.node]").Replace("aws_iam_role.node.arn", "\"arn:aws:iam::111122223333:role/eks/node\"", StringComparison.Ordinal), "" },
        { "workers of ROSA", Role("node", "service-role/ROSAWorkerInstancePolicy") + Group("node", "depends_on = [aws_iam_role_policy_attachment.node]"), "" },
        { "nodes of Auto Mode need the two small policies alone", Role("node", Pull, "AmazonEKSWorkerNodeMinimalPolicy") + """
            resource "aws_eks_cluster" "auto" {
              name     = "auto"
              role_arn = "arn:aws:iam::111122223333:role/eks"
              compute_config {
                enabled       = true
                node_pools    = ["general-purpose"]
                node_role_arn = aws_iam_role.node.arn
              }
              vpc_config {
                subnet_ids = ["subnet-1"]
              }
              depends_on = [aws_iam_role_policy_attachment.node]
            }
            resource "aws_eks_pod_identity_association" "api" {
              cluster_name    = aws_eks_cluster.auto.name
              namespace       = "shop"
              service_account = "api"
              role_arn        = "arn:aws:iam::111122223333:role/api"
            }

            """, "" },
        { "instances of no cluster", Role("node", Worker) + Profile("node") + """
            resource "aws_launch_template" "web" {
              image_id = "ami-1"
              iam_instance_profile { name = aws_iam_instance_profile.node.name }
              metadata_options { http_endpoint = "disabled" }
            }
            resource "aws_autoscaling_group" "web" {
              min_size            = 1
              max_size            = 2
              vpc_zone_identifier = ["subnet-1"]
              launch_template {
                id      = aws_launch_template.web.id
                version = "$Latest"
              }
            }

            """, "" },
        { "the trust names the service by the suffix of its partition", Role("node", Pull, Worker).Replace(Ec2, "ec2.${data.aws_partition.current.dns_suffix}", StringComparison.Ordinal)
            + "data \"aws_partition\" \"current\" {}\n" + Group("node", "depends_on = [aws_iam_role_policy_attachment.node]"), "" },
        { "nodes and Fargate have different roles by design", Cluster + Role("node", Pull, Worker) + Role("pods", "AmazonEKSFargatePodExecutionRolePolicy").Replace(Ec2, "eks-fargate-pods.amazonaws.com", StringComparison.Ordinal)
            + Group("node", "depends_on = [aws_iam_role_policy_attachment.node]").Replace("\"shop\"", "aws_eks_cluster.shop.name", StringComparison.Ordinal) + """
            resource "aws_eks_fargate_profile" "pods" {
              cluster_name           = aws_eks_cluster.shop.name
              fargate_profile_name   = "pods"
              pod_execution_role_arn = aws_iam_role.pods.arn
              subnet_ids             = ["subnet-1"]
              selector { namespace = "shop" }
              depends_on = [aws_iam_role_policy_attachment.pods]
            }

            """, "" },
        { "EKS refuses a template that brings a profile", Role("node", Pull, Worker) + Profile("node") + """
            resource "aws_launch_template" "node" {
              iam_instance_profile { name = aws_iam_instance_profile.node.name }
            }

            """ + Group("node", "launch_template {\n    id      = aws_launch_template.node.id\n    version = aws_launch_template.node.latest_version\n  }\n  depends_on = [aws_iam_role_policy_attachment.node]"), "aws-instance-profile-missing-or-wrong:error" },
        { "EKS refuses a template that names a subnet", Role("node", Pull, Worker) + """
            resource "aws_launch_template" "node" {
              network_interfaces { subnet_id = "subnet-1" }
            }

            """ + Group("node", "launch_template {\n    id      = aws_launch_template.node.id\n    version = aws_launch_template.node.latest_version\n  }\n  depends_on = [aws_iam_role_policy_attachment.node]"), "aws-instance-profile-missing-or-wrong:error" },
        { "nodes of a cluster, by their user data, without a profile", """
            resource "aws_launch_template" "node" {
              image_id  = "ami-1"
              user_data = base64encode("#!/bin/bash\n/etc/eks/bootstrap.sh shop\n")
            }
            resource "aws_autoscaling_group" "node" {
              min_size              = 1
              max_size              = 2
              max_instance_lifetime = 604800
              vpc_zone_identifier   = ["subnet-1"]
              launch_template {
                id      = aws_launch_template.node.id
                version = "$Latest"
              }
            }

            """, "aws-instance-profile-missing-or-wrong:error" },
        { "one override of a mixed group names another template", Role("node", Pull, Worker) + Profile("node") + """
            resource "aws_launch_template" "a" {
              image_id = "ami-1"
              iam_instance_profile { name = aws_iam_instance_profile.node.name }
            }
            resource "aws_launch_template" "b" { image_id = "ami-2" }
            resource "aws_autoscaling_group" "node" {
              min_size              = 1
              max_size              = 2
              max_instance_lifetime = 604800
              vpc_zone_identifier   = ["subnet-1"]
              mixed_instances_policy {
                launch_template {
                  launch_template_specification {
                    launch_template_id = aws_launch_template.a.id
                    version            = "$Latest"
                  }
                  override {
                    instance_type = "m6g.large"
                    launch_template_specification {
                      launch_template_id = aws_launch_template.b.id
                      version            = "$Latest"
                    }
                  }
                }
              }
              tag {
                key                 = "kubernetes.io/cluster/shop"
                value               = "owned"
                propagate_at_launch = true
              }
              depends_on = [aws_iam_role_policy_attachment.node]
            }

            """, "aws-instance-profile-missing-or-wrong:error" },

        // the network
        { "a module of subnets without NAT", VpcModule + "}\n" + Group("node", role: "\"arn:aws:iam::111122223333:role/node\"").Replace("[\"subnet-1\"]", "module.vpc.private_subnets", StringComparison.Ordinal),
            "aws-isolated-subnet-missing-ecr-endpoints:error aws-isolated-subnet-missing-s3-path:error" },
        { "a module of subnets with NAT", VpcModule + "  enable_nat_gateway = true\n}\n" + Group("node", role: "\"arn:aws:iam::111122223333:role/node\"").Replace("[\"subnet-1\"]", "module.vpc.private_subnets", StringComparison.Ordinal), "" },
        { "a module of subnets with NAT, perhaps", VpcModule + "  enable_nat_gateway = var.nat\n}\nvariable \"nat\" { type = bool }\n"
            + Group("node", role: "\"arn:aws:iam::111122223333:role/node\"").Replace("[\"subnet-1\"]", "module.vpc.private_subnets", StringComparison.Ordinal), "" },
        { "subnets of the module that never lead out", VpcModule + "  enable_nat_gateway = true\n  intra_subnets = [\"10.0.5.0/24\"]\n}\n"
            + Group("node", role: "\"arn:aws:iam::111122223333:role/node\"").Replace("[\"subnet-1\"]", "module.vpc.intra_subnets", StringComparison.Ordinal),
            "aws-isolated-subnet-missing-ecr-endpoints:error aws-isolated-subnet-missing-s3-path:error" },
        { "the route table of isolated nodes is told to others", Vpc + Isolated() + "output \"table\" { value = aws_route_table.private.id }\n",
            "aws-isolated-subnet-missing-ecr-endpoints:warning aws-isolated-subnet-missing-s3-path:warning" },
        { "a VPN gateway may lead to endpoints elsewhere", Vpc + Isolated() + """
            resource "aws_vpn_gateway" "v" { vpc_id = aws_vpc.main.id }
            resource "aws_vpn_gateway_route_propagation" "v" {
              vpn_gateway_id = aws_vpn_gateway.v.id
              route_table_id = aws_route_table.private.id
            }

            """, "" },
        { "a peering may lead to endpoints elsewhere", Vpc + Isolated() + """
            resource "aws_vpc_peering_connection" "hub" {
              vpc_id      = aws_vpc.main.id
              peer_vpc_id = "vpc-1"
            }
            resource "aws_route" "hub" {
              route_table_id            = aws_route_table.private.id
              destination_cidr_block    = "10.1.0.0/16"
              vpc_peering_connection_id = aws_vpc_peering_connection.hub.id
            }

            """, "" },
        { "a private NAT gateway leads nowhere known", Vpc + Isolated() + Nat.Replace("allocation_id = \"eipalloc-1\"", "connectivity_type = \"private\"", StringComparison.Ordinal), "" },
        { "nodes that leave by IPv6 alone", Vpc + Isolated() + """
            resource "aws_egress_only_internet_gateway" "six" { vpc_id = aws_vpc.main.id }
            resource "aws_route" "six" {
              route_table_id              = aws_route_table.private.id
              destination_ipv6_cidr_block = "::/0"
              egress_only_gateway_id      = aws_egress_only_internet_gateway.six.id
            }

            """, "" },
        { "a firewall stands before the way out", Vpc + Isolated() + """
            resource "aws_route" "wall" {
              route_table_id         = aws_route_table.private.id
              destination_cidr_block = "0.0.0.0/0"
              vpc_endpoint_id        = "vpce-1"
            }

            """, "" },
        { "endpoints under the name that China has for them", Vpc + Isolated() + Endpoints("cn.com.amazonaws.cn-north-1.", "com.amazonaws.cn-north-1."), "" },
        { "endpoints in an isolated partition", Vpc + Isolated() + Endpoints("gov.ic.c2s.us-iso-east-1.", "gov.ic.c2s.us-iso-east-1."), "" },
        { "endpoints whose partition is looked up", Vpc + Isolated() + "data \"aws_partition\" \"p\" {}\ndata \"aws_region\" \"r\" {}\n"
            + Endpoints("${data.aws_partition.p.reverse_dns_prefix}.${data.aws_region.r.region}.", "${data.aws_partition.p.reverse_dns_prefix}.${data.aws_region.r.region}."), "" },
        { "an endpoint that is looked up", Vpc + Isolated() + "data \"aws_vpc_endpoint\" \"ecr\" { vpc_id = aws_vpc.main.id }\n", "" },
        { "a cluster on an Outpost", Vpc + Isolated().Replace("\"shop\"", "aws_eks_cluster.local.name", StringComparison.Ordinal) + """
            resource "aws_eks_cluster" "local" {
              name     = "local"
              role_arn = "arn:aws:iam::111122223333:role/eks"
              outpost_config {
                control_plane_instance_type = "m5.large"
                outpost_arns                = ["arn:aws:outposts:eu-west-1:111122223333:outpost/op-1"]
              }
              vpc_config {
                subnet_ids              = aws_subnet.private[*].id
                endpoint_private_access = true
              }
            }

            """, "" },
        { "an emulator is asked instead of AWS", Vpc + Isolated() + Role("node", Worker) + Group("other", role: "aws_iam_role.node.arn") + """
            provider "aws" {
              region = "eu-west-1"
              endpoints {
                ec2 = "http://localhost:4566"
                iam = "http://localhost:4566"
                ecr = "http://localhost:4566"
              }
            }

            """, "" },

        // tasks of ECS
        { "a task of an old platform asks no token endpoint", Vpc + Task("platform_version = \"1.3.0\"") + Endpoints("com.amazonaws.eu-west-1.", "com.amazonaws.eu-west-1.", "ecr.dkr"), "" },
        { "a task in subnets that nothing leads out of takes an image of Docker Hub", Vpc + Task("platform_version = \"1.3.0\"").Replace("111122223333.dkr.ecr.eu-west-1.amazonaws.com/api:1", "nginx:1.27", StringComparison.Ordinal) + Endpoints("com.amazonaws.eu-west-1.", "com.amazonaws.eu-west-1.", "ecr.dkr"), "aws-isolated-image-registry-unreachable:error" },
        { "a task of the newest platform asks it", Vpc + Task("") + Endpoints("com.amazonaws.eu-west-1.", "com.amazonaws.eu-west-1.", "ecr.dkr"), "aws-isolated-subnet-missing-ecr-endpoints:error" },
        { "a task named by family and revision", Vpc + Task("").Replace("aws_ecs_task_definition.api.arn", "\"${aws_ecs_task_definition.api.family}:${aws_ecs_task_definition.api.revision}\"", StringComparison.Ordinal) + Endpoints("com.amazonaws.eu-west-1.", "com.amazonaws.eu-west-1.", "ecr.dkr"), "aws-isolated-subnet-missing-ecr-endpoints:error" },
        { "a task named by the newer of two revisions", Vpc + Task("").Replace("aws_ecs_task_definition.api.arn", "\"${aws_ecs_task_definition.api.family}:${max(aws_ecs_task_definition.api.revision, data.aws_ecs_task_definition.api.revision)}\"", StringComparison.Ordinal) + "data \"aws_ecs_task_definition\" \"api\" { task_definition = aws_ecs_task_definition.api.family }\n" + Endpoints("com.amazonaws.eu-west-1.", "com.amazonaws.eu-west-1.", "ecr.dkr"), "aws-isolated-subnet-missing-ecr-endpoints:error" },
        { "a task that is looked up", Vpc + Task("").Replace("aws_ecs_task_definition.api.arn", "data.aws_ecs_task_definition.api.arn", StringComparison.Ordinal) + "data \"aws_ecs_task_definition\" \"api\" { task_definition = aws_ecs_task_definition.api.family }\n" + Endpoints("com.amazonaws.eu-west-1.", "com.amazonaws.eu-west-1.", "ecr.dkr"), "aws-isolated-subnet-missing-ecr-endpoints:error" },
        { "an older revision of a task", Vpc + Task("").Replace("aws_ecs_task_definition.api.arn", "\"${aws_ecs_task_definition.api.family}:3\"", StringComparison.Ordinal) + Endpoints("com.amazonaws.eu-west-1.", "com.amazonaws.eu-west-1.", "ecr.dkr"), "" },

        { "instances of ECS that may not pull, for a task without an execution role", Role("node", "CloudWatchAgentServerPolicy") + Profile("node") + Instances + TaskOnInstances("null"), "aws-ecs-execution-role-missing-ecr-pull:error" },
        { "instances of ECS that may pull", Role("node", "service-role/AmazonEC2ContainerServiceforEC2Role") + Profile("node") + Instances + TaskOnInstances("null"), "" },
        { "instances of ECS that may not pull, for a task whose execution role may", Role("node", "CloudWatchAgentServerPolicy") + Profile("node") + Instances
            + Role("task", "service-role/AmazonECSTaskExecutionRolePolicy").Replace(Ec2, "ecs-tasks.amazonaws.com", StringComparison.Ordinal) + TaskOnInstances("aws_iam_role.task.arn"), "" },
        { "instances of ECS that may not pull, for a task whose execution role may not", Role("node", "CloudWatchAgentServerPolicy") + Profile("node") + Instances
            + Role("task", "CloudWatchLogsFullAccess").Replace(Ec2, "ecs-tasks.amazonaws.com", StringComparison.Ordinal) + TaskOnInstances("aws_iam_role.task.arn"), "aws-ecs-execution-role-missing-ecr-pull:error" },
        { "instances of one of two clusters of ECS", Role("node", "CloudWatchAgentServerPolicy") + Profile("node") + Instances + TaskOnInstances("null") + "resource \"aws_ecs_cluster\" \"more\" { name = \"more\" }\n", "" },
        { "isolated instances of ECS need its endpoints", Vpc + Role("node", "service-role/AmazonEC2ContainerServiceforEC2Role") + Profile("node") + Instances.Replace("[\"subnet-1\"]", "aws_subnet.private[*].id", StringComparison.Ordinal)
            + TaskOnInstances("null") + Endpoints("com.amazonaws.eu-west-1.", "com.amazonaws.eu-west-1."), "aws-isolated-missing-companion-endpoints:error" },
        { "isolated instances of ECS with all endpoints", Vpc + Role("node", "service-role/AmazonEC2ContainerServiceforEC2Role") + Profile("node") + Instances.Replace("[\"subnet-1\"]", "aws_subnet.private[*].id", StringComparison.Ordinal)
            + TaskOnInstances("null") + Endpoints("com.amazonaws.eu-west-1.", "com.amazonaws.eu-west-1.", "ecr.api", "ecr.dkr", "ecs", "ecs-agent", "ecs-telemetry"), "" },

        // images
        { "an image by its digest, from a host of FIPS", Cluster + Role("node", Pull, Worker) + Group("node", "depends_on = [aws_iam_role_policy_attachment.node]").Replace("\"shop\"", "aws_eks_cluster.shop.name", StringComparison.Ordinal) + """
            resource "kubernetes_pod" "api" {
              metadata { name = "api" }
              spec {
                container {
                  name  = "api"
                  image = "111122223333.dkr.ecr-fips.us-gov-west-1.amazonaws.com/shop/api@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
                }
              }
              depends_on = [aws_eks_node_group.node]
            }

            """, "" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_case_is_judged_as_it_is(string what, string module, string expected) =>
        Assert.Equal($"{what}: {expected}", $"{what}: {Findings([("main.tf", module)])}");

    /// <summary>The controller of Cluster API makes roles that may pull, and what it attaches to others nobody sees.</summary>
    [Theory]
    [InlineData("  roleName: node\n", Worker)]
    [InlineData("  roleName: node\n", Pull)]
    [InlineData("  roleName: elsewhere\n", Worker)]
    [InlineData("  rolePermissionsBoundary: arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess\n", Worker)]
    [InlineData("", Worker)]
    public void A_machine_pool_of_Cluster_API_is_not_accused(string role, string policy) => Assert.Equal("", Findings(
    [
        ("pool.yaml", $"apiVersion: infrastructure.cluster.x-k8s.io/v1beta2\nkind: AWSManagedMachinePool\nmetadata:\n  name: workers\nspec:\n  eksNodegroupName: workers\n{role}"),
        ("main.tf", Role("node", policy)),
    ]));

    /// <summary>Machines without a profile have the one of the provider, which may pull; roles of other objects are not theirs.</summary>
    [Theory]
    [InlineData("AWSMachineTemplate", "template: { spec: { instanceType: m5.large } }")]
    [InlineData("AWSMachinePool", "awsLaunchTemplate: { instanceType: m5.large }")]
    [InlineData("AWSFargateProfile", "roleName: node\n  clusterName: shop")]
    public void Machines_of_Cluster_API_are_not_accused(string kind, string spec) => Assert.Equal("", Findings(
    [
        ("machines.yaml", $"apiVersion: infrastructure.cluster.x-k8s.io/v1beta2\nkind: {kind}\nmetadata:\n  name: workers\nspec:\n  {spec}\n"),
        ("main.tf", Role("node", Worker) + Profile("node")),
    ]));
}
