using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Joins;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.AzureNetwork;

/// <summary>What rules of security groups keep nodes from, gathered over all clusters.</summary>
internal sealed class Verdicts
{
    internal const string Registry = "registry";

    internal const string Layers = "layers";

    internal const string Services = "services";

    private readonly Dictionary<(FilterRule Rule, string Kind), (List<Item> Found, List<Cause> Open)> _all = [];

    /// <summary>Notes that a rule keeps nodes from something, or may do so.</summary>
    internal void Add(FilterRule rule, string kind, Value what, Truth answer, List<Cause> causes)
    {
        if (answer == Truth.No)
        {
            return;
        }

        if (!_all.TryGetValue((rule, kind), out var entry))
        {
            _all.Add((rule, kind), entry = ([], []));
        }

        if (answer == Truth.Unknown)
        {
            entry.Open.AddRange(causes.DefaultIfEmpty(new Cause(UnknownReason.NoValue, "whom rules of the security group are about", rule.Place, null)));
        }
        else if (!entry.Found.Exists(each => each.Value.EqualTo(what) == Truth.Yes))
        {
            entry.Found.Add(new Item(what));
        }
    }

    /// <summary>The rule with all that it keeps nodes from.</summary>
    internal NsgRule FactOf(FilterRule rule, Resource group, World world) => new()
    {
        Group = new TextValue(group.Address.Path),
        Destination = rule.Destination,
        Blocked = Of(rule, Registry, group, world),
        BlockedLayers = Of(rule, Layers, group, world),
        BlockedServices = Of(rule, Services, group, world),
        Address = rule.Resource == group ? group.Address with { Path = $"{group.Address.Path}#{(rule.Name as TextValue)?.ToString() ?? "rule"}" } : rule.Resource.Address,
        Place = rule.Place,
        Resource = rule.Resource,
        Guard = rule.Resource.Guard,
    };

    private Value Of(FilterRule rule, string kind, Resource group, World world)
    {
        var (found, open) = _all.GetValueOrDefault((rule, kind), ([], []));
        return Absences.Of(world).Resting(
            new ListValue([.. found]) { OpenBecause = open.Count == 0 ? null : [.. open.Distinct().Take(Cause.Limit)] }, group, AzureNetworkTypes.SecurityRule);
    }
}
