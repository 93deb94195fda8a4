using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Tracing;

/// <summary>Commands that tell on a live cluster what cannot be told from files. What is not known stands in capitals, for the reader to fill in.</summary>
internal static class LiveChecks
{
    internal static string Pods(Workload? workload) => workload?.Kind == "TaskDefinition"
        ? $"aws ecs list-tasks --cluster CLUSTER --family {Name(workload.Name, "FAMILY")}"
        : $"kubectl get pods --namespace {Name(workload?.Namespace, "NAMESPACE")} --output wide";

    internal static string Pull(string image) => $"crictl pull {image}";

    /// <summary>Docker Hub answers at another host than the one in the names of its images.</summary>
    internal static string Reach(Registry? registry) => $"curl -v https://{(Name(registry?.Host, "REGISTRY") is var host && host == "docker.io" ? "registry-1.docker.io" : host)}/v2/";

    /// <summary>Asks the service of ECR that nodes ask beside the registry: for tokens, or for layers.</summary>
    internal static string Reach(Registry registry, string? service)
    {
        var region = Name(registry.Region, "REGION");
        var suffix = registry.Host is TextValue { Known: { } host } && host.IndexOf($".{region}.", StringComparison.Ordinal) is > 0 and var at ? host[(at + region.Length + 2)..] : "amazonaws.com";
        return service switch
        {
            "ecr.api" => $"curl -v https://api.ecr.{region}.{suffix}/",
            "s3" => $"curl -v https://prod-{region}-starport-layer-bucket.s3.{region}.{suffix}/",
            _ => Reach(registry),
        };
    }

    internal static string Token => "curl -X PUT http://169.254.169.254/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 60'";

    internal static string Scopes => "curl -H 'Metadata-Flavor: Google' http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/scopes";

    internal static string Trust(Identity? role) => $"aws iam get-role --role-name {Name(role?.Name, "ROLE")} --query Role.AssumeRolePolicyDocument";

    internal static string Order => "kubectl get events --all-namespaces --field-selector reason=Failed";

    internal static string IdentityOf(NodePool pool) => pool.Kind switch
    {
        "eks-managed" => $"aws eks describe-nodegroup --cluster-name {ClusterOf(pool)} --nodegroup-name {Name(pool.Name, "NODEGROUP")} --query nodegroup.nodeRole",
        "eks-fargate" => $"aws eks describe-fargate-profile --cluster-name {ClusterOf(pool)} --fargate-profile-name {Name(pool.Name, "PROFILE")} --query fargateProfile.podExecutionRoleArn",
        "ecs-fargate" => $"aws ecs describe-task-definition --task-definition {Name(pool.Name, "FAMILY")} --query taskDefinition.executionRoleArn",
        "eks-auto" => $"aws eks describe-cluster --name {ClusterOf(pool)} --query cluster.computeConfig.nodeRoleArn",
        "karpenter" => $"kubectl get ec2nodeclasses {Name(pool.Name, "CLASS")} --output jsonpath='{{.spec.role}}{{.spec.instanceProfile}}'",
        "aks" => $"az aks show --name {ClusterOf(pool)} --resource-group GROUP --query identityProfile.kubeletidentity",
        _ when pool.Kind.StartsWith("gke", StringComparison.Ordinal) => $"gcloud container node-pools describe {Name(pool.Name, "POOL")} --cluster {ClusterOf(pool)} --format 'value(config.serviceAccount)'",
        _ => "aws sts get-caller-identity",
    };

    internal static string Permission(NodePool pool, Identity? identity, Registry registry) => registry.Kind switch
    {
        "ecr" => $"aws iam simulate-principal-policy --policy-source-arn arn:aws:iam::ACCOUNT:role/{Name(identity?.Name, "ROLE")} --action-names ecr:GetAuthorizationToken ecr:BatchGetImage ecr:GetDownloadUrlForLayer",
        "acr" => $"az aks check-acr --name {ClusterOf(pool)} --resource-group GROUP --acr {Name(registry.Host, "REGISTRY")}",
        _ => $"gcloud projects get-iam-policy {Name(registry.Account, "PROJECT")} --flatten 'bindings[].members' --filter 'bindings.members:{Name(identity?.Name, "ACCOUNT")}'",
    };

    private static string ClusterOf(NodePool pool) => Name(pool.Cluster.As<Cluster>()?.Name, "CLUSTER");

    private static string Name(Value? value, string otherwise) => value is TextValue { Known: { Length: > 0 } known } && !known.Contains(' ', StringComparison.Ordinal) ? known : otherwise;
}
