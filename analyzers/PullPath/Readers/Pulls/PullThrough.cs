using Analyzer.Facts.Values;
using Analyzer.PullPath.Images;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Aws;

namespace Analyzer.PullPath.Readers.Pulls;

/// <summary>Pull through cache rules of ECR: images under their prefixes come from another registry when they are pulled first.</summary>
internal sealed class PullThrough(World world)
{
    /// <summary>The prefix of a rule for all repositories.</summary>
    private const string Everything = "ROOT";

    private readonly List<Value> _prefixes = [.. world.Managed("aws_ecr_pull_through_cache_rule", "AWS::ECR::PullThroughCacheRule", "awscc_ecr_pull_through_cache_rule")
        .Where(rule => rule.Guard.IsAlways).Select(rule => rule.Field("ecr_repository_prefix", "EcrRepositoryPrefix"))];

    /// <summary>Whether a rule brings an image of a private registry.</summary>
    internal Value Brings(ImageName image, Value registry)
    {
        if (_prefixes.Count == 0 || registry.As<Registry>() is not { Kind: "ecr", Resource: null })
        {
            return BoolValue.False;
        }

        var answers = _prefixes.Select(prefix => prefix is TextValue { Known: Everything } ? Truth.Yes : Starts(prefix, image.Repository)).Any();
        return Answer.Of(answers, _prefixes.SelectMany(Cause.Of).Concat(Cause.Of(image.Repository)));
    }

    private static Truth Starts(Value prefix, Value repository) => (prefix, repository) switch
    {
        (TextValue { Known: { } known }, TextValue path) when path.Prefix.StartsWith(known + "/", StringComparison.Ordinal) => Truth.Yes,
        (TextValue { Known: not null }, TextValue { Known: not null }) => Truth.No,
        _ => Truth.Unknown,
    };
}
