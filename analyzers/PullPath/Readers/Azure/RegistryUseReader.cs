using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Joins;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.Azure;

/// <summary>Which AKS cluster pulls from which registry that is declared or looked up, and which deployments start its images.</summary>
internal sealed class RegistryUseReader : IReader
{
    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        var clusters = world.Facts.All<Cluster>(Cluster.Fields).Where(cluster => cluster.Kind == "aks").ToList();
        var registries = world.Facts.All<Registry>(Registry.Fields).Where(registry => registry is { Kind: "acr", Resource: not null }).ToList();
        if (clusters.Count == 0 || registries.Count == 0)
        {
            return;
        }

        // What does not depend on both is looked up once: there may be hundreds of either, and tens of thousands of workloads.
        var workloads = world.Workloads.ToLookup(workload => workload.Cluster.As<Cluster>());
        var deployments = world.Facts.All<Deployment>(Deployment.Fields).ToLookup(deployment => deployment.Cluster.As<Cluster>());
        var pulling = world.Facts.All<Grant>(Grant.Fields).Where(grant => grant.Pulls is BoolValue { Value: true }).Select(grant => new Granted(grant, Principal.Of(grant.Principal, world))).ToList();
        var (clustersBeside, registriesBeside) = (clusters.ToLookup(each => each.Address.Scope, StringComparer.Ordinal), registries.ToLookup(each => each.Address.Scope, StringComparer.Ordinal));
        foreach (var cluster in clusters)
        {
            var astray = pulling.FindAll(each => IsAstray(each, cluster));
            var isOnly = clustersBeside[cluster.Address.Scope].Count() == 1;
            foreach (var registry in registries)
            {
                var starts = deployments[cluster].Where(deployment => NamesImageOf(deployment.Images, registry)).ToList();
                var missed = astray.Where(each => AzureScopes.Covers(each.Grant.Scope, registry, world) is BoolValue { Value: true }).Select(each => each.Grant).ToList();
                var isAlone = isOnly && registry.Address.Scope == cluster.Address.Scope && !registry.Resource!.IsData && registriesBeside[registry.Address.Scope].Count() == 1;
                if ((EvidenceOf(cluster, registry, workloads[cluster], starts, isAlone) ?? (missed.Count > 0 ? "grant" : null)) is not { } evidence)
                {
                    continue;
                }

                var use = world.Add(new RegistryUse
                {
                    Cluster = cluster,
                    Registry = registry,
                    Evidence = evidence,
                    Address = cluster.Address,
                    Place = cluster.Place,
                    Guard = cluster.Guard.And(registry.Guard) ?? cluster.Guard,
                });
                use.Deployments = Links.To(starts);
                use.MissedGrants = Links.To(missed);
                foreach (var deployment in starts)
                {
                    AddDelivery(deployment, use, world);
                }
            }
        }
    }

    private static void AddDelivery(Deployment deployment, RegistryUse use, World world)
    {
        var all = use.Cluster.KubeletIdentity.As<Identity>()?.Grants as ListValue;
        var judged = (all ?? ListValue.Empty).Each<Grant>()
            .Select(grant => new Judged(grant, Answer.TruthOf(grant.Pulls).And(Answer.TruthOf(AzureScopes.Covers(grant.Scope, use.Registry, world)))))
            .ToList();
        var causes = (all is null ? Cause.Of(use.Cluster.KubeletIdentity) : all.OpenBecause?.AsEnumerable() ?? []).Concat(judged
            .Where(each => each.Answer == Truth.Unknown)
            .Select(each => new Cause(UnknownReason.OpenWorld, $"{each.Grant.Address.Path} may let the nodes pull", each.Grant.Place, null)));
        var covering = judged.Where(each => each.Answer == Truth.Yes).Select(each => each.Grant).ToList();
        world.Add(new Delivery
        {
            Deployment = deployment,
            Cluster = use.Cluster,
            Registry = use.Registry,
            Grants = Links.To(covering, causes),
            UntriggeredPauses = UntriggeredPauses(deployment.Resource!, covering.ConvertAll(grant => grant.Resource!), world),
            Address = deployment.Address,
            Place = deployment.Place,
            Guard = deployment.Guard,
        });
    }

    /// <summary>Pauses after grants and before a deployment that no trigger makes anew; open for triggers of which nobody knows what they follow.</summary>
    private static ListValue UntriggeredPauses(Resource deployment, List<Resource> grants, World world)
    {
        if (world.Inventory.OfType("time_sleep").Count == 0)
        {
            return ListValue.Empty;
        }

        var order = Order.Of(world);
        var found = new List<Item>();
        var open = new List<Cause>();
        foreach (var pause in order.Closure(deployment).SelectMany(order.InstancesOf).Where(each => each.Type == "time_sleep" && grants.Exists(grant => order.HappensAfter(each, grant) == Truth.Yes)))
        {
            var triggers = pause.At("triggers");
            if (pause.Meta?["replace_triggered_by"] is not null || triggers.Deep().Any(value => value.References.Any(reference => grants.Exists(grant => grant.Block == reference.Target.Block))))
            {
                continue;
            }

            if (triggers is NullValue or MapValue { Entries: [], IsOpen: false })
            {
                found.Add(new Item(new TextValue(pause.Address.Path).Through(StepKind.Literal, pause.Address.Path, pause.Place), pause.Guard));
            }
            else
            {
                open.Add(new Cause(UnknownReason.NotComputed, $"whether the triggers of {pause.Address.Path} follow the grant is not seen", pause.Place, null));
            }
        }

        return PodTemplate.Open(found, open);
    }

    /// <param name="cluster">The cluster.</param>
    /// <param name="registry">The registry.</param>
    /// <param name="workloads">What runs on the cluster.</param>
    /// <param name="starts">Deployments to the cluster that name images of the registry.</param>
    /// <param name="isAlone">Whether there is no other cluster and no other registry beside the two.</param>
    private static string? EvidenceOf(Cluster cluster, Registry registry, IEnumerable<Workload> workloads, List<Deployment> starts, bool isAlone)
    {
        if (starts.Count > 0 || workloads.Any(workload => NamesImageOf(workload.Images, registry)))
        {
            return "image";
        }

        return cluster.Resource!.At("bootstrap_profile.container_registry_id") is var bootstrap and not NullValue && bootstrap.References.Any(reference => reference.Target == registry.Address) ? "bootstrap"
            : isAlone ? "together" : null;
    }

    /// <summary>True if a text in the list is an image of the registry: by reference to the registry, or by its host.</summary>
    internal static bool NamesImageOf(Value images, Registry registry)
    {
        var host = registry.Host is TextValue { Known: { } known } ? known + "/" : null;
        return ImageTexts.Certain(images).Any(value => value.References.Any(reference => reference.Target == registry.Address && reference.Attribute is "login_server" or "name")
            || (host is not null && value is TextValue text && text.ToString().Contains(host, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>A grant that could let the nodes of a cluster pull, were it not for a principal of the cluster that never pulls.</summary>
    private static bool IsAstray(Granted granted, Cluster cluster)
    {
        var (grant, principal) = granted;
        var isOfCluster = (grant.PrincipalKind as TextValue)?.Known switch
        {
            "control-plane" or "add-on" => principal.Cluster?.Address == cluster.Address,
            "wrong-field" => principal.Cluster?.Address == cluster.Address || IsControlPlane(principal, cluster),
            "identity" => IsControlPlane(principal, cluster),
            _ => false,
        };
        return isOfCluster && grant.Identity.EqualTo(cluster.KubeletIdentity) != Truth.Yes;
    }

    private static bool IsControlPlane(Principal principal, Cluster cluster) =>
        principal.Identity is { } identity && cluster.Identity.As<Identity>()?.Address == identity.Address;

    /// <summary>A grant, and who holds it.</summary>
    private sealed record Granted(Grant Grant, Principal Principal);

    /// <summary>A grant, and whether it lets the nodes pull from the registry.</summary>
    private sealed record Judged(Grant Grant, Truth Answer);
}
