namespace Analyzer.Kubernetes.Kustomize;

/// <summary>
/// How lists of Kubernetes' own kinds are merged: element by element where the type names keys, else as a whole. Of other kinds nothing is known, and their lists are
/// replaced. The keys are those of Kubernetes' published API description (<c>x-kubernetes-patch-merge-key</c>, <c>x-kubernetes-list-map-keys</c>).
/// </summary>
internal sealed class MergeSchema
{
    private static readonly MergeSchema Plain = new();
    private static readonly MergeSchema Metadata = new() { _lists = new(StringComparer.Ordinal) { ["ownerReferences"] = (["uid"], Plain), ["finalizers"] = ([], Plain) } };

    private static readonly MergeSchema Container = new()
    {
        _lists = new(StringComparer.Ordinal)
        {
            ["env"] = (["name"], Plain),
            ["ports"] = (["containerPort", "protocol"], Plain),
            ["volumeMounts"] = (["mountPath"], Plain),
            ["volumeDevices"] = (["devicePath"], Plain),
        },
    };

    private static readonly MergeSchema PodSpec = new()
    {
        _lists = new(StringComparer.Ordinal)
        {
            ["containers"] = (["name"], Container),
            ["initContainers"] = (["name"], Container),
            ["ephemeralContainers"] = (["name"], Container),
            ["volumes"] = (["name"], Plain),
            ["imagePullSecrets"] = (["name"], Plain),
            ["hostAliases"] = (["ip"], Plain),
            ["topologySpreadConstraints"] = (["topologyKey", "whenUnsatisfiable"], Plain),
        },
    };

    private static readonly MergeSchema Pod = Of(("metadata", Metadata), ("spec", PodSpec));
    private static readonly MergeSchema PodTemplate = Of(("metadata", Metadata), ("template", Pod));
    private static readonly MergeSchema Controller = Of(("metadata", Metadata), ("spec", Of(("template", Pod))));
    private static readonly MergeSchema CronJob = Of(("metadata", Metadata), ("spec", Of(("jobTemplate", Controller))));
    private static readonly MergeSchema AnyObject = Of(("metadata", Metadata));

    private static readonly MergeSchema Service = new()
    {
        _fields = AnyObject._fields,
        _nested = new(StringComparer.Ordinal) { ["spec"] = new MergeSchema { _lists = new(StringComparer.Ordinal) { ["ports"] = (["port", "protocol"], Plain) } } },
    };

    private static readonly MergeSchema ServiceAccount = new() { _fields = AnyObject._fields, _lists = new(StringComparer.Ordinal) { ["secrets"] = (["name"], Plain) } };
    private static readonly MergeSchema Webhooks = new() { _fields = AnyObject._fields, _lists = new(StringComparer.Ordinal) { ["webhooks"] = (["name"], Plain) } };

    private Dictionary<string, MergeSchema> _fields = [];
    private Dictionary<string, MergeSchema>? _nested;
    private Dictionary<string, (string[] Keys, MergeSchema Element)> _lists = [];

    /// <summary>The schema of an object; null for kinds of which nothing is known.</summary>
    internal static MergeSchema? Of(ObjectId id) => (id.Group, id.Version, id.Kind) switch
    {
        ("", "v1", "Pod") => Pod,
        ("", "v1", "PodTemplate") => PodTemplate,
        ("", "v1", "ReplicationController") => Controller,
        ("apps", "v1", "Deployment" or "DaemonSet" or "StatefulSet" or "ReplicaSet") or ("batch", "v1", "Job") => Controller,
        ("batch", "v1" or "v1beta1", "CronJob") => CronJob,
        ("", "v1", "Service") => Service,
        ("", "v1", "ServiceAccount") => ServiceAccount,
        ("admissionregistration.k8s.io", "v1" or "v1beta1", "ValidatingWebhookConfiguration" or "MutatingWebhookConfiguration") => Webhooks,
        ("" or "policy", "v1", _) => AnyObject,
        (var group, "v1", _) when group.EndsWith(".k8s.io", StringComparison.Ordinal) && group.Count('.') == 2 => AnyObject,
        _ => null,
    };

    /// <summary>The schema of a map in a field.</summary>
    internal MergeSchema Field(string name) => _nested?.GetValueOrDefault(name) ?? _fields.GetValueOrDefault(name, Plain);

    /// <summary>The keys that tell elements of a list in a field apart, and the schema of its elements; no keys for a list of scalars; null for a list that is replaced.</summary>
    internal (string[] Keys, MergeSchema Element)? ListField(string name) => _lists.TryGetValue(name, out var found) ? found : null;

    private static MergeSchema Of(params (string Name, MergeSchema Schema)[] fields)
    {
        var result = new MergeSchema { _fields = new(StringComparer.Ordinal) };
        foreach (var (name, schema) in fields)
        {
            result._fields.Add(name, schema);
        }

        return result;
    }
}
