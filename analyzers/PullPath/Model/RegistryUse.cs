using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>A cluster that pulls from a registry which is declared or looked up, as far as the repository tells.</summary>
public sealed class RegistryUse : Fact
{
    /// <summary>Fields of uses.</summary>
    public static Shape Fields { get; } = new(
        "registry_use",
        "A registry that is declared or looked up, and a cluster that pulls from it.",
        Shape.Field<RegistryUse>("cluster", FieldType.Of("cluster"), "The cluster.", use => Links.To(use.Cluster)),
        Shape.Field<RegistryUse>("registry", FieldType.Of("registry"), "The registry.", use => Links.To(use.Registry)),
        Shape.Field<RegistryUse>("evidence", FieldType.Text, "image: a workload names an image in it; bootstrap: the cluster's own images come from it; together: the only registry beside the only cluster; grant: a role on it is granted to a principal of the cluster.", use => new TextValue(use.Evidence)),
        Shape.Field<RegistryUse>("identity", FieldType.Of("identity"), "The identity with which the cluster's nodes pull, or those of the pool.", use => use.Pool?.Identity ?? use.Cluster.KubeletIdentity),
        Shape.Field<RegistryUse>("node_pool", FieldType.Of("node_pool"), "The pool whose nodes pull with an identity of their own (Cluster API); null where all of the cluster pull with the same.", use => Links.To(use.Pool)),
        Shape.Field<RegistryUse>("missed_grants", FieldType.List(FieldType.Of("grant")), "Grants on the registry that were meant for the nodes and name another principal of the cluster.", use => use.MissedGrants),
        Shape.Field<RegistryUse>("deployments", FieldType.List(FieldType.Of("deployment")), "Deployments that start images of the registry on the cluster.", use => use.Deployments));

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary>The cluster.</summary>
    public required Cluster Cluster { get; init; }

    /// <summary>The pool, where pools have identities of their own.</summary>
    public NodePool? Pool { get; init; }

    /// <summary>The registry.</summary>
    public required Registry Registry { get; init; }

    /// <summary>What tells of it.</summary>
    public required string Evidence { get; init; }

    /// <summary>Grants with a wrong principal.</summary>
    public Value MissedGrants { get; set; } = ListValue.Empty;

    /// <summary>Deployments that start its images.</summary>
    public Value Deployments { get; set; } = ListValue.Empty;
}
