using Analyzer.Facts.Model;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Azure;

/// <summary>AKS clusters, their pools, and the identity with which all their nodes pull.</summary>
internal sealed class AksReader : IReader
{
    private const string PoolType = "azurerm_kubernetes_cluster_node_pool";

    public void Read(World world)
    {
        foreach (var resource in Clusters(world))
        {
            ReadCluster(resource, world);
        }

        foreach (var resource in world.Inventory.OfType(PoolType).Where(each => !each.IsData))
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
        foreach (var pool in world.Facts.All<NodePool>(NodePool.Fields).Where(pool => pool.Resource?.Type == PoolType))
        {
            pool.Cluster = pool.Identity = UnknownValue.From(null, pool.Resource!.At("kubernetes_cluster_id"));
        }

        var webhook = IdentityWebhooks.Find(world);
        var registries = world.Inventory.OfType(AcrReader.RegistryType).ToList();
        foreach (var resource in Clusters(world))
        {
            var cluster = world.FactOf<Cluster>(resource)!;
            if (webhook is not null && Answer.TruthOf(cluster.WorkloadIdentity) == Truth.No)
            {
                cluster.WorkloadIdentity = new UnknownValue(UnknownReason.OpenWorld, $"{webhook.Address.Path} installs the webhook that makes workload identity work", webhook.Place, type: DataType.Bool);
            }

            cluster.RegistryInOtherTenant = BoolValue.Of(registries.Exists(registry => InOtherTenant(registry, resource)));
            cluster.KubeletIdentity = KubeletOf(resource, world);
            cluster.Identity = IdentityOf(resource.At("identity.identity_ids"), world);
            JoinPools(cluster, resource, world);
        }
    }

    private static IEnumerable<Resource> Clusters(World world) => world.Inventory.OfType(Principal.ClusterType).Where(resource => !resource.IsData);

    private static void ReadCluster(Resource resource, World world)
    {
        var principal = AksOptions.ServicePrincipal(resource);
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
            OutboundType = resource.At("network_profile.outbound_type"),
            OidcIssuer = resource.At("oidc_issuer_enabled") switch
            {
                // Unset means on since azurerm 5, off for the provider's own checks before it.
                NullValue => new UnknownValue(UnknownReason.External, "the default of oidc_issuer_enabled depends on the provider's version", resource.Place, type: DataType.Bool),
                var written => written,
            },

            // Version 4 of the provider turned both names round.
            UpgradeChannel = AksOptions.Lasting(resource, "automatic_upgrade_channel", "automatic_channel_upgrade", DataType.Text),
            NodeOsChannel = AksOptions.Lasting(resource, "node_os_upgrade_channel", "node_os_channel_upgrade", DataType.Text),
            NodeOsWindowDays = AksOptions.NodeOsWindowDays(resource),
            ServicePrincipal = principal,
            ShowsSecret = AksOptions.ShowsSecret(principal),
            Directory = AksOptions.Directory(resource),
            LocalAccountsDisabled = AksOptions.LocalAccountsDisabled(resource),
        });
        if (resource.Block("default_node_pool") is not NullValue)
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

        if (resource.Block("kubelet_identity") is NullValue && resource.Block("service_principal") is NullValue)
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

    private static bool InOtherTenant(Resource registry, Resource cluster) => registry.Address.Scope == cluster.Address.Scope
        && (registry.Provider?["tenant_id"], cluster.Provider?["tenant_id"]) is (TextValue { Known: { } one }, TextValue { Known: { } other }) && one != other;

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

        return world.OnlyFactIn<Identity>(value) is { Resource.Type: Principal.IdentityType } identity ? Links.To(identity) : Links.Undeclared(value, "managed identity");
    }

    private static void JoinPools(Cluster cluster, Resource resource, World world)
    {
        var pools = new List<NodePool>();
        var doubts = new List<Cause>();
        foreach (var pool in world.Facts.All<NodePool>(NodePool.Fields).Where(pool => pool.Kind == "aks"))
        {
            var written = pool.Resource is { Type: PoolType } apart ? apart.At("kubernetes_cluster_id") : NullValue.Instance;
            if (ReferenceEquals(pool.Resource, resource) || world.FactOf<Cluster>(written) == cluster)
            {
                pool.Cluster = Links.To(cluster);
                pool.Identity = cluster.KubeletIdentity;
                pools.Add(pool);
            }
            else if (world.FactOf<Cluster>(written) is null && world.FactsOf<Cluster>(written).Contains(cluster))
            {
                doubts.Add(new Cause(UnknownReason.Ambiguous, $"{pool.Address.Path} may belong to it", pool.Place, null));
            }
        }

        cluster.NodePools = Links.To(pools, doubts);
    }
}
