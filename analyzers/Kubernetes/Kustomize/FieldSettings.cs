using System.Collections.Immutable;
using Analyzer.Facts.Values;

namespace Analyzer.Kubernetes.Kustomize;

/// <summary>Which fields the transformations of a build reach: those of kustomize itself, and those that <c>configurations</c> add.</summary>
internal sealed record FieldSettings
{
    private static readonly FieldSpec[] TemplateMetadata =
    [
        new("metadata/labels", Create: true),
        new("spec/template/metadata/labels", "ReplicationController", "", "v1", Create: true),
        new("spec/template/metadata/labels", "Deployment", Create: true),
        new("spec/template/metadata/labels", "ReplicaSet", Create: true),
        new("spec/template/metadata/labels", "DaemonSet", Create: true),
        new("spec/template/metadata/labels", "StatefulSet", "apps", Create: true),
        new("spec/template/metadata/labels", "Job", "batch", Create: true),
        new("spec/jobTemplate/metadata/labels", "CronJob", "batch", Create: true),
        new("spec/jobTemplate/spec/template/metadata/labels", "CronJob", "batch", Create: true),
    ];

    /// <summary>What kustomize does without configuration.</summary>
    internal static FieldSettings Default { get; } = new();

    /// <summary>Labels with selectors: <c>commonLabels</c>, <c>includeSelectors</c>.</summary>
    internal ImmutableArray<FieldSpec> CommonLabels { get; private init; } = [.. Selectors(), .. TemplateMetadata, new("spec/volumeClaimTemplates[]/metadata/labels", "StatefulSet", "apps", Create: true)];

    /// <summary>Labels of objects and of their pods: <c>includeTemplates</c>.</summary>
    internal ImmutableArray<FieldSpec> TemplateLabels { get; private init; } = [.. TemplateMetadata];

    /// <summary><c>commonAnnotations</c>.</summary>
    internal ImmutableArray<FieldSpec> Annotations { get; private init; } =
    [
        new("metadata/annotations", Create: true),
        new("spec/template/metadata/annotations", "ReplicationController", "", "v1", Create: true),
        new("spec/template/metadata/annotations", "Deployment", Create: true),
        new("spec/template/metadata/annotations", "ReplicaSet", Create: true),
        new("spec/template/metadata/annotations", "DaemonSet", Create: true),
        new("spec/template/metadata/annotations", "StatefulSet", Create: true),
        new("spec/template/metadata/annotations", "Job", "batch", Create: true),
        new("spec/jobTemplate/metadata/annotations", "CronJob", "batch", Create: true),
        new("spec/jobTemplate/spec/template/metadata/annotations", "CronJob", "batch", Create: true),
    ];

    /// <summary><c>namespace</c>, besides the namespace of the object itself.</summary>
    internal ImmutableArray<FieldSpec> Namespace { get; private init; } =
    [
        new("metadata/name", "Namespace", "", "v1", Create: true),
        new("spec/service/namespace", "APIService", "apiregistration.k8s.io", Create: true),
        new("spec/conversion/webhook/clientConfig/service/namespace", "CustomResourceDefinition", "apiextensions.k8s.io"),
    ];

    /// <summary><c>images</c>, besides lists of containers.</summary>
    internal ImmutableArray<FieldSpec> Images { get; private init; } =
        [.. new[] { "spec/", "spec/template/spec/" }.SelectMany(prefix => new FieldSpec[] { new(prefix + "containers[]/image"), new(prefix + "initContainers[]/image"), new(prefix + "volumes[]/image/reference") })];

    /// <summary><c>replicas</c>.</summary>
    internal ImmutableArray<FieldSpec> Replicas { get; private init; } =
        [.. new[] { "Deployment", "ReplicationController", "ReplicaSet", "StatefulSet" }.Select(kind => new FieldSpec("spec/replicas", kind, Create: true))];

    /// <summary>Names that prefixes and suffixes change, besides that of the object itself.</summary>
    internal ImmutableArray<FieldSpec> Names { get; private init; } = [];

    /// <summary>Where <c>vars</c> are put in.</summary>
    internal ImmutableArray<FieldSpec> Variables { get; private init; } = [.. VariableFields()];

    /// <summary>Fields that follow renamed objects.</summary>
    internal ImmutableArray<NameReference> References { get; private init; } = [.. NameReference.Defaults];

    /// <summary>These settings and those of a configuration file.</summary>
    internal FieldSettings With(MapValue configuration) => this with
    {
        CommonLabels = CommonLabels.AddRange(Specs(configuration["commonLabels"])),
        TemplateLabels = TemplateLabels.AddRange(Specs(configuration["templateLabels"])),
        Annotations = Annotations.AddRange(Specs(configuration["commonAnnotations"])),
        Namespace = Namespace.AddRange(Specs(configuration["namespace"]).Where(spec => spec.Path != "metadata/namespace")),
        Images = Images.AddRange(Specs(configuration["images"])),
        Replicas = Replicas.AddRange(Specs(configuration["replicas"])),
        Names = Names.AddRange(Specs(configuration["namePrefix"]).Where(spec => spec.Path != "metadata/name")),
        Variables = Variables.AddRange(Specs(configuration["varReference"])),
        References = References.AddRange(ReferencesOf(configuration)),
    };

