using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.Tests.PullPath.ClusterApi;

public class ClusterApiTests
{
    private const string Deployment = "apiVersion: cluster.x-k8s.io/v1beta1\nkind: MachineDeployment\nmetadata: {name: md, namespace: fleet}\nspec:\n  clusterName: shop\n  replicas: 3\n  template:\n"
        + "    metadata: {labels: {node-role.kubernetes.io/batch: '', size: large}}\n    spec:\n      clusterName: shop\n      bootstrap: {configRef: {kind: BOOT, name: md}}\n      infrastructureRef: {kind: MADE, name: md}\n";

    private static string Shop(string infrastructure, string controlPlane) =>
        $"apiVersion: cluster.x-k8s.io/v1beta1\nkind: Cluster\nmetadata: {{name: shop, namespace: fleet}}\nspec: {{infrastructureRef: {{kind: {infrastructure}, name: shop}}, controlPlaneRef: {{kind: {controlPlane}, name: shop-cp}}}}\n";

    private static string Of(string made, string boot) => Deployment.Replace("MADE", made, StringComparison.Ordinal).Replace("BOOT", boot, StringComparison.Ordinal);

    private static List<NodePool> Read(string terraform, params string[] objects) => Model(terraform, objects).All<NodePool>(NodePool.Fields).ToList();

    private static Analyzer.Facts.Model.FactModel Model(string terraform, params string[] objects) =>
        Pipeline.Read(new MemoryFiles([("k/all.yaml", string.Join("---\n", objects)), ("main.tf", terraform)]), new ProblemLog()).Model.Facts;

    private static NodePool Only(string terraform, params string[] objects) => Assert.Single(Read(terraform, objects));

    private static string? Text(Value value) => (value as TextValue)?.Known;

    [Fact]
    public void Machines_of_EKS_join_the_cluster_of_its_control_plane_with_the_role_of_their_profile()
    {
        var pool = Only(
            "resource \"aws_iam_role\" \"n\" {\n  name = \"nodes\"\n}\nresource \"aws_iam_instance_profile\" \"n\" {\n  name = \"nodes-profile\"\n  role = aws_iam_role.n.name\n}\n",
            Shop("AWSManagedCluster", "AWSManagedControlPlane"),
            "apiVersion: controlplane.cluster.x-k8s.io/v1beta2\nkind: AWSManagedControlPlane\nmetadata: {name: shop-cp, namespace: fleet}\nspec: {eksClusterName: shop-eks}\n",
            Of("AWSMachineTemplate", "EKSConfigTemplate"),
            "apiVersion: bootstrap.cluster.x-k8s.io/v1beta2\nkind: EKSConfigTemplate\nmetadata: {name: md, namespace: fleet}\nspec: {template: {spec: {kubeletExtraArgs: {node-labels: 'pool=batch,spot', register-with-taints: 'batch=true:NoSchedule'}}}}\n",
            "apiVersion: infrastructure.cluster.x-k8s.io/v1beta2\nkind: AWSMachineTemplate\nmetadata: {name: md, namespace: fleet}\nspec: {template: {spec: {iamInstanceProfile: nodes-profile}}}\n");

        Assert.Equal(("eks-capi", "nodes", "shop-eks"), (pool.Kind, Text(pool.Identity.As<Identity>()!.Name), Text(pool.Cluster.As<Cluster>()!.Name)));
        Assert.Equal(BoolValue.True, pool.NeedsEcr);
        var labels = Assert.IsType<MapValue>(pool.Labels);
        Assert.Equal(("batch", "", ""), (Text(labels["pool"]!), Text(labels["spot"]!), Text(labels["node-role.kubernetes.io/batch"]!)));
        Assert.IsType<UnknownValue>(labels["size"]);
        Assert.Equal("batch=true:NoSchedule", Text(Assert.Single(Assert.IsType<ListValue>(pool.Taints).Values)));
    }

