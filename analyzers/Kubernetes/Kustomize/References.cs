using Analyzer.Facts.Values;

namespace Analyzer.Kubernetes.Kustomize;

/// <summary>Lets fields that call an object by name follow it when the build has renamed it. Only objects of the build can be meant, and only fields that are known.</summary>
internal static class References
{
    /// <summary>Rewrites all references.</summary>
    internal static void Follow(BuildState state)
    {
        var renamed = new Dictionary<string, List<BuildObject>>(StringComparer.Ordinal);
        foreach (var each in state.Objects)
        {
            foreach (var name in each.Previous.Select(before => before.Name).Distinct(StringComparer.Ordinal))
            {
                if (!renamed.TryGetValue(name, out var list))
                {
                    renamed.Add(name, list = []);
                }

                list.Add(each);
            }
        }

        if (renamed.Count == 0)
        {
            return;
        }

        var byKind = state.Settings.References.ToLookup(reference => reference.Field.Kind, StringComparer.Ordinal);
        foreach (var referrer in state.Objects)
        {
            foreach (var reference in byKind[referrer.Original.Kind].Concat(byKind[""]))
            {
                if (reference.Field.Fits(referrer.Original))
                {
                    referrer.Body = reference.Field.Apply(referrer.Body, value => Followed(value!, referrer, reference, renamed));
                }
            }
        }
    }

    private static Value Followed(Value value, BuildObject referrer, NameReference reference, Dictionary<string, List<BuildObject>> renamed)
    {
        switch (value)
        {
            case ListValue list:
                return list.WithItems(item => Followed(item, referrer, reference, renamed));
            case MapValue map when ObjectId.Text(map["name"]) is { Length: > 0 } name:
                var space = ObjectId.Text(map["namespace"]);
                var meant = Candidates(name, referrer, reference, renamed);
                if (space.Length > 0)
                {
                    var original = meant.FindAll(each => each.Original.EffectiveNamespace == space);
                    meant = original.Count > 0 ? original : meant.FindAll(each => each.Current.EffectiveNamespace == space);
                }

                if (Choose(meant, referrer) is not { } target)
                {
                    return map;
                }

                var changed = target.Current.Name == name ? map : map.WithEntry("name", Named(map["name"]!, target));
                return target.Current.Namespace.Length == 0 || target.Current.Namespace == space ? changed : changed.WithEntry("namespace", SpaceOf(target));
            case TextValue:
                return Choose(Candidates(ObjectId.Text(value), referrer, reference, renamed), referrer) is { } only && only.Current.Name != ObjectId.Text(value) ? Named(value, only) : value;
            default:
                return value;
        }
    }

    private static List<BuildObject> Candidates(string name, BuildObject referrer, NameReference reference, Dictionary<string, List<BuildObject>> renamed)
    {
        if (!renamed.TryGetValue(name, out var called))
        {
            return [];
        }

        var role = reference.Field.Path.EndsWith("roleRef/name", StringComparison.Ordinal) ? referrer.Body["roleRef"] as MapValue : null;
        return called.FindAll(each => each.Previous.Exists(reference.Means)
            && (role is null || each.Previous.Exists(id => id.Kind == ObjectId.Text(role["kind"]) && id.Group == ObjectId.Text(role["apiGroup"])))
            && MayMean(referrer, each));
    }

    /// <summary>Only what is in the same namespace is meant, unless one of the two has none; accounts are named across namespaces.</summary>
    private static bool MayMean(BuildObject referrer, BuildObject target) =>
        referrer.Current.IsClusterScoped || target.Current.IsClusterScoped || referrer.Current.EffectiveNamespace == target.Current.EffectiveNamespace
        || (target.Current.Kind == "ServiceAccount" && referrer.Current.Kind == "RoleBinding" && SubjectSpaces(referrer).Contains(target.Current.Namespace, StringComparer.Ordinal));

    private static IEnumerable<string> SubjectSpaces(BuildObject binding) =>
        (binding.Body["subjects"] as ListValue)?.Values.OfType<MapValue>().Where(subject => ObjectId.Text(subject["kind"]) == "ServiceAccount").Select(subject => ObjectId.Text(subject["namespace"])) ?? [];

    private static BuildObject? Choose(List<BuildObject> candidates, BuildObject referrer)
    {
        if (candidates.Count > 1)
        {
            candidates = candidates.FindAll(each => each.SharesNamesWith(referrer, emptyFits: true));
        }

        if (candidates.Count > 1)
        {
            candidates = candidates.FindAll(each => each.SharesNamesWith(referrer, emptyFits: false));
        }

        return candidates.Count == 1 || (candidates.Count > 1 && candidates.TrueForAll(each => each.Current.Name == candidates[0].Current.Name)) ? candidates[0] : null;
    }

    private static Value Named(Value written, BuildObject target)
    {
        var name = ((MapValue)target.Body["metadata"]!)["name"]!;
        var place = name.Trace?.Place ?? target.Source.Place;
        return name.With(new Trace(StepKind.Overlay, "name", place, written.Trace));
    }

    private static Value SpaceOf(BuildObject target) => ((MapValue)target.Body["metadata"]!)["namespace"]!;
}
