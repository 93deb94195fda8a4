using System.Collections.Concurrent;
using System.Globalization;
using Analyzer.Facts;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Kubernetes.ClusterApi;
using Analyzer.Kubernetes.Clouds;
using Analyzer.Kubernetes.GitOps;
using Analyzer.Kubernetes.Helm;
using Analyzer.Kubernetes.Kustomize;
using Analyzer.Kubernetes.Manifests;
using Analyzer.Languages.Recognition;

namespace Analyzer.Kubernetes;

/// <summary>
/// Reads Kubernetes manifests: files of several documents, lists, JSON; and builds kustomizations. What a kustomization makes that no other takes in is a world of its own,
/// named by its folder; so are the manifests of a folder that no kustomization uses, and those of a rendered chart. That folder is the scope of the addresses.
/// </summary>
/// <remarks>
/// An object that several kustomizations build is there once for each, as that one makes it; its places are those of its sources. Problems: <c>chart-not-rendered</c>, <c>chart-failed</c>,
/// <c>templated-yaml</c>, <c>base-not-seen</c>, <c>kustomization-invalid</c>, <c>kustomization-cycle</c>, <c>kustomization-limit</c>, <c>resource-set-invalid</c>, <c>resource-set-limit</c>, and those of the YAML and JSON readers.
/// </remarks>
public static class KubernetesLoader
{
    /// <summary>Objects of all builds together; one that would pass it is left out.</summary>
    private const int BuiltLimit = 200_000;

    /// <summary>Kustomizations that are built before their objects are counted.</summary>
    private const int Turn = 32;

    /// <summary>Adds all objects: those of folders, in the order of files and documents, then those of charts and of kustomizations; and gaps for what could not be read.</summary>
    /// <param name="files">The repository.</param>
    /// <param name="options">How to read it.</param>
    /// <param name="inventory">Receives the resources.</param>
    /// <param name="problems">Receives what went wrong.</param>
    public static void Load(FileTree files, LoadOptions options, Inventory inventory, ProblemLog problems)
    {
        var charts = new Charts(files.Paths);
        var ofCharts = charts.Read(files, options, inventory, problems);
        var paths = files.Paths.Where(path => MayBeManifest(path) && !charts.Hide(path)).ToList();
        var graph = new KustomizationGraph(files, paths, problems);
        var manifests = new Manifests(files, problems);
        var alone = paths.Where(path => !ContentScan.IsKustomization(path) && !graph.Uses(path) && !Expectations.Holds(path)).ToList();
        Workers.Each(alone.Count, options.Parallelism, at => manifests.Of(alone[at]));
        foreach (var path in alone)
        {
            foreach (var each in manifests.Of(path)?.Objects ?? [])
            {
                foreach (var delivery in Deliveries.By(each, new ManifestWorld(FolderOf(path), Origin.Files)))
                {
                    graph.AddRoot(delivery.Folder);
                }
            }
        }

        var builds = Builds(graph, root => Build.Of(root, graph, manifests.Of, files, problems), options.Parallelism, problems);
        var output = new Output(inventory, files, folder => graph.Of(folder) is not null, problems);
        foreach (var path in alone)
        {
            if (manifests.Of(path) is { } manifest)
            {
                output.Add(manifest, new ManifestWorld(FolderOf(path), Origin.Files));
            }
        }

        foreach (var (world, manifest) in ofCharts)
        {
            output.Add(manifest, world);
        }

        foreach (var built in builds)
        {
            output.Add(built);
        }

        output.Finish();
    }

    private static string FolderOf(string path) => path.LastIndexOf('/') is > 0 and var slash ? path[..slash] : "";

    private static bool MayBeManifest(string path) =>
        path.EndsWith(".yaml", StringComparison.Ordinal) || path.EndsWith(".yml", StringComparison.Ordinal) || path.EndsWith(".json", StringComparison.Ordinal)
        || path.EndsWith("Kustomization", StringComparison.Ordinal);

    /// <summary>All builds. They are made some at a time, so that which ones go beyond the limit depends on their order alone, and nothing is built that is left out anyway.</summary>
    private static List<Built> Builds(KustomizationGraph graph, Func<string, Built> build, int parallelism, ProblemLog problems)
    {
        var builds = new List<Built>(graph.Roots.Count);
        var count = 0;
        foreach (var turn in graph.Roots.Chunk(Turn))
        {
            var built = count > BuiltLimit ? [] : Workers.Map(turn, parallelism, build);
            for (var at = 0; at < turn.Length; at++)
            {
                count += at < built.Length ? built[at].Objects.Count : 0;
                builds.Add(count <= BuiltLimit ? built[at] : Left(turn[at], graph, problems));
            }
        }

        return builds;
    }

