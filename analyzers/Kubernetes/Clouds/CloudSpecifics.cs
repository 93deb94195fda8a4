using System.Text;
using Analyzer.Facts.Values;
using Analyzer.Kubernetes.Manifests;

namespace Analyzer.Kubernetes.Clouds;

/// <summary>The objects beside one that declares something in a cloud.</summary>
/// <param name="Only">The only object of a type, as a reference to its name; null where there is none or several.</param>
/// <param name="Refer">What a reference (name, kind, namespace) leads to, as the attribute that is asked for.</param>
/// <param name="Writer">Azure Service Operator: what writes a key of a ConfigMap; null where that is not seen.</param>
internal sealed record Neighbours(Func<string, Value?> Only, Func<string, MapValue, Value> Refer, Func<MapValue, Value?> Writer);

/// <summary>What differs between the ways to write a resource of a cloud as an object, besides the case of its letters.</summary>
internal static class CloudSpecifics
{
    /// <summary>Attributes that Terraform calls otherwise.</summary>
    internal static IReadOnlyDictionary<(string Type, CloudSpelling Spelling, string Key), string> Names { get; } = new Dictionary<(string, CloudSpelling, string), string>
    {
        [("aws_eks_node_group", CloudSpelling.Ack, "node_role")] = "node_role_arn",
        [("aws_eks_node_group", CloudSpelling.Ack, "subnets")] = "subnet_ids",
        [("aws_eks_node_group", CloudSpelling.Ack, "cluster")] = "cluster_name",
        [("aws_eks_node_group", CloudSpelling.Ack, "name")] = "node_group_name",
        [("aws_eks_fargate_profile", CloudSpelling.Ack, "subnets")] = "subnet_ids",
        [("aws_eks_fargate_profile", CloudSpelling.Ack, "cluster")] = "cluster_name",
        [("aws_eks_fargate_profile", CloudSpelling.Ack, "pod_execution_role")] = "pod_execution_role_arn",
        [("aws_eks_fargate_profile", CloudSpelling.Ack, "name")] = "fargate_profile_name",
        [("aws_eks_cluster", CloudSpelling.Ack, "resources_vpc_config")] = "vpc_config",
        [("aws_eks_cluster", CloudSpelling.Ack, "role")] = "role_arn",
        [("aws_eks_addon", CloudSpelling.Ack, "cluster")] = "cluster_name",
        [("aws_eks_addon", CloudSpelling.Ack, "name")] = "addon_name",
        [("aws_eks_pod_identity_association", CloudSpelling.Ack, "cluster")] = "cluster_name",
        [("aws_eks_pod_identity_association", CloudSpelling.Ack, "role")] = "role_arn",
        [("aws_eks_access_entry", CloudSpelling.Ack, "cluster")] = "cluster_name",
        [("aws_iam_policy", CloudSpelling.Ack, "policy_document")] = "policy",
        [("aws_iam_openid_connect_provider", CloudSpelling.Ack, "client_ids")] = "client_id_list",
        [("azurerm_federated_identity_credential", CloudSpelling.ServiceOperator, "audiences")] = "audience",
        [("azurerm_kubernetes_cluster_node_pool", CloudSpelling.ClusterApi, "taints")] = "node_taints",
        [("aws_iam_role", CloudSpelling.Ack, "assume_role_policy_document")] = "assume_role_policy",
        [("aws_iam_role", CloudSpelling.Ack, "policies")] = "managed_policy_arns",
        [("aws_eks_node_group", CloudSpelling.ClusterApi, "eks_nodegroup_name")] = "node_group_name",
        [("aws_eks_cluster", CloudSpelling.ClusterApi, "eks_cluster_name")] = "name",
        [("google_container_cluster", CloudSpelling.ClusterApi, "cluster_name")] = "name",
        [("google_container_node_pool", CloudSpelling.ClusterApi, "node_pool_name")] = "name",
    };

    /// <summary>Maps whose keys are the user's, and documents.</summary>
    internal static bool IsFreeMap(string key) => key is "labels" or "tags" or "annotations" or "metadata" or "resourceLabels" or "nodeLabels" or "inlinePolicies" or "matchLabels";

