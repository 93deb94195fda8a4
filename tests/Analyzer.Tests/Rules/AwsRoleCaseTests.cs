using static Analyzer.Tests.Rules.AwsSnippets;

namespace Analyzer.Tests.Rules;

/// <summary>The ways by which nodes get a role, and by which a role gets a policy: each is seen, so that a role that may not pull is found behind it and one that may is believed.</summary>
public class AwsRoleCaseTests
{
    private const string Missing = "aws-node-role-missing-ecr-pull:error";
    private const string Late = "aws-node-group-before-ecr-policy:warning";

    /// <summary>What names the role of a node group, with more of the module: the role may not pull.</summary>
    public static TheoryData<string, string> References => new()
    {
        { "aws_iam_role.node.arn", Role("node", Worker) },
        { "aws_iam_role.node[0].arn", Counted },
        { "one(aws_iam_role.node[*].arn)", Counted },
        { "element(concat(aws_iam_role.node[*].arn, [\"\"]), 0)", Counted },
        { "try(aws_iam_role.node[0].arn, \"\")", Counted },
        { "coalesce(null, aws_iam_role.node.arn)", Role("node", Worker) },
        { "\"arn:aws:iam::111122223333:role/node\"", Role("node", Worker) },
        { "\"arn:aws:iam::111122223333:role/${aws_iam_role.node.name}\"", Role("node", Worker) },
        { "local.node.arn", Role("node", Worker) + "locals { node = aws_iam_role.node }\n" },
        { "aws_iam_instance_profile.node.role", Role("node", Worker) + Profile("node") },
        { "true ? aws_iam_role.node.arn : \"\"", Role("node", Worker) },
        { "module.iam.arn", "module \"iam\" { source = \"./iam\" }\n=== iam/main.tf\n" + Role("node", Worker) + "output \"arn\" { value = aws_iam_role.node.arn }\n" },
    };

    [Theory]
    [MemberData(nameof(References))]
    public void A_role_is_found_however_it_is_named(string reference, string module)
    {
        ArgumentNullException.ThrowIfNull(module);
        Assert.Equal($"{reference}: {Missing}", $"{reference}: {FindingsIn(Group("node", role: reference) + module)}");
        var allowed = module.Replace(Worker, Pull, StringComparison.Ordinal);
        Assert.DoesNotContain(Missing, FindingsIn(Group("node", role: reference) + allowed), StringComparison.Ordinal);
    }

    /// <summary>What nobody sees, and what is one of several roles of which one may pull.</summary>
    [Theory]
    [InlineData("data.aws_iam_role.node.arn")]
    [InlineData("var.role")]
    [InlineData("module.elsewhere.arn")]
    [InlineData("var.on ? aws_iam_role.node.arn : aws_iam_role.other.arn")]
    [InlineData("\"arn:aws:iam::111122223333:role/${var.role}\"")]
    [InlineData("\"arn:aws:iam::111122223333:role/stranger\"")]
    [InlineData("aws_cloudformation_stack.nodes.outputs[\"role\"]")]
    [InlineData("aws_iam_role.nowhere.arn")]
    public void A_role_that_is_not_certain_is_not_accused(string reference) => Assert.Equal("", FindingsIn(Group("node", role: reference) + Role("node", Worker) + Role("other", Pull) + """
        variable "role" {}
        variable "on" { type = bool }
        data "aws_iam_role" "node" { name = var.role }
        module "elsewhere" { source = "git::https://example.com/roles.git" }
        resource "aws_cloudformation_stack" "nodes" { name = "nodes" }

        """));