    private static Built Left(string folder, KustomizationGraph graph, ProblemLog problems)
    {
        var file = graph.Of(folder)!.File;
        var place = file.At(0, file.Line(1).Length);
        problems.Add(new Problem("kustomization-limit", $"All kustomizations together build more than {BuiltLimit} objects; those of this one are not seen.", place));
        return new Built(folder, [], [new Gap { Address = new Address(folder, file.Path), Place = place, Reason = "too many objects are built" }], []);
    }

    /// <summary>The objects of files, each file read once.</summary>
    private sealed class Manifests(FileTree files, ProblemLog problems)
    {
        private readonly ConcurrentDictionary<string, Lazy<Manifest?>> _read = new(StringComparer.Ordinal);

        internal Manifest? Of(string path) => _read.GetOrAdd(path, key => new Lazy<Manifest?>(() => Read(key))).Value;

        private Manifest? Read(string path) =>
            files.Read(path) is { } file && (ContentScan.Of(path, file.Bytes.Span) & (ContentKinds.Kubernetes | ContentKinds.AlertRules)) != 0 && !ManifestReader.IsOnlyDefinitions(file.Bytes.Span)
                ? ManifestReader.Read(file, problems)
                : null;
    }

    /// <summary>Turns objects into resources with addresses of their own.</summary>
    private sealed class Output(Inventory inventory, FileTree files, Func<string, bool> isKustomization, ProblemLog problems)
    {
        private static readonly HashSet<string> RuleFiles = new(StringComparer.Ordinal) { "prometheus/RuleFile" };

        private readonly HashSet<Address> _taken = [];
        private readonly Dictionary<string, Placeholders> _placeholders = new(StringComparer.Ordinal);
        private readonly Dictionary<string, CloudObjects> _clouds = new(StringComparer.Ordinal);
        private readonly ImageEntries _images = new();
        private List<Passed> _objects = [];

        /// <summary>An object as it is passed on, as it was written, and the world it is in.</summary>
        private sealed record Passed(ManifestObject Each, ManifestObject Source, ManifestWorld World)
        {
            /// <summary>What it was called before a kustomization gave it another name or namespace, or the cluster that a ClusterResourceSet applies it to; null for neither.</summary>
            internal MapValue? Meta { get; init; }
        }

        internal void Add(Manifest manifest, ManifestWorld world)
        {
            foreach (var each in manifest.Objects)
            {
                Add(world, each, each.Body, manifest.MayHavePlaceholders);
            }

            if (manifest.Lost is { } reason)
            {
                var place = manifest.LostAt!.Value;
                inventory.Add(new Gap { Address = new Address(world.Scope, place.Outermost.File.Path), Place = place, Reason = reason, Providers = manifest.IsRules ? RuleFiles : null });
            }
        }

        internal void Add(Built built)
        {
            var world = new ManifestWorld(built.Folder, Origin.Build);
            foreach (var each in built.Objects)
            {
                Add(world, each.Source, each.Body, each.MayHavePlaceholders, FormerOf(each));
            }

            _images.Note(built);
            foreach (var gap in built.Gaps)
            {
                inventory.Add(gap);
            }
        }

        /// <summary>
        /// Passes everything on. What delivers an object gives it a namespace and a turn, and objects that stand for resources of a cloud need all others of their world, so nothing is
        /// passed on before.
        /// </summary>
        internal void Finish()
        {
            var deliveries = new Deliveries(_objects.SelectMany(each => Deliveries.By(each.Each, each.World)), isKustomization);
            Change(deliveries);
            var spaces = new Dictionary<ManifestWorld, TextValue?>();
            var named = new List<Delivered>(_objects.Count);
            _images.AddTo(inventory);
            foreach (var (each, source, world) in _objects)
            {
                if (!spaces.TryGetValue(world, out var space))
                {
                    spaces.Add(world, space = deliveries.NamespaceOf(world));
                }

                var placed = Namespaced.In(space, each);
                named.Add(new Delivered(placed, Name(placed, source, world.Scope), world, source.Place));
            }

            Apply(new ResourceSets(named, BuiltLimit, problems), named);
            var order = new DeliveryOrder(named, deliveries, inventory);
            var whole = spaces.Keys.Where(world => world.Origin is Origin.Build or Origin.Chart || (world.Origin == Origin.Files && deliveries.Of(world).Exists(each => !each.IsPart))).ToHashSet();
            for (var at = 0; at < named.Count; at++)
            {
                var (each, address, world, place) = named[at];
                var text = _objects[at].Source.Whole;
                if (CloudObjects.GapOf(each, address, place) is { } gap)
                {
                    inventory.Add(gap);
                }

                var dependencies = order.Of(address);
                var resource = _clouds[address.Scope].Of(each, address, place, text)?.With(dependencies) ?? new Resource
                {
                    Address = address,
                    Type = $"{each.Group}/{each.Kind}",
                    Name = each.Name,
                    Language = Language.Kubernetes,
                    Body = each.Body,
                    Place = place,
                    Whole = text,
                    Dependencies = dependencies,
                    Module = address.Scope,
                    IsOfWholeSet = whole.Contains(world),
                    Meta = world.Origin switch { Origin.Template => UnrenderedChart.Mark, Origin.Values => DerivedChart.Mark, _ => _objects[at].Meta },
                };
                inventory.Add(resource);
                foreach (var made in resource.Type == EksctlConfig.Type ? EksctlConfig.Of(resource) : [])
                {
                    inventory.Add(made);
                }
            }
        }

