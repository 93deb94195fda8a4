using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.Kubernetes.Clouds;

namespace Analyzer.Tests.Kubernetes;

public class CloudObjectTests
{
    private static Manifests Load(params string[] objects) => new(("k/all.yaml", string.Join("\n---\n", objects)));

    private static Reference ReferenceOf(Resource resource, string path) => Assert.Single(Manifests.At(resource, path)!.References.Distinct());

    [Theory]
    [InlineData("nodeRoleArn", "node_role_arn")]
    [InlineData("podExecutionRoleARN", "pod_execution_role_arn")]
    [InlineData("resourcesVPCConfig", "resources_vpc_config")]
    [InlineData("subnetIDs", "subnet_ids")]
    [InlineData("ipv6CidrBlock", "ipv6_cidr_block")]
    [InlineData("name", "name")]
    public void Camel_case_becomes_the_spelling_of_Terraform(string camel, string snake) => Assert.Equal(snake, CloudSpecifics.Snake(camel));

    [Fact]
    public void A_managed_resource_of_Crossplane_is_the_resource_of_its_cloud()
    {
        var manifests = Load(
            "apiVersion: iam.aws.upbound.io/v1beta1\nkind: Role\nmetadata:\n  name: nodes\n  annotations: {crossplane.io/external-name: shop-nodes}\nspec:\n  forProvider:\n    assumeRolePolicy: '{}'\n",
            "apiVersion: eks.aws.upbound.io/v1beta2\nkind: NodeGroup\nmetadata: {name: general}\nspec:\n  forProvider:\n    region: eu-west-1\n    clusterNameRef: {name: shop}\n    nodeRoleArnRef: {name: nodes}\n"
                + "    subnetIdSelector: {matchLabels: {a: b}}\n    scalingConfig: {maxSize: 3}\n    labels: {someKey: x}\n",
            "apiVersion: eks.aws.upbound.io/v1beta2\nkind: Cluster\nmetadata: {name: shop}\nspec: {forProvider: {roleArn: 'arn:aws:iam::123456789012:role/c'}}\n");
        var role = manifests["Role/nodes"];
        var group = manifests["NodeGroup/general"];
        Assert.Equal(("aws_iam_role", "aws_eks_node_group", "aws_eks_cluster"), (role.Type, group.Type, manifests["Cluster/shop"].Type));
        Assert.Equal(("shop-nodes", "general"), (Manifests.Text(role, "name"), Manifests.Text(group, "node_group_name")));
        Assert.Equal(new Reference(role.Address, "arn"), ReferenceOf(group, "node_role_arn"));
        Assert.Equal(("shop", new Reference(new Address("k", "Cluster/shop"), "name")), (Manifests.Text(group, "cluster_name"), ReferenceOf(group, "cluster_name")));
        Assert.IsType<UnknownValue>(Manifests.At(group, "subnet_ids"));
        Assert.Equal("x", Manifests.Text(group, "labels.someKey"));
        Assert.NotNull(Manifests.At(group, "scaling_config.max_size"));
        Assert.Equal("k/all.yaml:13:18", group.Place.ToString());
    }

    [Fact]
    public void What_is_only_observed_is_a_data_source()
    {
        var manifests = Load("apiVersion: ecr.aws.upbound.io/v1beta1\nkind: Repository\nmetadata: {name: app}\nspec: {managementPolicies: [Observe], forProvider: {region: eu-west-1}}\n");
        Assert.True(manifests.Only.IsData);
    }

