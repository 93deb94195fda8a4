using static Analyzer.Tests.Rules.AwsSnippets;

namespace Analyzer.Tests.PullPath.AwsNetwork;

/// <summary>The network that eksctl makes for a cluster, where its configuration says how it leads out.</summary>
public sealed class EksctlNetworkTests
{
    private const string Group = "managedNodeGroups: [{ name: a, privateNetworking: true }]";
    private const string Here = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/api:1";
    private const string Endpoints = "aws-isolated-subnet-missing-ecr-endpoints:warning aws-isolated-subnet-missing-s3-path:warning";
    private const string Api = "clusterEndpoints: { privateAccess: true, publicAccess: true }";

    /// <summary>What somebody may have added to the network by hand nobody sees, so nothing of it is an error but what the configuration itself says.</summary>
    [Theory]
    [InlineData("privateCluster: { enabled: true }\n" + Group, Here, "")]
    [InlineData("privateCluster: { enabled: true }\n" + Group, "nginx:1", "aws-isolated-image-registry-unreachable:warning")]
    [InlineData("privateCluster: { enabled: true }\nmanagedNodeGroups: [{ name: a, privateNetworking: true, subnets: [], localZones: [] }]", "nginx:1", "aws-isolated-image-registry-unreachable:warning")]
    [InlineData("privateCluster: { enabled: true }\n" + Group, "111122223333.dkr.ecr.us-east-1.amazonaws.com/shop/api:1", "aws-isolated-image-registry-unreachable:warning")]
    [InlineData("privateCluster: { enabled: true, skipEndpointCreation: true }\n" + Group, Here, "")]
    [InlineData("privateCluster: { enabled: true, skipEndpointCreation: true }\nvpc: { id: vpc-1, subnets: { private: { a: { id: subnet-1 } } } }\n" + Group, "nginx:1", "")]
    [InlineData("privateCluster: { enabled: true }\naddons: [{ name: eks-pod-identity-agent }]\niam: { podIdentityAssociations: [{ namespace: a, serviceAccountName: a, roleARN: 'arn:aws:iam::111122223333:role/a' }] }\n" + Group, Here, "aws-isolated-missing-companion-endpoints:warning")]
    [InlineData("vpc: { nat: { gateway: Disable } }\n" + Group, Here, "aws-isolated-cluster-endpoint-private-access-off:error " + Endpoints)]
    [InlineData("vpc: { nat: { gateway: Disable }, " + Api + " }\n" + Group, Here, Endpoints)]
    [InlineData("vpc: { nat: { gateway: Disable }, " + Api + " }\nfargateProfiles: [{ name: a, selectors: [{ namespace: shop }] }]", Here, Endpoints)]
    [InlineData("vpc: { nat: { gateway: Disable } }\nmanagedNodeGroups: [{ name: a }]", Here, "")]
    [InlineData("vpc: { nat: { gateway: Single } }\n" + Group, "nginx:1", "")]
    [InlineData("vpc: { nat: { gateway: \"${NAT}\" } }\n" + Group, "nginx:1", "")]
    [InlineData("kubernetesNetworkConfig: { ipFamily: IPv6 }\nvpc: { nat: { gateway: Disable } }\n" + Group, "nginx:1", "")]
    [InlineData(Group, "nginx:1", "")]
    public void The_network_is_judged_as_it_is_made(string config, string image, string expected) => Assert.Equal(expected, Findings(
    [
        ("cluster.yaml", $"apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata: {{ name: shop, region: eu-west-1 }}\n{config}\n"),
        ("k8s/api.yaml", Deployment(image)),
    ]));

    /// <summary>Pods that a group keeps away are no proof.</summary>
    [Theory]
    [InlineData("taints: [{ key: gpu, value: \"true\", effect: NoSchedule }]", "", "")]
    [InlineData("taints: { gpu: \"true:NoSchedule\" }", "", "")]
    [InlineData("taints: { gpu: \"true:NoSchedule\" }", "tolerations: [{ key: gpu, operator: Exists }]", "aws-isolated-image-registry-unreachable:warning")]
    [InlineData("labels: { team: shop }", "nodeSelector: { team: shop }", "aws-isolated-image-registry-unreachable:warning")]
    [InlineData("labels: { team: shop }", "nodeSelector: { team: web }", "")]
    public void Pods_land_where_labels_and_taints_let_them(string group, string pod, string expected) => Assert.Equal(expected, Findings(
    [
        ("cluster.yaml", $"apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata: {{ name: shop, region: eu-west-1 }}\nprivateCluster: {{ enabled: true }}\nmanagedNodeGroups: [{{ name: a, privateNetworking: true, {group} }}]\n"),
        ("k8s/api.yaml", Deployment("nginx:1", pod)),
    ]));
}
