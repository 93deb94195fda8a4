using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Kubernetes.Kustomize;
using Analyzer.Kubernetes.Manifests;

namespace Analyzer.Kubernetes.GitOps;

/// <summary>
/// What a delivery changes on its way to the cluster: components, patches, images and prefixes of a Flux Kustomization, the <c>kustomize</c> part of an Application's source. Both tools write them into the
/// kustomization of the folder, so they are made as kustomize makes them.
/// </summary>
internal static class DeliveryChanges
{
    private static readonly string[] OfFlux = ["patches", "patchesStrategicMerge", "patchesJson6902", "images", "namePrefix", "nameSuffix"];
    private static readonly string[] OfArgo = ["patches", "namePrefix", "nameSuffix", "commonLabels", "commonAnnotations", "replicas"];

    /// <summary>Kinds of entries with which a component brings objects of its own, or changes the order of things: those are not made here.</summary>
    private static readonly string[] Bringing = ["resources", "bases", "components", "configurations", "generators", "transformers", "configMapGenerator", "secretGenerator", "helmCharts", "vars", "replacements"];

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

        return entries.Count == 0 && !(delivery.IsFlux && ComponentsOf(delivery).Any()) ? null : (MapValue)new MapValue([.. entries]) { Place = from.Place }.With(from.Trace);
    }

    /// <summary>What of the components of a delivery is not made here: the entry that names it, and why; null for nothing.</summary>
    internal static (Value At, string Reason)? Unmade(Delivery delivery, FileTree files)
    {
        foreach (var entry in delivery.IsFlux ? ComponentsOf(delivery) : [])
        {
            if (Component(delivery, entry, files) is not { } component)
            {
                return (entry, "a component of the delivery is not in the repository");
            }

            if (Bringing.Any(key => component.Body[key] is not null))
            {
                return (entry, "a component of the delivery brings objects of its own");
            }
        }

        return null;
    }

    /// <summary>
    /// The objects of a world with the changes of what delivers it. Where several deliveries make different things of an object, nobody knows which of them is meant: what it specifies is not
    /// known then.
    /// </summary>
    internal static IReadOnlyList<ManifestObject> Make(IReadOnlyList<ManifestObject> objects, IReadOnlyList<Delivery> deliveries, FileTree files)
    {
        if (deliveries.All(each => Of(each) is null))
        {
            return objects;
        }

        var variants = deliveries.Select(delivery => Changed(objects, delivery, files)).ToList();
        if (deliveries is [{ IsPart: false }])
        {
            return variants[0];
        }

        // A base may be taken in twice, so that several objects were written at one place.
        var (own, byPlace) = (objects.ToLookup(PlaceOf), variants.ConvertAll(variant => variant.ToLookup(PlaceOf)));
        return [.. own.SelectMany(group => group.Select((each, at) => Common(each, byPlace.ConvertAll(variant => variant[group.Key].Count() == group.Count() ? variant[group.Key].ElementAt(at) : null), deliveries)))];
    }

    private static (string Path, int Index) PlaceOf(ManifestObject each) => (each.File.Path, each.Index);

    private static ManifestObject Common(ManifestObject each, List<ManifestObject?> variants, IReadOnlyList<Delivery> deliveries)
    {
        if (variants.TrueForAll(variant => variant is not null && ReferenceEquals(variant.Body, each.Body)) || each.Body["spec"] is not { } spec)
        {
            return each;
        }

        // Of one delivery that brings only some files, nobody knows whether it brings this one.
        if (variants[0] is { } first && !deliveries.Any(delivery => delivery.IsPart) && variants.TrueForAll(variant => variant is not null && variant.Body.EqualTo(first.Body) == Truth.Yes))
        {
            return first;
        }

        var by = deliveries.First(delivery => Of(delivery) is not null);
        var unknown = new UnknownValue(UnknownReason.Ambiguous, "deliveries change it in different ways", by.By.Place).With(spec.Trace);
        return each with { Body = each.Body.WithEntry("spec", unknown) };
    }

    private static IReadOnlyList<ManifestObject> Changed(IReadOnlyList<ManifestObject> objects, Delivery delivery, FileTree files)
    {
        if (Of(delivery) is not { } change)
        {
            return objects;
        }

        var state = new BuildState();
        foreach (var each in objects)
        {
            state.Objects.Add(new BuildObject(each));
        }

        foreach (var component in delivery.IsFlux ? ComponentsOf(delivery).Select(entry => Component(delivery, entry, files)).OfType<Kustomization>() : [])
        {
            new Changes(component, state, files, new ProblemLog(), isPartial: true).Run();
        }

        // What a patch is for may lie in another folder below the delivered one.
        var kustomization = Kustomization.Given(delivery.By.File, change, files, new ProblemLog());
        new Changes(kustomization, state, files, new ProblemLog(), isPartial: true).Run();
        References.Follow(state);
        return [.. state.Objects.Select(each => each.Source with
        {
            Body = each.Body,
            Kind = ManifestObject.Spell(each.Body["kind"]) ?? each.Source.Kind,
            ApiVersion = ManifestObject.Spell(each.Body["apiVersion"]) ?? each.Source.ApiVersion,
        })];
    }

    private static IEnumerable<Value> ComponentsOf(Delivery delivery) => delivery.Spec["components"] is ListValue list ? list.Values : [];

    /// <summary>A component, named from the delivered folder.</summary>
    private static Kustomization? Component(Delivery delivery, Value entry, FileTree files)
    {
        if (entry is not TextValue { Known: { } written } || FileTree.Resolve(delivery.Folder, written) is not { } folder)
        {
            return null;
        }

        foreach (var name in (string[])["kustomization.yaml", "kustomization.yml", "Kustomization"])
        {
            if (files.Read(folder.Length == 0 ? name : $"{folder}/{name}") is { } file)
            {
                return Kustomization.Read(file, files, new ProblemLog());
            }
        }

        return null;
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