    [Fact]
    public void Config_Connector_refers_by_name_within_a_namespace()
    {
        var manifests = Load(
            "apiVersion: iam.cnrm.cloud.google.com/v1beta1\nkind: IAMServiceAccount\nmetadata: {name: nodes, namespace: infra, annotations: {cnrm.cloud.google.com/project-id: shop-1}}\nspec: {displayName: nodes}\n",
            "apiVersion: container.cnrm.cloud.google.com/v1beta1\nkind: ContainerNodePool\nmetadata: {name: pool, namespace: infra}\nspec:\n  location: europe-west1\n  clusterRef: {name: shop}\n  nodeConfig:\n    serviceAccountRef: {name: nodes}\n    oauthScopes: [a]\n",
            "apiVersion: container.cnrm.cloud.google.com/v1beta1\nkind: ContainerCluster\nmetadata: {name: shop, namespace: infra, annotations: {cnrm.cloud.google.com/remove-default-node-pool: 'true'}}\nspec: {location: europe-west1}\n",
            "apiVersion: iam.cnrm.cloud.google.com/v1beta1\nkind: IAMPolicyMember\nmetadata: {name: read, namespace: infra}\nspec:\n  memberFrom: {serviceAccountRef: {name: nodes}}\n  role: roles/artifactregistry.reader\n  resourceRef: {kind: Project, external: projects/shop-1}\n",
            "apiVersion: iam.cnrm.cloud.google.com/v1beta1\nkind: IAMPartialPolicy\nmetadata: {name: more, namespace: infra}\nspec: {}\n");
        var pool = manifests["ContainerNodePool/infra/pool"];
        Assert.Equal(new Reference(new Address("k", "IAMServiceAccount/infra/nodes"), "email"), ReferenceOf(pool, "node_config.service_account"));
        Assert.Equal("shop", Manifests.Text(pool, "cluster"));
        Assert.IsType<BoolValue>(Manifests.At(manifests["ContainerCluster/infra/shop"], "remove_default_node_pool"));
        Assert.Equal(("nodes", "shop-1"), (Manifests.Text(manifests["IAMServiceAccount/infra/nodes"], "account_id"), Manifests.Text(manifests["IAMServiceAccount/infra/nodes"], "project")));
        var member = manifests["IAMPolicyMember/infra/read"];
        Assert.Equal(("google_project_iam_member", "projects/shop-1", "serviceAccount:<?>"), (member.Type, Manifests.Text(member, "project"), Manifests.Text(member, "member")));
        var gap = Assert.Single(manifests.Inventory.Gaps);
        Assert.True(gap.Hides("google_project_iam_member"));
        Assert.False(gap.Hides("aws_iam_role"));
    }

    [Fact]
    public void Controllers_of_AWS_use_the_names_of_the_API()
    {
        var manifests = Load(
            "apiVersion: eks.services.k8s.aws/v1alpha1\nkind: Nodegroup\nmetadata: {name: g}\nspec:\n  name: general\n  clusterRef: {from: {name: shop}}\n  nodeRole: arn:aws:iam::123456789012:role/nodes\n  subnets: [subnet-1]\n",
            "apiVersion: eks.services.k8s.aws/v1alpha1\nkind: Cluster\nmetadata: {name: shop}\nspec: {name: shop-prod, roleARN: x, resourcesVPCConfig: {endpointPrivateAccess: true, subnetIDs: [subnet-1]}}\n");
        var group = manifests["Nodegroup/g"];
        Assert.Equal(("general", "arn:aws:iam::123456789012:role/nodes", "shop-prod"), (Manifests.Text(group, "node_group_name"), Manifests.Text(group, "node_role_arn"), Manifests.Text(group, "cluster_name")));
        Assert.Equal("subnet-1", Manifests.Text(group, "subnet_ids.0"));
        Assert.IsType<BoolValue>(Manifests.At(manifests["Cluster/shop"], "vpc_config.endpoint_private_access"));
    }

