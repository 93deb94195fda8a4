using Analyzer.Facts.Model;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Aws;

/// <summary>Node classes of Karpenter and of EKS Auto Mode: Kubernetes objects that name the role of the nodes to come.</summary>
internal sealed class KarpenterReader : IReader
{
    private const string Discovery = "karpenter.sh/discovery";

    public void Read(World world)
    {
        foreach (var (type, kind) in new[] { ("karpenter.k8s.aws/EC2NodeClass", "karpenter"), ("eks.amazonaws.com/NodeClass", "eks-auto-class") })
        {
            foreach (var resource in world.Inventory.OfType(type))
            {
                var role = resource.At("spec.role");
                world.Add(new NodePool
                {
                    Kind = kind,
                    Name = resource.At("metadata.name"),
                    Address = resource.Address,
                    Place = resource.Place,
                    Resource = resource,
                    Guard = resource.Guard,
                    NeedsEcr = BoolValue.True,
                    MakesProfile = BoolValue.Of(kind == "karpenter" && role is not NullValue),
                    IdentityValue = role is NullValue ? resource.At("spec.instanceProfile") : role,
                    SubnetsValue = resource.At("spec.subnetSelectorTerms"),
                });
            }
        }
    }

    public void Join(World world)
    {
        var roles = new RoleNames(world);
        var names = new ClusterNames(world);
        foreach (var pool in world.Facts.All<NodePool>(NodePool.Fields).Where(pool => pool.Kind is "karpenter" or "eks-auto-class"))
        {
            var resource = pool.Resource!;
            pool.Identity = resource.At("spec.role") is NullValue
                ? roles.RoleOfProfile(pool.IdentityValue, pool.Address.Scope)
                : roles.RoleOf(pool.IdentityValue, pool.Address.Scope);
            if (pool.Identity is NullValue)
            {
                pool.Identity = new UnknownValue(UnknownReason.NoValue, $"{resource.Address.Path} names no role", resource.Place);
            }

            pool.Cluster = names.ClusterOf(DiscoveryTag(resource), pool.Address.Scope);
            if (pool.Cluster is not FactValue && names.Only("", anywhere: true) is { } only)
            {
                (pool.Cluster, pool.ClusterIsInferred) = (Links.To(only), true);
            }
        }
    }

    /// <summary>The value of the discovery tag by which subnets or security groups are found: the name of the cluster, by convention.</summary>
    private static Value DiscoveryTag(Resource resource)
    {
        foreach (var terms in new[] { "subnetSelectorTerms", "securityGroupSelectorTerms" })
        {
            foreach (var term in Written.Blocks(resource.At("spec"), terms).Values)
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