    [Fact]
    public void Machines_of_kubeadm_are_nodes_of_a_cluster_of_their_own()
    {
        var facts = Model(
            "",
            Shop("AWSCluster", "KubeadmControlPlane"),
            "apiVersion: controlplane.cluster.x-k8s.io/v1beta1\nkind: KubeadmControlPlane\nmetadata: {name: shop-cp, namespace: fleet}\nspec: {replicas: 3, machineTemplate: {infrastructureRef: {kind: AWSMachineTemplate, name: cp}}, kubeadmConfigSpec: {}}\n",
            "apiVersion: infrastructure.cluster.x-k8s.io/v1beta2\nkind: AWSMachineTemplate\nmetadata: {name: cp, namespace: fleet}\nspec: {template: {spec: {}}}\n",
            Of("AWSMachineTemplate", "KubeadmConfigTemplate"),
            "apiVersion: bootstrap.cluster.x-k8s.io/v1beta1\nkind: KubeadmConfigTemplate\nmetadata: {name: md, namespace: fleet}\nspec: {template: {spec: {joinConfiguration: {nodeRegistration: {taints: [{key: a, value: b, effect: NoSchedule}], kubeletExtraArgs: [{name: node-labels, value: x=y}]}}}}}\n",
            "apiVersion: infrastructure.cluster.x-k8s.io/v1beta2\nkind: AWSMachineTemplate\nmetadata: {name: md, namespace: fleet}\nspec: {template: {spec: {iamInstanceProfile: nodes}}}\n");
        var cluster = Assert.Single(facts.All<Cluster>(Cluster.Fields));
        var pools = facts.All<NodePool>(NodePool.Fields).ToDictionary(pool => Text(pool.Name)!);

        Assert.Equal("kubeadm", cluster.Kind);
        Assert.All(pools.Values, pool => Assert.Equal(("capi-aws", cluster, "ec2.amazonaws.com"), (pool.Kind, pool.Cluster.As<Cluster>(), pool.Service)));
        Assert.Equal(2, ((ListValue)cluster.NodePools).Items.Length);
        Assert.Equal("node-role.kubernetes.io/control-plane:NoSchedule", Text(Assert.Single(((ListValue)pools["shop-cp"].Taints!).Values)));
        Assert.Equal("y", Text(((MapValue)pools["md"].Labels!)["x"]!));
        Assert.IsType<MapValue>(Assert.Single(((ListValue)pools["md"].Taints!).Values));

        // Without a name the provider takes the profile that clusterawsadm makes.
        Assert.IsType<UnknownValue>(pools["shop-cp"].Identity);
    }

    [Theory]
    [InlineData("{identity: UserAssigned, userAssignedIdentities: [{providerID: 'azure:///subscriptions/s/resourceGroups/Shop/providers/Microsoft.ManagedIdentity/userAssignedIdentities/nodes'}]}", true)]
    [InlineData("{identity: UserAssigned, userAssignedIdentities: [{providerID: 'azure:///subscriptions/s/resourceGroups/other/providers/Microsoft.ManagedIdentity/userAssignedIdentities/nodes'}]}", false)]
    [InlineData("{identity: SystemAssigned}", false)]
    [InlineData("{}", false)]
    public void Machines_on_Azure_have_the_identity_that_is_assigned(string spec, bool isFound)
    {
        const string Declared = "resource \"azurerm_user_assigned_identity\" \"n\" {\n  name = \"nodes\"\n  resource_group_name = \"shop\"\n}\n";
        var template = Only(Declared, Of("AzureMachineTemplate", "KubeadmConfigTemplate"), $"apiVersion: infrastructure.cluster.x-k8s.io/v1beta1\nkind: AzureMachineTemplate\nmetadata: {{name: md, namespace: fleet}}\nspec: {{template: {{spec: {spec}}}}}\n");
        var pool = Only(Declared, Of("AzureMachinePool", "KubeadmConfig").Replace("MachineDeployment", "MachinePool", StringComparison.Ordinal), $"apiVersion: infrastructure.cluster.x-k8s.io/v1beta1\nkind: AzureMachinePool\nmetadata: {{name: md, namespace: fleet}}\nspec: {spec}\n");
        Assert.All((NodePool[])[template, pool], each => Assert.Equal(("capi-azure", isFound), (each.Kind, each.Identity.As<Identity>() is not null)));
    }