    /// <summary>Each case: how the self-managed nodes of a cluster come by the instance profile, in a group with the tag of a cluster.</summary>
    public static TheoryData<string, string, string> Machines => new()
    {
        { "a launch template by its id", "launch_template {\n id = aws_launch_template.node.id\n version = \"$Latest\"\n }", TemplateWith("name = aws_iam_instance_profile.node.name") },
        { "a launch template by its name", "launch_template {\n name = aws_launch_template.node.name\n version = \"$Latest\"\n }", TemplateWith("arn = aws_iam_instance_profile.node.arn") },
        { "a launch template of several, by its name", """
            mixed_instances_policy {
              launch_template {
                launch_template_specification {
                  launch_template_name = aws_launch_template.node.name
                  version              = "$Latest"
                }
              }
            }
            """, TemplateWith("name = aws_iam_instance_profile.node.name") },
        { "a launch configuration by its name", "launch_configuration = aws_launch_configuration.node.name", """
            resource "aws_launch_configuration" "node" {
              image_id             = "ami-1"
              iam_instance_profile = aws_iam_instance_profile.node.name
            }

            """ },
        { "a launch configuration by its id", "launch_configuration = aws_launch_configuration.node.id", """
            resource "aws_launch_configuration" "node" {
              image_id             = "ami-1"
              iam_instance_profile = aws_iam_instance_profile.node.id
            }

            """ },
    };

    [Theory]
    [MemberData(nameof(Machines))]
    public void A_profile_is_found_however_machines_come_by_it(string what, string launch, string template)
    {
        foreach (var tag in (string[])["kubernetes.io/cluster/shop", "k8s.io/cluster-autoscaler/shop"])
        {
            var module = $$"""
                resource "aws_autoscaling_group" "node" {
                  min_size              = 1
                  max_size              = 2
                  max_instance_lifetime = 604800
                  vpc_zone_identifier   = ["subnet-1"]
                  {{launch}}
                  tag {
                    key                 = "{{tag}}"
                    value               = "owned"
                    propagate_at_launch = true
                  }
                }

                """ + template + Profile("node") + Role("node", Worker);
            Assert.Equal($"{what}: {Missing}", $"{what}: {FindingsIn(Cluster + module)}");
            Assert.Equal("", FindingsIn(Cluster + module.Replace(Worker, Pull + "\", \"" + Worker, StringComparison.Ordinal)).Replace(Late, "", StringComparison.Ordinal));
        }
    }

    /// <summary>Each case: what declares a role that may not pull as that of nodes, in the language it is written in.</summary>
    public static TheoryData<string, string> Pools => new()
    {
        { "the nodes of Auto Mode", """
            resource "aws_eks_cluster" "auto" {
              name     = "auto"
              role_arn = "arn:aws:iam::111122223333:role/eks"
              compute_config {
                enabled       = true
                node_pools    = ["general-purpose"]
                node_role_arn = aws_iam_role.node.arn
              }
              vpc_config { subnet_ids = ["subnet-1"] }
            }

            """ },
        { "a node class of Auto Mode", Cluster + "=== class.yaml\napiVersion: eks.amazonaws.com/v1\nkind: NodeClass\nmetadata: { name: shop }\nspec: { role: node }\n" },
        { "a node class of Karpenter that names the profile", Cluster + Profile("node").Replace("role =", "name = \"nodes-of-shop\"\n  role =", StringComparison.Ordinal).Replace("{ name", "{\n  name", StringComparison.Ordinal).Replace("name }", "name\n}", StringComparison.Ordinal)
            + "=== class.yaml\napiVersion: karpenter.k8s.aws/v1\nkind: EC2NodeClass\nmetadata: { name: shop }\nspec: { instanceProfile: nodes-of-shop }\n" },
        { "a node class of Karpenter as an object of Terraform", Cluster + """
            resource "kubernetes_manifest" "class" {
              manifest = {
                apiVersion = "karpenter.k8s.aws/v1"
                kind       = "EC2NodeClass"
                metadata   = { name = "shop" }
                spec       = { role = aws_iam_role.node.name }
              }
            }

            """ },
        { "a node class of Karpenter as text in Terraform", Cluster + """
            resource "kubectl_manifest" "class" {
              yaml_body = <<-YAML
                apiVersion: karpenter.k8s.aws/v1
                kind: EC2NodeClass
                metadata: { name: shop }
                spec: { role: "${aws_iam_role.node.name}" }
              YAML
            }

            """ },
        { "a node class of Karpenter of old", Cluster + "=== class.yaml\napiVersion: karpenter.k8s.aws/v1beta1\nkind: EC2NodeClass\nmetadata: { name: shop }\nspec: { role: node }\n" },
        { "nodes outside of AWS", "resource \"aws_eks_access_entry\" \"edge\" {\n  cluster_name = \"shop\"\n  principal_arn = aws_iam_role.node.arn\n  type = \"HYBRID_LINUX\"\n}\n" },
        { "a group of eksctl with the ARN of the role", "=== cluster.yaml\napiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata: { name: shop, region: eu-west-1 }\nmanagedNodeGroups:\n- name: a\n  iam: { instanceRoleARN: \"arn:aws:iam::111122223333:role/node\" }\n" },
    };

