using Analyzer.Facts.Model;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Azure;

/// <summary>AKS clusters, their pools, and the identity with which all their nodes pull.</summary>
internal sealed class AksReader : IReader
{
    public void Read(World world)
    {
        foreach (var resource in Clusters(world))
        {
            ReadCluster(resource, world);
        }

        foreach (var resource in world.Inventory.OfType("azurerm_kubernetes_cluster_node_pool").Where(each => !each.IsData))
        {
            world.Add(new NodePool
            {
                Kind = "aks",
                Name = resource.At("name"),
                Address = resource.Address,
                Place = resource.Place,
                Resource = resource,
                Guard = resource.Guard,
                SubnetsValue = resource.At("vnet_subnet_id"),
            });
        }
    }

    public void Join(World world)
    {
        foreach (var resource in Clusters(world))
        {
            var cluster = world.FactOf<Cluster>(resource)!;
            cluster.KubeletIdentity = KubeletOf(resource, world);
            cluster.Identity = IdentityOf(resource.At("identity.identity_ids"), world);
            JoinPools(cluster, resource, world);
        }
    }

    private static IEnumerable<Resource> Clusters(World world) => world.Inventory.OfType(Principal.ClusterType).Where(resource => !resource.IsData);

    private static void ReadCluster(Resource resource, World world)
    {
        world.Add(new Cluster
        {
            Kind = "aks",
            Name = resource.At("name"),
            Address = resource.Address,
            Place = resource.Place,
            Resource = resource,
            Guard = resource.Guard,
            WorkloadIdentity = resource.At("workload_identity_enabled") switch
            {
                NullValue => BoolValue.False,
                var written => written,
            },
            OidcIssuer = resource.At("oidc_issuer_enabled") switch
            {
                // Unset means on since azurerm 5, off for the provider's own checks before it.
                NullValue => new UnknownValue(UnknownReason.External, "the default of oidc_issuer_enabled depends on the provider's version", resource.Place, type: DataType.Bool),
                var written => written,
            },
        });
        if (resource.At("default_node_pool") is not NullValue)
        {
            world.Add(new NodePool
            {
                Kind = "aks",
                Name = resource.At("default_node_pool.name"),
                Address = resource.Address,
                Place = resource.Place,
                Resource = resource,
                Guard = resource.Guard,
                SubnetsValue = resource.At("default_node_pool.vnet_subnet_id"),
            });
        }

        if (resource.At("kubelet_identity") is NullValue && resource.At("service_principal") is NullValue)
        {
            // AKS makes this identity itself while it makes the cluster: nobody can have granted it anything before.
            world.Add(new Identity
            {
                Kind = "azure-managed-identity",
                Name = new TextValue($"kubelet identity of {resource.Address.Path}"),
                Address = new Address(resource.Address.Scope, resource.Address.Path + ".kubelet_identity"),
                Place = resource.Place,
                Resource = resource,
                Guard = resource.Guard,
                IsDefault = BoolValue.True,
            });
        }
    }

    private static Value KubeletOf(Resource resource, World world)
    {
        if (world.FactOf<Identity>(resource) is { } own)
        {
            return Links.To(own);
        }

        foreach (var attribute in new[] { "user_assigned_identity_id", "object_id", "client_id" })
        {
            if (IdentityOf(resource.At("kubelet_identity." + attribute), world) is FactValue found)
            {
                return found;
            }
        }

        return new UnknownValue(UnknownReason.External, $"the kubelet identity of {resource.Address.Path} is made elsewhere", resource.Place);
    }

    /// <summary>The managed identity a value leads to; null for none, unknown otherwise.</summary>
    private static Value IdentityOf(Value value, World world)
    {
        if (value is NullValue)
        {
            return value;
        }

        // Which alternative of a condition it is, nobody knows.
        foreach (var each in value.Deep().Any(each => each is ChoiceValue) ? [value] : value.Deep())
        {
            if (world.FactsOf<Identity>(each).FirstOrDefault(identity => identity.Resource?.Type == Principal.IdentityType) is { } identity)
            {
                return Links.To(identity);
            }
        }

        return UnknownValue.From(null, value);
    }

    private static void JoinPools(Cluster cluster, Resource resource, World world)
    {
        var pools = new List<NodePool>();
        foreach (var pool in world.Facts.All<NodePool>(NodePool.Fields).Where(pool => pool.Kind == "aks"))
        {
            var isOwn = ReferenceEquals(pool.Resource, resource)
                || (pool.Resource is { Type: "azurerm_kubernetes_cluster_node_pool" } apart && world.FactsOf<Cluster>(apart.At("kubernetes_cluster_id")).Contains(cluster));
            if (isOwn)
            {
                pool.Cluster = Links.To(cluster);
                pool.Identity = cluster.KubeletIdentity;
                pools.Add(pool);
            }
        }

        cluster.NodePools = Links.To(pools);
    }
}
