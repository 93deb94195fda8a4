using System.Globalization;
using Analyzer.Facts.Model;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Networks;

namespace Analyzer.PullPath.Aws;

/// <summary>
/// What security groups let pass: one rule of one group is enough. Name resolution, time and instance metadata are not theirs. Every answer is three-valued, because addresses, members and
/// prefix lists may be unknown.
/// </summary>
internal sealed class Traffic(World world)
{
    private static readonly TextValue Gateway = new("Gateway");

    /// <summary>Whether TCP connections of all nodes of a pool are let in on a port.</summary>
    internal static Truth LetsIn(Value groups, NodePool pool, int port)
    {
        var subnets = pool.Subnets as ListValue ?? ListValue.Empty;
        var all = subnets.Items.All(item => Ingress(groups, port, rule => Meets(rule, item.Value.As<Subnet>(), pool.Network.As<Network>(), pool.SecurityGroups)) switch
        {
            Truth.No when !item.Guard.IsAlways => Truth.Unknown,
            var truth => truth,
        });
        return subnets.Items.IsEmpty
            ? Ingress(groups, port, rule => Meets(rule, null, pool.Network.As<Network>(), pool.SecurityGroups))
            : all.And(subnets.IsOpen ? Truth.Unknown : Truth.Yes);
    }

    /// <summary>Whether TCP connections of anybody in a network are let in on a port; members of groups and addresses of prefix lists are taken for somebody.</summary>
    internal static Truth LetsIn(Value groups, Network network, int port) =>
        Ingress(groups, port, rule => Answer.Any(rule.Ranges, range => Shares(range, network)).Or(Kleene.Of(!IsEmpty(rule.Groups) || !IsEmpty(rule.PrefixLists))));

    /// <summary>Whether TCP connections to all interfaces of an endpoint, or to the addresses behind a gateway, are let out.</summary>
    internal Truth LetsOut(Value groups, Endpoint endpoint, int port)
    {
        if (endpoint.Type.EqualTo(Gateway) == Truth.Yes)
        {
            return Egress(groups, port, rule => Answer.Any(rule.Ranges, IsInternet).Or(Answer.Any(rule.PrefixLists, list => IsListOf(list, endpoint))));
        }

        var network = endpoint.Network.As<Network>();
        var targets = endpoint.Subnets.Each<Subnet>().Select(subnet => (Subnet?)subnet).DefaultIfEmpty(null)
            .Select(subnet => Egress(groups, port, rule => Meets(rule, subnet, network, endpoint.SecurityGroups))).ToList();

        // A node asks any of the interfaces: where some are closed to it nobody knows which it gets.
        return Answer.Same(targets);
    }

    /// <summary>Whether TCP connections to the whole internet are let out.</summary>
    internal Truth LetsOut(Value groups, int port) => Egress(groups, port, rule => Answer.Any(rule.Ranges, IsInternet).Or(OfUnknownLists(rule)));

    /// <summary>Whether TCP connections to anybody in a network are let out.</summary>
    internal Truth LetsOut(Value groups, Network network, int port) =>
        Egress(groups, port, rule => Answer.Any(rule.Ranges, range => Shares(range, network)).Or(IsEmpty(rule.Groups) ? Truth.No : Truth.Yes).Or(OfUnknownLists(rule)));

    /// <summary>Whether any rule at all lets TCP connections out to somebody on a port.</summary>
    internal static Truth LetsOutSomewhere(Value groups, int port) => Egress(groups, port, static _ => Truth.Yes);

    /// <summary>Prefix lists of services of AWS have no other addresses; what those of customers have nobody knows.</summary>
    private Truth OfUnknownLists(SecurityRule rule) => Answer.Any(rule.PrefixLists, list => ServiceOf(list) is null ? Truth.Unknown : Truth.No);

    private static Truth Ingress(Value groups, int port, Func<SecurityRule, Truth> meets) => Answer.Any(groups, value => value.As<SecurityGroup>() is { } group ? Pass(group.Ingress, port, meets) : Truth.Unknown);

    private static Truth Egress(Value groups, int port, Func<SecurityRule, Truth> meets) => Answer.Any(groups, value => value.As<SecurityGroup>() is { } group ? Pass(group.Egress, port, meets) : Truth.Unknown);

    private static Truth Pass(Value rules, int port, Func<SecurityRule, Truth> meets) =>
        Answer.Any(rules, value => value.As<SecurityRule>() is { } rule ? CoversPort(rule, port) is var covers and not Truth.No ? covers.And(meets(rule)) : Truth.No : Truth.Unknown);

    private static Truth CoversPort(SecurityRule rule, int port)
    {
        var protocol = rule.Protocol switch
        {
            TextValue { Known: { } name } => name.ToUpperInvariant(),
            NumberValue number => number.Number.ToString(),
            _ => null,
        };
        return protocol switch
        {
            null => Truth.Unknown,
            "-1" or "ALL" => Truth.Yes,
            "6" or "TCP" => Number(rule.FromPort, from => from <= port).And(Number(rule.ToPort, to => to >= port)),
            _ => Truth.No,
        };
    }

