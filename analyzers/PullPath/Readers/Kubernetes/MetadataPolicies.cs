using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Kubernetes;

/// <summary>
/// Network policies that speak of the metadata service. Whether such a policy covers all pods takes its selectors, its namespace and its network plug-in; that it is there is enough to prove nothing.
/// </summary>
internal sealed class MetadataPolicies : IReader
{
    private const string Service = "169.254.169.254";

    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        var policy = KubernetesObject.Of(world).FirstOrDefault(each => each.Kind.EndsWith("NetworkPolicy", StringComparison.Ordinal)
            && each.Body.Deep().Any(value => value is TextValue text && text.ToString().Contains(Service, StringComparison.Ordinal)));
        if (policy is null)
        {
            return;
        }

        foreach (var cluster in world.Facts.All<Cluster>(Cluster.Fields))
        {
            cluster.GuardsMetadata = Answer.Of(Truth.Unknown, new Cause(UnknownReason.NotComputed, $"{policy.Resource.Address.Path} may keep pods from it", policy.Resource.Place, null));
        }
    }
}
