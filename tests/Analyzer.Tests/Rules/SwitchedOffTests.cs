using static Analyzer.Tests.Rules.AwsSnippets;

namespace Analyzer.Tests.Rules;

/// <summary>What is missing only because of the default of a root variable is a warning: whoever calls it may give another value.</summary>
public class SwitchedOffTests
{
    private const string On = """
        variable "on" {
          type    = bool
          default = false
        }

        """;

    private const string Isolating = "aws-isolated-subnet-missing-ecr-endpoints aws-isolated-subnet-missing-s3-path";

    private const string Endpoint = """
        resource "aws_vpc_endpoint" "s3" {
          count           = var.on ? 1 : 0
          vpc_id          = aws_vpc.main.id
          service_name    = "com.amazonaws.eu-west-1.s3"
          route_table_ids = [aws_route_table.private.id]
        }

        """;

    private static readonly string SwitchedNat = Nat.Replace("resource \"aws_route\" \"out\" {", "resource \"aws_route\" \"out\" {\n  count = var.on ? 1 : 0", StringComparison.Ordinal);

    private static readonly string Grant = $$"""
        resource "aws_iam_role_policy_attachment" "more" {
          count      = var.on ? 1 : 0
          role       = aws_iam_role.node.name
          policy_arn = "arn:aws:iam::aws:policy/{{Pull}}"
        }

        """;

    private static readonly string Association = Cluster.Replace("eks-pod-identity-agent", "vpc-cni", StringComparison.Ordinal) + """
        resource "aws_eks_addon" "more" {
          count        = var.on ? 1 : 0
          cluster_name = aws_eks_cluster.shop.name
          addon_name   = "eks-pod-identity-agent"
        }
        resource "aws_eks_pod_identity_association" "api" {
          cluster_name    = aws_eks_cluster.shop.name
          namespace       = "shop"
          service_account = "api"
          role_arn        = "arn:aws:iam::111122223333:role/api"
        }

        """;

