using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.AwsNetwork;

/// <summary>
/// Network ACLs, where one is written for a subnet: whether they certainly let no TCP 443 out, or no answers in. They keep no state, so the ports from which connections are made have to
/// be let in. What is not written is the default one, which lets everything through.
/// </summary>
internal sealed class NetworkAcls : IReader
{
    /// <summary>No connection leaves.</summary>
    private const string Out = "out";

    /// <summary>No answer comes back.</summary>
    private const string Back = "back";

    private static readonly string[] Lists = ["aws_network_acl", "aws_default_network_acl", "AWS::EC2::NetworkAcl"];

    private static readonly string[] Entries = ["aws_network_acl_rule", "AWS::EC2::NetworkAclEntry"];

    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        var obstacles = new Dictionary<Address, Value>();
        foreach (var list in world.Managed(Lists))
        {
            var written = list.At("subnet_ids");
            var ids = written is NullValue ? [] : Identifiers.LinkAll(world, written, "subnet", (_, target) => world.FactOf<Subnet>(target)).Each<Subnet>();
            foreach (var subnet in ids)
            {
                Set(subnet, list, list.Guard);
            }
        }

        foreach (var association in world.Managed("aws_network_acl_association", "AWS::EC2::SubnetNetworkAclAssociation"))
        {
            if (world.FactsOf<Subnet>(association.Field("subnet_id", "SubnetId")).Take(2).ToList() is [var subnet]
                && world.Inventory.Referents(association.Field("network_acl_id", "NetworkAclId")).Distinct().Take(2).ToList() is [var list] && Array.IndexOf(Lists, list.Type) >= 0)
            {
                Set(subnet, list, association.Existence);
            }
        }