    [Theory]
    [MemberData(nameof(Pools))]
    public void A_role_of_nodes_is_found_in_each_language(string what, string module)
    {
        ArgumentNullException.ThrowIfNull(module);
        var at = module.IndexOf("===", StringComparison.Ordinal);
        var (terraform, rest) = at < 0 ? (module, "") : (module[..at], module[at..]);
        var service = what == "nodes outside of AWS" ? "ssm.amazonaws.com" : Ec2;
        Assert.Contains(Missing, $"{what}: {FindingsIn(terraform + Role("node", Worker).Replace(Ec2, service, StringComparison.Ordinal) + rest)}", StringComparison.Ordinal);
        Assert.DoesNotContain("error", FindingsIn(terraform + Role("node", Pull, Worker).Replace(Ec2, service, StringComparison.Ordinal) + rest), StringComparison.Ordinal);
    }

    /// <summary>eksctl attaches nothing to a role it is given; beside groups whose role it makes, that one cannot pull.</summary>
    [Fact]
    public void A_role_that_eksctl_is_given_is_compared_with_those_it_makes() => Assert.Equal("aws-node-group-pull-identity-inconsistent:error", FindingsIn(Role("node", Worker) + """
        === cluster.yaml
        apiVersion: eksctl.io/v1alpha5
        kind: ClusterConfig
        metadata: { name: shop, region: eu-west-1 }
        managedNodeGroups:
        - name: a
        - name: b
          iam: { instanceRoleARN: "arn:aws:iam::111122223333:role/node" }

        """));

