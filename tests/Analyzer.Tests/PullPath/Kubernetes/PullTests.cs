using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Kubernetes;
using Analyzer.PullPath;
using Analyzer.PullPath.Model;
using Analyzer.Terraform;

namespace Analyzer.Tests.PullPath.Kubernetes;

public class PullTests
{
    private const string Ecr = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";

    private const string Eks = """
        resource "aws_eks_cluster" "this" {
          name = "shop"
        }

        resource "aws_eks_node_group" "general" {
          cluster_name    = aws_eks_cluster.this.name
          node_group_name = "general"
        }

        resource "aws_eks_node_group" "gpu" {
          cluster_name    = aws_eks_cluster.this.name
          node_group_name = "gpu"
          labels          = { pool = "gpu" }
          taint {
            key    = "gpu"
            value  = "yes"
            effect = "NO_SCHEDULE"
          }
        }

        """;

    private const string Aks = """
        resource "azurerm_kubernetes_cluster" "aks" {
          name = "aks"
          default_node_pool {
            name = "system"
          }
          identity {
            type = "SystemAssigned"
          }
        }

        """;

    private static PullPathModel Read(params (string Path, string Text)[] files)
    {
        var tree = new MemoryFiles(files);
        var inventory = new Inventory();
        var problems = new ProblemLog();
        TerraformLoader.Load(tree, new LoadOptions(), inventory, problems);
        KubernetesLoader.Load(tree, new LoadOptions(), inventory, problems);
        return ModelReader.Read(inventory, problems);
    }

    private static string Deployment(string image, string spec = "", string metadata = "name: api, namespace: shop") =>
        $"apiVersion: apps/v1\nkind: Deployment\nmetadata: {{{metadata}}}\nspec:\n  template:\n    metadata: {{labels: {{app: api}}}}\n    spec:\n      containers: [{{name: c, image: '{image}'}}]\n{spec}---\n";

    private static string Account(string name = "api", string metadata = ", namespace: shop", string more = "") =>
        $"apiVersion: v1\nkind: ServiceAccount\nmetadata: {{name: {name}{metadata}}}\n{more}---\n";

    private static List<Pull> Pulls(PullPathModel model) => [.. model.Facts.All<Pull>(Pull.Fields)];

    private static Workload OnlyWorkload(PullPathModel model) => Assert.Single(model.Facts.All<Workload>(Workload.Fields));

    private static IEnumerable<string?> Pools(PullPathModel model) => Pulls(model).Select(pull => (pull.NodePool.As<NodePool>()?.Name as TextValue)?.Known);

    [Fact]
    public void A_manifest_goes_to_the_only_cluster_and_to_the_pools_that_take_it()
    {
        var model = Read(("main.tf", Eks), ("k8s/api.yaml", Deployment(Ecr + "/api:v1")));
        var pull = Assert.Single(Pulls(model));
        Assert.Equal(["general"], Pools(model));
        Assert.Equal(("ecr", "api"), (pull.Registry.As<Registry>()!.Kind, ((TextValue)pull.Repository).Known));
        Assert.Same(BoolValue.True, pull.Lands);
        Assert.Equal("k8s/api.yaml:8:37", pull.Place.ToString());
    }

    [Theory]
    [InlineData("argoproj.io/v1alpha1", "Application", "{source: {path: k8s}, destination: {server: 'https://kubernetes.default.svc'}}", "shop")]
    [InlineData("argoproj.io/v1alpha1", "Application", "{source: {path: k8s}, destination: {name: in-cluster}}", "shop")]
    [InlineData("argoproj.io/v1alpha1", "Application", "{source: {path: k8s}, destination: {name: shop}}", "shop")]
    [InlineData("argoproj.io/v1alpha1", "Application", "{source: {path: k8s}, destination: {name: other}}", "?")]
    [InlineData("argoproj.io/v1alpha1", "Application", "{sources: [{path: .}], destination: {server: 'https://10.0.0.1'}}", "?")]
    [InlineData("kustomize.toolkit.fluxcd.io/v1", "Kustomization", "{path: ./k8s, kubeConfig: {secretRef: {name: other}}}", "?")]
    [InlineData("kustomize.toolkit.fluxcd.io/v1", "Kustomization", "{path: ./k8s}", "shop")]
    public void A_folder_goes_where_its_delivery_brings_it(string version, string kind, string spec, string cluster)
    {
        var model = Read(("main.tf", Eks), ("k8s/api.yaml", Deployment(Ecr + "/api:v1")), ("delivery/d.yaml", $"apiVersion: {version}\nkind: {kind}\nmetadata: {{name: d}}\nspec: {spec}\n"));
        Assert.Equal(cluster, (OnlyWorkload(model).Cluster.As<Cluster>()?.Name as TextValue)?.Known ?? "?");
    }

    [Fact]
    public void A_toleration_opens_a_pool_and_a_selector_picks_it()
    {
        const string tolerates = "      tolerations: [{key: gpu, operator: Exists}]\n";
        Assert.Equal(["general", "gpu"], Pools(Read(("main.tf", Eks), ("k8s/api.yaml", Deployment("nginx", tolerates)))).Order());
        var model = Read(("main.tf", Eks), ("k8s/api.yaml", Deployment("nginx", tolerates + "      nodeSelector: {pool: gpu}\n")));
        Assert.Equal(["gpu"], Pools(model));
    }

