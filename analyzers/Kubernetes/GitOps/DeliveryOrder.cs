using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Kubernetes.Manifests;

namespace Analyzer.Kubernetes.GitOps;

/// <summary>
/// The order in which delivered objects are created, as stages: before each sync wave of Argo CD, before and after the hooks of a chart, and after what a Flux Kustomization depends on.
/// An object that declares a resource of a cloud is there long before that resource is; it counts only where Flux waits until it is ready.
/// </summary>
internal sealed class DeliveryOrder
{
    private readonly Deliveries _deliveries;
    private readonly Inventory _inventory;
    private readonly OrderStages _stages;

    /// <summary>Finds the order and adds its stages to an inventory.</summary>
    internal DeliveryOrder(IReadOnlyList<Delivered> objects, Deliveries deliveries, Inventory inventory)
    {
        (_deliveries, _inventory, _stages) = (deliveries, inventory, new OrderStages(inventory));
        var worlds = objects.GroupBy(each => each.World).ToList();
        var waves = new WaveOrder(deliveries, _stages);
        foreach (var world in worlds)
        {
            waves.Add(world.Key, world.ToList());
        }

        if (deliveries.ByFolder.Values.Any(list => list.Exists(each => each.IsFlux && each.Spec["dependsOn"] is ListValue)))
        {
            AddFlux(worlds);
        }

        AddReleases(objects);
    }

    /// <summary>What an object comes after: one stage at most.</summary>
    internal IReadOnlyList<Dependency> Of(Address address) => _stages.Of(address) is { } dependency ? [dependency] : [];

    /// <summary>Releases of Flux after those that they depend on, which must be ready before.</summary>
    private void AddReleases(IReadOnlyList<Delivered> objects)
    {
        var releases = objects.Where(each => each.Object is { Kind: "HelmRelease", Group: "helm.toolkit.fluxcd.io" }).ToList();
        var byName = releases.ToLookup(each => $"{each.Object.Namespace}/{each.Object.Name}", StringComparer.Ordinal);
        foreach (var release in releases)
        {
            var edges = new List<Dependency>();
            foreach (var entry in ((release.Object.Body["spec"] as MapValue)?["dependsOn"] as ListValue)?.Values.OfType<MapValue>() ?? [])
            {
                var named = byName[$"{ManifestObject.Spell(entry["namespace"]) ?? release.Object.Namespace}/{ManifestObject.Spell(entry["name"])}"].ToList();
                var beside = named.FindAll(each => each.World == release.World);
                if ((beside.Count > 0 ? beside : named) is [var only] && only != release)
                {
                    edges.Add(OrderStages.Edge(only.Address, entry["name"]!.Trace?.Source.Place ?? release.Place));
                }
            }

            if (edges.Count > 0)
            {
                if (_stages.Of(release.Address) is { } before)
                {
                    edges.Add(before);
                }

                _stages.Replace(release.Address, OrderStages.Edge(_stages.Add(release.World, $"start of release {release.Object.Namespace}/{release.Object.Name}", edges, isCertain: true), edges[0].Place));
            }
        }
    }

    /// <summary>Everything of a folder after everything of the folders that all its Kustomizations depend on. What only some depend on is of other worlds, so its order is unknown anyway.</summary>
    private void AddFlux(List<IGrouping<ManifestWorld, Delivered>> worlds)
    {
        var members = new Dictionary<string, List<Delivered>>(StringComparer.Ordinal);
        foreach (var world in worlds)
        {
            var folders = _deliveries.Of(world.Key).ConvertAll(each => each.Folder);
            if (folders.Count > 0 && folders.TrueForAll(folder => folder == folders[0]))
            {
                (members.TryGetValue(folders[0], out var list) ? list : members[folders[0]] = []).AddRange(world);
            }
        }

        var byName = _deliveries.ByFolder.Values.SelectMany(list => list).Where(each => each is { IsFlux: true, IsPart: false }).ToLookup(each => each.By.Name, StringComparer.Ordinal);
        foreach (var (folder, by) in _deliveries.ByFolder)
        {
            var world = new ManifestWorld(folder, Origin.Build);
            var edges = Earlier(by, byName);
            var isAwaited = by.TrueForAll(each => each.Spec["wait"] is BoolValue { Value: true }) ? Truth.Yes : Truth.Unknown;
            if (edges.Count > 0)
            {
                var start = _stages.Add(world, "start of the delivery", edges.ConvertAll(edge => OrderStages.Edge(ReadyOf(edge.Folder), edge.Place)), isCertain: true);
                foreach (var each in members.GetValueOrDefault(folder) ?? [])
                {
                    _stages.Put(each.Address, OrderStages.Edge(start, edges[0].Place));
                }

                _inventory.Add(new Stage(ReadyOf(folder), [.. Ready(world, by, members), OrderStages.Edge(start, edges[0].Place)], IsAwaited: isAwaited));
            }
            else
            {
                _inventory.Add(new Stage(ReadyOf(folder), Ready(world, by, members), IsAwaited: isAwaited));
            }
        }
    }

    private static Address ReadyOf(string folder) => new(folder, "kustomization: delivered");

    private List<Dependency> Ready(ManifestWorld world, List<Delivery> by, Dictionary<string, List<Delivered>> members) =>
        _stages.Members(world, "the delivery", [.. (members.GetValueOrDefault(world.Scope) ?? []).Select(each => (each, each.Place))], each => !each.IsOfCloud || by.TrueForAll(delivery => IsAwaited(delivery, each.Object)));

    /// <summary>Whether a Kustomization is ready only when an object of it is. Without that it is ready as soon as all of its objects are applied.</summary>
    private static bool IsAwaited(Delivery by, ManifestObject each) => by.IsFlux && (by.Spec["wait"] is BoolValue { Value: true }
        || (by.Spec["healthChecks"] as ListValue)?.Values.OfType<MapValue>().Any(check => check["kind"] is TextValue { Known: { } kind } && kind == each.Kind
            && check["name"] is TextValue { Known: { } name } && name == each.Name && (ManifestObject.Spell(check["namespace"]) ?? each.Namespace) == each.Namespace) == true);

    /// <summary>The folders that all deliveries of a folder wait for, with where they say so.</summary>
    private static List<(string Folder, Span Place)> Earlier(List<Delivery> by, ILookup<string, Delivery> byName)
    {
        List<(string Folder, Span Place)>? common = null;
        foreach (var each in by)
        {
            var own = Earlier(each, byName).ToList();
            common = common is null ? own : common.FindAll(edge => own.Exists(other => other.Folder == edge.Folder));
        }

        return common ?? [];
    }

    private static IEnumerable<(string Folder, Span Place)> Earlier(Delivery by, ILookup<string, Delivery> byName)
    {
        foreach (var entry in by is { IsFlux: true, IsPart: false } ? (by.Spec["dependsOn"] as ListValue)?.Values.OfType<MapValue>() ?? [] : [])
        {
            if (entry["name"] is not TextValue { Known: { } name } known)
            {
                continue;
            }

            // Each cluster has its own folder as a rule, with Kustomizations of the same names.
            var space = ManifestObject.Spell(entry["namespace"]) ?? by.By.Namespace;
            var named = byName[name].Where(each => each.By.Namespace is not { } other || space is null || other == space).ToList();
            var near = named.FindAll(each => each.World == by.World);
            var targets = near.Count > 0 ? near : named;
            if (targets.Count > 0 && targets.TrueForAll(each => each.Folder == targets[0].Folder) && targets[0].Folder != by.Folder)
            {
                yield return (targets[0].Folder, known.Trace?.Source.Place ?? by.By.Place);
            }
        }
    }
}
