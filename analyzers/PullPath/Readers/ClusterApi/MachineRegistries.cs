using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.ClusterApi;

/// <summary>
/// The registries of Azure from which virtual machines of Cluster API certainly pull with their own identity, pool by pool: for pods that can land nowhere else and bring no credentials. It joins after the pulls.
/// </summary>
internal sealed class MachineRegistries : IReader
{
    /// <summary>With it the kubelet may sign in as an identity of the pod.</summary>
    private const string OwnIdentity = "kubernetes.azure.com/acr-client-id";

    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        var seen = new HashSet<(NodePool, Registry)>();
        foreach (var pull in world.Facts.All<Pull>(Pull.Fields).Where(pull => pull.CertainlyLands is BoolValue { Value: true }))
        {
            if (pull.NodePool.As<NodePool>() is { Kind: NodePool.OfAzureMachines } pool && pull.Registry.As<Registry>() is { Kind: "acr", Resource: not null } registry && pool.Cluster.As<Cluster>() is { } cluster
                && pull.Workload.As<Workload>() is { PullSecrets: ListValue { Items: [], IsOpen: false } } workload && !MayBringIdentity(workload) && seen.Add((pool, registry)))
            {
                world.Add(new RegistryUse
                {
                    Cluster = cluster,
                    Pool = pool,
                    Registry = registry,
                    Evidence = "image",
                    Address = pool.Address,
                    Place = pool.IdentityValue.Trace?.Source.Place ?? pool.Place,
                    Guard = pool.Guard.And(pull.Guard)?.And(registry.Guard) ?? pool.Guard,
                });
            }
        }
    }

    private static bool MayBringIdentity(Workload workload) =>
        workload.ServiceAccount.As<ServiceAccount>() is { } account ? Written.FindKey(account.Annotations, OwnIdentity) is not NullValue : workload.ServiceAccountName is not TextValue { Known: "default" };
}
