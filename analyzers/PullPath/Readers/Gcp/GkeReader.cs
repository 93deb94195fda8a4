using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Gcp;

/// <summary>GKE clusters and everything that makes their nodes: pools of their own, inline pools, and nodes that Google makes (Autopilot).</summary>
internal sealed class GkeReader : IReader
{
    private const string ClusterType = "google_container_cluster";
    private const string PoolType = "google_container_node_pool";
    private const string MembershipType = "google_gke_hub_membership";
    private const string DefaultPool = "default-pool";

    /// <summary>What the configuration of nodes says of how long they live.</summary>
    private static readonly string[] RotationNames = ["max_run_duration", "flex_start", "spot", "preemptible"];

    public void Read(World world)
    {
        foreach (var resource in world.Inventory.OfType(ClusterType).Where(each => !each.IsData))
        {
            ReadCluster(resource, world);
        }

        foreach (var resource in world.Inventory.OfType(PoolType).Where(each => !each.IsData))
        {
            AddPool(resource, resource.Body, "gke", "node_config", BoolValue.True, world);
        }
    }

    public void Join(World world)
    {
        var clusters = world.Facts.All<Cluster>(Cluster.Fields).Where(cluster => cluster.Kind == "gke").ToList();
        var pools = world.Facts.All<NodePool>(NodePool.Fields).Where(pool => pool.Kind.StartsWith("gke", StringComparison.Ordinal)).ToList();
        foreach (var pool in pools)
        {
            pool.Identity = IdentityOf(pool, world);
            pool.Cluster = ClusterOf(pool, clusters, world);
            if (pool.Rotation is NullValue)
            {
                pool.Rotation = pool.Place.File is StandIn ? new UnknownValue(UnknownReason.Missing, "what its module says of it is not seen", pool.Place)
                    : pool.Cluster.As<Cluster>()?.Resource is { } owner ? owner.Block("maintenance_policy")
                    : UnknownValue.From(null, pool.Cluster);
            }
        }

        var memberships = world.Inventory.OfType(MembershipType).ToLookup(resource => resource.Address.Scope, StringComparer.Ordinal);
        foreach (var cluster in clusters)
        {
            cluster.NodePools = Links.To(pools.Where(pool => pool.Cluster.As<Cluster>() == cluster));
            cluster.WorkloadPoolIsOwn = IsOwnPool(cluster, memberships[cluster.Address.Scope]);
        }
    }

    private static void ReadCluster(Resource resource, World world)
    {
        var autopilot = resource.At("enable_autopilot") switch { NullValue => BoolValue.False, var written => written };
        var pool = resource.At("workload_identity_config.workload_pool") switch
        {
            NullValue => resource.At("workload_identity_config.identity_namespace"),
            var written => written,
        };
        world.Add(new Cluster
        {
            Kind = "gke",
            Name = resource.At("name"),
            Project = GoogleAccounts.ProjectOf(resource),
            IsAutopilot = autopilot,
            WorkloadPool = pool,
            WorkloadIdentity = (autopilot, pool) switch
            {
                (BoolValue { Value: true }, _) => BoolValue.True,
                (_, TextValue { Known: "null" or "" }) => BoolValue.False,
                (_, TextValue) => BoolValue.True,
                (BoolValue { Value: false }, NullValue) => BoolValue.False,
                (BoolValue { Value: false }, UnknownValue { IsNotNull: true }) => BoolValue.True,
                _ => UnknownValue.From(DataType.Bool, autopilot, pool),
            },
            Address = resource.Address,
            Place = resource.Place,
            Resource = resource,
            Guard = resource.Guard,
        });
        if (autopilot is BoolValue { Value: true })
        {
            AddPool(resource, resource.Body, "gke-autopilot", "cluster_autoscaling.auto_provisioning_defaults", BoolValue.True, world);
            return;
        }

        var inline = Written.Blocks(resource.Body, "node_pool");
        foreach (var (block, guard) in inline.Items)
        {
            if (resource.Guard.And(guard) is { } both)
            {
                AddPool(resource, block, "gke", "node_config", IsKept(resource, Written.Find(block, "name")), world, both);
            }
        }

        if (inline.Items.IsEmpty && autopilot is BoolValue)
        {
            AddPool(resource, resource.Body, "gke-inline", "node_config", inline.IsOpen ? UnknownValue.From(DataType.Bool, inline) : HasNodes(resource), world);
        }
    }

    /// <summary>Whether a cluster without inline pools has nodes of its own. Configurations that were exported from a cluster whose pools stand apart count none.</summary>
    private static Value HasNodes(Resource cluster) => cluster.At("initial_node_count") is NumberValue { Number.Sign: 0 } or TextValue { Known: "0" } ? BoolValue.False : IsKept(cluster);

    /// <summary>Whether an inline pool lives: the one with the name of the default pool is removed at once where that is asked for.</summary>
    private static Value IsKept(Resource cluster, Value name) => name switch
    {
        NullValue or TextValue { Known: not (null or DefaultPool) } => BoolValue.True,
        TextValue { Known: DefaultPool } => IsKept(cluster),
        _ => IsKept(cluster) is BoolValue { Value: true } kept ? kept : UnknownValue.From(DataType.Bool, name),
    };

    private static Value IsKept(Resource cluster) => cluster.At("remove_default_node_pool") switch
    {
        NullValue => BoolValue.True,
        BoolValue removed => BoolValue.Of(!removed.Value),
        var other => UnknownValue.From(DataType.Bool, other),
    };