    /// <summary><c>podExecutionRoleARN</c> as Terraform writes it: <c>pod_execution_role_arn</c>.</summary>
    internal static string Snake(string camel)
    {
        // The plural of an abbreviation is one word.
        var plural = camel.EndsWith("IDs", StringComparison.Ordinal) || camel.EndsWith("ARNs", StringComparison.Ordinal) ? camel[..^1] + "S" : camel;
        var result = new StringBuilder(camel.Length + 8);
        for (var at = 0; at < plural.Length; at++)
        {
            var isStart = char.IsAsciiLetterUpper(plural[at]) && at > 0
                && (!char.IsAsciiLetterUpper(plural[at - 1]) || (at + 1 < plural.Length && char.IsAsciiLetterLower(plural[at + 1])));
            result.Append(isStart ? "_" : "").Append(char.ToLowerInvariant(plural[at]));
        }

        return result.ToString();
    }

    /// <summary>The attribute of the target that a reference takes: the end of its own name says so, else the target's type.</summary>
    internal static string AttributeOf(string reference, CloudType target) =>
        reference.EndsWith("Arn", StringComparison.Ordinal) || reference.EndsWith("ARN", StringComparison.Ordinal) || reference is "nodeRole" or "podExecutionRole" ? "arn"
        : target.Spelling == CloudSpelling.Ack && target.Type is "aws_iam_role" or "aws_iam_policy" ? "arn"
        : reference is "owner" || reference.EndsWith("Id", StringComparison.Ordinal) || reference.EndsWith("ID", StringComparison.Ordinal) ? "id"
        : target.Type == "google_service_account" ? "email"
        : "name";

    /// <summary>The name a resource has in its cloud: given apart, else that of the object.</summary>
    internal static Value? NameOf(ManifestObject each)
    {
        var spec = each.Body["spec"] as MapValue;
        var apart = (each.Metadata["annotations"] as MapValue)?["crossplane.io/external-name"] ?? spec?["resourceID"] ?? spec?["azureName"] ?? spec?["eksClusterName"] ?? spec?["clusterName"];
        return apart is not (null or NullValue) ? apart : spec?["name"] is { } own and not NullValue ? own : each.Metadata["name"];
    }

    /// <summary>The type of what an object makes. A member of a policy is of the type of what the policy is about; null where that is nothing we know.</summary>
    internal static string? TypeOf(CloudType type, MapValue spec) => (type.Spelling, type.Type, ManifestObject.Spell((spec["resourceRef"] as MapValue)?["kind"])) switch
    {
        (CloudSpelling.ConfigConnector, "google_project_iam_member", "ArtifactRegistryRepository") => "google_artifact_registry_repository_iam_member",
        (CloudSpelling.ConfigConnector, "google_project_iam_member", "IAMServiceAccount") => "google_service_account_iam_member",
        (CloudSpelling.ConfigConnector, "google_project_iam_member", "StorageBucket") => "google_storage_bucket_iam_member",
        (CloudSpelling.ConfigConnector, "google_project_iam_member", "Project") => "google_project_iam_member",
        (CloudSpelling.ConfigConnector, "google_project_iam_member", _) => null,
        _ => type.Type,
    };

    /// <summary>The attributes with what stands elsewhere in the object: its name, what it belongs to, blocks of another shape.</summary>
    /// <param name="type">What is declared.</param>
    /// <param name="each">The object.</param>
    /// <param name="spec">Its specification as written.</param>
    /// <param name="body">Its attributes so far.</param>
    /// <param name="others">The objects beside it.</param>
    internal static MapValue Complete(CloudType type, ManifestObject each, MapValue spec, MapValue body, Neighbours others)
    {
        var name = type.Type switch
        {
            "aws_eks_node_group" => "node_group_name",
            "aws_eks_fargate_profile" => "fargate_profile_name",
            "google_service_account" => "account_id",
            "google_artifact_registry_repository" => "repository_id",
            "aws_eks_addon" => "addon_name",
            "aws_iam_role_policy_attachment" or "aws_route" or "azurerm_role_assignment" or "aws_eks_pod_identity_association" or "aws_eks_access_entry" or "aws_iam_openid_connect_provider" => "",
            _ => "name",
        };
        if (name.Length > 0 && body[name] is null or NullValue && NameOf(each) is { } value)
        {
            body = body.WithEntry(name, value);
        }

        return type.Spelling switch
        {
            CloudSpelling.ConfigConnector => ConfigConnector(type, each, spec, body),
            CloudSpelling.ServiceOperator => ServiceOperator(type, spec, body, others),
            CloudSpelling.ClusterApi => ClusterApi(type, each, spec, body, others.Only),
            _ => body,
        };
    }