    /// <summary>These settings and those that another build has more than the default.</summary>
    internal FieldSettings With(FieldSettings other) => ReferenceEquals(other, Default) || ReferenceEquals(other, this) ? this : ReferenceEquals(this, Default) ? other : new FieldSettings
    {
        CommonLabels = Union(CommonLabels, other.CommonLabels),
        TemplateLabels = Union(TemplateLabels, other.TemplateLabels),
        Annotations = Union(Annotations, other.Annotations),
        Namespace = Union(Namespace, other.Namespace),
        Images = Union(Images, other.Images),
        Replicas = Union(Replicas, other.Replicas),
        Names = Union(Names, other.Names),
        Variables = Union(Variables, other.Variables),
        References = Union(References, other.References),
    };

    /// <summary>Field specifications of a list in YAML; what is none is left out.</summary>
    internal static IEnumerable<FieldSpec> Specs(Value? value)
    {
        foreach (var entry in (value as ListValue)?.Values.OfType<MapValue>() ?? [])
        {
            if (ObjectId.Text(entry["path"]) is { Length: > 0 } path)
            {
                yield return new FieldSpec(path, ObjectId.Text(entry["kind"]), ObjectId.Text(entry["group"]), ObjectId.Text(entry["version"]), entry["create"] is BoolValue { Value: true });
            }
        }
    }

    private static ImmutableArray<T> Union<T>(ImmutableArray<T> first, ImmutableArray<T> second) => [.. first.Union(second)];

    private static IEnumerable<NameReference> ReferencesOf(MapValue configuration)
    {
        foreach (var entry in (configuration["nameReference"] as ListValue)?.Values.OfType<MapValue>() ?? [])
        {
            foreach (var spec in Specs(entry["fieldSpecs"]))
            {
                yield return new NameReference(ObjectId.Text(entry["kind"]), ObjectId.Text(entry["group"]), ObjectId.Text(entry["version"]), spec);
            }
        }
    }

    private static IEnumerable<FieldSpec> Selectors()
    {
        yield return new FieldSpec("spec/selector", "Service", "", "v1", Create: true);
        yield return new FieldSpec("spec/selector", "ReplicationController", "", "v1", Create: true);
        yield return new FieldSpec("spec/selector/matchLabels", "Deployment", Create: true);
        yield return new FieldSpec("spec/selector/matchLabels", "ReplicaSet", Create: true);
        yield return new FieldSpec("spec/selector/matchLabels", "DaemonSet", Create: true);
        yield return new FieldSpec("spec/selector/matchLabels", "StatefulSet", "apps", Create: true);
        foreach (var kind in (string[])["Deployment", "StatefulSet"])
        {
            foreach (var side in (string[])["podAffinity", "podAntiAffinity"])
            {
                yield return new FieldSpec($"spec/template/spec/affinity/{side}/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels", kind, "apps");
                yield return new FieldSpec($"spec/template/spec/affinity/{side}/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels", kind, "apps");
            }

            yield return new FieldSpec("spec/template/spec/topologySpreadConstraints/labelSelector/matchLabels", kind, "apps");
        }

        yield return new FieldSpec("spec/selector/matchLabels", "Job", "batch");
        yield return new FieldSpec("spec/jobTemplate/spec/selector/matchLabels", "CronJob", "batch");
        yield return new FieldSpec("spec/selector/matchLabels", "PodDisruptionBudget", "policy");
        yield return new FieldSpec("spec/podSelector/matchLabels", "NetworkPolicy", "networking.k8s.io");
        yield return new FieldSpec("spec/ingress/from/podSelector/matchLabels", "NetworkPolicy", "networking.k8s.io");
        yield return new FieldSpec("spec/egress/to/podSelector/matchLabels", "NetworkPolicy", "networking.k8s.io");
    }

    private static IEnumerable<FieldSpec> VariableFields()
    {
        foreach (var (kind, prefix) in NameReference.PodSpecs.Append(("ReplicaSet", "spec/template/spec/")))
        {
            foreach (var list in (string[])["containers", "initContainers"])
            {
                foreach (var field in (string[])["args", "command", "env/value", "volumeMounts/mountPath"])
                {
                    yield return new FieldSpec($"{prefix}{list}/{field}", kind);
                }
            }

            yield return new FieldSpec(prefix + "volumes/nfs/server", kind);
        }

        yield return new FieldSpec("spec/template/metadata/annotations", "Deployment");
        foreach (var path in (string[])["spec/rules/host", "spec/tls/hosts", "spec/tls/secretName"])
        {
            yield return new FieldSpec(path, "Ingress");
        }

        foreach (var path in (string[])["spec/ports/port", "spec/ports/targetPort"])
        {
            yield return new FieldSpec(path, "Service");
        }

        yield return new FieldSpec("spec/nfs/server", "PersistentVolume");
    }
}