    /// <summary>Each way a policy that pulls reaches the role <c>node</c>; what it makes known beside that is no matter here.</summary>
    public static TheoryData<string, string> Grants => new()
    {
        { "an attachment", Attached("aws_iam_role.node.name", $"\"arn:aws:iam::aws:policy/{Pull}\"") },
        { "an attachment to the id of the role", Attached("aws_iam_role.node.id", $"\"arn:aws:iam::aws:policy/{Pull}\"") },
        { "an attachment to the name of the role", Attached("\"node\"", $"\"arn:aws:iam::aws:policy/{Pull}\"") },
        { "an attachment to the role of the profile", Profile("node") + Attached("aws_iam_instance_profile.node.role", $"\"arn:aws:iam::aws:policy/{Pull}\"") },
        { "a policy of the account", "resource \"aws_iam_policy\" \"pull\" { policy = local.pull }\n" + Attached("aws_iam_role.node.name", "aws_iam_policy.pull.arn") },
        { "a policy of AWS that is looked up by its name", $"data \"aws_iam_policy\" \"pull\" {{ name = \"{Pull}\" }}\n" + Attached("aws_iam_role.node.name", "data.aws_iam_policy.pull.arn") },
        { "a policy of AWS that is looked up by its ARN", $"data \"aws_iam_policy\" \"pull\" {{ arn = \"arn:aws:iam::aws:policy/{Pull}\" }}\n" + Attached("aws_iam_role.node.name", "data.aws_iam_policy.pull.arn") },
        { "a policy that nobody knows", "data \"aws_iam_policy\" \"pull\" { name = \"shop-pull\" }\n" + Attached("aws_iam_role.node.name", "data.aws_iam_policy.pull.arn") },
        { "a policy of another account", Attached("aws_iam_role.node.name", "\"arn:aws:iam::444455556666:policy/pull\"") },
        { "an inline policy by the name of the role", "resource \"aws_iam_role_policy\" \"pull\" {\n  role = aws_iam_role.node.name\n  policy = local.pull\n}\n" },
        { "an inline policy by the id of the role", "resource \"aws_iam_role_policy\" \"pull\" {\n  role = aws_iam_role.node.id\n  policy = local.pull\n}\n" },
        { "a holder list", "resource \"aws_iam_policy\" \"pull\" { policy = local.pull }\nresource \"aws_iam_policy_attachment\" \"pull\" {\n  name = \"p\"\n  roles = [aws_iam_role.node.name]\n  policy_arn = aws_iam_policy.pull.arn\n}\n" },
        { "an exclusive list", $"resource \"aws_iam_role_policy_attachments_exclusive\" \"node\" {{\n  role_name = aws_iam_role.node.name\n  policy_arns = [\"arn:aws:iam::aws:policy/{Pull}\", \"arn:aws:iam::aws:policy/{Worker}\"]\n}}\n" },
        { "a name that is put together", "locals { prefix = \"arn:aws:iam::aws:policy\" }\n" + Attached("aws_iam_role.node.name", $"\"${{local.prefix}}/{Pull}\"") },
        { "a name that is formatted", "locals { prefix = \"arn:aws:iam::aws:policy\" }\n" + Attached("aws_iam_role.node.name", $"format(\"%s/%s\", local.prefix, \"{Pull}\")") },
        { "a name that is joined", "locals { prefix = \"arn:aws:iam::aws:policy\" }\n" + Attached("aws_iam_role.node.name", $"join(\"/\", [local.prefix, \"{Pull}\"])") },
        { "a partition that is looked up", "data \"aws_partition\" \"p\" {}\n" + Attached("aws_iam_role.node.name", $"\"arn:${{data.aws_partition.p.partition}}:iam::aws:policy/{Pull}\"") },
        { "a name that nobody knows", "variable \"name\" {}\n" + Attached("aws_iam_role.node.name", "\"arn:aws:iam::aws:policy/${var.name}\"") },
        { "a loop over a map", Loop($"{{ pull = \"arn:aws:iam::aws:policy/{Pull}\" }}") },
        { "a loop over what is kept of a map", Loop($"{{ for k, v in {{ pull = \"arn:aws:iam::aws:policy/{Pull}\", no = \"x\" }} : k => v if k != \"no\" }}") },
        { "a loop over maps that are merged", Loop($"merge({{ cni = \"arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy\" }}, {{ pull = \"arn:aws:iam::aws:policy/{Pull}\" }})") },
        { "a loop over lists that are flattened", Loop($"toset(flatten([[\"arn:aws:iam::aws:policy/{Pull}\"], []]))") },
        { "a loop over lists of which the empty is left out", Loop($"toset(compact(concat([\"\"], [\"arn:aws:iam::aws:policy/{Pull}\"])))") },
        { "a loop over policies that nobody knows", "variable \"policies\" { type = set(string) }\n" + Loop("var.policies") },
        { "a loop over policies of which some are kept, nobody knows which", "variable \"on\" { type = bool }\n" + Loop($"{{ for k, v in {{ pull = \"arn:aws:iam::aws:policy/{Pull}\" }} : k => v if var.on }}") },
        { "a counted list", $"locals {{ policies = [\"arn:aws:iam::aws:policy/{Pull}\"] }}\n" + Attached("aws_iam_role.node.name", "local.policies[count.index]", "count = length(local.policies)") },
        { "an attachment that may be there", "variable \"on\" { type = bool }\n" + Attached("aws_iam_role.node.name", $"\"arn:aws:iam::aws:policy/{Pull}\"", "count = var.on ? 1 : 0") },
        { "a document of a data source", """
            data "aws_iam_policy_document" "pull" {
              statement {
                actions   = ["ecr:GetAuthorizationToken", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
                resources = ["*"]
              }
            }
            resource "aws_iam_role_policy" "pull" {
              role   = aws_iam_role.node.id
              policy = data.aws_iam_policy_document.pull.json
            }

            """ },
        { "a document in a file", "resource \"aws_iam_role_policy\" \"pull\" {\n  role = aws_iam_role.node.id\n  policy = file(\"pull.json\")\n}\n=== pull.json\n" + Document },
        { "a document in a file that is not there", "resource \"aws_iam_role_policy\" \"pull\" {\n  role = aws_iam_role.node.id\n  policy = file(\"elsewhere.json\")\n}\n" },
        { "a document from a template", "resource \"aws_iam_role_policy\" \"pull\" {\n  role = aws_iam_role.node.id\n  policy = templatefile(\"pull.json\", { region = \"eu-west-1\" })\n}\n=== pull.json\n" + Document },
        { "a module that is told of the role", "module \"more\" {\n  source = \"git::https://example.com/grants.git\"\n  role = aws_iam_role.node.name\n}\n" },
        { "actions in letters of another case", "resource \"aws_iam_role_policy\" \"pull\" {\n  role = aws_iam_role.node.id\n  policy = replace(local.pull, \"ecr:\", \"ECR:\")\n}\n" },
        { "everything but what writes", Inline("{ Effect = \"Allow\", NotAction = [\"ecr:Put*\", \"ecr:Delete*\"], Resource = \"*\" }") },
        { "only over an encrypted way", Inline("{ Effect = \"Allow\", Action = \"ecr:*\", Resource = \"*\", Condition = { Bool = { \"aws:SecureTransport\" = \"true\" } } }") },
        { "only from an endpoint that nobody knows", Inline("{ Effect = \"Allow\", Action = \"ecr:*\", Resource = \"*\", Condition = { StringEquals = { \"aws:SourceVpce\" = \"vpce-1\" } } }") },
        { "only to nodes with a tag", Inline("{ Effect = \"Allow\", Action = \"ecr:*\", Resource = \"*\", Condition = { StringEquals = { \"aws:PrincipalTag/team\" = \"shop\" } } }") },
        { "a token, and a repository that lets the role in", Inline("{ Effect = \"Allow\", Action = \"ecr:GetAuthorizationToken\", Resource = \"*\" }") + """
            resource "aws_ecr_repository" "api" { name = "api" }
            resource "aws_ecr_repository_policy" "api" {
              repository = aws_ecr_repository.api.name
              policy = jsonencode({ Statement = [{
                Effect    = "Allow"
                Principal = { AWS = aws_iam_role.node.arn }
                Action    = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
              }] })
            }

            """ },
        { "a token, and repositories that a cache makes for the account", Inline("{ Effect = \"Allow\", Action = \"ecr:GetAuthorizationToken\", Resource = \"*\" }") + """
            resource "aws_ecr_repository_creation_template" "all" {
              prefix      = "ROOT"
              applied_for = ["PULL_THROUGH_CACHE"]
              repository_policy = jsonencode({ Statement = [{
                Effect    = "Allow"
                Principal = "*"
                Action    = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
              }] })
            }

            """ },
    };