    private static MapValue ConfigConnector(CloudType type, ManifestObject each, MapValue spec, MapValue body)
    {
        var annotations = each.Metadata["annotations"] as MapValue;
        if (annotations?["cnrm.cloud.google.com/project-id"] is { } project)
        {
            body = body.WithEntry("project", project);
        }

        if (annotations?["cnrm.cloud.google.com/remove-default-node-pool"] is TextValue { Known: "true" })
        {
            body = body.WithEntry("remove_default_node_pool", BoolValue.True);
        }

        if (type.Type != "google_project_iam_member")
        {
            return body;
        }

        var target = (spec["resourceRef"] as MapValue)?["kind"] is TextValue { Known: { } kind } ? kind : "";
        var of = body["resource"] ?? NullValue.Instance;
        body = target switch
        {
            "Project" => body.WithEntry("project", of),
            "ArtifactRegistryRepository" => body.WithEntry("repository", of),
            "StorageBucket" => body.WithEntry("bucket", of),
            "IAMServiceAccount" => body.WithEntry("service_account_id", of),
            _ => body,
        };
        return (body["member_from"] as MapValue)?["service_account"] is { } account
            ? body.WithEntry("member", TextValue.Of([new TextPart("serviceAccount:"), new TextPart(account)]).With(account.Trace))
            : body;
    }

    private static MapValue ServiceOperator(CloudType type, MapValue spec, MapValue body, Neighbours others)
    {
        switch (type.Type)
        {
            case "azurerm_kubernetes_cluster":
                body = Copy(spec, body, "oidcIssuerProfile.enabled", "oidc_issuer_enabled");
                body = Copy(spec, body, "securityProfile.workloadIdentity.enabled", "workload_identity_enabled");
                body = (spec["agentPoolProfiles"] as ListValue)?.Values.FirstOrDefault() is MapValue pool ? body.WithEntry("default_node_pool", pool) : body;
                return At(spec, "identityProfile") is { } identities
                    ? body.WithEntry("kubelet_identity", MapValue.Of(("user_assigned_identity_id", At(spec, "identityProfile.kubeletidentity.resourceReference") is MapValue reference
                        ? Named("owner", reference, others) : new UnknownValue(UnknownReason.External, "the kubelet identity is given by reference", identities.Trace?.Place))))
                    : body;
            case "azurerm_kubernetes_cluster_node_pool":
                return body.WithEntry("kubernetes_cluster_id", others.Only("azurerm_kubernetes_cluster") ?? new UnknownValue(UnknownReason.External, "the cluster is not declared here"));
            case "azurerm_container_registry":
                body = Copy(spec, body, "sku.name", "sku");
                return Copy(spec, body, "adminUserEnabled", "admin_enabled");
            case "azurerm_federated_identity_credential":
                body = spec["owner"] is MapValue identity ? body.WithEntry("parent_id", Named("owner", identity, others)) : body;
                return body["issuer"] is null or NullValue && spec["issuerFromConfig"] is { } from
                    ? body.WithEntry("issuer", new UnknownValue(UnknownReason.Computed, "the issuer stands in a ConfigMap that an operator writes", from.Trace?.Place)) : body;
            case "azurerm_role_assignment":
                return RoleAssignment(spec, body, others);
            default:
                return body;
        }
    }

    /// <summary>The owner is what the role is assigned on; the role is named by its well-known name or its id.</summary>
    private static MapValue RoleAssignment(MapValue spec, MapValue body, Neighbours others)
    {
        body = spec["owner"] is MapValue owner ? body.WithEntry("scope", Named("owner", owner, others)) : body;
        body = Copy(spec, body, "roleDefinitionReference.wellKnownName", "role_definition_name");
        body = Copy(spec, body, "roleDefinitionReference.armId", "role_definition_id");
        return body["principal_id"] is null or NullValue && spec["principalIdFromConfig"] is MapValue key
            ? body.WithEntry("principal_id", others.Writer(key) ?? new UnknownValue(UnknownReason.Computed, "the principal stands in a ConfigMap that an operator writes", key.Place))
            : body;
    }

