using static Analyzer.Tests.Rules.AwsSnippets;

namespace Analyzer.Tests.Rules;

/// <summary>Cases of how nodes boot, how long they live, and what comes before what, on the border of the rules.</summary>
public class AwsNodeCaseTests
{
    private const string Late = "aws-node-group-before-ecr-policy:warning";
    private const string Exposed = "aws-node-imds-exposed-to-pods:note";

    /// <summary>Each case: what a launch template of a managed node group says, and the findings, notes too.</summary>
    public static TheoryData<string, string, string> Templates => new()
    {
        // the metadata service
        { "nothing", "", "" },
        { "no metadata service", "metadata_options { http_endpoint = \"disabled\" }", "aws-node-imds-disabled:error" },
        { "tokens, for the host alone", "metadata_options {\n http_endpoint = \"enabled\"\n http_tokens = \"required\"\n http_put_response_hop_limit = 1\n }", "" },
        { "two hops with tokens", "metadata_options {\n http_tokens = \"required\"\n http_put_response_hop_limit = 2\n }", "" },
        { "two hops without tokens", "metadata_options {\n http_tokens = \"optional\"\n http_put_response_hop_limit = 2\n }", Exposed },
        { "one hop without tokens", "metadata_options {\n http_tokens = \"optional\"\n http_put_response_hop_limit = 1\n }", "" },
        { "hops that nobody knows", "metadata_options {\n http_tokens = \"optional\"\n http_put_response_hop_limit = var.any\n }", "" },

        // what the nodes are told when they boot
        { "docker as the runtime", "user_data = base64encode(\"/etc/eks/bootstrap.sh shop --container-runtime dockerd\")", "aws-bootstrap-uses-dockerd:warning" },
        { "docker is signed in", "user_data = base64encode(\"aws ecr get-login-password | docker login -u AWS --password-stdin 111122223333.dkr.ecr.eu-west-1.amazonaws.com\")", "aws-bootstrap-uses-dockerd:warning" },
        { "an image by crictl", "user_data = base64encode(\"crictl pull 111122223333.dkr.ecr.eu-west-1.amazonaws.com/api:1\")", "" },
        { "one flag of two for the plug-in", "user_data = base64encode(\"/etc/eks/bootstrap.sh shop --kubelet-extra-args '--image-credential-provider-config=/etc/mine.json'\")", "aws-kubelet-credential-provider-overridden:error" },
        { "both flags for the plug-in", "user_data = base64encode(\"/etc/eks/bootstrap.sh shop --kubelet-extra-args '--image-credential-provider-config=/etc/mine.json --image-credential-provider-bin-dir=/opt/mine'\")", "" },
        { "a custom image and no word how to join", "image_id = \"ami-1\"", "aws-custom-ami-without-bootstrap:error" },
        { "a custom image that is told how to join", "image_id = \"ami-1\"\n user_data = base64encode(\"/etc/eks/bootstrap.sh shop\")", "" },
        { "a custom image that may be told", "image_id = \"ami-1\"\n user_data = var.any", "" },
        { "an image that nobody knows", "image_id = var.any", "" },
    };