    [Fact]
    public void Machine_pools_of_Cluster_API_belong_to_the_control_plane_beside_them()
    {
        var manifests = Load(
            "apiVersion: controlplane.cluster.x-k8s.io/v1beta2\nkind: AWSManagedControlPlane\nmetadata: {name: cp}\nspec: {eksClusterName: shop, region: eu-west-1}\n",
            "apiVersion: infrastructure.cluster.x-k8s.io/v1beta2\nkind: AWSManagedMachinePool\nmetadata: {name: pool}\nspec: {eksNodegroupName: ng, roleName: nodes}\n",
            "apiVersion: infrastructure.cluster.x-k8s.io/v1beta2\nkind: AWSManagedMachinePool\nmetadata: {name: other}\nspec: {}\n");
        var pool = manifests["AWSManagedMachinePool/pool"];
        Assert.Equal(("ng", "nodes", "shop"), (Manifests.Text(pool, "node_group_name"), Manifests.Text(pool, "node_role_arn"), Manifests.Text(pool, "cluster_name")));
        Assert.IsType<UnknownValue>(Manifests.At(manifests["AWSManagedMachinePool/other"], "node_role_arn"));
        Assert.All(manifests.Inventory.Gaps, gap => Assert.True(gap.Hides("aws_iam_role")));
    }

    [Fact]
    public void Azure_Service_Operator_nests_what_Terraform_does_not()
    {
        var manifests = Load(
            "apiVersion: containerservice.azure.com/v1api20240901\nkind: ManagedCluster\nmetadata: {name: aks}\nspec:\n  azureName: shop\n  oidcIssuerProfile: {enabled: true}\n  securityProfile: {workloadIdentity: {enabled: false}}\n  agentPoolProfiles: [{name: system}]\n",
            "apiVersion: containerservice.azure.com/v1api20240901\nkind: ManagedClustersAgentPool\nmetadata: {name: pool}\nspec: {owner: {name: aks}}\n",
            "apiVersion: containerregistry.azure.com/v1api20230701\nkind: Registry\nmetadata: {name: reg}\nspec: {adminUserEnabled: true, sku: {name: Premium}}\n",
            "apiVersion: network.azure.com/v1api20201101\nkind: VirtualNetwork\nmetadata: {name: net}\nspec: {}\n");
        var cluster = manifests["ManagedCluster/aks"];
        Assert.Equal(("shop", "system"), (Manifests.Text(cluster, "name"), Manifests.Text(cluster, "default_node_pool.name")));
        Assert.Equal((true, false), (((BoolValue)Manifests.At(cluster, "oidc_issuer_enabled")!).Value, ((BoolValue)Manifests.At(cluster, "workload_identity_enabled")!).Value));
        Assert.Equal(new Reference(cluster.Address, "name"), ReferenceOf(manifests["ManagedClustersAgentPool/pool"], "kubernetes_cluster_id"));
        Assert.Equal("Premium", Manifests.Text(manifests["Registry/reg"], "sku"));
        Assert.Empty(manifests.Inventory.Gaps);
    }