    private static Truth Number(Value value, Func<long, bool> holds) => value switch
    {
        NullValue => Truth.Yes,
        NumberValue { Number.Whole: { } number } => Kleene.Of(number == -1 || holds(number)),
        TextValue { Known: { } text } when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => Kleene.Of(number == -1 || holds(number)),
        _ => Truth.Unknown,
    };

    /// <summary>Whether a rule is about a subnet of a network, or about members of its security groups.</summary>
    private static Truth Meets(SecurityRule rule, Subnet? subnet, Network? network, Value members) =>
        Answer.Any(rule.Ranges, range => Contains(range, subnet, network))
            .Or(Answer.Any(rule.Groups, group => group is FactValue link ? Answer.Any(members, member => member is FactValue own ? Kleene.Of(ReferenceEquals(own.Fact, link.Fact)) : Truth.Unknown) : Truth.Unknown))
            .Or(IsEmpty(rule.PrefixLists) ? Truth.No : Truth.Unknown);

    /// <summary>Whether a range has all addresses of a subnet; of the whole network where the subnet's are not known.</summary>
    private static Truth Contains(Value range, Subnet? subnet, Network? network)
    {
        if (subnet is not null && IsRangeOf(range, subnet, subnet.Range))
        {
            return Truth.Yes;
        }

        if (network is { Ranges: ListValue { Items.Length: 1 } whole } && IsRangeOf(range, network, whole))
        {
            return whole.IsOpen && subnet is not null ? Truth.Unknown : Truth.Yes;
        }

        if (Block(range) is not { } block)
        {
            return Truth.Unknown;
        }

        if (block.IsLong)
        {
            return HasLongAddresses(subnet) ? Truth.Unknown : Truth.No;
        }

        if (block.IsAll)
        {
            return Truth.Yes;
        }

        if (subnet is not null && Block(subnet.Range) is { } own)
        {
            return block.Covers(own) ? Truth.Yes : block.Meets(own) ? Truth.Unknown : Truth.No;
        }

        return Shares(range, network) == Truth.No ? Truth.No
            : network?.Ranges is ListValue { IsOpen: false, Items.Length: > 0 } ranges && ranges.Values.All(each => Block(each) is { } whole && block.Covers(whole)) ? Truth.Yes
            : Truth.Unknown;
    }

    /// <summary>Whether a range has an address of a network.</summary>
    private static Truth Shares(Value range, Network? network)
    {
        if (network is not null && IsRangeOf(range, network, network.Ranges))
        {
            return Truth.Yes;
        }

        if (Block(range) is not { } block || network?.Ranges is not ListValue ranges)
        {
            return Truth.Unknown;
        }

        if (block.IsLong)
        {
            return network.Resource is { } resource && MayHaveLongAddresses(resource) ? Truth.Unknown : Truth.No;
        }

        return Answer.Has(ranges, each => Block(each) is { } own ? Kleene.Of(block.Meets(own)) : Truth.Unknown);
    }

    /// <summary>Whether a range is that of a network or subnet: the same value, or an attribute of it.</summary>
    private static bool IsRangeOf(Value range, Fact owner, Value own) =>
        (own is ListValue list ? list.Values : [own]).Any(each => each is not NullValue && range.EqualTo(each) == Truth.Yes)
        || range.References.Any(reference => reference.Target == owner.Address && reference.Attribute is "cidr_block" or "CidrBlock");

    private static Truth IsInternet(Value range) => Block(range) switch
    {
        null => Truth.Unknown,
        { IsLong: false, IsAll: true } => Truth.Yes,
        { IsLong: true } or { IsPrivate: true } => Truth.No,
        _ => Truth.Unknown,
    };

    /// <summary>Whether a prefix list is that of the service behind a gateway.</summary>
    private Truth IsListOf(Value list, Endpoint endpoint) =>
        list.References.Any(reference => reference.Target == endpoint.Address) ? Truth.Yes
        : ServiceOf(list) is { } service ? service.EqualTo(endpoint.Service)
        : Truth.Unknown;

    /// <summary>The service of AWS whose addresses a prefix list has; null where nobody knows.</summary>
    private Value? ServiceOf(Value list)
    {
        foreach (var resource in world.Inventory.Referents(list))
        {
            if (world.FactOf<Endpoint>(resource) is { } endpoint)
            {
                return endpoint.Service;
            }

            if (resource is { IsData: true, Type: "aws_prefix_list" or "aws_ec2_managed_prefix_list" } && resource.Body["name"] is TextValue { Suffix: { } name } && name.LastIndexOf('.') is >= 0 and var dot)
            {
                return new TextValue(name[(dot + 1)..]);
            }
        }

        return null;
    }

    private static bool HasLongAddresses(Subnet? subnet) => subnet?.Resource is not { } resource || MayHaveLongAddresses(resource);

    private static bool MayHaveLongAddresses(Resource resource) => resource.Body.IsOpen || resource.Body.Entries.Any(entry => entry.Key.Contains("ipv6", StringComparison.OrdinalIgnoreCase));

    private static AddressBlock? Block(Value range) => range is TextValue { Known: { } text } ? AddressBlock.Parse(text) : null;

    private static bool IsEmpty(Value list) => list is ListValue { Items: [], IsOpen: false };
}