    /// <summary>Each case: what it is, the module, the rules that speak as warnings.</summary>
    public static TheoryData<string, string, string> Cases => new()
    {
        { "endpoints", On + Vpc + Isolated() + Endpoint, Isolating },
        { "a route to a NAT gateway", On + Vpc + Isolated() + SwitchedNat, Isolating },
        { "a pull policy", On + Role("node", Worker) + Grant + Group("node"), "aws-node-role-missing-ecr-pull" },
        { "a list of policies", Role("node", Worker) + """
            variable "more" { default = [] }
            resource "aws_iam_role_policy_attachment" "more" {
              for_each   = toset(var.more)
              role       = aws_iam_role.node.name
              policy_arn = each.value
            }

            """ + Group("node"), "aws-node-role-missing-ecr-pull" },
        { "the agent of Pod Identity", On + Association, "aws-pod-identity-agent-missing" },
        { "a module that is not there", On + Vpc + Isolated() + Call("git::https://example.com/hub.git", "vpc_id = aws_vpc.main.id"), Isolating },
        { "a module of which a summary is known", On + Vpc + Isolated() + Call("terraform-aws-modules/vpc/aws//modules/vpc-endpoints", "vpc_id = aws_vpc.main.id", "version = \"5.8.1\""), Isolating },
        { "a module of endpoints", On + Vpc + Isolated() + Call("./endpoints", "vpc_id = aws_vpc.main.id") + "=== endpoints/main.tf\nvariable \"vpc_id\" {}\nresource \"aws_vpc_endpoint\" \"s3\" {\n  vpc_id = var.vpc_id\n  service_name = \"com.amazonaws.eu-west-1.s3\"\n}\n", Isolating },
        { "a module that grants", On + Role("node", Worker) + Group("node") + Call("./grants", "role = aws_iam_role.node.name") + "=== grants/main.tf\nmodule \"in\" {\n  source = \"./in\"\n  role = var.role\n}\nvariable \"role\" {}\n=== grants/in/main.tf\nvariable \"role\" {}\nresource \"aws_iam_role_policy_attachment\" \"pull\" {\n  role = var.role\n  policy_arn = \"arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly\"\n}\n", "aws-node-role-missing-ecr-pull" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_a_default_switches_off_is_a_warning(string what, string module, string expected) =>
        Assert.Equal($"{what}: {AtLevel(expected, "warning")}", $"{what}: {FindingsIn(module)}");

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_given_decides(string what, string module, string expected)
    {
        var variable = what == "a list of policies" ? "more = []" : "on = false";
        Assert.Equal($"{what}: {AtLevel(expected, "error")}", $"{what}: {FindingsIn($"{module}=== terraform.tfvars\n{variable}\n")}");
    }

    [Theory]
    [InlineData("CloudWatchAgentServerPolicy", "aws_iam_role.node.name")]
    [InlineData(Pull, "aws_iam_role.other.name")]
    public void What_would_not_help_changes_nothing(string policy, string role) => Assert.Equal(
        "aws-node-role-missing-ecr-pull:error",
        Findings([("main.tf", On + Role("node", Worker) + Role("other") + Grant.Replace(Pull, policy, StringComparison.Ordinal).Replace("aws_iam_role.node.name", role, StringComparison.Ordinal) + Group("node"))]));

    /// <summary>A module that could not have helped: it is told nothing, or declares other things.</summary>
    [Theory]
    [InlineData("git::https://example.com/hub.git", "name = \"shop\"")]
    [InlineData("./logs", "vpc_id = aws_vpc.main.id")]
    public void A_module_that_would_not_help_changes_nothing(string source, string told) => Assert.Equal(AtLevel(Isolating, "error"), FindingsIn(
        On + Vpc + Isolated() + Call(source, told) + "=== logs/main.tf\nvariable \"vpc_id\" {}\nresource \"aws_flow_log\" \"l\" { vpc_id = var.vpc_id }\n"));

    /// <summary>The grants of the other clouds are missing by a default just so.</summary>
    [Theory]
    [InlineData("resource \"google_project_iam_member\" \"pull\" {\n  count = var.on ? 1 : 0\n  project = \"shop\"\n  role = var.role\n  member = google_service_account.node.member\n}\nvariable \"role\" {}\n", "warning")]
    [InlineData("module \"grants\" {\n  count = var.on ? 1 : 0\n  source = \"git::https://example.com/grants.git\"\n  account = google_service_account.node.email\n}\n", "warning")]
    [InlineData("", "error")]
    public void A_grant_of_Google_may_be_switched_off(string grant, string level) => Assert.Equal($"gke-node-sa-missing-registry-reader:{level}", FindingsIn(On + grant + """
        resource "google_artifact_registry_repository" "shop" {
          project       = "shop"
          location      = "europe-west1"
          repository_id = "shop"
          format        = "DOCKER"
        }
        resource "google_service_account" "node" {
          project    = "shop"
          account_id = "node"
        }
        resource "google_container_cluster" "shop" {
          project            = "shop"
          name               = "shop"
          location           = "europe-west1"
          initial_node_count = 1
          workload_identity_config { workload_pool = "shop.svc.id.goog" }
          node_config {
            service_account = google_service_account.node.email
            workload_metadata_config { mode = "GKE_METADATA" }
            oauth_scopes    = ["https://www.googleapis.com/auth/cloud-platform"]
          }
        }
        === k8s/api.yaml

        """ + Deployment("europe-west1-docker.pkg.dev/shop/shop/api:1") + "\n"));

    [Theory]
    [InlineData("resource \"azurerm_role_assignment\" \"pull\" {\n  count = var.on ? 1 : 0\n  scope = azurerm_container_registry.shop.id\n  role_definition_name = \"AcrPull\"\n  principal_id = azurerm_kubernetes_cluster.shop.kubelet_identity[0].object_id\n}\n", "warning")]
    [InlineData("", "error")]
    public void A_grant_of_Azure_may_be_switched_off(string grant, string level) => Assert.Equal($"azure-kubelet-missing-acr-role:{level}", FindingsIn(On + grant + """
        resource "azurerm_container_registry" "shop" {
          name                = "shop"
          resource_group_name = "shop"
          location            = "westeurope"
          sku                 = "Premium"
        }
        resource "azurerm_kubernetes_cluster" "shop" {
          name                = "shop"
          resource_group_name = "shop"
          location            = "westeurope"
          dns_prefix          = "shop"
          identity { type = "SystemAssigned" }
          default_node_pool {
            name       = "a"
            node_count = 1
            vm_size    = "Standard_D2s_v5"
          }
        }
        === k8s/api.yaml

        """ + Deployment("shop.azurecr.io/api:1") + "\n"));

    private static string Call(string source, string told, string more = "") => $$"""
        module "more" {
          count  = var.on ? 1 : 0
          source = "{{source}}"
          {{more}}
          {{told}}
        }

        """;

    private static string AtLevel(string rules, string level) => string.Join(' ', rules.Split(' ').Select(rule => $"{rule}:{level}"));
}
