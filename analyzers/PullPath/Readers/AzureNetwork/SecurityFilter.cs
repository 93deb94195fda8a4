using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Readers.AzureNetwork;

/// <summary>All rules of a network security group. The first that is about a connection decides; what none is about leaves, because the rules of Azure itself, which come last, allow it.</summary>
internal sealed class SecurityFilter
{
    private readonly List<FilterRule> _rules;

    internal SecurityFilter(Resource group, World world)
    {
        var inline = Written.Blocks(group.Body, "security_rule");
        var apart = new List<FilterRule>();
        var open = new List<Cause>(inline.OpenBecause ?? []);
        foreach (var rule in world.Managed(AzureNetworkTypes.SecurityRule))
        {
            var name = rule.At("network_security_group_name");
            switch (Names.Mean(name, name, group, rule, world))
            {
                case Truth.Yes:
                    apart.Add(new FilterRule(rule.Body, rule, group.Guard.Implies(rule.Guard) && (rule.Multiplicity == Multiplicity.One || group.Multiplicity == Multiplicity.Any)));
                    break;
                case Truth.Unknown when rule.Address.Scope == group.Address.Scope && group.Guard.MeetsWith(rule.Guard):
                    open.Add(new Cause(UnknownReason.OpenWorld, $"{rule.Address.Path} may be one of {group.Address.Path}", rule.Place, null));
                    break;
            }
        }

        if ((apart.Count > 0 && inline.Items.Length > 0) || group.Ignores("security_rule"))
        {
            open.Add(new Cause(UnknownReason.Ambiguous, $"rules of {group.Address.Path} are changed by others", group.Place, null));
        }

        open.AddRange(OtherMakers.Of(world).Causes(group, AzureNetworkTypes.SecurityRule, "Microsoft.Network/networkSecurityGroups", "nsg rule"));
        Group = group;
        Doubts = [.. open.Distinct().Take(Cause.Limit)];
        _rules = [.. inline.Items.Select(item => new FilterRule(item.Value, group, group.Guard.Implies(item.Guard))), .. apart];
    }

    /// <summary>The group.</summary>
    internal Resource Group { get; }

    /// <summary>Why there may be more rules than are seen.</summary>
    internal IReadOnlyList<Cause> Doubts { get; }

    /// <summary>Rules that certainly deny something that leaves.</summary>
    internal IEnumerable<FilterRule> Denials => _rules.Where(static rule => rule.IsOutbound == Truth.Yes && rule.Allows == Truth.No);

    /// <summary>Whether a rule is the first that decides about a connection from a subnet, and denies it.</summary>
    internal Truth Denies(FilterRule denial, Flow flow, Value sources)
    {
        var meets = denial.Meets(flow, sources);
        if (meets == Truth.No || denial.Priority is not { } priority)
        {
            return meets.And(Truth.Unknown);
        }

        var isFirst = _rules.Where(rule => rule != denial && (rule.Priority ?? 0) <= priority).All(rule => rule.Meets(flow, sources) switch
        {
            // Whether an earlier denial is about it or not, nothing leaves.
            Truth.Unknown when rule.Allows == Truth.No => Truth.Yes,
            Truth.Yes when rule.Priority is null => Truth.Unknown,
            var earlier => earlier.Not(),
        });
        return meets.And(isFirst).And(Doubts.Count == 0 ? Truth.Yes : Truth.Unknown);
    }
}