    [Theory]
    [MemberData(nameof(Grants))]
    public void A_policy_is_found_however_it_comes_to_the_role(string what, string grant)
    {
        ArgumentNullException.ThrowIfNull(grant);
        var at = grant.IndexOf("=== ", StringComparison.Ordinal);
        var (terraform, rest) = at < 0 ? (grant, "") : (grant[..at], grant[at..]);
        Assert.DoesNotContain("error", $"{what}: {FindingsIn(Role("node", Worker) + Group("node") + $"locals {{\n  pull = <<-EOT\n{Document}\n  EOT\n}}\n" + terraform + rest)}", StringComparison.Ordinal);
    }

    /// <summary>Each thing that looks as if it were a grant to the role <c>node</c>, and is none.</summary>
    public static TheoryData<string, string> NoGrants => new()
    {
        { "nothing", "" },
        { "an attachment to another role", Role("other") + Attached("aws_iam_role.other.name", $"\"arn:aws:iam::aws:policy/{Pull}\"") },
        { "an attachment that is not there", Attached("aws_iam_role.node.name", $"\"arn:aws:iam::aws:policy/{Pull}\"", "count = 0") },
        { "policies of AWS that nodes often have", Loop("toset([for each in [\"AmazonEKSWorkerNodeMinimalPolicy\", \"AmazonSSMManagedInstanceCore\", \"CloudWatchAgentServerPolicy\", \"AmazonEC2FullAccess\", \"AmazonS3ReadOnlyAccess\", \"SecurityAudit\"] : \"arn:aws:iam::aws:policy/${each}\"])") },
        { "only a document that nobody attaches", "resource \"aws_iam_policy\" \"pull\" { policy = local.pull }\n" },
        { "all but the layers", Inline("{ Effect = \"Allow\", Action = [\"ecr:GetAuthorizationToken\", \"ecr:BatchGetImage\"], Resource = \"*\" }") },
        { "everything but pulls", Inline("{ Effect = \"Allow\", NotAction = [\"ecr:*\"], Resource = \"*\" }") },
        { "pulls of public images", Inline("{ Effect = \"Allow\", Action = [\"ecr-public:*\", \"sts:GetServiceBearerToken\"], Resource = \"*\" }") },
        { "only for the service that calls by itself", Inline("{ Effect = \"Allow\", Action = \"ecr:*\", Resource = \"*\", Condition = { Bool = { \"aws:SecureTransport\" = \"false\" } } }") },
        { "a token, and a repository that lets another role in", Inline("{ Effect = \"Allow\", Action = \"ecr:GetAuthorizationToken\", Resource = \"*\" }") + Role("other") + """
            resource "aws_ecr_repository" "api" { name = "api" }
            resource "aws_ecr_repository_policy" "api" {
              repository = aws_ecr_repository.api.name
              policy = jsonencode({ Statement = [{
                Effect    = "Allow"
                Principal = { AWS = aws_iam_role.other.arn }
                Action    = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
              }] })
            }

            """ },
    };

