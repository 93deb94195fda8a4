using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Aws;

/// <summary>Which EKS cluster a written value means: a name or ARN, by reference first, by equal text second.</summary>
internal sealed class ClusterNames
{
    /// <summary>How many data sources and alternatives are followed: a data source may be named by itself in a broken configuration.</summary>
    private const int DepthLimit = 8;

    private readonly World _world;
    private readonly List<Cluster> _clusters;

    private ClusterNames(World world)
    {
        _world = world;
        _clusters = [.. world.Facts.All<Cluster>(Cluster.Fields).Where(cluster => cluster.Kind == EksReader.Kind)];
    }

    /// <summary>The index of the clusters that were read.</summary>
    internal static ClusterNames Of(World world) => world.Shared(static world => new ClusterNames(world));

    /// <summary>All EKS clusters.</summary>
    internal IReadOnlyList<Cluster> All => _clusters;

    /// <summary>The cluster a name, id or ARN means; unknown when it is none of those declared here.</summary>
    internal Value ClusterOf(Value written, string scope) => Resolve(written, scope, DepthLimit);

    private Value Resolve(Value written, string scope, int depth)
    {
        if (written is ChoiceValue choice)
        {
            return ChoiceValue.Of(choice.Alternatives.Select(each => each with { Value = Resolve(each.Value, scope, depth) }));
        }

        foreach (var target in depth > 0 ? _world.Inventory.Referents(written) : [])
        {
            if (_world.FactOf<Cluster>(target) is { } cluster)
            {
                return Links.To(cluster);
            }

            if (target is { IsData: true, Type: "aws_eks_cluster" or "aws_eks_cluster_auth" })
            {
                return Resolve(target.At("name"), target.Address.Scope, depth - 1);
            }
        }

        if (written is TextValue)
        {
            var near = _clusters.Where(cluster => cluster.Address.Scope == scope && SameName(cluster, written)).Take(2).ToList();
            var far = near.Count > 0 ? near : [.. _clusters.Where(cluster => cluster.Name is TextValue { Known: not null } && SameName(cluster, written)).Take(2)];
            if (far is [var only])
            {
                return Links.To(only);
            }
        }

        return written is NullValue ? written : Links.Undeclared(written, "cluster");
    }

    /// <summary>
    /// The cluster whose attributes a value was made from, however it was computed (its issuer without the scheme, say); null when it names none, an unknown when it names several.
    /// </summary>
    internal Value MentionedIn(Value value, string scope)
    {
        var found = new List<Cluster>();
        foreach (var reference in value.Mentioned.DistinctBy(reference => reference.Target))
        {
            foreach (var resource in _world.Inventory.ReferentsOf(reference))
            {
                var cluster = _world.FactOf<Cluster>(resource)
                    ?? (resource is { IsData: true, Type: "aws_eks_cluster" } ? ClusterOf(resource.At("name"), scope).As<Cluster>() : null);
                if (cluster is not null && !found.Contains(cluster))
                {
                    found.Add(cluster);
                }
            }
        }

        return found switch
        {
            [] => NullValue.Instance,
            [var only] => Links.To(only),
            _ => new UnknownValue(UnknownReason.Ambiguous, "it names several clusters", value.Trace?.Place),
        };
    }

    /// <summary>The only cluster there is, of a scope or of all; null when there are several or none, or something unseen may be one.</summary>
    internal Cluster? Only(string scope, bool anywhere)
    {
        var candidates = _clusters.Where(cluster => anywhere || cluster.Address.Scope == scope).Take(2).ToList();
        return candidates is [var only] && only.Resource!.IsCertain ? only : null;
    }

    private static bool SameName(Cluster cluster, Value written) => cluster.Name is TextValue && cluster.Name.EqualTo(written) == Truth.Yes;
}
