using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.Languages.Functions;

namespace Analyzer.PullPath.Readers.Kubernetes;

/// <summary>An object of Kubernetes, from whatever language: a manifest, a manifest in Terraform, or a Terraform resource of the object's kind.</summary>
/// <param name="Resource">What declares it.</param>
/// <param name="Type">Group and kind.</param>
/// <param name="Body">The whole object in the spelling of <paramref name="IsTerraform"/>.</param>
/// <param name="IsTerraform">True when attributes and blocks are Terraform's own.</param>
internal sealed record KubernetesObject(Resource Resource, string Type, Value Body, bool IsTerraform)
{
    private static readonly (string Terraform, string Type, string? PodSpec)[] Typed =
    [
        ("kubernetes_pod", "/Pod", "spec"),
        ("kubernetes_deployment", "apps/Deployment", "spec.template.spec"),
        ("kubernetes_stateful_set", "apps/StatefulSet", "spec.template.spec"),
        ("kubernetes_daemonset", "apps/DaemonSet", "spec.template.spec"),
        ("kubernetes_daemon_set", "apps/DaemonSet", "spec.template.spec"),
        ("kubernetes_job", "batch/Job", "spec.template.spec"),
        ("kubernetes_cron_job", "batch/CronJob", "spec.job_template.spec.template.spec"),
        ("kubernetes_replication_controller", "/ReplicationController", "spec.template.spec"),
        ("kubernetes_service_account", "/ServiceAccount", ""),
        ("kubernetes_default_service_account", "/ServiceAccount", ""),
        ("kubernetes_secret", "/Secret", null),
    ];

    /// <summary>Kind without group.</summary>
    internal string Kind => Type[(Type.LastIndexOf('/') + 1)..];

    /// <summary>Version of the definition (<c>v1beta1</c>), as far as it is known.</summary>
    internal string? Version => IsTerraform ? null : Written.Find(Body, "apiVersion") is TextValue { Known: { } known } ? known[(known.LastIndexOf('/') + 1)..] : null;

    /// <summary>Where its pods are specified, for Terraform resources; null for others.</summary>
    internal string? PodSpec { get; init; }

    /// <summary><c>metadata.name</c>.</summary>
    internal Value Name => Resource.Type is "kubernetes_default_service_account" or "kubernetes_default_service_account_v1" ? new TextValue("default") : Written.Find(Body, "metadata.name");

    /// <summary>Labels of the object; closed and empty when none are written.</summary>
    internal Value Labels => OrEmpty(Written.Find(Body, "metadata.labels"));

    /// <summary>Annotations of the object; closed and empty when none are written.</summary>
    internal Value Annotations => OrEmpty(Written.Find(Body, "metadata.annotations"));

    /// <summary>
    /// <c>metadata.namespace</c>. Where none is written, Terraform's own resources are in <c>default</c>; a manifest is in whatever namespace it is applied to, the same for all
    /// of its set.
    /// </summary>
    internal Value Namespace => Written.Find(Body, "metadata.namespace") switch
    {
        NullValue or TextValue { Known: "" } when IsTerraform => new TextValue("default"),
        NullValue or TextValue { Known: "" } => new UnknownValue(
            UnknownReason.NoValue, "no namespace is written", Resource.Place, new Reference(new Address(Roots, ""), "namespace"), DataType.Text),
        var written => written,
    };

    /// <summary>Names the set with which the object is applied.</summary>
    internal string Roots => RootsOf(Resource);

    /// <summary>Names the set with which a resource is applied: its kustomizations, its folder, its Terraform root.</summary>
    internal static string RootsOf(Resource resource) => resource.Address.Scope;

    /// <summary>All objects of a repository; text in Terraform is decoded once.</summary>
    internal static IReadOnlyList<KubernetesObject> Of(World world) =>
        world.Shared<IReadOnlyList<KubernetesObject>>(static world => [.. world.Inventory.Resources.Select(Of).OfType<KubernetesObject>()]);

    /// <summary>The object that a resource declares; null for none, or for one whose kind is not known.</summary>
    internal static KubernetesObject? Of(Resource resource) => resource switch
    {
        { IsData: true } => null,
        { Language: Language.Kubernetes } => new KubernetesObject(resource, resource.Type, resource.Body, IsTerraform: false),
        { Language: Language.Terraform } when resource.Type.StartsWith("kube", StringComparison.Ordinal) => InTerraform(resource),
        _ => null,
    };

    private static KubernetesObject? InTerraform(Resource resource)
    {
        if (resource.Type is "kubernetes_manifest" or "kubectl_manifest")
        {
            var body = resource.Type == "kubernetes_manifest" ? resource.At("manifest") : Decoded(resource.At("yaml_body"));
            return body is MapValue map && map["kind"] is TextValue { Known: { } kind } && map["apiVersion"] is TextValue { Known: { } version }
                ? new KubernetesObject(resource, $"{(version.LastIndexOf('/') is > 0 and var slash ? version[..slash] : "")}/{kind}", Overridden(map, resource), IsTerraform: false)
                : null;
        }

        var name = resource.Type.EndsWith("_v1", StringComparison.Ordinal) ? resource.Type[..^3] : resource.Type;
        foreach (var (terraform, type, podSpec) in Typed)
        {
            if (terraform == name)
            {
                return new KubernetesObject(resource, type, resource.Body, IsTerraform: true) { PodSpec = podSpec };
            }
        }

        return null;
    }

    private static Value Decoded(Value text) => text switch
    {
        TextValue { Content: { Format: "yaml" or "json", Content: var content } } => content,
        TextValue written => YamlText.Decode(written, written.Trace?.Made.Place),
        _ => text,
    };

    /// <summary>A manifest of the kubectl provider may be given another namespace.</summary>
    private static MapValue Overridden(MapValue body, Resource resource) => resource.At("override_namespace") is var space and not NullValue && body["metadata"] is MapValue metadata
        ? body.WithEntry("metadata", metadata.WithEntry("namespace", space))
        : body;

    private static Value OrEmpty(Value value) => value is NullValue ? MapValue.Empty : value;
}
