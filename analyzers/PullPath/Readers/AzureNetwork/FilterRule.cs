using System.Collections.Immutable;
using System.Globalization;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Networks;

namespace Analyzer.PullPath.Readers.AzureNetwork;

/// <summary>A rule of a network security group, a block of it or a resource of its own.</summary>
internal sealed class FilterRule
{
    private readonly Value _body;
    private readonly bool _isCertain;

    /// <param name="body">What is written of it.</param>
    /// <param name="resource">The resource that it is or is in.</param>
    /// <param name="isCertain">Whether it is there wherever the group is.</param>
    internal FilterRule(Value body, Resource resource, bool isCertain) => (_body, Resource, _isCertain) = (body, resource, isCertain);

    /// <summary>The resource that it is or is in.</summary>
    internal Resource Resource { get; }

    internal Span Place => _body is MapValue { Place: { } own } && Resource.Type == AzureNetworkTypes.SecurityGroup ? own : Resource.Place;

    internal Value Name => Written.Find(_body, "name");

    /// <summary>What it is about, as written.</summary>
    internal Value Destination => Written.Either(_body, "destination_address_prefix", "destination_address_prefixes");

    /// <summary>Its place in the order; null where that is not known.</summary>
    internal long? Priority => Written.Find(_body, "priority") switch
    {
        NumberValue { Number.Whole: { } number } when number is > 0 and < 100_000 => (long)number,
        TextValue { Known: { } text } when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    /// <summary>Whether it lets through; whether it is about what leaves.</summary>
    internal Truth Allows => Is("access", "Allow");

    internal Truth IsOutbound => Is("direction", "Outbound");

    /// <summary>Whether it decides about connections from all addresses of a subnet: Yes for each of them, No for none.</summary>
    internal Truth Meets(Flow flow, Value sources)
    {
        var meets = IsOutbound
            .And(Answer.Any(All("protocol", null, null), written => written is TextValue { Known: { } word } ? Kleene.Of(word == "*" || word.Equals(flow.Protocol, StringComparison.OrdinalIgnoreCase)) : Truth.Unknown))
            .And(Answer.Any(All("destination_port_range", "destination_port_ranges", null), written => HasPort(written, flow.Port)))
            .And(Answer.Any(All("source_port_range", "source_port_ranges", null), static written => written is TextValue { Known: "*" or "0-65535" } ? Truth.Yes : Truth.Unknown))
            .And(Answer.Any(All("source_address_prefix", "source_address_prefixes", "source_application_security_group_ids"), written => IsFrom(written, sources)))
            .And(Answer.Any(All("destination_address_prefix", "destination_address_prefixes", "destination_application_security_group_ids"), flow.Meets));
        return _isCertain || meets == Truth.No ? meets : Truth.Unknown;
    }

    /// <summary>Whether a range of ports, <c>443</c>, <c>400-500</c> or <c>*</c>, has a port.</summary>
    internal static Truth HasPort(Value written, int port)
    {
        if (written is NumberValue { Number.Whole: { } number })
        {
            return Kleene.Of(number == port);
        }

        if (written is not TextValue { Known: { } text })
        {
            return Truth.Unknown;
        }

        var parts = text.Split('-');
        return text == "*" ? Truth.Yes
            : int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var from) && int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var to) ? Kleene.Of(from <= port && port <= to)
            : Truth.Unknown;
    }

    /// <summary>Whether a written source has all addresses of some ranges, those of a subnet, which is part of the network; No where it has none.</summary>
    internal static Truth IsFrom(Value written, Value sources) =>
        written is TextValue { Known: { } word }
            ? word is "*" || word.Equals("VirtualNetwork", StringComparison.OrdinalIgnoreCase) ? Truth.Yes
                : AddressBlock.Parse(word) is { } block ? block.IsAll ? Kleene.Of(!block.IsLong) : AddressRanges.IsWithin(sources, block)
                : word.Equals("Internet", StringComparison.OrdinalIgnoreCase) || word.Equals("AzureLoadBalancer", StringComparison.OrdinalIgnoreCase) ? Truth.No
                : Truth.Unknown
            : sources is ListValue { Items: [var only], IsOpen: false } && written.EqualTo(only.Value) == Truth.Yes ? Truth.Yes
            : Truth.Unknown;

    private Truth Is(string attribute, string word) =>
        Written.Find(_body, attribute) is TextValue { Known: { } known } ? Kleene.Of(known.Equals(word, StringComparison.OrdinalIgnoreCase)) : Truth.Unknown;

    /// <summary>What is written as one value, as a list, and as ids of application security groups, of which nobody knows the members.</summary>
    private ListValue All(string single, string? several, string? groups)
    {
        var items = ImmutableArray.CreateBuilder<Item>();
        ImmutableArray<Cause>? open = null;
        if (Written.Find(_body, single) is not NullValue and var one)
        {
            items.Add(new Item(one));
        }

        if (several is not null)
        {
            switch (Written.Find(_body, several))
            {
                case ListValue list:
                    items.AddRange(list.Items);
                    open = list.OpenBecause;
                    break;
                case not NullValue and var other:
                    items.Add(new Item(UnknownValue.From(null, other)));
                    break;
            }
        }

        if (groups is not null && Written.Find(_body, groups) is not (NullValue or ListValue { Items: [], IsOpen: false }) and var members)
        {
            items.Add(new Item(UnknownValue.From(null, members)));
        }

        return new ListValue(items.ToImmutable()) { OpenBecause = open };
    }
}