    private static void AddPool(Resource resource, Value body, string kind, string configuration, Value isLive, World world, Guard? guard = null)
    {
        var config = Written.Block(body, configuration);
        var scopes = Written.Find(config, "oauth_scopes");
        world.Add(new NodePool
        {
            Kind = kind,
            Name = Written.Find(body, "name"),
            IsLive = isLive,
            IdentityValue = Written.Find(config, "service_account"),
            ScopesValue = scopes,
            NodeConfig = config,
            Rotation = RotationIn(body, config),
            AutoRepair = IsManaged(body, kind, "auto_repair"),
            AutoUpgrade = IsManaged(body, kind, "auto_upgrade"),
            WorkloadMetadata = Written.Either(config, "workload_metadata_config.mode", "workload_metadata_config.node_metadata"),

            // Without the block the provider itself sends Google's old defaults; with it, what is not written is left to the server.
            Scopes = config is NullValue && kind != "gke-autopilot" ? GoogleScopes.Default : GoogleScopes.Canonical(scopes),
            Address = resource.Address,
            Place = body is MapValue { Place: { } place } && !ReferenceEquals(body, resource.Body) ? place : resource.Place,
            Resource = resource,
            Guard = guard ?? resource.Guard,
        });
    }

    /// <summary>Whether Google does something for the nodes that it does unless it is told not to, which only a pool of its own can.</summary>
    private static Value IsManaged(Value pool, string kind, string what) =>
        kind == "gke" && Written.Find(pool, "management." + what) is not NullValue and var written ? written : BoolValue.True;

    /// <summary>What a pool says of when its nodes are replaced; null for nothing. Spot nodes and those that are queued for live some days at most.</summary>
    private static Value RotationIn(Value pool, Value config)
    {
        Value[] written = [.. RotationNames.Select(name => Written.Find(config, name)), Written.Find(pool, "queued_provisioning.enabled"), Written.Block(pool, "upgrade_settings")];
        return Array.Find(written, each => each is not (NullValue or UnknownValue or BoolValue { Value: false })) ?? Array.Find(written, each => each is UnknownValue) ?? NullValue.Instance;
    }

    /// <summary>The account of the nodes of a pool: the declared one that it names, or the default that every project has.</summary>
    internal static Value IdentityOf(NodePool pool, World world)
    {
        if (GoogleAccounts.IsDefault(pool.IdentityValue, world) == true)
        {
            return Links.To(new Identity
            {
                Kind = "google-service-account",
                Name = new TextValue("the default Compute Engine service account"),
                IsDefault = BoolValue.True,
                DefaultAction = DefaultAccounts.Of(world).ActionOn(pool.Resource!),
                Address = new Address(pool.Address.Scope, pool.Address.Path + ".service_account"),
                Place = pool.Place,
            });
        }

        return GoogleAccounts.Of(pool.IdentityValue, world) is { } account ? Links.To(account)
            : pool.IdentityValue is TextValue { Known: { } known }
                ? new UnknownValue(UnknownReason.External, $"{known} is declared elsewhere", pool.Place)
                : UnknownValue.From(null, pool.IdentityValue);
    }

    /// <summary>Whether a workload pool is that of the cluster's project, or of the one whose fleet it is a member of.</summary>
    private static Value IsOwnPool(Cluster cluster, IEnumerable<Resource> memberships)
    {
        if (cluster.WorkloadPool is NullValue)
        {
            return NullValue.Instance;
        }

        var fleet = cluster.Resource!.At("fleet.project");
        var projects = memberships.Select(GoogleAccounts.ProjectOf).Prepend(fleet is NullValue ? cluster.Project : fleet).Prepend(cluster.Project);
        return projects.Aggregate(Truth.No, (truth, project) => truth.Or(IsPoolOf(project, cluster.WorkloadPool))) switch
        {
            Truth.Unknown when cluster.Project is NullValue => new UnknownValue(UnknownReason.OpenWorld, $"nothing says in which project {cluster.Address.Path} is", cluster.Place, type: DataType.Bool),
            Truth.Unknown => UnknownValue.From(DataType.Bool, cluster.Project, cluster.WorkloadPool),
            var truth => BoolValue.Of(truth == Truth.Yes),
        };
    }

    /// <summary>A pool is <c>PROJECT.svc.id.goog</c>; how that of a project in a domain (<c>example.com:shop</c>) is written is not decided.</summary>
    private static Truth IsPoolOf(Value project, Value pool) => project switch
    {
        NullValue => Truth.Unknown,
        TextValue text when text.Prefix.Contains(':', StringComparison.Ordinal) => Truth.Unknown,
        _ => TextValue.Of([new TextPart(project), new TextPart(".svc.id.goog")]).EqualTo(pool),
    };

    private static Value ClusterOf(NodePool pool, List<Cluster> clusters, World world)
    {
        if (pool.Resource!.Type == ClusterType)
        {
            return Links.To(world.FactOf<Cluster>(pool.Resource));
        }

        var written = pool.Resource.At("cluster");
        if (world.FactOf<Cluster>(written) is { } referred)
        {
            return Links.To(referred);
        }

        var named = clusters.Where(cluster => cluster.Address.Scope == pool.Address.Scope && cluster.Name.EqualTo(written) == Truth.Yes).Take(2).ToList();
        return named is [var only] ? Links.To(only) : Links.Undeclared(written, "cluster");
    }
}