        void Set(Subnet subnet, Resource list, Guard guard)
        {
            if (!obstacles.TryGetValue(list.Address, out var obstacle))
            {
                obstacles.Add(list.Address, obstacle = ObstacleOf(list, world));
            }

            subnet.AclObstacle = obstacle is not NullValue && !subnet.Guard.Implies(guard) ? new UnknownValue([.. guard.Causes.Take(Cause.Limit)], DataType.Text) : obstacle;
        }
    }

    private static Value ObstacleOf(Resource list, World world)
    {
        var apart = world.Managed(Entries).Where(entry => world.Inventory.Referents(entry.Field("network_acl_id", "NetworkAclId")).Any(target => target.Address == list.Address)).ToList();
        var doubts = world.Managed(Entries).Where(entry => !world.Inventory.Referents(entry.Field("network_acl_id", "NetworkAclId")).Any())
            .Select(entry => new Cause(UnknownReason.OpenWorld, $"{entry.Address.Path} may add to {list.Address.Path}", entry.Place, null))
            .Concat(world.Unseen(list, null, Entries)).Take(Cause.Limit).ToList();
        if (list.IgnoredChanges.Any() || (apart.Count > 0 && (Inline(list, "egress").Items.Length > 0 || Inline(list, "ingress").Items.Length > 0)))
        {
            doubts.Add(new Cause(UnknownReason.Ambiguous, $"entries of {list.Address.Path} are changed by others", list.Place, null));
        }

        var passes = (Out: Passes(list, apart, "egress", 443, 443), Back: Passes(list, apart, "ingress", 1024, 65535));
        return passes.Out == Truth.Yes && passes.Back == Truth.Yes ? NullValue.Instance
            : doubts.Count > 0 ? new UnknownValue([.. doubts], DataType.Text)
            : passes.Out == Truth.No ? new TextValue(Out)
            : passes.Back == Truth.No ? new TextValue(Back)
            : new UnknownValue(UnknownReason.NoValue, $"what {list.Address.Path} lets through", list.Place, type: DataType.Text);
    }

    private static ListValue Inline(Resource list, string direction) => list.Language == Language.CloudFormation ? ListValue.Empty : Written.Blocks(list.Body, direction);

    /// <summary>Whether entries let any TCP of the ports through: in the order of their numbers, up to one that denies all of it.</summary>
    private static Truth Passes(Resource list, List<Resource> apart, string direction, int from, int to)
    {
        var inline = Inline(list, direction);
        var entries = inline.Items.Select(item => Entry.Inline(item.Value, item.Guard))
            .Concat(apart.Where(entry => Answer.TruthOf(entry.Field("egress", "Egress") is NullValue ? BoolValue.False : entry.Field("egress", "Egress")) is var isOut
                && (direction == "egress" ? isOut != Truth.No : isOut != Truth.Yes)).Select(Entry.Apart))
            .OrderBy(entry => entry.Number ?? long.MaxValue).ToList();
        var passes = inline.IsOpen ? Truth.Unknown : Truth.No;
        foreach (var entry in entries)
        {
            var touches = entry.IsTcp.And(entry.IsIpv4).And(entry.Overlaps(from, to));
            if (entry.Allows == Truth.No)
            {
                if (entry is { Number: not null, IsCertain: true, IsForAll: true } && touches == Truth.Yes && entry.Covers(from, to) && entries.TrueForAll(each => each.Number is not null))
                {
                    break;
                }

                continue;
            }

            passes = passes.Or(touches.And(entry.Allows).And(entry.IsCertain ? Truth.Yes : Truth.Unknown));
        }

        return passes;
    }

    /// <summary>One entry.</summary>
    private sealed record Entry(long? Number, Truth Allows, Value Protocol, Value Range, Value From, Value To, bool IsCertain)
    {
        internal bool IsForAll => Range is TextValue { Known: "0.0.0.0/0" };

        internal Truth IsIpv4 => Range is NullValue or TextValue { Known: "" } ? Truth.No : Truth.Yes;

        internal Truth IsTcp => Protocol switch
        {
            TextValue { Known: "-1" or "all" or "tcp" or "6" } or NumberValue { Number.Whole: -1 or 6 } => Truth.Yes,
            TextValue { Known: not null } or NumberValue { Number.Whole: not null } => Truth.No,
            _ => Truth.Unknown,
        };

        private bool IsEverything => Protocol is TextValue { Known: "-1" or "all" } or NumberValue { Number.Whole: -1 };

        internal Truth Overlaps(int from, int to) => IsEverything ? Truth.Yes
            : (Port(From), Port(To)) is ({ } low, { } high) ? low <= to && from <= high ? Truth.Yes : Truth.No
            : Truth.Unknown;

        internal bool Covers(int from, int to) => IsEverything || (Port(From) is { } low && Port(To) is { } high && low <= from && to <= high);

        internal static Entry Inline(Value entry, Guard guard) => Of(
            Written.Find(entry, "rule_no"), Written.Find(entry, "action"), Written.Find(entry, "protocol"), Written.Find(entry, "cidr_block"), Written.Find(entry, "from_port"), Written.Find(entry, "to_port"), guard.IsAlways);

        internal static Entry Apart(Resource entry) => Of(
            entry.Field("rule_number", "RuleNumber"), entry.Field("rule_action", "RuleAction"), entry.Field("protocol", "Protocol"), entry.Field("cidr_block", "CidrBlock"),
            entry.Field("from_port", "PortRange.From"), entry.Field("to_port", "PortRange.To"), entry.IsCertain && entry.Field("egress", "Egress") is NullValue or BoolValue or TextValue { Known: not null });

        private static Entry Of(Value number, Value action, Value protocol, Value range, Value from, Value to, bool isCertain) => new(
            Port(number),
            action is TextValue { Known: { } word } ? string.Equals(word, "allow", StringComparison.OrdinalIgnoreCase) ? Truth.Yes : Truth.No : Truth.Unknown,
            protocol, range, from, to, isCertain);

        private static long? Port(Value written) => AwsResources.Number(written) is NumberValue { Number.Whole: { } whole } && whole >= int.MinValue && whole <= int.MaxValue ? (long)whole : null;
    }
}