    [Theory]
    [MemberData(nameof(NoGrants))]
    public void What_is_no_grant_is_not_taken_for_one(string what, string module) =>
        Assert.Contains(Missing, $"{what}: {FindingsIn(Role("node", Worker) + Group("node") + $"locals {{\n  pull = <<-EOT\n{Document}\n  EOT\n}}\n" + module)}", StringComparison.Ordinal);

    /// <summary>Policies of AWS, each the only one of a role: those that pull, those of which a condition decides, those that do not pull or deny it.</summary>
    [Theory]
    [InlineData("", "AmazonEC2ContainerRegistryReadOnly", "AmazonEC2ContainerRegistryPowerUser", "AmazonEC2ContainerRegistryFullAccess", "AmazonEKSFargatePodExecutionRolePolicy", "service-role/AmazonECSTaskExecutionRolePolicy",
        "service-role/AWSAppRunnerServicePolicyForECRAccess", "EC2InstanceProfileForImageBuilderECRContainerBuilds", "ReadOnlyAccess", "AmazonSageMakerFullAccess", "AmazonRedshiftAllCommandsFullAccess")]
    [InlineData("", "service-role/ROSAWorkerInstancePolicy", "AmazonEC2ContainerRegistryOfNextYear")]
    [InlineData(Missing, "AmazonEKSWorkerNodeMinimalPolicy", "AmazonEKS_CNI_Policy", "AmazonSSMManagedInstanceCore", "AmazonElasticContainerRegistryPublicReadOnly", "AmazonEKSClusterPolicy", "job-function/ViewOnlyAccess")]
    [InlineData("aws-node-role-explicit-deny-ecr:error", "AWSDenyAll", "AWSCompromisedKeyQuarantineV2", "AWSCompromisedKeyQuarantineV3")]
    public void A_policy_of_AWS_is_known_by_what_it_says(string expected, params string[] policies)
    {
        ArgumentNullException.ThrowIfNull(policies);
        foreach (var policy in policies)
        {
            var more = expected.Contains("deny", StringComparison.Ordinal) ? Attached("aws_iam_role.node.name", $"\"arn:aws:iam::aws:policy/{Pull}\"") : "";
            Assert.Equal($"{policy}: {expected}", $"{policy}: {FindingsIn(Role("node", policy) + Group("node", "depends_on = [aws_iam_role_policy_attachment.node, aws_iam_role_policy_attachment.more]") + more)}");
        }
    }

