using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Joins;

namespace Analyzer.PullPath.Readers.AzureNetwork;

/// <summary>What an Azure firewall lets through: collections of its own, or those of its policy. What no rule allows is denied.</summary>
internal sealed class FirewallRules
{
    private const string Groups = "azurerm_firewall_policy_rule_collection_group";
    private const string Applications = "azurerm_firewall_application_rule_collection";
    private const string Networks = "azurerm_firewall_network_rule_collection";

    private readonly List<FirewallRule> _rules = [];
    private readonly World _world;
    private readonly Resource _owner;

    internal FirewallRules(Resource firewall, World world)
    {
        _world = world;
        _owner = firewall;
        if (firewall.At("firewall_policy_id") is NullValue)
        {
            AddOwn(firewall, world);
        }
        else if (Names.Only(firewall.At("firewall_policy_id"), AzureNetworkTypes.FirewallPolicy, world) is { IsData: false } policy && policy.Address.Scope == firewall.Address.Scope)
        {
            _owner = policy;
            AddPolicy(policy, world);
        }
        else
        {
            Doubts.Add(new Cause(UnknownReason.External, $"the policy of {firewall.Address.Path} is not declared here", firewall.Place, null));
        }
    }

    /// <summary>Where rules are added: the policy, or the firewall itself.</summary>
    internal Span Place => _owner.Place;

    /// <summary>Why there may be more rules than are seen.</summary>
    internal List<Cause> Doubts { get; } = [];

    /// <summary>Whether a rule lets TLS connections from subnets to a host through.</summary>
    internal Truth Allow(HostName host, Flow flow, Value sources) => _rules.Any(rule => rule.Allows(host, flow, sources));

    /// <summary>An answer about what is not allowed, come by the defaults that switch rules off.</summary>
    internal Value Resting(Value answer) => Absences.Of(_world).Resting(answer, _owner, Groups, Applications, Networks);

    private void AddOwn(Resource firewall, World world)
    {
        Doubts.AddRange(OtherMakers.Of(world).Causes(firewall, Applications, "Microsoft.Network/azureFirewalls", "firewall"));
        foreach (var collection in world.Inventory.OfTypes(Applications, Networks).Where(static each => !each.IsData))
        {
            var name = collection.At("azure_firewall_name");
            var isOwn = Names.Mean(name, name, firewall, collection, world);
            if (isOwn != Truth.No)
            {
                Add(collection.Body, collection, collection.Type == Applications, isOwn == Truth.Yes && firewall.Guard.Implies(collection.Guard));
            }
        }
    }

    private void AddPolicy(Resource policy, World world)
    {
        Doubts.AddRange(OtherMakers.Of(world).Causes(policy, Groups, "Microsoft.Network/firewallPolicies", "firewall policy"));
        if (policy.At("base_policy_id") is not NullValue)
        {
            Doubts.Add(new Cause(UnknownReason.External, $"{policy.Address.Path} has rules of another policy", policy.Place, null));
        }

        foreach (var group in world.Inventory.OfType(Groups).Where(static each => !each.IsData))
        {
            var id = group.At("firewall_policy_id");
            var isOwn = Names.Mean(id, NullValue.Instance, policy, group, world);
            if (isOwn == Truth.No && Names.Only(id, AzureNetworkTypes.FirewallPolicy, world) is null && group.Address.Scope == policy.Address.Scope)
            {
                isOwn = Truth.Unknown;
            }

            if (isOwn != Truth.No)
            {
                AddBlocks(group, "application_rule_collection", isOwn == Truth.Yes && policy.Guard.Implies(group.Guard));
                AddBlocks(group, "network_rule_collection", isOwn == Truth.Yes && policy.Guard.Implies(group.Guard));
            }
        }
    }

    private void AddBlocks(Resource group, string name, bool isCertain)
    {
        var blocks = Written.Blocks(group.Body, name);
        Doubts.AddRange(blocks.OpenBecause ?? []);
        if (group.Ignores(name))
        {
            Doubts.Add(new Cause(UnknownReason.External, $"{name} of {group.Address.Path} is changed elsewhere", group.Place, null));
        }

        foreach (var item in blocks.Items)
        {
            Add(item.Value, group, name[0] == 'a', isCertain && group.Guard.Implies(item.Guard));
        }
    }

    private void Add(Value collection, Resource resource, bool isApplication, bool isCertain)
    {
        var action = Written.Find(collection, "action");
        if (action is TextValue { Known: "Deny" })
        {
            return;
        }

        var rules = Written.Blocks(collection, "rule");
        Doubts.AddRange(rules.OpenBecause ?? []);
        if (resource.Ignores("rule"))
        {
            Doubts.Add(new Cause(UnknownReason.External, $"rules of {resource.Address.Path} are changed elsewhere", resource.Place, null));
        }

        _rules.AddRange(rules.Items.Select(item => new FirewallRule(item.Value, isApplication, isCertain && action is TextValue { Known: "Allow" } && resource.Guard.Implies(item.Guard))));
    }
}
