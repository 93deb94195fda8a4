using System.Collections.Concurrent;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Kubernetes.Manifests;

namespace Analyzer.Kubernetes.Kustomize;

/// <summary>
/// What kustomizations make of an object on its way to a cluster. Names, namespaces, images, labels and annotations are computed where all ways agree; everything
/// else that a kustomization may change becomes unknown.
/// </summary>
internal sealed class Overlay(Renames renames, FileTree files, ProblemLog problems)
{
    private static readonly HashSet<string> ClusterScoped = new(
    [
        "Namespace", "Node", "PersistentVolume", "ClusterRole", "ClusterRoleBinding", "CustomResourceDefinition", "StorageClass", "PriorityClass", "IngressClass",
        "RuntimeClass", "APIService", "ValidatingWebhookConfiguration", "MutatingWebhookConfiguration", "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding",
        "CSIDriver", "CSINode", "VolumeAttachment", "FlowSchema", "PriorityLevelConfiguration", "CertificateSigningRequest", "PodSecurityPolicy",
    ],
    StringComparer.Ordinal);

    private static readonly HashSet<string> AccountUsers = new(
        ["Pod", "Deployment", "StatefulSet", "ReplicationController", "Job", "DaemonSet", "CronJob"], StringComparer.Ordinal);

    private static readonly HashSet<string> SecretUsers = new(
        ["Pod", "PodTemplate", "Deployment", "ReplicaSet", "DaemonSet", "StatefulSet", "ReplicationController", "Job", "CronJob", "ServiceAccount"], StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, List<Patch>> _patches = new(StringComparer.Ordinal);

    /// <summary>True for kinds that have no namespace.</summary>
    internal static bool IsClusterScoped(string kind) => ClusterScoped.Contains(kind);

    /// <summary>The object as it reaches the cluster, and the guard of its existence.</summary>
    internal (MapValue Body, Guard Guard) Apply(ManifestObject each, ManifestSet set)
    {
        if (set.Changers.Count == 0 || each.Kind == "CustomResourceDefinition")
        {
            return (each.Body, Guard.Always);
        }

        var body = each.Body;
        var guard = Guard.Always;
        foreach (var by in set.Changers)
        {
            foreach (var patch in _patches.GetOrAdd(by.Folder, _ => Patch.Of(by, files, problems)))
            {
                (body, var mayGo) = patch.Blur(each with { Body = body });
                guard = mayGo ? Guard.When($"kustomize {set.Roots} keeps {each.Kind} {each.Name}", true, $"no kustomization deletes {each.Kind} {each.Name}") : guard;
            }

            body = by.HasPlugIns ? PlugIns(body, by) : body;
        }

        body = ImageChanges.Apply(body, set);
        body = Follow(body, each, set);
        return (Metadata(body, each, set), guard);
    }

    private static MapValue PlugIns(MapValue body, Kustomization by)
    {
        var unknown = new UnknownValue(UnknownReason.NotComputed, "a transformer of a kustomization may change it", by.PlaceOf(by.Items("transformers").First()));
        return body.WithEntries(entry => entry.Key is "apiVersion" or "kind" or "metadata" ? entry.Value : unknown);
    }

    private MapValue Follow(MapValue body, ManifestObject each, ManifestSet set)
    {
        var (account, secret) = (AccountUsers.Contains(each.Kind), SecretUsers.Contains(each.Kind));
        return account || secret ? (MapValue)Walk(body, depth: 0) : body;

        Value Walk(Value value, int depth) => value switch
        {
            MapValue map when depth < 8 => map.WithEntries(entry => entry.Key switch
            {
                "serviceAccountName" or "serviceAccount" when account => renames.Follow(entry.Value, "ServiceAccount", set),
                "imagePullSecrets" when secret && entry.Value is ListValue list => list.WithItems(item =>
                    item is MapValue reference ? reference.WithEntries(part => part.Key == "name" ? renames.Follow(part.Value, "Secret", set) : part.Value) : item),
                "spec" or "template" or "jobTemplate" => Walk(entry.Value, depth + 1),
                _ => entry.Value,
            }),
            _ => value,
        };
    }

    private static MapValue Metadata(MapValue body, ManifestObject each, ManifestSet set)
    {
        if (body["metadata"] is not MapValue metadata)
        {
            return body;
        }

        // A patch may have made the name or the namespace unknown; that is not undone.
        if (ReferenceEquals(metadata["name"], each.Metadata["name"]) && metadata["name"] is not null)
        {
            var name = each.Kind == "Namespace" ? NamespaceOf(each.Metadata["name"]!, set) : Renames.Of(each, set);
            metadata = ReferenceEquals(name, metadata["name"]) ? metadata : metadata.WithEntry("name", name);
        }

        var written = metadata["namespace"] ?? NullValue.Instance;
        if (!IsClusterScoped(each.Kind) && written is not UnknownValue)
        {
            var outcome = NamespaceOf(written, set);
            metadata = ReferenceEquals(outcome, written) ? metadata : metadata.WithEntry("namespace", outcome);
        }

        var changed = body.WithEntry("metadata", WithAdded(metadata, set, inTemplate: false));
        return (MapValue)Templates(changed, set, depth: 0);
    }

    private static Value NamespaceOf(Value written, ManifestSet set) => Outcome.Of(
        set, written, "namespace", static (value, by) => by.Namespace is { } given ? given.With(new Trace(StepKind.Overlay, "namespace", by.PlaceOf(given), given.Trace)) : value, written is TextValue text ? text.ToString() : "");

    /// <summary>Adds labels and annotations to the metadata of pod templates.</summary>
    private static Value Templates(Value value, ManifestSet set, int depth) => value is MapValue map && depth < 8
        ? map.WithEntries(entry => entry.Key switch
        {
            "template" when entry.Value is MapValue template => Templates(
                WithAdded(template["metadata"] as MapValue ?? MapValue.Empty, set, inTemplate: true) is { Entries.Length: > 0 } metadata ? template.WithEntry("metadata", metadata) : template, set, depth + 1),
            "spec" or "jobTemplate" => Templates(entry.Value, set, depth + 1),
            _ => entry.Value,
        })
        : value;

    private static MapValue WithAdded(MapValue metadata, ManifestSet set, bool inTemplate)
    {
        metadata = With(metadata, "labels", by => by.Labels.Where(added => added.InTemplates || !inTemplate).Select(added => added.Pairs));
        return With(metadata, "annotations", by => by.Annotations is { } annotations ? [annotations] : []);

        MapValue With(MapValue metadata, string key, Func<Kustomization, IEnumerable<MapValue>> added)
        {
            var keys = set.Changers.SelectMany(added).SelectMany(map => map.Entries).Select(entry => entry.Key).Distinct(StringComparer.Ordinal).ToList();
            var map = metadata[key] as MapValue ?? MapValue.Empty;
            if (keys.Count == 0 || metadata[key] is UnknownValue)
            {
                return metadata;
            }

            foreach (var name in keys)
            {
                var value = Outcome.Of(set, map[name] ?? NullValue.Instance, key[..^1], (value, by) => added(by).Select(pairs => pairs[name]).LastOrDefault(pair => pair is not null) ?? value, name);
                map = map.WithEntry(name, value);
            }

            return metadata.WithEntry(key, map);
        }
    }
}
