namespace Analyzer.Kubernetes.Clouds;

/// <summary>How an object that stands for a resource of a cloud spells its attributes.</summary>
internal enum CloudSpelling
{
    /// <summary>Crossplane: Terraform's names in camel case below <c>spec.forProvider</c>; references beside each.</summary>
    Crossplane,

    /// <summary>Config Connector: Terraform's names in camel case below <c>spec</c>; references instead of names.</summary>
    ConfigConnector,

    /// <summary>Controllers of AWS: names of the API in camel case below <c>spec</c>.</summary>
    Ack,

    /// <summary>Azure Service Operator: names of Resource Manager below <c>spec</c>.</summary>
    ServiceOperator,

    /// <summary>Cluster API: names of its own below <c>spec</c>.</summary>
    ClusterApi,
}

/// <summary>The type, in Terraform's words, of which an object declares a resource, and how it spells it.</summary>
internal sealed record CloudType(string Type, CloudSpelling Spelling);

/// <summary>Which kinds of objects declare resources of a cloud.</summary>
internal static class CloudTypes
{
    private static readonly Dictionary<string, string> Crossplane = new(StringComparer.Ordinal)
    {
        ["iam.aws/Role"] = "aws_iam_role",
        ["iam.aws/RolePolicy"] = "aws_iam_role_policy",
        ["iam.aws/RolePolicyAttachment"] = "aws_iam_role_policy_attachment",
        ["iam.aws/Policy"] = "aws_iam_policy",
        ["iam.aws/InstanceProfile"] = "aws_iam_instance_profile",
        ["iam.aws/OpenIDConnectProvider"] = "aws_iam_openid_connect_provider",
        ["eks.aws/Cluster"] = "aws_eks_cluster",
        ["eks.aws/NodeGroup"] = "aws_eks_node_group",
        ["eks.aws/FargateProfile"] = "aws_eks_fargate_profile",
        ["eks.aws/Addon"] = "aws_eks_addon",
        ["eks.aws/PodIdentityAssociation"] = "aws_eks_pod_identity_association",
        ["ecr.aws/Repository"] = "aws_ecr_repository",
        ["ec2.aws/VPC"] = "aws_vpc",
        ["ec2.aws/Subnet"] = "aws_subnet",
        ["ec2.aws/RouteTable"] = "aws_route_table",
        ["ec2.aws/Route"] = "aws_route",
        ["ec2.aws/RouteTableAssociation"] = "aws_route_table_association",
        ["ec2.aws/MainRouteTableAssociation"] = "aws_main_route_table_association",
        ["ec2.aws/InternetGateway"] = "aws_internet_gateway",
        ["ec2.aws/NATGateway"] = "aws_nat_gateway",
        ["ec2.aws/SecurityGroup"] = "aws_security_group",
        ["ec2.aws/SecurityGroupRule"] = "aws_security_group_rule",
        ["ec2.aws/VPCEndpoint"] = "aws_vpc_endpoint",
        ["ec2.aws/LaunchTemplate"] = "aws_launch_template",
        ["containerservice.azure/KubernetesCluster"] = "azurerm_kubernetes_cluster",
        ["containerservice.azure/KubernetesClusterNodePool"] = "azurerm_kubernetes_cluster_node_pool",
        ["containerregistry.azure/Registry"] = "azurerm_container_registry",
        ["authorization.azure/RoleAssignment"] = "azurerm_role_assignment",
        ["managedidentity.azure/UserAssignedIdentity"] = "azurerm_user_assigned_identity",
        ["managedidentity.azure/FederatedIdentityCredential"] = "azurerm_federated_identity_credential",
        ["container.gcp/Cluster"] = "google_container_cluster",
        ["container.gcp/NodePool"] = "google_container_node_pool",
        ["cloudplatform.gcp/ServiceAccount"] = "google_service_account",
        ["cloudplatform.gcp/ServiceAccountIAMMember"] = "google_service_account_iam_member",
        ["cloudplatform.gcp/ProjectIAMMember"] = "google_project_iam_member",
        ["artifact.gcp/RegistryRepository"] = "google_artifact_registry_repository",
        ["artifact.gcp/RegistryRepositoryIAMMember"] = "google_artifact_registry_repository_iam_member",
    };