    [Theory]
    [InlineData("{}", true, "https://www.googleapis.com/auth/cloud-platform")]
    [InlineData("{serviceAccounts: {email: default, scopes: ['https://www.googleapis.com/auth/logging.write']}}", true, "https://www.googleapis.com/auth/logging.write")]
    [InlineData("{serviceAccounts: {email: nodes@shop-1.iam.gserviceaccount.com, scopes: ['https://www.googleapis.com/auth/cloud-platform']}}", false, "https://www.googleapis.com/auth/cloud-platform")]
    public void Machines_on_Google_have_an_account_and_scopes(string spec, bool isDefault, string scope)
    {
        var pool = Only(
            "resource \"google_service_account\" \"n\" {\n  account_id = \"nodes\"\n  project = \"shop-1\"\n}\n",
            Of("GCPMachineTemplate", "KubeadmConfigTemplate"),
            $"apiVersion: infrastructure.cluster.x-k8s.io/v1beta1\nkind: GCPMachineTemplate\nmetadata: {{name: md, namespace: fleet}}\nspec: {{template: {{spec: {spec}}}}}\n");
        Assert.Equal(("capi-gcp", isDefault, scope), (pool.Kind, pool.Identity.As<Identity>()!.IsDefault is BoolValue { Value: true }, Text(Assert.Single(((ListValue)pool.Scopes).Values))));
    }

    [Theory]
    [InlineData("", "nodes")]
    [InlineData("\n  patches: [{name: p, definitions: []}]", "nodes")]
    [InlineData("\n  patches: [{name: size, definitions: [{selector: {kind: AWSMachineTemplate, matchResources: {machineDeploymentClass: {names: [worker]}}}, jsonPatches: [{op: replace, path: /spec/template/spec/instanceType, valueFrom: {variable: size}}]}]}]", "nodes")]
    [InlineData("\n  patches: [{name: key, definitions: [{selector: {kind: AWSMachineTemplate, matchResources: {controlPlane: true, machineDeploymentClass: {names: [other]}}}, jsonPatches: [{op: add, path: /spec/template/spec/iamInstanceProfile, value: x}]}]}]", "nodes")]
    [InlineData("\n  patches: [{name: key, definitions: [{selector: {kind: KubeadmConfigTemplate, matchResources: {machineDeploymentClass: {names: [worker]}}}, jsonPatches: [{op: add, path: /spec/template/spec/files, value: []}]}]}]", "nodes")]
    [InlineData("\n  patches: [{name: key, definitions: [{selector: {kind: AWSMachineTemplate, matchResources: {machineDeploymentClass: {names: ['work*']}}}, jsonPatches: [{op: add, path: /spec/template/spec/iamInstanceProfile, valueFrom: {variable: profile}}]}]}]", null)]
    [InlineData("\n  patches: [{name: key, definitions: [{selector: {kind: AWSMachineTemplate, matchResources: {machineDeploymentClass: {names: [worker]}}}, jsonPatches: [{op: replace, path: /spec/template/spec, value: {}}]}]}]", null)]
    [InlineData("\n  patches: [{name: outside, external: {generateExtension: x}}]", null)]
    public void The_topology_of_a_cluster_names_classes_of_machines(string patches, string? profile)
    {
        var facts = Model(
            "",
            "apiVersion: cluster.x-k8s.io/v1beta1\nkind: Cluster\nmetadata: {name: shop}\nspec: {infrastructureRef: {kind: AWSCluster, name: shop}, topology: {class: small, workers: {machineDeployments: [{class: worker, name: a}, {class: worker, name: b, replicas: 0}]}}}\n",
            "apiVersion: cluster.x-k8s.io/v1beta1\nkind: ClusterClass\nmetadata: {name: small}\nspec:\n  workers:\n    machineDeployments:\n    - class: worker\n      template:\n        infrastructure: {ref: {kind: AWSMachineTemplate, name: worker}}\n        bootstrap: {ref: {kind: KubeadmConfigTemplate, name: worker}}" + patches + "\n",
            "apiVersion: infrastructure.cluster.x-k8s.io/v1beta2\nkind: AWSMachineTemplate\nmetadata: {name: worker}\nspec: {template: {spec: {iamInstanceProfile: nodes}}}\n");
        var pools = facts.All<NodePool>(NodePool.Fields).ToList();
        Assert.Equal(["a", "b"], pools.Select(pool => Text(pool.Name)));
        Assert.All(pools, pool => Assert.Equal((profile, profile is null, "shop"), (Text(pool.IdentityValue), pool.Identity is UnknownValue && pool.IdentityValue is UnknownValue, Text(pool.Cluster.As<Cluster>()!.Name))));
        Assert.Equal([true, false], pools.Select(pool => ((BoolValue)pool.IsLive).Value));
    }

