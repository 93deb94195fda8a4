using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Gcp;

/// <summary>Which deployments start images of a declared Artifact Registry repository on a GKE cluster, and which images of a cluster's workloads lie in one.</summary>
internal sealed class GkeDeliveryReader : IReader
{
    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        var registries = world.Facts.All<Registry>(Registry.Fields).Where(registry => registry is { Kind: "gar", Resource: not null }).ToList();
        foreach (var cluster in world.Facts.All<Cluster>(Cluster.Fields).Where(each => each.Kind == "gke"))
        {
            var deliveries = new List<Delivery>();
            var unseen = new List<Cause>();
            foreach (var deployment in world.Facts.All<Deployment>(Deployment.Fields).Where(each => each.Cluster.As<Cluster>() == cluster))
            {
                var registry = registries.Find(each => NamesImageOf(deployment.Images, each));
                if (registry is not null)
                {
                    deliveries.Add(world.Add(new Delivery
                    {
                        Deployment = deployment,
                        Cluster = cluster,
                        Registry = registry,
                        Address = deployment.Address,
                        Place = deployment.Place,
                        Guard = deployment.Guard,
                    }));
                }
                else if (deployment.Images is not ListValue { IsWhollyKnown: true })
                {
                    unseen.Add(new Cause(UnknownReason.Missing, $"the images of {deployment.Address.Path} are not all seen", deployment.Place, null));
                }
            }

            cluster.Deliveries = Links.To(deliveries, unseen);
            cluster.OwnImages = ListValue.Of(cluster.Workloads.Each<Workload>()
                .SelectMany(workload => workload.Images is ListValue images ? images.Values : [])
                .Where(image => registries.Exists(registry => NamesImageOf(ListValue.Of([image]), registry))));
        }
    }

    /// <summary>True if a text in the list names the repository: by reference, or by host and repository.</summary>
    private static bool NamesImageOf(Value images, Registry registry)
    {
        var (host, name) = ((registry.Host as TextValue)?.Known, (registry.Name as TextValue)?.Known);
        return ImageTexts.Certain(images).Any(value => value.References.Any(reference => reference.Target == registry.Address)
            || (host is not null && name is not null && value is TextValue text && text.ToString() is var written
                && written.Contains(host + "/", StringComparison.Ordinal) && written.Contains($"/{name}/", StringComparison.Ordinal)));
    }
}
