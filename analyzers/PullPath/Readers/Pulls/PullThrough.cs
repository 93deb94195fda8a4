using Analyzer.Facts.Values;
using Analyzer.PullPath.Images;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Pulls;

/// <summary>Pull through cache rules of ECR: images under their prefixes come from another registry when they are pulled first.</summary>
internal sealed class PullThrough(World world)
{
    private readonly List<CacheRule> _rules = [.. world.Facts.All<CacheRule>(CacheRule.Fields).Where(rule => rule.Guard.IsAlways)];

    /// <summary>Whether a rule brings an image of a private registry.</summary>
    internal Value Brings(ImageName image, Value registry) => _rules.Count == 0 || registry.As<Registry>() is not { Kind: "ecr", Resource: null }
        ? BoolValue.False
        : Answer.Of(_rules.Any(rule => rule.Fills(image.Repository)), _rules.SelectMany(rule => Cause.Of(rule.Prefix)).Concat(Cause.Of(image.Repository)));
}
