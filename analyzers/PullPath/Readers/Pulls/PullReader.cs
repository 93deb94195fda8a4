using Analyzer.Facts.Model;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Images;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Pulls;

/// <summary>What has to succeed: every image of every workload on every pool its pods can land on. It joins last, when clusters have their pools and registries are read.</summary>
internal sealed class PullReader : IReader
{
    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        var registries = new RegistryJoin(world);
        var caches = new PullThrough(world);

        // Of a chart that nothing here brings to a cluster nobody knows whether anything pulls its images.
        var running = world.Facts.All<Workload>(Workload.Fields).Where(workload => workload is not { IsDerived: true, Cluster: not FactValue });
        foreach (var (workload, images, pools) in world.Each(running, static workload => (workload, Images: DistinctImages(workload), PoolsOf(workload))).Where(each => each.Images.Count > 0))
        {
            foreach (var (value, guard) in images)
            {
                var image = ImageName.Of(value);
                var place = value.Trace?.Source.Place ?? workload.Place;
                var registry = registries.Of(image, place);
                var isCached = caches.Brings(image, registry);
                foreach (var pool in pools)
                {
                    Add(workload, image, guard, place, registry, isCached, pool, world);
                }
            }
        }

        foreach (var pulls in world.Facts.All<Pull>(Pull.Fields).Where(pull => !pull.IsDerived).ToLookup(pull => pull.NodePool.As<NodePool>()?.Network.As<Network>()))
        {
            if (pulls.Key is { } network)
            {
                network.Pulls = Links.To(pulls);
            }
        }
    }

    private static List<Item> DistinctImages(Workload workload)
    {
        var images = new List<Item>();
        foreach (var item in (workload.Images as ListValue)?.Items ?? [])
        {
            var at = images.FindIndex(other => other.Value.EqualTo(item.Value) == Truth.Yes);
            if (at < 0)
            {
                images.Add(item);
            }
            else
            {
                images[at] = images[at] with { Guard = images[at].Guard.Or(item.Guard) };
            }
        }

        return images;
    }

    /// <summary>The pools on which pods can land; a place without a pool where the pool is not known.</summary>
    private static List<Landing> PoolsOf(Workload workload)
    {
        if (workload.OwnPool.As<NodePool>() is { } own)
        {
            return [new Landing(workload.OwnPool, own.Guard, null, Truth.Yes, Truth.Yes)];
        }

        if (workload.Cluster.As<Cluster>() is not { } cluster)
        {
            return [Landing.Nowhere(workload.Cluster is UnknownValue ? workload.Cluster : new UnknownValue(UnknownReason.OpenWorld, $"nothing says on which nodes {workload.Address.Path} runs", workload.Place))];
        }

        var possible = cluster.NodePools.Each<NodePool>()
            .Where(pool => pool.IsLive is not BoolValue { Value: false })
            .Select(pool => new Reach(pool, Scheduling.Lands(workload, pool)))
            .Where(each => each.Lands != Truth.No).ToList();
        var isOpen = cluster.NodePools is not ListValue { IsOpen: false };
        if (possible.Count == 0)
        {
            return [Landing.Nowhere(new UnknownValue(UnknownReason.OpenWorld, $"no pool of {cluster.Address.Path} that can take the pods is seen", cluster.Place))];
        }

        return [.. possible.Select(each => new Landing(Links.To(each.Pool), each.Pool.Guard, each.Pool.Address.Path, each.Lands, Certainty(each.Pool, each.Lands)))];

        Truth Certainty(NodePool pool, Truth lands)
        {
            // A daemon set has a pod on every node; a pool alone gets every pod.
            var must = Scheduling.IsNamed(workload, pool) || workload.Kind == "DaemonSet" || (possible.Count == 1 && !isOpen);
            return must ? lands : Truth.Unknown;
        }
    }

    private static void Add(Workload workload, ImageName image, Guard guard, Span place, Value registry, Value isCached, Landing landing, World world)
    {
        if (workload.Guard.And(guard)?.And(landing.Guard) is not { } all)
        {
            return;
        }

        world.Add(new Pull
        {
            Image = image.Written,
            Workload = Links.To(workload),
            NodePool = landing.Pool,
            Registry = registry,
            Repository = image.Repository,
            IsCached = isCached,
            Lands = Answer(landing.Lands, landing.Pool, $"selectors, taints or labels leave open whether {workload.Address.Path} runs on {landing.Name}", place),
            CertainlyLands = Answer(landing.Certainly, landing.Pool, $"the scheduler may choose other nodes for {workload.Address.Path}", place),
            Address = new Address(workload.Address.Scope, $"{workload.Address.Path}: {Name(image)}{(landing.Name is { } pool ? " on " + pool : "")}"),
            Place = place,
            Resource = workload.Resource,
            Guard = all,
            IsGuessed = workload.IsGuessed,
            IsDerived = workload.IsDerived,
        });
    }

    /// <summary>The image without its tag, so that the name of a pull lives as long as the deployment.</summary>
    private static string Name(ImageName image) =>
        image is { Host: TextValue host, Repository: var repository } ? $"{host}/{(repository as TextValue)?.ToString() ?? "<?>"}" : image.ToString();

    /// <summary>Where the pool itself is not known, that is what leaves it open.</summary>
    private static Value Answer(Truth truth, Value pool, string why, Span place) => truth switch
    {
        Truth.Yes => BoolValue.True,
        Truth.No => BoolValue.False,
        _ when pool is not FactValue => UnknownValue.From(DataType.Bool, pool),
        _ => new UnknownValue(UnknownReason.Ambiguous, why, place, type: DataType.Bool),
    };

    /// <summary>A pool on which pods can land, or nobody knows which.</summary>
    private sealed record Landing(Value Pool, Guard Guard, string? Name, Truth Lands, Truth Certainly)
    {
        internal static Landing Nowhere(Value unknown) => new(unknown, Guard.Always, null, Truth.Unknown, Truth.Unknown);
    }

    /// <summary>A pool, and whether pods can land on it.</summary>
    private sealed record Reach(NodePool Pool, Truth Lands);
}