    [Theory]
    [MemberData(nameof(Templates))]
    public void A_launch_template_is_judged_as_it_is(string what, string says, string expected) => Assert.Equal($"{what}: {expected}", $"{what}: {Said(Cluster + $$"""
        variable "any" {}
        resource "aws_launch_template" "node" {
          {{says}}
        }

        """ + Role("node", Pull, Worker) + Group("node", "launch_template {\n    id      = aws_launch_template.node.id\n    version = aws_launch_template.node.latest_version\n  }\n  depends_on = [aws_iam_role_policy_attachment.node]")
            .Replace("\"shop\"", "aws_eks_cluster.shop.name", StringComparison.Ordinal))}");

    /// <summary>Which version of a launch template the nodes are started from: one that follows its edits, or one that stays.</summary>
    [Theory]
    [InlineData("\"$Latest\"", "", "")]
    [InlineData("aws_launch_template.node.latest_version", "", "")]
    [InlineData("var.any", "", "")]
    [InlineData("\"3\"", "", "aws-stale-launch-template-version:warning")]
    [InlineData("\"$Default\"", "", "aws-stale-launch-template-version:warning")]
    [InlineData("aws_launch_template.node.default_version", "", "aws-stale-launch-template-version:warning")]
    [InlineData("\"$Default\"", "update_default_version = true", "")]
    [InlineData("aws_launch_template.node.default_version", "update_default_version = true", "")]
    [InlineData("\"$Default\"", "default_version = 3", "")]
    public void A_version_follows_or_stays(string version, string more, string expected) => Assert.Equal(expected, Said($$"""
        variable "any" {}
        resource "aws_launch_template" "node" {
          {{more}}
        }

        """ + Role("node", Pull, Worker) + Group("node", $"launch_template {{\n    id      = aws_launch_template.node.id\n    version = {version}\n  }}\n  depends_on = [aws_iam_role_policy_attachment.node]")));

    /// <summary>How long the instances of a cluster's group live.</summary>
    [Theory]
    [InlineData("", "note")]
    [InlineData("max_instance_lifetime = 0", "note")]
    [InlineData("max_instance_lifetime = 3600", "error")]
    [InlineData("max_instance_lifetime = 86399", "error")]
    [InlineData("max_instance_lifetime = 86400", "")]
    [InlineData("max_instance_lifetime = 604800", "")]
    [InlineData("max_instance_lifetime = 604801", "note")]
    [InlineData("max_instance_lifetime = var.any", "")]
    [InlineData("instance_refresh { strategy = \"Rolling\" }", "")]
    public void A_life_has_bounds(string lifetime, string level) => Assert.Equal(level.Length == 0 ? "" : $"aws-node-lifetime-unbounded:{level}", Said($$"""
        variable "any" { type = number }
        resource "aws_launch_template" "node" {
          image_id = "ami-1"
          iam_instance_profile { name = aws_iam_instance_profile.node.name }
          user_data  = base64encode("/etc/eks/bootstrap.sh shop")
          depends_on = [aws_iam_role_policy_attachment.node]
        }
        resource "aws_autoscaling_group" "node" {
          min_size            = 1
          max_size            = 2
          vpc_zone_identifier = ["subnet-1"]
          {{lifetime}}
          launch_template {
            id      = aws_launch_template.node.id
            version = "$Latest"
          }
          tag {
            key                 = "kubernetes.io/cluster/shop"
            value               = "owned"
            propagate_at_launch = true
          }
        }

        """ + Role("node", Pull, Worker) + Profile("node")));

    private const string Attachment = """
        resource "aws_iam_role_policy_attachment" "pull" {
          role       = aws_iam_role.node.name
          policy_arn = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly"
        }

        """;

    /// <summary>Each case: what it is, how a node group is ordered after the policy that pulls, and the findings.</summary>
    public static TheoryData<string, string, string> Orders => new()
    {
        { "nothing orders them", Role("node", Worker) + Attachment + Group("node"), Late },
        { "it waits for the other attachments", Role("node", Worker) + Attachment + Group("node", "depends_on = [aws_iam_role_policy_attachment.node]"), Late },
        { "it waits for the attachment", Role("node", Worker) + Attachment + Group("node", "depends_on = [aws_iam_role_policy_attachment.pull]"), "" },
        { "it takes the role from the attachment", Role("node", Worker) + Attachment + Group("node", role: "\"arn:aws:iam::111122223333:role/${aws_iam_role_policy_attachment.pull.role}\""), "" },
        { "its launch template waits", Role("node", Worker) + Attachment + "resource \"aws_launch_template\" \"node\" { depends_on = [aws_iam_role_policy_attachment.pull] }\n"
            + Group("node", "launch_template {\n    id      = aws_launch_template.node.id\n    version = aws_launch_template.node.latest_version\n  }"), "" },
        { "it waits for a pause after the attachment", Role("node", Worker) + Attachment + "resource \"time_sleep\" \"s\" {\n  create_duration = \"30s\"\n  depends_on = [aws_iam_role_policy_attachment.pull]\n}\n" + Group("node", "depends_on = [time_sleep.s]"), "" },
        { "a tag of it speaks of the attachment", Role("node", Worker) + Attachment + "locals { pull = aws_iam_role_policy_attachment.pull.id }\n" + Group("node", "tags = { pull = local.pull }"), "" },
        { "the policy stands in the role", Role("node").Replace("name = \"node\"", "name = \"node\"\n  managed_policy_arns = [\"arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly\", \"arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy\"]", StringComparison.Ordinal) + Group("node"), "" },
        { "one of two grants comes before", Role("node", Worker) + Attachment + Attachment.Replace("\"pull\"", "\"read\"", StringComparison.Ordinal).Replace("PullOnly", "ReadOnly", StringComparison.Ordinal) + Group("node", "depends_on = [aws_iam_role_policy_attachment.read]"), "" },
        { "the whole module of the role comes before", "module \"iam\" { source = \"./iam\" }\n" + Group("node", "depends_on = [module.iam]", "module.iam.arn") + "=== iam/main.tf\n" + Role("node", Worker) + Attachment + "output \"arn\" { value = aws_iam_role.node.arn }\n", "" },
        { "the role is in another root", "=== a/main.tf\n" + Role("node", Worker) + Attachment + "=== b/main.tf\n" + Group("node", role: "\"arn:aws:iam::111122223333:role/node\""), "" },
        { "a Fargate profile and its policy", Role("pods").Replace(Ec2, "eks-fargate-pods.amazonaws.com", StringComparison.Ordinal) + Attachment.Replace("aws_iam_role.node", "aws_iam_role.pods", StringComparison.Ordinal) + """
            resource "aws_eks_fargate_profile" "pods" {
              cluster_name           = "shop"
              fargate_profile_name   = "pods"
              pod_execution_role_arn = aws_iam_role.pods.arn
              subnet_ids             = ["subnet-1"]
              selector { namespace = "shop" }
            }

            """, Late },
        { "a Fargate profile of which nobody knows how many there are", "variable \"on\" { type = bool }\n" + Role("pods").Replace(Ec2, "eks-fargate-pods.amazonaws.com", StringComparison.Ordinal) + Attachment.Replace("aws_iam_role.node", "aws_iam_role.pods", StringComparison.Ordinal) + """
            resource "aws_eks_fargate_profile" "pods" {
              count                  = var.on ? 1 : 0
              cluster_name           = "shop"
              fargate_profile_name   = "pods"
              pod_execution_role_arn = aws_iam_role.pods.arn
              subnet_ids             = ["subnet-1"]
              selector { namespace = "shop" }
            }

            """, Late },
        { "a service of ECS and the policy of its tasks", TaskWith(""), Late },
        { "a service of ECS that may be there", "variable \"on\" { type = bool }\n" + TaskWith("count = var.on ? 1 : 0"), Late },
        { "a service of ECS that waits for the policy of its tasks", TaskWith("depends_on = [aws_iam_role_policy_attachment.pull]"), "" },
    };

    [Theory]
    [MemberData(nameof(Orders))]
    public void A_policy_comes_before_the_nodes_or_not(string what, string module, string expected) => Assert.Equal($"{what}: {expected}", $"{what}: {FindingsIn(module)}");

    /// <summary>Add-ons that run on nodes wait for them; those that nodes need do not.</summary>
    [Theory]
    [InlineData("coredns", "", "aws-addon-before-nodes:note")]
    [InlineData("aws-ebs-csi-driver", "", "aws-addon-before-nodes:note")]
    [InlineData("metrics-server", "", "aws-addon-before-nodes:note")]
    [InlineData("amazon-cloudwatch-observability", "", "aws-addon-before-nodes:note")]
    [InlineData("coredns", "depends_on = [aws_eks_node_group.node]", "")]
    [InlineData("vpc-cni", "", "")]
    [InlineData("kube-proxy", "", "")]
    public void An_add_on_waits_for_nodes_where_it_needs_them(string name, string more, string expected) => Assert.Equal($"{name}: {expected}", $"{name}: {Said(Cluster + $$"""
        resource "aws_eks_addon" "one" {
          cluster_name = aws_eks_cluster.shop.name
          addon_name   = "{{name}}"
          {{more}}
        }

        """ + Role("node", Pull, Worker) + Group("node", "depends_on = [aws_iam_role_policy_attachment.node]").Replace("\"shop\"", "aws_eks_cluster.shop.name", StringComparison.Ordinal))}");

    /// <summary>How nodes are let into a cluster whose access is by entries alone, or not alone.</summary>
    [Theory]
    [InlineData("API", "", "aws-node-access-entry-missing:warning")]
    [InlineData("API", "EC2_LINUX", "")]
    [InlineData("API", "EC2_WINDOWS", "")]
    [InlineData("API", "STANDARD", "aws-node-access-entry-missing:warning")]
    [InlineData("API_AND_CONFIG_MAP", "", "")]
    [InlineData("CONFIG_MAP", "", "")]
    public void Nodes_are_let_into_the_cluster(string mode, string entry, string expected) => Assert.Equal(expected, Said($$"""
        resource "aws_eks_cluster" "shop" {
          name     = "shop"
          role_arn = "arn:aws:iam::111122223333:role/eks"
          access_config { authentication_mode = "{{mode}}" }
          vpc_config { subnet_ids = ["subnet-1"] }
        }
        resource "aws_launch_template" "node" {
          image_id = "ami-1"
          iam_instance_profile { name = aws_iam_instance_profile.node.name }
          user_data  = base64encode("/etc/eks/bootstrap.sh ${aws_eks_cluster.shop.name}")
          depends_on = [aws_iam_role_policy_attachment.node]
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
          tag {
            key                 = "kubernetes.io/cluster/${aws_eks_cluster.shop.name}"
            value               = "owned"
            propagate_at_launch = true
          }
        }

        """ + (entry.Length == 0 ? "" : $$"""
        resource "aws_eks_access_entry" "node" {
          cluster_name  = aws_eks_cluster.shop.name
          principal_arn = aws_iam_role.node.arn
          type          = "{{entry}}"
        }

        """) + Role("node", Pull, Worker) + Profile("node")));

    /// <summary>The findings, notes too, but for those about clusters as a whole.</summary>
    private static string Said(string module) => string.Join(' ', FindingsIn(module, withNotes: true).Split(' ').Where(each =>
        !each.StartsWith("aws-workload-identity-unavailable", StringComparison.Ordinal) && !each.StartsWith("aws-node-auto-repair-off", StringComparison.Ordinal)));

    private static string TaskWith(string more) => $$"""
        resource "aws_ecs_task_definition" "api" {
          family                   = "api"
          requires_compatibilities = ["FARGATE"]
          execution_role_arn       = aws_iam_role.node.arn
          container_definitions    = jsonencode([{ name = "api", image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/api:1" }])
        }
        resource "aws_ecs_service" "api" {
          name            = "api"
          launch_type     = "FARGATE"
          task_definition = aws_ecs_task_definition.api.arn
          network_configuration { subnets = ["subnet-1"] }
          {{more}}
        }

        """ + Role("node").Replace(Ec2, "ecs-tasks.amazonaws.com", StringComparison.Ordinal) + Attachment.Replace("AmazonEC2ContainerRegistryPullOnly", "service-role/AmazonECSTaskExecutionRolePolicy", StringComparison.Ordinal);
}
