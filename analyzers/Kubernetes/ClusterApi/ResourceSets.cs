using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Kubernetes.GitOps;
using Analyzer.Kubernetes.Manifests;
using Analyzer.Languages.Yaml;

namespace Analyzer.Kubernetes.ClusterApi;

/// <summary>An object that is applied to a cluster of Cluster API.</summary>
/// <param name="Object">The object, at its place in the text that holds it.</param>
/// <param name="World">What is applied to that cluster.</param>
/// <param name="Cluster">The cluster: the name of its object, by reference; or an unknown.</param>
/// <param name="MayHavePlaceholders">Whether there may be placeholders in it.</param>
internal sealed record AppliedObject(ManifestObject Object, ManifestWorld World, Value Cluster, bool MayHavePlaceholders);

/// <summary>
/// What every <c>ClusterResourceSet</c> applies to the clusters that its selector chooses: the manifests in the texts of ConfigMaps and Secrets beside it. These objects are in those clusters, and not in the
/// one that the set itself is in.
/// </summary>
/// <remarks>The controller looks for clusters, ConfigMaps and Secrets in the namespace of the set alone; of a Secret of another type it applies nothing, and then nothing of the whole set.</remarks>
internal sealed class ResourceSets
{
    private const string SetGroup = "addons.cluster.x-k8s.io";
    private const string SecretType = "addons.cluster.x-k8s.io/resource-set";

    private readonly ProblemLog _problems;
    private readonly int _limit;
    private readonly List<AppliedObject> _objects = [];
    private readonly List<Gap> _gaps = [];
    private readonly Dictionary<Value, Manifest?> _read = new(ReferenceEqualityComparer.Instance);

    /// <summary>Reads the sets among objects.</summary>
    /// <param name="objects">All objects, by their final names and namespaces.</param>
    /// <param name="limit">How many objects the sets may apply together.</param>
    /// <param name="problems">For what cannot be applied.</param>
    internal ResourceSets(IReadOnlyList<Delivered> objects, int limit, ProblemLog problems)
    {
        (_problems, _limit) = (problems, limit);
        var sets = objects.Where(each => each.Object is { Kind: "ClusterResourceSet", Group: SetGroup }).ToList();
        if (sets.Count == 0)
        {
            return;
        }

        var worlds = sets.Select(each => each.World).ToHashSet();
        var clusters = objects.Where(each => each.Object is { Kind: "Cluster", Group: "cluster.x-k8s.io" }).ToLookup(each => each.World);
        var holders = objects.Where(each => worlds.Contains(each.World) && each.Object is { ApiVersion: "v1", Kind: "ConfigMap" or "Secret" }).ToLookup(each => KeyOf(each.World, each.Object.Kind, each.Object.Namespace, each.Object.Name));
        foreach (var set in sets)
        {
            Read(set, clusters[set.World], holders);
        }
    }

    /// <summary>What is applied, in the order of the sets.</summary>
    internal IReadOnlyList<AppliedObject> Objects => _objects;

    /// <summary>What would be applied too, and is not seen.</summary>
    internal IReadOnlyList<Gap> Gaps => _gaps;

    private static (ManifestWorld World, string Name) KeyOf(ManifestWorld world, string kind, string? space, string name) => (world, $"{kind}/{space}/{name}");

    private void Read(Delivered set, IEnumerable<Delivered> clusters, ILookup<(ManifestWorld World, string Name), Delivered> holders)
    {
        var spec = set.Object.Body["spec"].ToWriteIn();
        if (LabelMatch.AsksNothing(spec.Seen("clusterSelector")))
        {
            return;
        }

        var targets = TargetsOf(set, spec, clusters);
        var resources = new List<(Delivered? Holder, Value Name, string Kind)>();
        var listed = spec.Seen("resources");
        foreach (var resource in (listed as ListValue)?.Values ?? [])
        {
            var reference = resource.ToWriteIn();
            var kind = ManifestObject.Spell(reference["kind"]) ?? "";
            var name = reference.Seen("name") ?? NullValue.Instance;
            var holder = holders[KeyOf(set.World, kind, set.Object.Namespace, ManifestObject.Spell(name) ?? "")].FirstOrDefault(each => each.Object.Metadata["name"]?.EqualTo(name) == Truth.Yes);
            if (holder is { Object: { Kind: "Secret" } secret } && secret.Body["type"] is null or NullValue or TextValue { Known: not (null or SecretType) })
            {
                _problems.Add(new Problem("resource-set-invalid", $"A ClusterResourceSet applies nothing as long as a Secret in its list is not of type {SecretType}.", PlaceOf(name, set)));
                return;
            }

            resources.Add((holder, name, kind));
        }

        foreach (var (cluster, world) in targets)
        {
            if (listed is UnknownValue or ListValue { IsOpen: true })
            {
                AddGap(set.Address.Path, "what it applies is not known", PlaceOf(listed, set), world);
            }

            foreach (var (holder, name, kind) in resources)
            {
                if (holder is null)
                {
                    AddGap($"{kind}/{ManifestObject.Spell(name)}", $"no {(kind.Length > 0 ? kind : "object")} of that name is declared beside {set.Address.Path}", PlaceOf(name, set), world);
                }
                else if (!Apply(holder, cluster, world))
                {
                    return;
                }
            }
        }
    }

