using Analyzer.Facts.Model;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Aws;

/// <summary>Pull-through caches of ECR, and who pulls through them.</summary>
internal sealed class CacheRuleReader : IReader
{
    public void Read(World world)
    {
        foreach (var resource in world.Managed("aws_ecr_pull_through_cache_rule", "AWS::ECR::PullThroughCacheRule", "awscc_ecr_pull_through_cache_rule"))
        {
            world.Add(new CacheRule
            {
                Address = resource.Address,
                Place = resource.Place,
                Resource = resource,
                Guard = resource.Guard,
                Prefix = resource.Field("ecr_repository_prefix", "EcrRepositoryPrefix"),
                Upstream = resource.Field("upstream_registry_url", "UpstreamRegistryUrl"),
            });
        }
    }

    public void Join(World world)
    {
        var through = new PullThrough(world);
        var pulls = world.Facts.All<Pull>(Pull.Fields).Where(pull => !pull.IsDerived && pull.Registry.As<Registry>() is { Kind: "ecr", Resource: null }).ToList();
        foreach (var rule in world.Facts.All<CacheRule>(CacheRule.Fields))
        {
            var own = pulls.Where(pull => through.Fills(rule, pull.Repository) == Truth.Yes).ToList();
            rule.Pulls = Links.To(own);
            rule.NodePools = own.Count > 0 ? PoolsOf(own) : PoolsBeside(rule, world);
        }
    }

    private static ListValue PoolsOf(List<Pull> pulls) => Links.To(
        pulls.Select(pull => pull.NodePool.As<NodePool>()).OfType<NodePool>().Distinct(),
        pulls.Select(pull => pull.NodePool).Where(pool => pool is not FactValue).SelectMany(Cause.Of));

    private static ListValue PoolsBeside(CacheRule rule, World world)
    {
        var clusters = world.Facts.All<Cluster>(Cluster.Fields).Where(cluster => cluster.Kind == EksReader.Kind && cluster.Address.Scope == rule.Address.Scope).ToList();
        return Links.To(
            clusters.SelectMany(cluster => cluster.NodePools.Each<NodePool>()).Distinct(),
            clusters.Select(cluster => cluster.NodePools).OfType<ListValue>().SelectMany(list => list.OpenBecause ?? []));
    }
}
