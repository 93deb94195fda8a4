using Analyzer.Facts.Model;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Model;

/// <summary>A pull-through cache of ECR: repositories of a prefix that are filled from another registry when they are first asked for.</summary>
public sealed class CacheRule : Fact
{
    /// <summary>The prefix of a rule for all repositories.</summary>
    private const string Everything = "ROOT";

    /// <summary>Fields of cache rules.</summary>
    public static Shape Fields { get; } = new(
        "cache_rule",
        "AWS: a pull-through cache of ECR.",
        Shape.Field<CacheRule>("prefix", FieldType.Text, "What its repositories begin with; ROOT for all.", rule => rule.Prefix),
        Shape.Field<CacheRule>("upstream", FieldType.Text, "The registry it is filled from.", rule => rule.Upstream),
        Shape.Field<CacheRule>("pulls", FieldType.List(FieldType.Of("pull")), "Pulls of its images.", rule => rule.Pulls),
        Shape.Field<CacheRule>("node_pools", FieldType.List(FieldType.Of("node_pool")), "The pools that pull its images; where no image is seen, those of the clusters that are declared beside it.", rule => rule.NodePools));

    /// <inheritdoc/>
    public override Shape Shape => Fields;

    /// <summary>Prefix of its repositories.</summary>
    public required Value Prefix { get; init; }

    /// <summary>The registry it is filled from.</summary>
    public required Value Upstream { get; init; }

    /// <summary>True for the rule of all repositories that no other rule has.</summary>
    internal bool IsForAll => Prefix is TextValue { Known: Everything };

    /// <summary>Whether a repository is one that the rule fills.</summary>
    internal Truth Fills(Value repository) => (Prefix, repository) switch
    {
        (TextValue { Known: Everything }, _) => Truth.Yes,
        (TextValue { Known: { } known }, TextValue path) when path.Prefix.StartsWith(known.TrimEnd('/') + "/", StringComparison.Ordinal) => Truth.Yes,
        (TextValue { Known: not null }, TextValue { Known: not null }) => Truth.No,
        _ => Truth.Unknown,
    };

    /// <summary>Pulls of its images; set by the join.</summary>
    public Value Pulls { get; set; } = ListValue.Empty;

    /// <summary>Pools that pull them; set by the join.</summary>
    public Value NodePools { get; set; } = ListValue.Empty;
}
