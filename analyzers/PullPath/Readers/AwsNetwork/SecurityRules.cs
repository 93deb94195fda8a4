using System.Collections.Immutable;
using Analyzer.Facts.Model;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Joins;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.AwsNetwork;

/// <summary>The rules of security groups: blocks of the group, resources of their own, and those that AWS makes.</summary>
internal sealed class SecurityRules
{
    private static readonly string[] EitherWay = ["aws_security_group_rule"];
    private static readonly string[] OneWay = ["aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"];
    private static readonly string[] IngressTypes = [.. EitherWay, OneWay[0]];
    private static readonly string[] EgressTypes = [.. EitherWay, OneWay[1]];
    private static readonly string[] InTemplates = ["AWS::EC2::SecurityGroupIngress", "AWS::EC2::SecurityGroupEgress"];
    private static readonly string[] Apart = [.. EitherWay, .. OneWay, .. InTemplates];
    private static readonly string[] OfDefaultGroups = ["aws_default_security_group", .. Apart];

    private readonly World _world;
    private readonly FindFact<SecurityGroup> _find;
    private readonly Dictionary<(SecurityGroup Group, bool IsIngress), List<(Resource Resource, Value Id, RuleWords Words)>> _apart = [];
    private readonly Dictionary<SecurityGroup, List<Cause>> _undirected = [];
    private readonly List<Cause> _unresolved = [];

    /// <summary>Resolves all rules that are resources of their own, once.</summary>
    internal SecurityRules(World world)
    {
        (_world, _find) = (world, SecurityGroupReader.Find(world));
        foreach (var (rule, id, group) in Linked(EitherWay, "security_group_id"))
        {
            NoteEitherWay(rule, id, group);
        }

        foreach (var (rule, id, group) in Linked(OneWay, "security_group_id"))
        {
            Note(rule, id, group, rule.Type == OneWay[0], RuleWords.Single);
        }

        foreach (var (rule, id, group) in Linked(InTemplates, "GroupId"))
        {
            Note(rule, id, group, rule.Type == InTemplates[0], RuleWords.Template);
        }
    }

    /// <summary>All rules of a group in one direction; open when something unseen may add one.</summary>
    /// <param name="group">The group.</param>
    /// <param name="isIngress">The direction.</param>
    /// <param name="made">Gets the rules: facts for the world, which is only read here.</param>
    internal Value Of(SecurityGroup group, bool isIngress, List<SecurityRule> made)
    {
        var resource = group.Resource!;
        var items = ImmutableArray.CreateBuilder<Item>();
        var open = new List<Cause>(_unresolved);
        var inline = InlineOf(resource, isIngress);
        var apart = _apart.GetValueOrDefault((group, isIngress)) ?? [];
        foreach (var item in inline.Items)
        {
            items.Add(new Item(Rule(made, group, resource, item.Value, resource.Language == Language.Terraform ? RuleWords.Inline : RuleWords.Template, $"#{(isIngress ? "ingress" : "egress")}[{items.Count}]"),
                resource.Guard.Implies(item.Guard) ? Guard.Always : item.Guard));
        }

        foreach (var (rule, id, words) in apart)
        {
            if (Identifiers.Holds(rule, id, group) is var holds and not Truth.No)
            {
                items.Add(new Item(Rule(made, group, rule, rule.Body, words, ""), holds == Truth.Yes ? Guard.Always : rule.Existence));
            }
        }

        if (IsMadeByAws(resource) || (resource.Language == Language.CloudFormation && !isIngress && inline is { Items: [], IsOpen: false }))
        {
            AddMade(made, group, isIngress, items, open, apart.Count > 0 && !IsMadeByAws(resource));
        }
        else if (inline.Items.Length > 0 && apart.Count > 0)
        {
            open.Add(new Cause(UnknownReason.Ambiguous, $"rules of {group.Address.Path} are written inline and apart: they replace each other", group.Place, null));
        }

        open.AddRange(inline.OpenBecause ?? []);
        open.AddRange(_undirected.GetValueOrDefault(group) ?? []);
        open.AddRange(Unseen.Of(_world, resource, NetworkTypes.Is(NetworkTypes.Networks, resource.Type) ? OfDefaultGroups : Apart));
        if (resource.Ignores("ingress") || resource.Ignores("egress"))
        {
            open.Add(new Cause(UnknownReason.External, $"rules of {group.Address.Path} are changed elsewhere: it ignores changes", group.Place, null));
        }

        return Absences.Of(_world).Resting(
            new ListValue(items.ToImmutable()) { OpenBecause = open.Count == 0 ? null : [.. open.Distinct().Take(Cause.Limit)] },
            resource,
            isIngress ? IngressTypes : EgressTypes);
    }

    /// <summary>AWS lets everything out, and lets members in where the group comes with a VPC or a cluster.</summary>
    private static void AddMade(List<SecurityRule> made, SecurityGroup group, bool isIngress, ImmutableArray<Item>.Builder items, List<Cause> open, bool isChanged)
    {
        items.Add(new Item(Added(made, new SecurityRule
        {
            Address = group.Address with { Path = $"{group.Address.Path}#{(isIngress ? "members" : "everything")}" },
            Place = group.Place,
            Guard = group.Guard,
            Protocol = new TextValue("-1"),
            FromPort = NullValue.Instance,
            ToPort = NullValue.Instance,
            Ranges = isIngress ? ListValue.Empty : ListValue.Of([new TextValue("0.0.0.0/0"), new TextValue("::/0")]),
            Groups = isIngress ? ListValue.Of([Links.To(group)]) : ListValue.Empty,
            PrefixLists = ListValue.Empty,
        })));
        if (isChanged)
        {
            open.Add(new Cause(UnknownReason.External, $"whether AWS keeps its own rule of {group.Address.Path} beside others", group.Place, null));
        }
    }