    [Fact]
    public void Azure_Service_Operator_grants_by_reference_and_by_what_it_writes_into_ConfigMaps()
    {
        var manifests = Load(
            "apiVersion: managedidentity.azure.com/v1api20230131\nkind: UserAssignedIdentity\nmetadata: {name: kubelet}\nspec: {operatorSpec: {configMaps: {principalId: {name: ids, key: kubelet}}}}\n",
            "apiVersion: containerregistry.azure.com/v1api20230701\nkind: Registry\nmetadata: {name: reg}\nspec: {}\n",
            "apiVersion: containerservice.azure.com/v1api20240901\nkind: ManagedCluster\nmetadata: {name: aks}\nspec: {identityProfile: {kubeletidentity: {resourceReference: {group: managedidentity.azure.com, kind: UserAssignedIdentity, name: kubelet}}}}\n",
            "apiVersion: authorization.azure.com/v1api20220401\nkind: RoleAssignment\nmetadata: {name: pull}\nspec: {owner: {group: containerregistry.azure.com, kind: Registry, name: reg}, principalIdFromConfig: {name: ids, key: kubelet}, roleDefinitionReference: {wellKnownName: AcrPull}}\n",
            "apiVersion: managedidentity.azure.com/v1api20230131\nkind: FederatedIdentityCredential\nmetadata: {name: fic}\nspec: {owner: {name: kubelet}, issuerFromConfig: {name: a, key: b}, subject: 'system:serviceaccount:shop:api', audiences: [x]}\n");
        var (identity, assignment, credential) = (manifests["UserAssignedIdentity/kubelet"], manifests["RoleAssignment/pull"], manifests["FederatedIdentityCredential/fic"]);
        Assert.Equal(new Reference(identity.Address, "principal_id"), ReferenceOf(assignment, "principal_id"));
        Assert.Equal(new Reference(manifests["Registry/reg"].Address, "id"), ReferenceOf(assignment, "scope"));
        Assert.Equal("AcrPull", Manifests.Text(assignment, "role_definition_name"));
        Assert.Equal(new Reference(identity.Address, "id"), ReferenceOf(credential, "parent_id"));
        Assert.Equal(("system:serviceaccount:shop:api", "x"), (Manifests.Text(credential, "subject"), Manifests.Text(credential, "audience.0")));
        Assert.Equal(new Reference(identity.Address, "id"), ReferenceOf(manifests["ManagedCluster/aks"], "kubelet_identity.user_assigned_identity_id"));

        var model = Analyzer.PullPath.ModelReader.Read(manifests.Inventory, new ProblemLog());
        var kubelet = Assert.IsType<Analyzer.PullPath.Model.Identity>(Assert.IsType<Analyzer.Facts.Model.FactValue>(Assert.Single(model.Facts.All<Analyzer.PullPath.Model.Cluster>(Analyzer.PullPath.Model.Cluster.Fields)).KubeletIdentity).Fact);
        Assert.Single(Assert.IsType<ListValue>(kubelet.Grants).Items);
    }

    [Fact]
    public void Machine_pools_of_Azure_and_templates_of_AWS_are_what_Cluster_API_makes_of_them()
    {
        var manifests = Load(
            "apiVersion: infrastructure.cluster.x-k8s.io/v1beta1\nkind: AzureManagedControlPlane\nmetadata: {name: shop}\nspec: {oidcIssuerProfile: {enabled: true}, kubeletUserAssignedIdentity: /subscriptions/x/kubelet}\n",
            "apiVersion: infrastructure.cluster.x-k8s.io/v1beta1\nkind: AzureManagedMachinePool\nmetadata: {name: pool}\nspec: {name: p1, mode: User, nodeLabels: {a: b}, taints: [{key: k, value: v, effect: NoSchedule}]}\n",
            "apiVersion: infrastructure.cluster.x-k8s.io/v1beta2\nkind: AWSMachineTemplate\nmetadata: {name: md}\nspec: {template: {spec: {iamInstanceProfile: nodes, instanceMetadataOptions: {httpEndpoint: disabled}}}}\n",
            "apiVersion: infrastructure.cluster.x-k8s.io/v1beta2\nkind: AWSMachinePool\nmetadata: {name: mp}\nspec: {awsLaunchTemplate: {instanceType: m5.large}}\n");
        var pool = manifests["AzureManagedMachinePool/pool"];
        Assert.Equal(new Reference(manifests["AzureManagedControlPlane/shop"].Address, "name"), ReferenceOf(pool, "kubernetes_cluster_id"));
        Assert.Equal(("p1", "b", "k"), (Manifests.Text(pool, "name"), Manifests.Text(pool, "node_labels.a"), Manifests.Text(pool, "node_taints.0.key")));
        Assert.Equal("/subscriptions/x/kubelet", Manifests.Text(manifests["AzureManagedControlPlane/shop"], "kubelet_identity.user_assigned_identity_id"));
        var template = manifests["AWSMachineTemplate/md"];
        Assert.Equal(("aws_launch_template", "nodes", "disabled"), (template.Type, Manifests.Text(template, "iam_instance_profile.name"), Manifests.Text(template, "metadata_options.http_endpoint")));
        Assert.IsType<UnknownValue>(Manifests.At(manifests["AWSMachinePool/mp"], "iam_instance_profile.name"));
    }

