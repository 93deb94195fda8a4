using Analyzer.Facts.Model;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Kubernetes;

namespace Analyzer.PullPath.Readers.Aws;

/// <summary>Node classes of Karpenter and of EKS Auto Mode: Kubernetes objects that name the role of the nodes to come.</summary>
internal sealed class KarpenterReader : IReader
{
    /// <summary>Node classes of Karpenter.</summary>
    internal const string NodeClass = "karpenter.k8s.aws/EC2NodeClass";

    private const string Discovery = "karpenter.sh/discovery";

    private readonly List<(NodePool Pool, KubernetesObject Class)> _read = [];

    public void Read(World world)
    {
        foreach (var each in KubernetesObject.Of(world))
        {
            if (each.Type switch { NodeClass => "karpenter", "eks.amazonaws.com/NodeClass" => "eks-auto-class", _ => null } is not { } kind)
            {
                continue;
            }

            var role = Written.Find(each.Body, "spec.role");
            var pool = world.Add(new NodePool
            {
                Kind = kind,
                Name = each.Name,
                Address = each.Resource.Address,
                Place = each.Resource.Place,
                Resource = each.Resource,
                Guard = each.Resource.Guard,
                NeedsEcr = BoolValue.True,
                MakesProfile = BoolValue.Of(kind == "karpenter" && role is not NullValue),
                IdentityValue = role is NullValue ? Written.Find(each.Body, "spec.instanceProfile") : role,
                SubnetsValue = Written.Find(each.Body, "spec.subnetSelectorTerms"),
            });
            _read.Add((pool, each));
        }
    }

    public void Join(World world)
    {
        var roles = RoleNames.Of(world);
        var names = ClusterNames.Of(world);
        foreach (var (pool, each) in _read)
        {
            pool.Identity = Written.Find(each.Body, "spec.role") is NullValue
                ? roles.RoleOfProfile(pool.IdentityValue, pool.Address.Scope)
                : roles.RoleOf(pool.IdentityValue, pool.Address.Scope);
            if (pool.Identity is NullValue)
            {
                pool.Identity = new UnknownValue(UnknownReason.NoValue, $"{pool.Address.Path} names no role", pool.Place);
            }

            pool.Cluster = names.ClusterOf(DiscoveryTag(each.Body), pool.Address.Scope);
            if (pool.Cluster is not FactValue && pool.Resource is { Language: Language.Terraform } && ProviderClusters.Of(pool.Resource, world) is FactValue target)
            {
                pool.Cluster = target;
            }

            if (pool.Cluster is not FactValue && names.Only("", anywhere: true) is { } only)
            {
                (pool.Cluster, pool.ClusterIsInferred) = (Links.To(only), true);
            }

            PoolClusters.NeedsCluster(pool);
        }
    }

    /// <summary>The value of the discovery tag by which subnets or security groups are found: the name of the cluster, by convention.</summary>
    private static Value DiscoveryTag(Value nodeClass)
    {
        foreach (var terms in new[] { "subnetSelectorTerms", "securityGroupSelectorTerms" })
        {
            foreach (var term in Written.Blocks(Written.Find(nodeClass, "spec"), terms).Values)
            {
                if ((Written.Find(term, "tags") as MapValue)?[Discovery] is { } name)
                {
                    return name;
                }
            }
        }

        return NullValue.Instance;
    }
}