    private static bool IsMadeByAws(Resource resource) => resource.Type is not ("aws_security_group" or "aws_default_security_group" or "AWS::EC2::SecurityGroup");

    private static ListValue InlineOf(Resource resource, bool isIngress) => IsMadeByAws(resource)
        ? ListValue.Empty
        : isIngress ? resource.FieldBlocks("ingress", "SecurityGroupIngress") : resource.FieldBlocks("egress", "SecurityGroupEgress");

    private static FactValue Added(List<SecurityRule> made, SecurityRule rule)
    {
        made.Add(rule);
        return new FactValue(rule);
    }

    private FactValue Rule(List<SecurityRule> made, SecurityGroup group, Resource from, Value body, RuleWords words, string name) => Added(made, new SecurityRule
    {
        Address = from.Address with { Path = from.Address.Path + name },
        Place = body is MapValue { Place: { } own } ? own : from.Place,
        Resource = from,
        Guard = from.Guard,
        Protocol = Written.Find(body, words.Protocol),
        FromPort = Written.Find(body, words.FromPort),
        ToPort = Written.Find(body, words.ToPort),
        Ranges = All(body, words.Ranges, value => value),
        Groups = All(body, words.Groups, value => Identifiers.Link(_world, value, "security group", _find)) is var groups && Written.Find(body, words.Self) is var self and not NullValue
            ? WithSelf(groups, group, Answer.TruthOf(self), self)
            : groups,
        PrefixLists = All(body, words.PrefixLists, value => value),
    });

    private static ListValue WithSelf(ListValue groups, SecurityGroup group, Truth isSelf, Value written) => isSelf switch
    {
        Truth.Yes => new ListValue(groups.Items.Add(new Item(Links.To(group)))) { OpenBecause = groups.OpenBecause },
        Truth.No => groups,
        _ => new ListValue(groups.Items) { OpenBecause = [.. (groups.OpenBecause ?? []).Concat(Cause.Of(written)).Append(new Cause(UnknownReason.Condition, "whether members are meant is not known", null, null)).Take(Cause.Limit)] },
    };

    /// <summary>The values of several attributes, each a list or a single value.</summary>
    private static ListValue All(Value body, string[] names, Func<Value, Value> read)
    {
        var items = ImmutableArray.CreateBuilder<Item>();
        var open = new List<Cause>();
        foreach (var value in names.Select(name => Written.Find(body, name)))
        {
            switch (value)
            {
                case NullValue:
                    break;
                case ListValue list:
                    items.AddRange(list.Items.Select(item => item with { Value = read(item.Value) }));
                    open.AddRange(list.OpenBecause ?? []);
                    break;
                default:
                    items.Add(new Item(read(value)));
                    break;
            }
        }

        return new ListValue(items.ToImmutable()) { OpenBecause = open.Count == 0 ? null : [.. open.Take(Cause.Limit)] };
    }

    /// <summary>A rule whose attribute says which way it goes: where that is not known, its group may have one more either way.</summary>
    private void NoteEitherWay(Resource rule, Value id, SecurityGroup? group)
    {
        var type = rule.At("type");
        if (type is TextValue { Known: "ingress" or "egress" } || group is null)
        {
            Note(rule, id, group, type is TextValue { Known: "ingress" }, RuleWords.Apart);
            return;
        }

        if (!_undirected.TryGetValue(group, out var causes))
        {
            _undirected.Add(group, causes = []);
        }

        causes.Add(new Cause(UnknownReason.OpenWorld, $"nobody knows whether {rule.Address.Path} lets in or out", rule.Place, null));
    }

    private void Note(Resource rule, Value id, SecurityGroup? group, bool isIngress, RuleWords words)
    {
        if (group is not null)
        {
            if (!_apart.TryGetValue((group, isIngress), out var list))
            {
                _apart.Add((group, isIngress), list = []);
            }

            list.Add((rule, id, words));
        }
        else if (_unresolved.Count < Cause.Limit
            && new Cause(UnknownReason.OpenWorld, $"nobody knows to which security group {rule.Address.Path} belongs", rule.Place, null) is var cause && !_unresolved.Contains(cause))
        {
            _unresolved.Add(cause);
        }
    }

    /// <summary>Rules of their own, the id that says of which group, and that group; null where nobody knows.</summary>
    private (Resource Rule, Value Id, SecurityGroup? Group)[] Linked(string[] types, string attribute) => _world.Each(_world.Managed(types), rule =>
    {
        var id = rule.At(attribute);
        return (rule, id, Identifiers.Link(_world, id, "security group", _find).As<SecurityGroup>());
    });

    /// <summary>How the parts of a rule are called.</summary>
    private sealed record RuleWords(string Protocol, string FromPort, string ToPort, string[] Ranges, string[] Groups, string[] PrefixLists, string Self)
    {
        internal static RuleWords Inline { get; } = new("protocol", "from_port", "to_port", ["cidr_blocks", "ipv6_cidr_blocks"], ["security_groups"], ["prefix_list_ids"], "self");

        internal static RuleWords Apart { get; } = Inline with { Groups = ["source_security_group_id"] };

        internal static RuleWords Single { get; } = new("ip_protocol", "from_port", "to_port", ["cidr_ipv4", "cidr_ipv6"], ["referenced_security_group_id"], ["prefix_list_id"], "self");

        internal static RuleWords Template { get; } = new(
            "IpProtocol", "FromPort", "ToPort", ["CidrIp", "CidrIpv6"], ["SourceSecurityGroupId", "SourceSecurityGroupName", "DestinationSecurityGroupId"], ["SourcePrefixListId", "DestinationPrefixListId"], "Self");
    }
}
