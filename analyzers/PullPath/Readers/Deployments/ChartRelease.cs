using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.Languages.Helm;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.Deployments;

/// <summary>A chart that somebody installs, with the values it is given: by Terraform, Flux, Argo CD or k3s.</summary>
/// <param name="Resource">What installs it.</param>
/// <param name="Chart">Its name without repository; null where that is not known.</param>
/// <param name="Trees">Values as trees, the weakest first.</param>
/// <param name="Single">Values by their dotted names, which win over trees.</param>
/// <param name="Unseen">Why it may be given values that are not seen.</param>
internal sealed record ChartRelease(Resource Resource, string? Chart, IReadOnlyList<Value> Trees, IReadOnlyList<(string Name, Value Value)> Single, IReadOnlyList<Cause> Unseen)
{
    /// <summary>All releases of a repository.</summary>
    internal static IReadOnlyList<ChartRelease> Of(World world) => world.Shared<IReadOnlyList<ChartRelease>>(static world =>
    [
        .. world.Inventory.OfType("helm_release").Where(each => !each.IsData).Select(OfTerraform),
        .. KubernetesObject.Of(world).SelectMany(OfObject),
    ]);

    /// <summary>A value by its dotted name; null where it is proven that none is given.</summary>
    internal Value At(string name)
    {
        foreach (var (single, value) in Single)
        {
            if (single == name)
            {
                return value;
            }
        }

        for (var at = Trees.Count - 1; at >= 0; at--)
        {
            if (Written.Find(Trees[at], name) is var value and not NullValue)
            {
                return value;
            }
        }

        return Unseen.Count == 0 ? NullValue.Instance : new UnknownValue([.. Unseen.Take(Cause.Limit)]);
    }

    /// <summary>All values as one tree, as far as they are seen.</summary>
    internal MapValue Values() => Single.Aggregate(
        Trees.OfType<MapValue>().Aggregate(MapValue.Empty, ChartValues.Overlay),
        (tree, single) => ChartValues.Overlay(tree, Nested(single.Name, single.Value)));

    /// <summary>A dotted name as maps within maps; a backslash keeps a dot in its key.</summary>
    private static MapValue Nested(string name, Value value)
    {
        for (var end = name.Length; ;)
        {
            var dot = name.LastIndexOf('.', end - 1);
            if (dot > 0 && name[dot - 1] == '\\')
            {
                end = dot;
                continue;
            }

            value = MapValue.Of((name[(dot + 1)..].Replace("\\.", ".", StringComparison.Ordinal), value));
            if (dot <= 0)
            {
                return (MapValue)value;
            }

            (name, end) = (name[..dot], dot);
        }
    }

    private static ChartRelease OfTerraform(Resource release) => new(
        release,
        NameOf(release.At("chart")),
        [.. Written.Blocks(release.Body, "values").Values.Select(Charts.Decoded)],
        [
            .. Written.Blocks(release.Body, "set").Values.Concat(Written.Blocks(release.Body, "set_list").Values).Select(Pair).OfType<Named>().Select(each => (each.Name, each.Value)),

            // What is sensitive is said to nobody.
            .. Written.Blocks(release.Body, "set_sensitive").Values.Select(Pair).OfType<Named>().Select(each => (each.Name, (Value)new UnknownValue(UnknownReason.External, $"{each.Name} is sensitive", release.Place))),
        ],
        Charts.HidesValues(release) ? [new Cause(UnknownReason.Missing, $"not all values of {release.Address.Path} are seen", release.Place, null)] : []);

    private static IEnumerable<ChartRelease> OfObject(KubernetesObject each)
    {
        var spec = Written.Find(each.Body, "spec");
        switch (each.Type)
        {
            case "helm.toolkit.fluxcd.io/HelmRelease":
                var hasFrom = Written.Blocks(spec, "valuesFrom") is not { Items: [], IsOpen: false };
                yield return new ChartRelease(each.Resource, NameOf(Written.Find(spec, "chart.spec.chart")), [Written.Find(spec, "values")], [], Hidden(hasFrom, each));
                break;
            case "helm.cattle.io/HelmChart":
                yield return new ChartRelease(each.Resource, NameOf(Written.Find(spec, "chart")), [Charts.Decoded(Written.Find(spec, "valuesContent"))], Entries(Written.Find(spec, "set")), Hidden(isHidden: false, each));
                break;
            case ArgoApplication.Type:
                foreach (var source in ArgoApplication.Sources(each.Body).Where(source => Written.Find(source, "chart") is not NullValue))
                {
                    var hasFiles = Written.Blocks(Written.Find(source, "helm"), "valueFiles") is not { Items: [], IsOpen: false };
                    yield return new ChartRelease(
                        each.Resource,
                        NameOf(Written.Find(source, "chart")),
                        [Charts.Decoded(Written.Find(source, "helm.values")), Written.Find(source, "helm.valuesObject")],
                        [.. Written.Blocks(Written.Find(source, "helm"), "parameters").Values.Select(Pair).OfType<Named>().Select(pair => (pair.Name, pair.Value))],
                        Hidden(hasFiles, each));
                }

                break;
        }
    }

    private static Cause[] Hidden(bool isHidden, KubernetesObject each) =>
        isHidden ? [new Cause(UnknownReason.Missing, $"not all values of {each.Resource.Address.Path} are seen", each.Resource.Place, null)] : [];

    private static string? NameOf(Value chart) => chart is TextValue { Known: { Length: > 0 } known } ? known[(known.LastIndexOf('/') + 1)..] : null;

    private static Named? Pair(Value block) => Written.Find(block, "name") is TextValue { Known: { } name } ? new Named(name, Written.Find(block, "value")) : null;

    private static (string Name, Value Value)[] Entries(Value map) => map is MapValue { Entries: var entries } ? [.. entries.Select(entry => (entry.Key, entry.Value))] : [];

    private sealed record Named(string Name, Value Value);
}
