namespace Analyzer.Kubernetes.Kustomize;

/// <summary>A field that calls an object of a kind by its name, and follows when that is renamed.</summary>
/// <param name="Kind">The kind of object that is called.</param>
/// <param name="Group">Its group; empty for any.</param>
/// <param name="Version">Its version; empty for any.</param>
/// <param name="Field">The field that calls it.</param>
internal sealed record NameReference(string Kind, string Group, string Version, FieldSpec Field)
{
    /// <summary>Kinds with pods in them, and the way to these.</summary>
    internal static readonly (string Kind, string Prefix)[] PodSpecs =
    [
        ("Pod", "spec/"), ("Deployment", "spec/template/spec/"), ("DaemonSet", "spec/template/spec/"), ("StatefulSet", "spec/template/spec/"),
        ("Job", "spec/template/spec/"), ("CronJob", "spec/jobTemplate/spec/template/spec/"),
    ];

    private static readonly (string Kind, string Prefix)[] Rarer = [("ReplicaSet", "spec/template/spec/"), ("PodTemplate", "template/spec/")];
    private static readonly (string Kind, string Prefix)[] Controller = [("ReplicationController", "spec/template/spec/")];

    private static readonly (string Kind, string Group, string Version, FieldSpec Field)[] Singles =
    [
        ("ConfigMap", "", "v1", new("spec/configSource/configMap", "Node")),
        ("ConfigMap", "", "v1", new("rules/resourceNames", "Role")),
        ("ConfigMap", "", "v1", new("rules/resourceNames", "ClusterRole")),
        ("ConfigMap", "", "v1", new(@"metadata/annotations/nginx.ingress.kubernetes.io\/fastcgi-params-configmap", "Ingress")),
        ("Secret", "", "v1", new("spec/tls/secretName", "Ingress")),
        ("Secret", "", "v1", new(@"metadata/annotations/ingress.kubernetes.io\/auth-secret", "Ingress")),
        ("Secret", "", "v1", new(@"metadata/annotations/nginx.ingress.kubernetes.io\/auth-secret", "Ingress")),
        ("Secret", "", "v1", new(@"metadata/annotations/nginx.ingress.kubernetes.io\/auth-tls-secret", "Ingress")),
        ("Secret", "", "v1", new("imagePullSecrets/name", "ServiceAccount")),
        ("Secret", "", "v1", new("parameters/secretName", "StorageClass")),
        ("Secret", "", "v1", new("parameters/adminSecretName", "StorageClass")),
        ("Secret", "", "v1", new("parameters/userSecretName", "StorageClass")),
        ("Secret", "", "v1", new("parameters/secretRef", "StorageClass")),
        ("Secret", "", "v1", new("rules/resourceNames", "Role")),
        ("Secret", "", "v1", new("rules/resourceNames", "ClusterRole")),
        ("Secret", "", "v1", new("spec/template/spec/containers/env/valueFrom/secretKeyRef/name", "Service", "serving.knative.dev", "v1")),
        ("Secret", "", "v1", new("spec/azureFile/secretName", "PersistentVolume")),
        ("Service", "", "v1", new("spec/serviceName", "StatefulSet", "apps")),
        ("Service", "", "v1", new("spec/rules/http/paths/backend/serviceName", "Ingress")),
        ("Service", "", "v1", new("spec/backend/serviceName", "Ingress")),
        ("Service", "", "v1", new("spec/rules/http/paths/backend/service/name", "Ingress")),
        ("Service", "", "v1", new("spec/defaultBackend/service/name", "Ingress")),
        ("Service", "", "v1", new("spec/service/name", "APIService", "apiregistration.k8s.io")),
        ("Service", "", "v1", new("webhooks/clientConfig/service", "ValidatingWebhookConfiguration", "admissionregistration.k8s.io")),
        ("Service", "", "v1", new("webhooks/clientConfig/service", "MutatingWebhookConfiguration", "admissionregistration.k8s.io")),
        ("Role", "rbac.authorization.k8s.io", "", new("roleRef/name", "RoleBinding", "rbac.authorization.k8s.io")),
        ("ClusterRole", "rbac.authorization.k8s.io", "", new("roleRef/name", "RoleBinding", "rbac.authorization.k8s.io")),
        ("ClusterRole", "rbac.authorization.k8s.io", "", new("roleRef/name", "ClusterRoleBinding", "rbac.authorization.k8s.io")),
        ("ServiceAccount", "", "v1", new("subjects", "RoleBinding", "rbac.authorization.k8s.io")),
        ("ServiceAccount", "", "v1", new("subjects", "ClusterRoleBinding", "rbac.authorization.k8s.io")),
        ("PersistentVolume", "", "v1", new("spec/volumeName", "PersistentVolumeClaim")),
        ("PersistentVolume", "", "v1", new("rules/resourceNames", "ClusterRole")),
        ("StorageClass", "storage.k8s.io", "v1", new("spec/storageClassName", "PersistentVolume")),
        ("StorageClass", "storage.k8s.io", "v1", new("spec/storageClassName", "PersistentVolumeClaim")),
        ("StorageClass", "storage.k8s.io", "v1", new("spec/volumeClaimTemplates/spec/storageClassName", "StatefulSet")),
        ("ValidatingAdmissionPolicy", "admissionregistration.k8s.io", "", new("spec/policyName", "ValidatingAdmissionPolicyBinding", "admissionregistration.k8s.io")),
    ];