    private static readonly Dictionary<string, CloudType> Others = new(StringComparer.Ordinal)
    {
        ["container.cnrm.cloud.google.com/ContainerCluster"] = new("google_container_cluster", CloudSpelling.ConfigConnector),
        ["container.cnrm.cloud.google.com/ContainerNodePool"] = new("google_container_node_pool", CloudSpelling.ConfigConnector),
        ["iam.cnrm.cloud.google.com/IAMServiceAccount"] = new("google_service_account", CloudSpelling.ConfigConnector),
        ["iam.cnrm.cloud.google.com/IAMPolicyMember"] = new("google_project_iam_member", CloudSpelling.ConfigConnector),
        ["artifactregistry.cnrm.cloud.google.com/ArtifactRegistryRepository"] = new("google_artifact_registry_repository", CloudSpelling.ConfigConnector),
        ["eks.services.k8s.aws/Cluster"] = new("aws_eks_cluster", CloudSpelling.Ack),
        ["eks.services.k8s.aws/Nodegroup"] = new("aws_eks_node_group", CloudSpelling.Ack),
        ["eks.services.k8s.aws/FargateProfile"] = new("aws_eks_fargate_profile", CloudSpelling.Ack),
        ["eks.services.k8s.aws/Addon"] = new("aws_eks_addon", CloudSpelling.Ack),
        ["eks.services.k8s.aws/PodIdentityAssociation"] = new("aws_eks_pod_identity_association", CloudSpelling.Ack),
        ["eks.services.k8s.aws/AccessEntry"] = new("aws_eks_access_entry", CloudSpelling.Ack),
        ["iam.services.k8s.aws/Policy"] = new("aws_iam_policy", CloudSpelling.Ack),
        ["iam.services.k8s.aws/OpenIDConnectProvider"] = new("aws_iam_openid_connect_provider", CloudSpelling.Ack),
        ["iam.services.k8s.aws/Role"] = new("aws_iam_role", CloudSpelling.Ack),
        ["ecr.services.k8s.aws/Repository"] = new("aws_ecr_repository", CloudSpelling.Ack),
        ["containerservice.azure.com/ManagedCluster"] = new("azurerm_kubernetes_cluster", CloudSpelling.ServiceOperator),
        ["containerservice.azure.com/ManagedClustersAgentPool"] = new("azurerm_kubernetes_cluster_node_pool", CloudSpelling.ServiceOperator),
        ["containerregistry.azure.com/Registry"] = new("azurerm_container_registry", CloudSpelling.ServiceOperator),
        ["managedidentity.azure.com/UserAssignedIdentity"] = new("azurerm_user_assigned_identity", CloudSpelling.ServiceOperator),
        ["managedidentity.azure.com/FederatedIdentityCredential"] = new("azurerm_federated_identity_credential", CloudSpelling.ServiceOperator),
        ["authorization.azure.com/RoleAssignment"] = new("azurerm_role_assignment", CloudSpelling.ServiceOperator),
        ["infrastructure.cluster.x-k8s.io/AzureManagedControlPlane"] = new("azurerm_kubernetes_cluster", CloudSpelling.ClusterApi),
        ["infrastructure.cluster.x-k8s.io/AzureManagedMachinePool"] = new("azurerm_kubernetes_cluster_node_pool", CloudSpelling.ClusterApi),
        ["infrastructure.cluster.x-k8s.io/AWSMachineTemplate"] = new("aws_launch_template", CloudSpelling.ClusterApi),
        ["infrastructure.cluster.x-k8s.io/AWSMachinePool"] = new("aws_launch_template", CloudSpelling.ClusterApi),
        ["controlplane.cluster.x-k8s.io/AWSManagedControlPlane"] = new("aws_eks_cluster", CloudSpelling.ClusterApi),
        ["infrastructure.cluster.x-k8s.io/AWSManagedMachinePool"] = new("aws_eks_node_group", CloudSpelling.ClusterApi),
        ["infrastructure.cluster.x-k8s.io/GCPManagedControlPlane"] = new("google_container_cluster", CloudSpelling.ClusterApi),
        ["infrastructure.cluster.x-k8s.io/GCPManagedMachinePool"] = new("google_container_node_pool", CloudSpelling.ClusterApi),
    };

    /// <summary>Groups of which every kind declares something in a cloud, and the provider of that.</summary>
    private static readonly (string Ending, string Provider)[] Groups =
    [
        (".aws.upbound.io", "aws"), (".aws.m.upbound.io", "aws"), (".aws.crossplane.io", "aws"), (".services.k8s.aws", "aws"),
        (".azure.upbound.io", "azurerm"), (".azure.m.upbound.io", "azurerm"), ("authorization.azure.com", "azurerm"), ("managedidentity.azure.com", "azurerm"), ("containerregistry.azure.com", "azurerm"),
        (".gcp.upbound.io", "google"), (".gcp.m.upbound.io", "google"), (".cnrm.cloud.google.com", "google"),
    ];

    /// <summary>What a kind declares; null for nothing that is known.</summary>
    internal static CloudType? Of(string group, string kind)
    {
        if (Others.TryGetValue($"{group}/{kind}", out var found))
        {
            return found;
        }

        var service = group.EndsWith(".m.upbound.io", StringComparison.Ordinal) ? group[..^".m.upbound.io".Length] : group.EndsWith(".upbound.io", StringComparison.Ordinal) ? group[..^".upbound.io".Length] : null;
        return service is not null && Crossplane.TryGetValue($"{service}/{kind}", out var type) ? new CloudType(type, CloudSpelling.Crossplane) : null;
    }

    /// <summary>The provider in whose cloud a kind declares something that is not read; null for a kind that declares nothing there.</summary>
    internal static string? Unread(string group, string kind)
    {
        if (Of(group, kind) is not null || kind.StartsWith("ProviderConfig", StringComparison.Ordinal))
        {
            return null;
        }

        foreach (var (ending, provider) in Groups)
        {
            if (group.EndsWith(ending, StringComparison.Ordinal))
            {
                return provider;
            }
        }

        return null;
    }
}
