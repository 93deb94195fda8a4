using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Kubernetes.Kustomize;
using Analyzer.Kubernetes.Manifests;

namespace Analyzer.Kubernetes.GitOps;

/// <summary>
/// What a delivery changes on its way to the cluster: patches, images and prefixes of a Flux Kustomization, the <c>kustomize</c> part of an Application's source. Both tools write them into the
/// kustomization of the folder, so they are made as kustomize makes them.
/// </summary>
internal static class DeliveryChanges
{
    private static readonly string[] OfFlux = ["patches", "patchesStrategicMerge", "patchesJson6902", "images", "namePrefix", "nameSuffix"];
    private static readonly string[] OfArgo = ["patches", "namePrefix", "nameSuffix", "commonLabels", "commonAnnotations", "replicas"];

    /// <summary>The changes of a delivery as a kustomization of its own; null for none.</summary>
    internal static MapValue? Of(Delivery delivery)
    {
        var from = delivery.IsFlux ? delivery.Spec : delivery.Source["kustomize"] as MapValue;
        if (from is null)
        {
            return null;
        }

        var entries = from.Entries.Where(entry => (delivery.IsFlux ? OfFlux : OfArgo).Contains(entry.Key, StringComparer.Ordinal) && entry.Value is not (NullValue or TextValue { Known: "" } or ListValue { Items: [], IsOpen: false })).ToList();
        if (!delivery.IsFlux && from["images"] is ListValue { Items: not [] } images)
        {
            entries.Add(new Entry("images", images.WithItems(Image)));
        }

        return entries.Count == 0 ? null : (MapValue)new MapValue([.. entries]) { Place = from.Place }.With(from.Trace);
    }

    /// <summary>
    /// The objects of a world with the changes of what delivers it. Where several deliveries differ, or one has something that is not read, nobody knows what reaches the cluster: that is a gap.
    /// </summary>
    internal static (IReadOnlyList<ManifestObject> Objects, Gap? Gap) Make(ManifestWorld world, IReadOnlyList<ManifestObject> objects, IReadOnlyList<Delivery> deliveries, FileTree files)
    {
        var changes = deliveries.Select(Of).ToList();
        if (changes.TrueForAll(each => each is null))
        {
            return (objects, null);
        }

        if (deliveries is not [{ IsPart: false } only] || changes[0] is not { } change)
        {
            var by = deliveries[changes.FindIndex(each => each is not null)];
            return (objects, new Gap { Address = new Address(world.Scope, $"{by.By.Kind}/{by.By.Name}"), Place = by.By.Place, Reason = "deliveries of this folder change its objects in different ways" });
        }

        var state = new BuildState();
        foreach (var each in objects)
        {
            state.Objects.Add(new BuildObject(each));
        }

        // What a patch is for may lie in another folder below the delivered one.
        var kustomization = Kustomization.Given(only.By.File, change, files, new ProblemLog());
        new Changes(kustomization, state, files, new ProblemLog(), isPartial: true).Run();
        References.Follow(state);
        return ([.. state.Objects.Select(each => each.Source with
        {
            Body = each.Body,
            Kind = ManifestObject.Spell(each.Body["kind"]) ?? each.Source.Kind,
            ApiVersion = ManifestObject.Spell(each.Body["apiVersion"]) ?? each.Source.ApiVersion,
        })], null);
    }

    /// <summary><c>name=new/name:tag@digest</c>, of which all but the name may be missing, as an entry of a kustomization.</summary>
    private static Value Image(Value written)
    {
        if (written is not TextValue { Known: { } text })
        {
            return written;
        }

        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var (target, at) = (text[(equals + 1)..], text.IndexOf('@', StringComparison.Ordinal));
        var digest = at < 0 ? null : text[(at + 1)..];
        target = at < 0 ? target : text[(equals + 1)..at];
        var colon = target.LastIndexOf(':');
        var tag = colon > target.LastIndexOf('/') ? target[(colon + 1)..] : null;
        var image = tag is null ? target : target[..colon];
        var parts = new List<(string, Value)> { ("name", Told(equals < 0 ? image : text[..equals])) };
        Add("newName", equals < 0 ? null : image);
        Add("newTag", tag);
        Add("digest", digest);
        return MapValue.Of(parts);

        void Add(string key, string? value)
        {
            if (value is not null)
            {
                parts.Add((key, Told(value)));
            }
        }

        Value Told(string value) => new TextValue(value).With(written.Trace);
    }
}