    private const string Document = """{ "Statement": [{ "Effect": "Allow", "Action": ["ecr:GetAuthorizationToken", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], "Resource": "*" }] }""";

    private static readonly string Counted = Role("node", Worker).Replace("resource \"aws_iam_role\" \"node\" {", "resource \"aws_iam_role\" \"node\" {\n  count = 1", StringComparison.Ordinal)
        .Replace("aws_iam_role.node.name", "aws_iam_role.node[0].name", StringComparison.Ordinal);

    private static string TemplateWith(string profile) => $$"""
        resource "aws_launch_template" "node" {
          name     = "shop-node"
          image_id = "ami-1"
          iam_instance_profile { {{profile}} }
        }

        """;

    private static string Attached(string role, string policy, string more = "") => $$"""
        resource "aws_iam_role_policy_attachment" "more" {
          {{more}}
          role       = {{role}}
          policy_arn = {{policy}}
        }

        """;

    private static string Loop(string over) => Attached("aws_iam_role.node.name", "each.value", $"for_each = {over}");

    private static string Inline(string statement) => $$"""
        resource "aws_iam_role_policy" "own" {
          role   = aws_iam_role.node.id
          policy = jsonencode({ Statement = [{{statement}}] })
        }

        """;

    /// <summary>A service of AWS has no second factor: whoever asks for one keeps the service out, and that speaks before what the role may do.</summary>
    [Theory]
    [InlineData("Bool = { \"aws:MultiFactorAuthPresent\" = \"true\" }", "aws-node-role-trust-invalid:error")]
    [InlineData("Bool = { \"aws:MultiFactorAuthPresent\" = true }, StringEquals = { \"aws:PrincipalType\" = \"User\" }", "aws-node-role-trust-invalid:error")]
    [InlineData("NumericLessThan = { \"aws:MultiFactorAuthAge\" = \"3600\" }", "aws-node-role-trust-invalid:error")]
    [InlineData("BoolIfExists = { \"aws:MultiFactorAuthPresent\" = \"false\" }", Missing)]
    [InlineData("BoolIfExists = { \"aws:MultiFactorAuthPresent\" = \"true\" }", Missing)]
    [InlineData("StringEquals = { \"aws:PrincipalType\" = \"User\" }", Missing)]
    public void A_second_factor_keeps_the_service_out(string condition, string found)
    {
        foreach (var principal in (string[])["{ Service = \"ec2.amazonaws.com\" }", "{ AWS = \"*\" }", "\"*\""])
        {
            var role = Role("node", Worker).Replace("Principal = { Service = \"ec2.amazonaws.com\" }", $"Principal = {principal}, Condition = {{ {condition} }}", StringComparison.Ordinal);
            Assert.Equal($"{principal}: {found}", $"{principal}: {FindingsIn(Group("node") + role)}");
        }
    }
}
