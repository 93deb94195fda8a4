using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Aws;

/// <summary>
/// Nodes of EKS that run outside of AWS. Nothing declares them but the access entry that lets them in: its principal is the role that Systems Manager or IAM Roles Anywhere gives them, and with which
/// they pull. It joins before clusters have their pools.
/// </summary>
internal sealed class HybridReader : IReader
{
    private static readonly TextValue Hybrid = new("HYBRID_LINUX");

    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        foreach (var entry in world.Facts.All<AccessEntry>(AccessEntry.Fields).Where(static entry => entry.Type.EqualTo(Hybrid) == Truth.Yes).ToList())
        {
            world.Add(new NodePool
            {
                Kind = NodePool.Hybrid,
                Name = new TextValue(entry.Address.Path),
                Address = entry.Address,
                Place = entry.Place,
                Resource = entry.Resource,
                Guard = entry.Guard,
                NeedsEcr = BoolValue.True,
                Cluster = entry.Cluster,
                Identity = entry.Identity,
                IdentityValue = entry.Resource!.Field("principal_arn", "PrincipalArn"),
            });
        }
    }
}
