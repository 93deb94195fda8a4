using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Aws.Policies;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Aws;

/// <summary>Which workloads run on Fargate: those that a selector of a profile of their cluster picks by namespace and labels. Both may have wildcards.</summary>
internal sealed class FargateSelectors : IReader
{
    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        var profiles = world.Facts.All<NodePool>(NodePool.Fields).Where(pool => pool.Kind == "eks-fargate").ToList();
        world.Each(world.Facts.All<Workload>(Workload.Fields), workload => workload.RunsOnFargate = Answer.Of(
            profiles.Any(profile => Picks(profile, workload)),
            profiles.Select(profile => new Cause(UnknownReason.Ambiguous, $"{profile.Address.Path} may pick its pods", profile.Place, null))));
    }

    private static Truth Picks(NodePool profile, Workload workload)
    {
        var isHere = profile.Cluster is Facts.Model.FactValue && workload.Cluster is Facts.Model.FactValue ? profile.Cluster.EqualTo(workload.Cluster) : Truth.Unknown;
        if (isHere == Truth.No)
        {
            return isHere;
        }

        var selectors = profile.Resource!.FieldBlocks(profile.Resource!.Type.StartsWith("awscc", StringComparison.Ordinal) ? "selectors" : "selector", "Selectors");
        return isHere.And(Answer.Exists(profile.Guard)).And(Answer.Has(selectors, each => Selects(each, workload)));
    }

    private static Truth Selects(Value selector, Workload workload)
    {
        var space = Written.Either(selector, "namespace", "Namespace");
        return Matches(space, workload.Namespace).And(Labels(selector).All(label => label is ({ } key, { } value) ? Matches(value, Written.FindKey(workload.PodLabels, key)) : Truth.Unknown));
    }

    /// <summary>The labels a selector asks for; one of which nothing is known where not all are seen.</summary>
    private static IEnumerable<(string? Key, Value? Value)> Labels(Value selector)
    {
        switch (Written.Either(selector, "labels", "Labels"))
        {
            case NullValue:
                return [];
            case MapValue { IsOpen: false } map:
                return map.Entries.Select(entry => ((string?)entry.Key, (Value?)entry.Value));
            case ListValue { IsOpen: false } list:
                return list.Values.Select(each => (Written.Either(each, "key", "Key") is TextValue { Known: { } key } ? key : null, (Value?)Written.Either(each, "value", "Value")));
            default:
                return [(null, null)];
        }
    }

    private static Truth Matches(Value pattern, Value text) => (pattern, text) switch
    {
        (_, NullValue) => Truth.No,
        (TextValue written, TextValue known) => Pattern.Match(written, known),
        _ => pattern.EqualTo(text),
    };
}