    /// <summary>The clusters that a set chooses. Those of other folders may be beside it in the same namespace too: where none is seen, or one may be chosen, there is one that nobody knows.</summary>
    private static List<(Value Cluster, ManifestWorld World)> TargetsOf(Delivered set, MapValue spec, IEnumerable<Delivered> clusters)
    {
        var targets = new List<(Value, ManifestWorld)>();
        var doubt = false;
        foreach (var cluster in clusters)
        {
            var fits = SpaceOf(set).EqualTo(SpaceOf(cluster)).And(LabelMatch.Fits(spec.Seen("clusterSelector"), cluster.Object.Metadata.Seen("labels")));
            if (fits == Truth.Yes)
            {
                var reference = new Reference(cluster.Address, "");
                var name = cluster.Object.Metadata["name"] ?? new TextValue(cluster.Object.Name);
                targets.Add((name.With(new Trace(StepKind.Attribute, cluster.Address.Path, cluster.Place, name.Trace, reference)), WorldOf(cluster)));
            }

            doubt |= fits == Truth.Unknown;
        }

        if (doubt || targets.Count == 0)
        {
            targets.Add((new UnknownValue(UnknownReason.External, $"which clusters {set.Address.Path} chooses is not known here", set.Place), WorldOf(set)));
        }

        return targets;
    }

    private static Value SpaceOf(Delivered each) => each.Object.Metadata.Seen("namespace") ?? NullValue.Instance;

    /// <summary>All that sets apply to one cluster is one world; its name is no folder, for nothing else is delivered there.</summary>
    private static ManifestWorld WorldOf(Delivered each) => new($"{each.World.Scope}#{each.Address.Path}", each.World.Origin == Origin.Template ? Origin.Template : Origin.Set);

    /// <summary>Applies the texts of a ConfigMap or Secret; false when there are too many objects.</summary>
    private bool Apply(Delivered holder, Value cluster, ManifestWorld world)
    {
        foreach (var (text, secret) in TextsOf(holder))
        {
            var manifest = ManifestIn(text, secret);
            if (manifest is null or { Lost: not null })
            {
                AddGap(holder.Address.Path, manifest?.Lost ?? "its text is not known", manifest?.LostAt ?? (secret ?? text).Trace?.Source.Place ?? holder.Place, world);
            }

            foreach (var each in manifest?.Objects ?? [])
            {
                if (_objects.Count == _limit)
                {
                    _problems.Add(new Problem("resource-set-limit", $"All ClusterResourceSets together apply more than {_limit} objects; the others are not seen.", holder.Place));
                    AddGap(holder.Address.Path, "too many objects are applied", holder.Place, world);
                    return false;
                }

                _objects.Add(new AppliedObject(each with { Index = _objects.Count }, world, cluster, manifest!.MayHavePlaceholders));
            }
        }

        return true;
    }

    /// <summary>
    /// The texts that an object holds; what is not known of them is an unknown among them. Of a text in base64 nobody can tell a line, and that of a Secret is not to be shown: its places are the name of the Secret.
    /// </summary>
    private static IEnumerable<(Value Text, Value? Secret)> TextsOf(Delivered holder)
    {
        var body = holder.Object.Body;
        var isSecret = holder.Object.Kind == "Secret";
        var plain = isSecret ? body.Seen("stringData") : null;
        foreach (var (part, isEncoded) in ((Value?, bool)[])[(plain, false), (body.Seen("data"), isSecret)])
        {
            foreach (var entry in (part as MapValue)?.Entries ?? [])
            {
                if (!isEncoded)
                {
                    yield return (entry.Value, null);
                }
                else if ((plain as MapValue)?.Find(entry.Key) is null)
                {
                    yield return (entry.Value, body.Seen("metadata").ToWriteIn()["name"] ?? entry.Value);
                }
            }

            if (part is not (null or NullValue or MapValue { IsOpen: false }))
            {
                yield return (part is UnknownValue ? part : new UnknownValue(UnknownReason.NoValue, "its text", part.Trace?.Source.Place).With(part.Trace), null);
            }
        }
    }

    /// <summary>The objects in a text, each text read once; null for one that is not known.</summary>
    private Manifest? ManifestIn(Value text, Value? secret)
    {
        if (!_read.TryGetValue(text, out var manifest))
        {
            var source = secret is null ? ScalarText.Embed(text) : text is TextValue { Known: { } base64 } && secret.Trace?.Source.Place is { } place && Decoded(base64) is { } decoded ? new StandIn(decoded, place) : null;
            _read.Add(text, manifest = source is null ? null : ManifestReader.ReadText(source, _problems));
        }

        return manifest;
    }

    private static SourceFile? Decoded(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? new SourceFile("", bytes.AsMemory(0, length)) : null;
    }

    private void AddGap(string name, string reason, Span place, ManifestWorld world) => _gaps.Add(new Gap { Address = new Address(world.Scope, name), Place = place, Reason = reason });

    private static Span PlaceOf(Value? value, Delivered set) => value?.Trace?.Source.Place is { File: not null } place ? place : set.Place;
}
