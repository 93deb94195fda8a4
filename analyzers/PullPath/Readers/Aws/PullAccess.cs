using Analyzer.Facts.Model;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Aws.Policies;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Aws;

/// <summary>Which images the roles of nodes may pull from their private repositories. It joins when all pulls are there.</summary>
internal sealed class PullAccess : IReader
{
    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        var access = RoleAccess.Of(world);
        var pulls = world.Facts.All<Pull>(Pull.Fields).Where(pull => pull.NodePool.As<NodePool>() is { Service: not null } && pull.Registry.As<Registry>() is { Kind: "ecr" }).ToList();
        foreach (var pull in pulls)
        {
            pull.IsAllowed = PullTarget.Of(new FactValue(pull)) is { } target
                ? RoleAccess.Each(pull.NodePool.As<NodePool>()!.Identity, identity => access.Allows(identity, PullRequests.EcrActions, target))
                : UnknownValue.From(DataType.Bool, pull.Registry);
        }

        foreach (var ofWorkload in pulls.GroupBy(pull => pull.Workload.As<Workload>()))
        {
            foreach (var pull in ofWorkload)
            {
                var others = ofWorkload.Where(other => other != pull && Equals(other.Image, pull.Image));
                pull.IsAllowedElsewhere = Answer.Of(others.Any(other => Answer.TruthOf(other.IsAllowed).And(Answer.TruthOf(other.Lands))), Cause.Of(pull.Lands));
            }
        }

        var byPool = pulls.Where(pull => !pull.IsDerived).ToLookup(pull => pull.NodePool.As<NodePool>());
        foreach (var pool in world.Facts.All<NodePool>(NodePool.Fields).Where(pool => pool.Service is not null))
        {
            pool.EcrPulls = Links.To(byPool[pool]);

            // Nodes of which nothing tells whether they need ECR do, where an image from there runs.
            if (pool.NeedsEcr is UnknownValue && byPool[pool].Any(pull => pull is { CertainlyLands: BoolValue { Value: true }, Guard.IsAlways: true }))
            {
                pool.NeedsEcr = BoolValue.True;
            }
        }
    }
}