    [Fact]
    public void Pools_inside_a_GKE_cluster_have_labels_and_taints_of_their_own()
    {
        const string gke = """
            resource "google_container_cluster" "this" {
              name = "shop"
              node_pool {
                name = "general"
              }
              node_pool {
                name = "gpu"
                node_config {
                  labels = { pool = "gpu" }
                  taint {
                    key    = "gpu"
                    value  = "yes"
                    effect = "NO_SCHEDULE"
                  }
                }
              }
            }
            """;
        const string tolerates = "      tolerations: [{key: gpu, operator: Exists}]\n";
        Assert.Equal(["general"], Pools(Read(("main.tf", gke), ("k8s/api.yaml", Deployment("nginx")))));
        Assert.Equal(["gpu"], Pools(Read(("main.tf", gke), ("k8s/api.yaml", Deployment("nginx", tolerates + "      nodeSelector: {pool: gpu}\n")))));
    }

    [Fact]
    public void Autopilot_makes_nodes_for_every_pod()
    {
        const string gke = """
            resource "google_container_cluster" "this" {
              name             = "shop"
              enable_autopilot = true
            }
            """;
        var pull = Assert.Single(Pulls(Read(("main.tf", gke), ("k8s/api.yaml", Deployment("nginx", "      nodeSelector: {cloud.google.com/compute-class: Balanced}\n")))));
        Assert.Same(BoolValue.True, pull.CertainlyLands);
    }

    [Fact]
    public void An_affinity_leaves_open_where_pods_land()
    {
        var model = Read(("main.tf", Eks), ("k8s/api.yaml", Deployment("nginx", "      affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: []}}}\n")));
        Assert.IsType<UnknownValue>(Pulls(model)[0].Lands);
    }

    [Fact]
    public void Of_two_clusters_the_registry_decides_or_nobody_knows()
    {
        var files = (Ecr: Read(("main.tf", Eks + Aks), ("k8s/api.yaml", Deployment(Ecr + "/api"))), Hub: Read(("main.tf", Eks + Aks), ("k8s/api.yaml", Deployment("nginx"))));
        Assert.Equal("eks", OnlyWorkload(files.Ecr).Cluster.As<Cluster>()!.Kind);
        Assert.IsType<UnknownValue>(OnlyWorkload(files.Hub).Cluster);
        Assert.IsType<UnknownValue>(Assert.Single(Pulls(files.Hub)).NodePool);
    }

    [Fact]
    public void Examples_keep_to_themselves()
    {
        var model = Read(("main.tf", Eks), ("examples/a/main.tf", Aks), ("examples/a/app.yaml", Deployment("nginx")));
        Assert.Equal("aks", OnlyWorkload(model).Cluster.As<Cluster>()!.Kind);
        Assert.IsType<UnknownValue>(OnlyWorkload(Read(("main.tf", Eks), ("examples/a/app.yaml", Deployment("nginx")))).Cluster);
    }

    [Fact]
    public void A_module_that_is_not_there_could_declare_the_cluster()
    {
        var model = Read(("main.tf", Eks + "module \"other\" {\n  source = \"git::https://example.com/platform.git\"\n}\n"), ("k8s/api.yaml", Deployment("nginx")));
        Assert.IsType<UnknownValue>(OnlyWorkload(model).Cluster);
    }

    [Fact]
    public void Pods_get_the_pull_secrets_of_their_account_only_without_their_own()
    {
        const string secret = "imagePullSecrets: [{name: of-account}]\n";
        const string account = "      serviceAccountName: api\n";
        var inherits = OnlyWorkload(Read(("k/a.yaml", Deployment("nginx", account) + Account(more: secret))));
        var own = OnlyWorkload(Read(("k/a.yaml", Deployment("nginx", account + "      imagePullSecrets: [{name: own}]\n") + Account(more: secret))));
        Assert.Equal("of-account", ((TextValue)Assert.Single(((ListValue)inherits.PullSecrets).Values)).Known);
        Assert.Equal("own", ((TextValue)Assert.Single(((ListValue)own.PullSecrets).Values)).Known);
    }

    [Fact]
    public void Accounts_without_a_written_namespace_meet_only_in_their_own_set()
    {
        var spec = "      serviceAccountName: api\n";
        var together = Read(("k/a.yaml", Deployment("nginx", spec, "name: api")), ("k/b.yaml", Account(metadata: "")));
        var apart = Read(("k/a.yaml", Deployment("nginx", spec, "name: api")), ("l/b.yaml", Account(metadata: "")));
        var elsewhere = Read(("k/a.yaml", Deployment("nginx", spec)), ("k/b.yaml", Account(metadata: ", namespace: other")));
        Assert.NotNull(OnlyWorkload(together).ServiceAccount.As<ServiceAccount>());
        Assert.IsType<UnknownValue>(OnlyWorkload(apart).ServiceAccount);
        Assert.IsType<NullValue>(OnlyWorkload(elsewhere).ServiceAccount);
    }

