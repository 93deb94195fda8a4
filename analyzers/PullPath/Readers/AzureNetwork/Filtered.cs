using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.AzureNetwork;

/// <summary>A pool, and the network security group that filters what its nodes send.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="Subnet">Where its nodes stand; null where that is not known.</param>
/// <param name="Filter">The group; null for none, and where it is not known.</param>
/// <param name="Causes">Why the group may be another one or have other rules.</param>
internal sealed record Filtered(NodePool Pool, Resource? Subnet, SecurityFilter? Filter, IReadOnlyList<Cause> Causes)
{
    /// <summary>Whether the group is certainly there.</summary>
    internal bool IsCertain { get; init; }

    /// <summary>
    /// The rules that keep its nodes from somewhere, by whichever way they may go there: each way must be closed. Where the answer is not certain, those that may be meant.
    /// </summary>
    /// <param name="waysFrom">The ways from a subnet; none where there is nowhere to go.</param>
    internal (List<FilterRule> Rules, Truth Answer) Denial(Func<Resource, IReadOnlyList<Flow>> waysFrom)
    {
        if (Filter is null || Subnet is null)
        {
            return ([], Subnet is null ? Truth.Unknown : Truth.No);
        }

        var ways = waysFrom(Subnet);
        if (ways.Count == 0)
        {
            return ([], Truth.No);
        }

        var rules = new List<FilterRule>();
        var answer = ways.All(way =>
        {
            var closed = Truth.No;
            foreach (var rule in Filter.Denials)
            {
                var denies = Filter.Denies(rule, way, Subnet.At("address_prefixes"));
                if (denies != Truth.No && !rules.Contains(rule))
                {
                    rules.Add(rule);
                }

                closed = closed.Or(denies);
            }

            return closed;
        });
        return (answer == Truth.No ? [] : rules, answer.And(IsCertain ? Truth.Yes : Truth.Unknown));
    }
}
