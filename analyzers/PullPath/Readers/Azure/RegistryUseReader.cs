using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

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
        var workloads = world.Facts.All<Workload>(Workload.Fields).ToList();
        var deployments = world.Facts.All<Deployment>(Deployment.Fields).ToList();
        foreach (var cluster in clusters)
        {
            foreach (var registry in registries)
            {
                var starts = deployments.Where(deployment => deployment.Cluster.As<Cluster>() == cluster && NamesImageOf(deployment.Images, registry)).ToList();
                var missed = world.Facts.All<Grant>(Grant.Fields).Where(grant => Misses(grant, cluster, registry, world)).ToList();
                if ((EvidenceOf(cluster, registry, workloads, starts, clusters, registries) ?? (missed.Count > 0 ? "grant" : null)) is not { } evidence)
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
        var covering = judged.Where(each => each.Answer == Truth.Yes).Select(each => each.Grant);
        world.Add(new Delivery
        {
            Deployment = deployment,
            Cluster = use.Cluster,
            Registry = use.Registry,
            Grants = Links.To(covering, causes),
            Address = deployment.Address,
            Place = deployment.Place,
            Guard = deployment.Guard,
        });
    }

    private static string? EvidenceOf(Cluster cluster, Registry registry, List<Workload> workloads, List<Deployment> starts, List<Cluster> clusters, List<Registry> registries)
    {
        if (starts.Count > 0 || workloads.Exists(workload => workload.Cluster.As<Cluster>() == cluster && NamesImageOf(workload.Images, registry)))
        {
            return "image";
        }

        if (cluster.Resource!.At("bootstrap_profile.container_registry_id") is var bootstrap and not NullValue
            && bootstrap.References.Any(reference => reference.Target == registry.Address))
        {
            return "bootstrap";
        }

        var scope = cluster.Address.Scope;
        var isAlone = registry.Address.Scope == scope && !registry.Resource!.IsData
            && clusters.Count(each => each.Address.Scope == scope) == 1
            && registries.Count(each => each.Address.Scope == scope) == 1;
        return isAlone ? "together" : null;
    }

    /// <summary>True if a text in the list is an image of the registry: by reference to the registry, or by its host.</summary>
    private static bool NamesImageOf(Value images, Registry registry)
    {
        var host = registry.Host is TextValue { Known: { } known } ? known + "/" : null;
        return ImageTexts.Certain(images).Any(value => value.References.Any(reference => reference.Target == registry.Address && reference.Attribute is "login_server" or "name")
            || (host is not null && value is TextValue text && text.ToString().Contains(host, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>A grant that could let nodes pull from the registry, were it not for a principal of the cluster that never pulls.</summary>
    private static bool Misses(Grant grant, Cluster cluster, Registry registry, World world)
    {
        if (grant is not { Pulls: BoolValue { Value: true }, PrincipalKind: TextValue { Known: "control-plane" or "add-on" or "wrong-field" or "identity" } kind })
        {
            return false;
        }

        var principal = Principal.Of(grant.Principal, world);
        var isOfCluster = kind.Known switch
        {
            "control-plane" or "add-on" => principal.Cluster?.Address == cluster.Address,
            "wrong-field" => principal.Cluster?.Address == cluster.Address || IsControlPlane(principal, cluster),
            _ => IsControlPlane(principal, cluster),
        };
        return isOfCluster
            && grant.Identity.EqualTo(cluster.KubeletIdentity) != Truth.Yes
            && AzureScopes.Covers(grant.Scope, registry, world) is BoolValue { Value: true };
    }

    private static bool IsControlPlane(Principal principal, Cluster cluster) =>
        principal.Identity is { } identity && cluster.Identity.As<Identity>()?.Address == identity.Address;

    /// <summary>A grant, and whether it lets the nodes pull from the registry.</summary>
    private sealed record Judged(Grant Grant, Truth Answer);
}