    [Fact]
    public void A_cluster_whose_class_is_elsewhere_may_have_pools()
    {
        var cluster = Assert.Single(Model(
            "",
            "apiVersion: cluster.x-k8s.io/v1beta1\nkind: Cluster\nmetadata: {name: shop}\nspec: {infrastructureRef: {kind: AWSCluster, name: shop}, topology: {class: small, workers: {machineDeployments: [{class: worker, name: a}]}}}\n").All<Cluster>(Cluster.Fields));
        Assert.True(Assert.IsType<ListValue>(cluster.NodePools).IsOpen);
    }

    [Theory]
    [InlineData("nginx", false)]
    [InlineData("123456789012.dkr.ecr.eu-west-1.amazonaws.com/api:1", true)]
    public void What_Flux_brings_with_the_kubeconfig_of_a_cluster_runs_on_its_machines(string image, bool needsEcr)
    {
        var model = Pipeline.Read(
            new MemoryFiles(
            [
                ("fleet/cluster.yaml", string.Join("---\n",
                    Shop("AWSCluster", "KubeadmControlPlane"),
                    Of("AWSMachineTemplate", "KubeadmConfigTemplate"),
                    "apiVersion: bootstrap.cluster.x-k8s.io/v1beta1\nkind: KubeadmConfigTemplate\nmetadata: {name: md, namespace: fleet}\nspec: {template: {spec: {}}}\n",
                    "apiVersion: infrastructure.cluster.x-k8s.io/v1beta2\nkind: AWSMachineTemplate\nmetadata: {name: md, namespace: fleet}\nspec: {template: {spec: {}}}\n")),
                ("fleet/apps.yaml", "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps}\nspec: {path: ./apps, kubeConfig: {secretRef: {name: shop-kubeconfig}}}\n"),
                ("apps/app.yaml", $"apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: api}}\nspec: {{template: {{spec: {{containers: [{{name: a, image: '{image}'}}]}}}}}}\n"),
            ]),
            new ProblemLog()).Model.Facts;
        Assert.Equal("kubeadm", Assert.Single(model.All<Workload>(Workload.Fields)).Cluster.As<Cluster>()?.Kind);
        Assert.Equal(needsEcr, Assert.Single(model.All<NodePool>(NodePool.Fields)).NeedsEcr is BoolValue { Value: true });
    }

    [Fact]
    public void Wrong_types_cost_nothing_else()
    {
        var pools = Read(
            "",
            "apiVersion: cluster.x-k8s.io/v1beta1\nkind: MachineDeployment\nmetadata: {name: [a]}\nspec: {clusterName: {a: b}, replicas: x, template: [1]}\n",
            "apiVersion: cluster.x-k8s.io/v1beta1\nkind: Cluster\nmetadata: {name: c}\nspec: {infrastructureRef: 5, topology: {class: [c], workers: {machineDeployments: {a: b}}}}\n",
            "apiVersion: cluster.x-k8s.io/v1beta1\nkind: MachinePool\nmetadata: {name: p}\nspec: {template: {metadata: {labels: [a]}, spec: {bootstrap: 1, infrastructureRef: {kind: AWSMachineTemplate, name: p}}}}\n",
            "apiVersion: infrastructure.cluster.x-k8s.io/v1beta2\nkind: AWSMachineTemplate\nmetadata: {name: p}\nspec: {template: {spec: {iamInstanceProfile: [x]}}}\n");
        Assert.Equal("p", Text(Assert.Single(pools).Name));
    }
}
