using System.Collections.Immutable;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Azure;

/// <summary>
/// What an Azure container registry is bought and set up for. Source: the resource azurerm_container_registry, and learn.microsoft.com, "Azure Container Registry SKU features and limits".
/// </summary>
internal static class RegistryOptions
{
    /// <summary>The sku. Every registry has one, so that where none is written it stands where nobody looks.</summary>
    internal static Value Sku(Resource resource) => Kept(resource, "sku") switch
    {
        NullValue => new UnknownValue(UnknownReason.External, $"the sku of {resource.Address.Path} is not written here", resource.Place, type: DataType.Text),
        var written => written,
    };

    /// <summary>Whether the public address answers: unless somebody turns it off.</summary>
    internal static Value PublicAccess(Resource resource) => Kept(resource, "public_network_access_enabled") switch
    {
        NullValue => resource.IsData ? new UnknownValue(UnknownReason.External, $"{resource.Address.Path} is looked up", resource.Place, type: DataType.Bool) : BoolValue.True,
        var written => Answer.Plain(written),
    };

    /// <summary>What is refused for registries of the skus Basic and Standard, in the words of the attributes.</summary>
    internal static ListValue PremiumFeatures(Resource resource)
    {
        var features = ImmutableArray.CreateBuilder<Item>();
        var open = new List<Cause>();
        AddSwitch("public_network_access_enabled", isPremiumWhen: false);
        AddSwitch("data_endpoint_enabled", isPremiumWhen: true);
        AddBlocks("georeplications");
        AddBlocks("network_rule_set");
        return new ListValue(features.ToImmutable()) { OpenBecause = open.Count == 0 ? null : [.. open.Take(Cause.Limit)] };

        void AddSwitch(string name, bool isPremiumWhen)
        {
            var written = Kept(resource, name);
            switch (Answer.TruthOf(written))
            {
                case Truth.Unknown when written is not NullValue:
                    open.AddRange(Cause.Of(written));
                    break;
                case var truth when truth == Kleene.Of(isPremiumWhen):
                    features.Add(new Item(new TextValue($"{name} = {(isPremiumWhen ? "true" : "false")}").With(written.Trace)));
                    break;
            }
        }

        void AddBlocks(string name)
        {
            var blocks = Written.Blocks(resource.Body, name);
            open.AddRange(blocks.OpenBecause ?? []);
            if (blocks.Items is [var first, ..])
            {
                features.Add(new Item(new TextValue(name).With(first.Value.Trace), first.Guard));
            }
        }
    }

    /// <summary>What happens to whoever no rule lets in.</summary>
    internal static Value DefaultAction(Resource resource) => Written.Find(RuleSet(resource), "default_action") switch
    {
        NullValue => resource.IsData ? new UnknownValue(UnknownReason.External, $"{resource.Address.Path} is looked up", resource.Place, type: DataType.Text) : new TextValue("Allow"),
        var written => written,
    };

    /// <summary>Address ranges that rules let in.</summary>
    internal static ListValue AddressRules(Resource resource)
    {
        var rules = RuleSet(resource) is NullValue ? ListValue.Empty : Written.Blocks(RuleSet(resource), "ip_rule");
        return new ListValue([.. rules.Items.Select(static item => item with { Value = Written.Find(item.Value, "ip_range") })]) { OpenBecause = rules.OpenBecause };
    }

    /// <summary>Rules that let subnets in.</summary>
    internal static ListValue SubnetRules(Resource resource) => RuleSet(resource) switch
    {
        NullValue => ListValue.Empty,
        var rules => Written.Blocks(rules, "virtual_network"),
    };

    private static Value RuleSet(Resource resource) => Kept(resource, "network_rule_set") is ListValue or MapValue or NullValue ? resource.Block("network_rule_set") : Kept(resource, "network_rule_set");

    /// <summary>False where each version of the provider that may be in use is newer than 3.x, the last that had rules for subnets.</summary>
    internal static Value MayHaveSubnetRules(Resource resource, World world) => Answer.Of(
        (world.Inventory.UnitOf(resource.Address.Scope)?.Versions("azurerm") ?? VersionRange.Any).IsAtLeast("4.0.0").Not(),
        new Cause(UnknownReason.External, "no constraint says whether azurerm is older than 4.0", resource.Place, null));

    /// <summary>The written value of an attribute; unknown where it is changed elsewhere.</summary>
    private static Value Kept(Resource resource, string name) => resource.Ignores(name)
        ? new UnknownValue(UnknownReason.External, $"{name} of {resource.Address.Path} is changed elsewhere: it ignores changes", resource.Place)
        : resource.At(name);
}