    [Fact]
    public void Terraform_resources_give_the_same_facts()
    {
        var model = Read(("main.tf", """
            resource "kubernetes_service_account_v1" "api" {
              metadata {
                name        = "api"
                annotations = { "azure.workload.identity/client-id" = "x" }
              }
            }

            resource "kubernetes_deployment" "api" {
              metadata {
                name = "api"
              }
              spec {
                template {
                  metadata {
                    labels = { app = "api" }
                  }
                  spec {
                    service_account_name = "api"
                    image_pull_secrets {
                      name = "pull"
                    }
                    container {
                      name  = "api"
                      image = "shop.azurecr.io/api:v1"
                    }
                    init_container {
                      name  = "init"
                      image = "nginx"
                    }
                  }
                }
              }
            }
            """));
        var workload = OnlyWorkload(model);
        Assert.Equal(("Deployment", "default"), (workload.Kind, ((TextValue)workload.Namespace).Known));
        Assert.Equal(["shop.azurecr.io/api:v1", "nginx"], ((ListValue)workload.Images).Values.Cast<TextValue>().Select(image => image.Known));
        Assert.NotNull(workload.ServiceAccount.As<ServiceAccount>());
        Assert.Equal("api", ((TextValue)((MapValue)workload.PodLabels)["app"]!).Known);
        Assert.Equal(2, Pulls(model).Count);
    }

    [Fact]
    public void A_manifest_in_Terraform_is_an_object_with_places_in_its_text()
    {
        var model = Read(("main.tf", """
            resource "kubectl_manifest" "pod" {
              yaml_body = <<-YAML
                apiVersion: v1
                kind: Pod
                metadata:
                  name: a
                  namespace: shop
                spec:
                  containers:
                    - name: a
                      image: nginx:1
              YAML
            }

            resource "kubernetes_manifest" "job" {
              manifest = {
                apiVersion = "batch/v1"
                kind       = "Job"
                metadata   = { name = "b", namespace = "shop" }
                spec       = { template = { spec = { containers = [{ name = "b", image = "quay.io/b" }] } } }
              }
            }
            """));
        Assert.Equal(["Pod", "Job"], model.Facts.All<Workload>(Workload.Fields).OrderByDescending(each => each.Kind).Select(each => each.Kind));
        Assert.Contains(Pulls(model), pull => pull.Place.StartPosition.Line == 11);
    }

    [Theory]
    [InlineData("batch/v1", "CronJob", "{jobTemplate: {spec: {template: {spec: {containers: [{name: a, image: x}]}}}}}", false)]
    [InlineData("argoproj.io/v1alpha1", "Workflow", "{templates: [{container: {image: x}}]}", false)]
    [InlineData("tekton.dev/v1", "Task", "{steps: [{image: x}]}", false)]
    [InlineData("kubeflow.org/v1", "PyTorchJob", "{pytorchReplicaSpecs: {Worker: {template: {spec: {containers: [{name: a, image: x}]}}}}}", false)]
    [InlineData("v1", "Pod", "{containers: [], volumes: [{image: {reference: x}}]}", false)]
    [InlineData("example.com/v1", "Thing", "{deep: {er: {containers: [{name: a, image: x}]}}}", true)]
    public void Every_kind_that_makes_pods_is_a_workload(string version, string kind, string spec, bool guessed)
    {
        var workload = OnlyWorkload(Read(("a.yaml", $"apiVersion: {version}\nkind: {kind}\nmetadata: {{name: a}}\nspec: {spec}\n")));
        Assert.Equal("x", ((TextValue)Assert.Single(((ListValue)workload.Images).Values)).Known);
        Assert.Equal(guessed, workload.IsGuessed);
    }

    [Theory]
    [InlineData("kyverno.io/v1", "ClusterPolicy")]
    [InlineData("v1", "ConfigMap")]
    [InlineData("apiextensions.k8s.io/v1", "CustomResourceDefinition")]
    public void What_only_speaks_of_containers_is_none(string version, string kind) =>
        Assert.Empty(Read(("a.yaml", $"apiVersion: {version}\nkind: {kind}\nmetadata: {{name: a}}\nspec: {{containers: [{{name: a, image: x}}]}}\n")).Facts.All<Workload>(Workload.Fields));

    [Fact]
    public void An_image_in_a_declared_registry_is_linked_with_it()
    {
        var acr = Aks + "resource \"azurerm_container_registry\" \"acr\" {\n  name = \"shop\"\n}\n";
        var pull = Assert.Single(Pulls(Read(("main.tf", acr), ("k/a.yaml", Deployment("shop.azurecr.io/api")))));
        Assert.Equal("azurerm_container_registry.acr", pull.Registry.As<Registry>()!.Address.Path);
        var model = Read(("k/a.yaml", Deployment("other.azurecr.io/api") + Deployment("other.azurecr.io/web", metadata: "name: web")));
        Assert.Single(model.Facts.All<Registry>(Registry.Fields));
    }
}
