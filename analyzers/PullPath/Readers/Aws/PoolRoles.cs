using Analyzer.Facts.Model;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Aws;

/// <summary>Links roles with the pools whose nodes have them, and says what keeps each pool from pulling.</summary>
internal sealed class PoolRoles : IReader
{
    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        var obstacles = new PullObstacles(new RoleAccess(world));
        var pools = world.Facts.All<NodePool>(NodePool.Fields).Where(pool => pool.Service is not null).ToList();
        foreach (var pool in pools)
        {
            pool.PullObstacle = obstacles.Of(pool);
        }

        var byRole = pools.Where(pool => pool.Identity is FactValue).ToLookup(pool => pool.Identity.As<Identity>());
        foreach (var role in world.Facts.All<Identity>(Identity.Fields).Where(identity => identity.Kind == RoleReader.Kind))
        {
            role.NodePools = Links.To(byRole[role]);
        }
    }
}