    /// <summary>
    /// The fields that kustomize follows without further configuration. Nothing follows a service account in a ReplicaSet, and nothing at all follows in kinds of others.
    /// </summary>
    internal static IReadOnlyList<NameReference> Defaults { get; } = [.. All()];

    /// <summary>Whether an object of this name is of the kind that is called.</summary>
    internal bool Means(ObjectId id) =>
        (Kind.Length == 0 || Kind == id.Kind) && (Group.Length == 0 || Group == id.Group) && (Version.Length == 0 || Version == id.Version);

    private static IEnumerable<NameReference> All()
    {
        foreach (var scaled in (string[])["Deployment", "ReplicationController", "ReplicaSet", "StatefulSet"])
        {
            yield return new NameReference(scaled, "", "", new FieldSpec("spec/scaleTargetRef/name", "HorizontalPodAutoscaler"));
        }

        foreach (var (kind, prefix) in PodSpecs.Concat(Rarer))
        {
            foreach (var path in (string[])["volumes/configMap/name", "containers/env/valueFrom/configMapKeyRef/name", "initContainers/env/valueFrom/configMapKeyRef/name",
                "containers/envFrom/configMapRef/name", "initContainers/envFrom/configMapRef/name", "volumes/projected/sources/configMap/name"])
            {
                yield return new NameReference("ConfigMap", "", "v1", new FieldSpec(prefix + path, kind));
            }

            foreach (var path in (string[])["volumes/secret/secretName", "containers/env/valueFrom/secretKeyRef/name", "initContainers/env/valueFrom/secretKeyRef/name",
                "containers/envFrom/secretRef/name", "initContainers/envFrom/secretRef/name", "volumes/projected/sources/secret/name", "imagePullSecrets/name"])
            {
                yield return new NameReference("Secret", "", "v1", new FieldSpec(prefix + path, kind));
            }
        }

        foreach (var (kind, prefix) in PodSpecs.Concat(Controller))
        {
            yield return new NameReference("ServiceAccount", "", "v1", new FieldSpec(prefix + "serviceAccountName", kind));
            yield return new NameReference("PersistentVolumeClaim", "", "v1", new FieldSpec(prefix + "volumes/persistentVolumeClaim/claimName", kind));
            yield return new NameReference("PriorityClass", "scheduling.k8s.io", "v1", new FieldSpec(prefix + "priorityClassName", kind));
        }

        foreach (var (kind, group, version, field) in Singles)
        {
            yield return new NameReference(kind, group, version, field);
        }
    }
}