    private static Value Named(string attribute, MapValue reference, Neighbours others) => reference["armId"] is { } id and not NullValue ? id : others.Refer(attribute, reference);

    private static MapValue ClusterApi(CloudType type, ManifestObject each, MapValue spec, MapValue body, Func<string, Value?> only)
    {
        var unknown = new UnknownValue(UnknownReason.External, "the controller of Cluster API chooses it", each.Place);
        switch (type.Type)
        {
            case "aws_launch_template":
                // Without a profile the provider takes the one that clusterawsadm makes.
                body = body.WithEntry("iam_instance_profile", MapValue.Of(("name", spec["iamInstanceProfile"] is { } profile and not NullValue and not TextValue { Known: "" } ? profile : unknown)));
                body = body["instance_metadata_options"] is { } options and not NullValue ? body.WithEntry("metadata_options", options) : body;
                return body.WithEntry("image_id", At(spec, "ami.id") ?? unknown).WithEntry("user_data", unknown);
            case "azurerm_kubernetes_cluster":
                body = Copy(spec, body, "oidcIssuerProfile.enabled", "oidc_issuer_enabled");
                body = Copy(spec, body, "securityProfile.workloadIdentity.enabled", "workload_identity_enabled");
                return spec["kubeletUserAssignedIdentity"] is { } kubelet and not NullValue ? body.WithEntry("kubelet_identity", MapValue.Of(("user_assigned_identity_id", kubelet))) : body;
            case "azurerm_kubernetes_cluster_node_pool":
                return body.WithEntry("kubernetes_cluster_id", only("azurerm_kubernetes_cluster") ?? unknown);
            case "aws_eks_node_group":
                return body.WithEntry("node_role_arn", spec["roleName"] ?? unknown).WithEntry("cluster_name", only("aws_eks_cluster") ?? unknown);
            case "aws_eks_cluster":
                body = body.WithEntry("role_arn", spec["roleName"] ?? unknown);
                return At(spec, "endpointAccess.private") is { } access ? body.WithEntry("vpc_config", MapValue.Of(("endpoint_private_access", access))) : body;
            case "google_container_cluster":
                // It makes no pool of its own; its nodes are those of machine pools, or Google's.
                return body.WithEntry("remove_default_node_pool", BoolValue.True).WithEntry("workload_identity_config", unknown).WithEntry("cluster_autoscaling", unknown);
            case "google_container_node_pool":
                body = body.WithEntry("cluster", only("google_container_cluster") ?? unknown);
                var account = At(spec, "nodeSecurity.serviceAccount") as MapValue;
                return body.WithEntry("node_config", MapValue.Of(("service_account", account?["email"] ?? NullValue.Instance), ("oauth_scopes", account?["scopes"] ?? unknown)));
            default:
                return body;
        }
    }

    private static MapValue Copy(MapValue spec, MapValue body, string path, string name) => At(spec, path) is { } value ? body.WithEntry(name, value) : body;

    /// <summary>Where an object keeps the attributes of what it declares.</summary>
    internal static MapValue AttributesOf(CloudType type, string kind, MapValue spec) => (type.Spelling, kind) switch
    {
        (CloudSpelling.Crossplane, _) => spec["forProvider"] as MapValue ?? MapValue.Empty,
        (CloudSpelling.ClusterApi, "AWSMachineTemplate") => At(spec, "template.spec") as MapValue ?? MapValue.Empty,
        (CloudSpelling.ClusterApi, "AWSMachinePool") => spec["awsLaunchTemplate"] as MapValue ?? MapValue.Empty,
        _ => spec,
    };

    /// <summary>A value at a path of keys; null for none.</summary>
    internal static Value? At(MapValue map, string path)
    {
        Value? value = map;
        foreach (var part in path.Split('.'))
        {
            value = (value as MapValue)?[part];
        }

        return value is NullValue ? null : value;
    }
}
