using Analyzer.Facts.Values;
using Analyzer.PullPath.Images;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Aws;

/// <summary>Pull through cache rules of ECR: images under their prefixes come from another registry when they are pulled first.</summary>
internal sealed class PullThrough(World world)
{
    private readonly List<CacheRule> _rules = [.. world.Facts.All<CacheRule>(CacheRule.Fields).Where(rule => rule.Guard.IsAlways)];
    private readonly List<Value> _declared = [.. world.Facts.All<Registry>(Registry.Fields).Where(registry => registry is { Kind: "ecr", Resource: not null }).Select(registry => registry.Name)];

    /// <summary>Whether a rule brings an image of a private registry.</summary>
    internal Value Brings(ImageName image, Value registry) => _rules.Count == 0 || registry.As<Registry>() is not { Kind: "ecr", Resource: null }
        ? BoolValue.False
        : Answer.Of(_rules.Any(rule => Fills(rule, image.Repository)), _rules.SelectMany(rule => Cause.Of(rule.Prefix)).Concat(Cause.Of(image.Repository)));

    /// <summary>Whether a rule fills a repository. One that is declared has images of its own, unless it has the prefix of a rule: then it is made for the cache.</summary>
    internal Truth Fills(CacheRule rule, Value repository) =>
        rule.Fills(repository).And(rule.IsForAll && _declared.Exists(name => name.EqualTo(repository) != Truth.No) ? Truth.Unknown : Truth.Yes);
}
