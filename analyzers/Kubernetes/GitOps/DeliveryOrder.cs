using System.Globalization;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Kubernetes.Clouds;
using Analyzer.Kubernetes.Manifests;

namespace Analyzer.Kubernetes.GitOps;

/// <summary>An object with its name in the inventory and the world it is in.</summary>
internal sealed record Delivered(ManifestObject Object, Address Address, ManifestWorld World, Span Place);

/// <summary>
/// The order in which delivered objects are created, as stages: before each sync wave of Argo CD, before and after the hooks of a chart, and after what a Flux Kustomization depends on.
/// An object that declares a resource of a cloud is there long before that resource is; it counts only where Flux waits until it is ready.
/// </summary>
internal sealed class DeliveryOrder
{
    /// <summary>More waves than anybody writes; the order of a world with more is taken as unknown.</summary>
    private const int WaveLimit = 500;

    private static readonly string[] Phases = ["before sync", "sync", "after sync"];

    private readonly Deliveries _deliveries;
    private readonly Inventory _inventory;
    private readonly Dictionary<Address, Dependency> _after = [];

    /// <summary>Finds the order and adds its stages to an inventory.</summary>
    internal DeliveryOrder(IReadOnlyList<Delivered> objects, Deliveries deliveries, Inventory inventory)
    {
        (_deliveries, _inventory) = (deliveries, inventory);
        var worlds = objects.GroupBy(each => each.World).ToList();
        foreach (var world in worlds)
        {
            AddWaves(world.Key, world.ToList());
        }

        if (deliveries.ByFolder.Values.Any(list => list.Exists(each => each.IsFlux && each.Spec["dependsOn"] is ListValue)))
        {
            AddFlux(worlds);
        }

        AddReleases(objects);
    }

    /// <summary>What an object comes after: one stage at most.</summary>
    internal IReadOnlyList<Dependency> Of(Address address) => _after.TryGetValue(address, out var dependency) ? [dependency] : [];

    private static bool IsOfCloud(Delivered each) => CloudTypes.Of(each.Object.Group, each.Object.Kind) is not null;

    private static Dependency Edge(Address target, Span place) => new(target, place, IsExplicit: true, []);

    private void AddWaves(ManifestWorld world, List<Delivered> objects)
    {
        var by = _deliveries.Of(world);
        if (by.Count > 0 && by.TrueForAll(each => each.IsFlux))
        {
            return;
        }

        var isHelm = by.Count == 0 && world.Origin == Origin.Chart && !objects.Exists(each => Turn.IsOfArgo(each.Object));
        var isCertain = isHelm || (by.Count > 0 && by.TrueForAll(each => !each.IsFlux && !each.IsPart));
        var groups = new SortedDictionary<Turn, List<(Delivered Each, Turn Turn)>>(Turn.Order);
        var unknown = new List<Dependency>();
        foreach (var each in objects)
        {
            var turn = isHelm ? Turn.InHelm(each.Object) : Turn.InArgo(each.Object);
            if (turn.IsUnknown)
            {
                unknown.Add(Edge(each.Address, turn.Place));
            }
            else if (!turn.IsNever)
            {
                if (!groups.TryGetValue(turn, out var group))
                {
                    groups.Add(turn, group = []);
                }

                group.Add((each, turn));
            }
        }

        if (groups.Count > WaveLimit)
        {
            unknown.AddRange(groups.Values.SelectMany(group => group.Select(member => Edge(member.Each.Address, member.Turn.Place))));
            groups.Clear();
        }

        if (groups.Count + (unknown.Count > 0 ? 1 : 0) < 2 && unknown.Count < 2)
        {
            return;
        }

        Address? doubt = null;
        if (unknown.Count > 0)
        {
            doubt = Add(world, "what has no known wave", unknown, isCertain: false);
            var any = Add(world, "anything of an unknown wave", [.. unknown, .. groups.Values.SelectMany(group => group.Select(member => Edge(member.Each.Address, member.Turn.Place)))], isCertain: false);
            foreach (var each in unknown)
            {
                _after.TryAdd(each.Target, Edge(any, each.Place));
            }
        }

        var last = new List<Dependency>();
        foreach (var (turn, group) in groups)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{Phases[turn.Phase]}, wave {turn.Wave}");
            var place = turn.Place;
            if (doubt is not null)
            {
                last.Add(Edge(doubt, place));
            }

            Address? start = null;
            if (last.Count > 0)
            {
                start = Add(world, $"start of {name}", last, isCertain);
                foreach (var (each, own) in group)
                {
                    _after.TryAdd(each.Address, Edge(start, own.Place));
                }
            }

            last = Members(world, name, group.ConvertAll(member => (member.Each, member.Turn.Place)), each => !IsOfCloud(each));
            if (start is not null)
            {
                last.Add(Edge(start, place));
            }
        }
    }

    /// <summary>Edges to things, and to a stage for those that may come late.</summary>
    private List<Dependency> Members(ManifestWorld world, string name, List<(Delivered Each, Span Place)> things, Func<Delivered, bool> isReady)
    {
        var sure = things.FindAll(thing => isReady(thing.Each)).ConvertAll(thing => Edge(thing.Each.Address, thing.Place));
        if (sure.Count < things.Count)
        {
            var late = things.FindAll(thing => !isReady(thing.Each)).ConvertAll(thing => Edge(thing.Each.Address, thing.Place));
            sure.Add(Edge(Add(world, $"clouds of {name}", late, isCertain: false), late[0].Place));
        }

        return sure;
    }

    private Address Add(ManifestWorld world, string name, List<Dependency> before, bool isCertain)
    {
        var kind = world.Origin switch { Origin.Build => "kustomization", Origin.Chart => "chart", _ => "manifests" };
        var stage = new Stage(new Address(world.Scope, $"{kind}: {name}"), before, isCertain);
        _inventory.Add(stage);
        return stage.Address;
    }

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
                    edges.Add(Edge(only.Address, entry["name"]!.Trace?.Source.Place ?? release.Place));
                }
            }

            if (edges.Count > 0)
            {
                if (_after.TryGetValue(release.Address, out var before))
                {
                    edges.Add(before);
                }

                _after[release.Address] = Edge(Add(release.World, $"start of release {release.Object.Namespace}/{release.Object.Name}", edges, isCertain: true), edges[0].Place);
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
            if (edges.Count > 0)
            {
                var start = Add(world, "start of the delivery", edges.ConvertAll(edge => Edge(ReadyOf(edge.Folder), edge.Place)), isCertain: true);
                foreach (var each in members.GetValueOrDefault(folder) ?? [])
                {
                    _after.TryAdd(each.Address, Edge(start, edges[0].Place));
                }

                _inventory.Add(new Stage(ReadyOf(folder), [.. Ready(world, by, members), Edge(start, edges[0].Place)]));
            }
            else
            {
                _inventory.Add(new Stage(ReadyOf(folder), Ready(world, by, members)));
            }
        }
    }

    private static Address ReadyOf(string folder) => new(folder, "kustomization: delivered");

    private List<Dependency> Ready(ManifestWorld world, List<Delivery> by, Dictionary<string, List<Delivered>> members) =>
        Members(world, "the delivery", [.. (members.GetValueOrDefault(world.Scope) ?? []).Select(each => (each, each.Place))], each => !IsOfCloud(each) || by.TrueForAll(delivery => IsAwaited(delivery, each.Object)));

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