    [Fact]
    public void Add_ons_associations_and_policies_of_the_controllers_of_AWS_are_read()
    {
        var manifests = Load(
            "apiVersion: eks.services.k8s.aws/v1alpha1\nkind: Cluster\nmetadata: {name: shop}\nspec: {name: shop}\n",
            "apiVersion: iam.services.k8s.aws/v1alpha1\nkind: Policy\nmetadata: {name: pull}\nspec: {name: pull, policyDocument: '{}'}\n",
            "apiVersion: iam.services.k8s.aws/v1alpha1\nkind: Role\nmetadata: {name: api}\nspec: {name: api, policyRefs: [{from: {name: pull}}]}\n",
            "apiVersion: eks.services.k8s.aws/v1alpha1\nkind: PodIdentityAssociation\nmetadata: {name: a}\nspec: {clusterRef: {from: {name: shop}}, namespace: shop, serviceAccount: api, roleRef: {from: {name: api}}}\n",
            "apiVersion: eks.services.k8s.aws/v1alpha1\nkind: Addon\nmetadata: {name: agent}\nspec: {clusterName: shop, name: eks-pod-identity-agent}\n");
        Assert.Equal(new Reference(manifests["Policy/pull"].Address, "arn"), ReferenceOf(manifests["Role/api"], "managed_policy_arns.0"));
        Assert.Equal("{}", Manifests.Text(manifests["Policy/pull"], "policy"));
        var association = manifests["PodIdentityAssociation/a"];
        Assert.Equal(new Reference(manifests["Role/api"].Address, "arn"), ReferenceOf(association, "role_arn"));
        Assert.Equal(("shop", "shop", "api"), (Manifests.Text(association, "cluster_name"), Manifests.Text(association, "namespace"), Manifests.Text(association, "service_account")));
        Assert.Equal("eks-pod-identity-agent", Manifests.Text(manifests["Addon/agent"], "addon_name"));
    }

    [Fact]
    public void Readers_of_the_model_see_the_pools_and_what_their_role_may()
    {
        var problems = new ProblemLog();
        var model = Analyzer.PullPath.ModelReader.Read(Load(
            "apiVersion: iam.aws.upbound.io/v1beta1\nkind: Role\nmetadata: {name: nodes}\nspec: {forProvider: {assumeRolePolicy: '{}'}}\n",
            "apiVersion: iam.aws.upbound.io/v1beta1\nkind: RolePolicyAttachment\nmetadata: {name: a}\nspec: {forProvider: {roleRef: {name: nodes}, policyArn: 'arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy'}}\n",
            "apiVersion: eks.aws.upbound.io/v1beta2\nkind: Cluster\nmetadata: {name: shop}\nspec: {forProvider: {roleArn: x}}\n",
            "apiVersion: eks.aws.upbound.io/v1beta2\nkind: NodeGroup\nmetadata: {name: general}\nspec: {forProvider: {clusterNameRef: {name: shop}, nodeRoleArnRef: {name: nodes}}}\n").Inventory, problems);
        var pool = Assert.Single(model.Facts.All<Analyzer.PullPath.Model.NodePool>(Analyzer.PullPath.Model.NodePool.Fields));
        var role = Assert.IsType<Analyzer.PullPath.Model.Identity>(Assert.IsType<Analyzer.Facts.Model.FactValue>(pool.Identity).Fact);
        Assert.Single(Assert.IsType<ListValue>(role.Grants).Items);
        Assert.Equal("Cluster/shop", Assert.IsType<Analyzer.Facts.Model.FactValue>(pool.Cluster).Fact.Address.Path);
    }

    [Theory]
    [InlineData("spec: 3")]
    [InlineData("spec: {forProvider: [1]}")]
    [InlineData("spec: {forProvider: {nodeRoleArnRef: x, subnetIdRefs: [1], clusterNameRef: {name: [a]}}}")]
    public void Wrong_types_cost_nothing(string spec) =>
        Assert.Empty(Load($"apiVersion: eks.aws.upbound.io/v1beta1\nkind: NodeGroup\nmetadata: {{name: g}}\n{spec}\n").Problems);
}
