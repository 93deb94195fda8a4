using Analyzer.Facts.Model;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.AwsNetwork;

/// <summary>VPCs and their subnets.</summary>
internal sealed class NetworkReader : IReader
{
    public void Read(World world)
    {
        foreach (var resource in world.Managed(NetworkTypes.Networks))
        {
            var (support, hostnames) = (resource.Field("enable_dns_support", "EnableDnsSupport"), resource.Field("enable_dns_hostnames", "EnableDnsHostnames"));
            world.Add(new Network
            {
                Region = AwsResources.RegionOf(resource),
                DnsSupport = WithDefault(support, true),
                DnsSupportValue = support,
                DnsHostnames = WithDefault(hostnames, false),
                DnsHostnamesValue = hostnames,
                Name = new TextValue(resource.Address.Path),
                Address = resource.Address,
                Place = resource.Place,
                Resource = resource,
                Guard = resource.Guard,
            });
        }

        foreach (var resource in world.Managed(NetworkTypes.Subnets))
        {
            world.Add(new Subnet
            {
                Range = resource.Field("cidr_block", "CidrBlock"),
                PublicAddresses = WithDefault(resource.Field("map_public_ip_on_launch", "MapPublicIpOnLaunch"), false),
                Name = new TextValue(resource.Address.Path),
                Address = resource.Address,
                Place = resource.Place,
                Resource = resource,
                Guard = resource.Guard,
            });
        }
    }

    public void Join(World world)
    {
        world.Each(world.Facts.All<Subnet>(Subnet.Fields), subnet => subnet.Network = NetworkOf(world, subnet.Resource!.Field("vpc_id", "VpcId")));

        var subnets = world.Facts.All<Subnet>(Subnet.Fields).ToLookup(subnet => subnet.Network.As<Network>());
        var further = world.Each(world.Managed("aws_vpc_ipv4_cidr_block_association", "AWS::EC2::VPCCidrBlock"), more => (more, NetworkOf(world, more.Field("vpc_id", "VpcId"))));
        world.Each(world.Facts.All<Network>(Network.Fields), network =>
        {
            network.Subnets = Links.To(subnets[network], Unseen.Of(world, network.Resource!));
            network.Ranges = RangesOf(network, further);
            network.IsExported = network.Subnets.Each<Subnet>().Select(subnet => subnet.Address).Prepend(network.Address).Any(world.Inventory.IsExported)
                || network.Resource!.Meta?["is_exported"] is BoolValue { Value: true };
        });
    }

    /// <summary>The range it is made with and those that are added; open where an address manager gives it one.</summary>
    private static ListValue RangesOf(Network network, IEnumerable<(Resource Resource, Value Network)> further)
    {
        var ranges = new List<Item> { new(network.Resource!.Field("cidr_block", "CidrBlock")) };
        var open = new List<Cause>();
        foreach (var (more, link) in further)
        {
            if (ReferenceEquals(link.As<Network>(), network))
            {
                ranges.Add(new Item(more.Field("cidr_block", "CidrBlock"), network.Guard.Implies(more.Existence) ? Guard.Always : more.Existence));
            }
            else if (link is not FactValue)
            {
                open.Add(new Cause(UnknownReason.OpenWorld, $"{more.Address.Path} may add addresses to it", more.Place, null));
            }
        }

        var known = ranges.Where(range => range.Value is not NullValue).ToList();
        open.AddRange(known.Count < ranges.Count ? [new Cause(UnknownReason.Computed, $"the addresses of {network.Address.Path} are not written", network.Place, null)] : []);
        return new ListValue([.. known]) { OpenBecause = open.Count == 0 ? null : [.. open.Take(Cause.Limit)] };
    }

    private static Value WithDefault(Value written, bool otherwise) => written is NullValue ? BoolValue.Of(otherwise) : Answer.TruthOf(written) switch
    {
        Truth.Unknown => UnknownValue.From(DataType.Bool, written),
        var truth => BoolValue.Of(truth == Truth.Yes).With(written.Trace),
    };

    /// <summary>The declared network an id means.</summary>
    internal static Value NetworkOf(World world, Value id) => Identifiers.Link(world, id, "VPC", (_, resource) => world.FactOf<Network>(resource));

    /// <summary>The declared subnets a list of ids means.</summary>
    internal static ListValue SubnetsOf(World world, Value ids) => Identifiers.LinkAll(world, ids, "subnet", (_, resource) => world.FactOf<Subnet>(resource));
}