        /// <summary>Adds what is applied to clusters that are declared here themselves.</summary>
        private void Apply(ResourceSets sets, List<Delivered> named)
        {
            foreach (var applied in sets.Objects)
            {
                Add(applied.World, applied.Object, applied.Object.Body, applied.MayHavePlaceholders, MapValue.Of(("cluster", applied.Cluster)));
                var each = _objects[^1].Each;
                named.Add(new Delivered(each, Name(each, applied.Object, applied.World.Scope), applied.World, applied.Object.Place));
            }

            foreach (var gap in sets.Gaps)
            {
                inventory.Add(gap);
            }
        }

        /// <summary>Makes the changes of deliveries, world by world; the order of the objects stays.</summary>
        private void Change(Deliveries deliveries)
        {
            if (!deliveries.ByFolder.Values.Any(list => list.Exists(each => DeliveryChanges.Of(each) is not null)))
            {
                return;
            }

            var changed = new List<Passed>(_objects.Count);
            foreach (var world in _objects.GroupBy(each => each.World))
            {
                var all = world.ToList();
                foreach (var delivery in deliveries.Of(world.Key))
                {
                    if (DeliveryChanges.Unmade(delivery, files) is var (at, reason))
                    {
                        inventory.Add(new Gap { Address = new Address(world.Key.Scope, $"{delivery.By.Kind}/{delivery.By.Name} components"), Place = at.Trace?.Source.Place ?? delivery.By.Place, Reason = reason });
                    }
                }

                var objects = DeliveryChanges.Make(all.ConvertAll(each => each.Each), deliveries.Of(world.Key), files);

                // An object is told by where it was written: a patch may delete some.
                var sources = all.ToLookup(each => (each.Each.File.Path, each.Each.Index));
                changed.AddRange(objects.Select(each => sources[(each.File.Path, each.Index)].First() with { Each = each }));
            }

            _objects = changed;
        }

        /// <summary>Name and namespace with which an object came into the build.</summary>
        private static MapValue? FormerOf(BuildObject each) => each.Original is var first && (first.Name != each.Current.Name || first.Namespace != each.Current.Namespace)
            ? MapValue.Of(("former_name", new TextValue(first.Name)), ("former_namespace", first.Namespace.Length > 0 ? new TextValue(first.Namespace) : NullValue.Instance))
            : null;

        private void Add(ManifestWorld world, ManifestObject source, MapValue body, bool mayHavePlaceholders, MapValue? meta = null)
        {
            if (mayHavePlaceholders)
            {
                if (!_placeholders.TryGetValue(world.Scope, out var placeholders))
                {
                    _placeholders.Add(world.Scope, placeholders = new Placeholders(world.Scope));
                }

                // What a ConfigMap holds is for others to read, in a language of its own.
                body = source is { Kind: "ConfigMap", ApiVersion: "v1" }
                    ? body["metadata"] is { } metadata ? body.WithEntry("metadata", placeholders.Replace(metadata)) : body
                    : placeholders.Replace(body) as MapValue ?? body;
            }

            var each = source with { Body = body, Kind = ManifestObject.Spell(body["kind"]) ?? source.Kind, ApiVersion = ManifestObject.Spell(body["apiVersion"]) ?? source.ApiVersion };
            _objects.Add(new Passed(each, source, world) { Meta = meta });
        }

        /// <summary>An address that no other object has.</summary>
        private Address Name(ManifestObject each, ManifestObject source, string scope)
        {
            var path = each.Namespace is { } space ? $"{each.Kind}/{space}/{each.Name}" : each.Name.Length > 0 ? $"{each.Kind}/{each.Name}" : each.Kind;
            var address = new Address(scope, path);
            if (!_taken.Add(address))
            {
                address = new Address(scope, string.Create(CultureInfo.InvariantCulture, $"{path} ({source.File.Path}#{source.Index + 1})"));
                _taken.Add(address);
            }

            if (!_clouds.TryGetValue(scope, out var clouds))
            {
                _clouds.Add(scope, clouds = new CloudObjects(scope));
            }

            clouds.Note(each, address);
            return address;
        }
    }
}
