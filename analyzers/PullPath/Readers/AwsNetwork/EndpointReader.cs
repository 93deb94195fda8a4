using System.Collections.Immutable;
using Analyzer.Facts.Model;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Aws.Policies;
using Analyzer.PullPath.Joins;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.AwsNetwork;

/// <summary>VPC endpoints, with everything that is attached to them apart, and what each network has of them.</summary>
internal sealed class EndpointReader : IReader
{
    private const string SubnetAddition = "aws_vpc_endpoint_subnet_association";

    public void Read(World world)
    {
        foreach (var resource in world.Managed(NetworkTypes.Endpoints))
        {
            world.Add(Make(resource, world, isOmitted: false));
        }

        foreach (var (resource, _) in world.Inventory.Omissions.Where(each => NetworkTypes.Is(NetworkTypes.Endpoints, each.Resource.Type)))
        {
            world.Add(Make(resource, world, isOmitted: true));
        }
    }

    private static Endpoint Make(Resource resource, World world, bool isOmitted)
    {
        var service = resource.Field("service_name", "ServiceName");
        return new Endpoint
        {
            IsOmitted = isOmitted,
            Service = ServiceNames.KeyOf(world, service),
            Region = resource.Field("service_region", "ServiceRegion") is var region and not NullValue ? region : ServiceNames.RegionOf(service, resource),
            Type = resource.Field("vpc_endpoint_type", "VpcEndpointType") is var type and not NullValue ? type : new TextValue("Gateway"),
            Address = resource.Address,
            Place = resource.Place,
            Resource = resource,
            Guard = resource.Existence,
            PrivateDnsValue = resource.Field("private_dns_enabled", "PrivateDnsEnabled"),
            RouteTablesValue = resource.Field("route_table_ids", "RouteTableIds"),
            SecurityGroupsValue = resource.Field("security_group_ids", "SecurityGroupIds"),
            SubnetsValue = resource.Field("subnet_ids", "SubnetIds"),
        };
    }

    public void Join(World world)
    {
        var endpoints = world.Facts.All<Endpoint>(Endpoint.Fields).ToList();
        var tables = new EndpointAdditions(world, "aws_vpc_endpoint_route_table_association");
        var subnets = new EndpointAdditions(world, SubnetAddition);
        var names = new EndpointAdditions(world, "aws_vpc_endpoint_private_dns");
        var policies = new EndpointAdditions(world, "aws_vpc_endpoint_policy");
        var groups = new EndpointAdditions(world, "aws_vpc_endpoint_security_group_association");
        world.Each(endpoints, endpoint =>
        {
            endpoint.Network = NetworkReader.NetworkOf(world, endpoint.Resource!.Field("vpc_id", "VpcId"));
            endpoint.RouteTables = tables.Extend(
                endpoint, Identifiers.LinkAll(world, endpoint.RouteTablesValue, "route table", RouteTableReader.Find(world)),
                resource => Identifiers.Link(world, resource.At("route_table_id"), "route table", RouteTableReader.Find(world)));
            endpoint.Subnets = Resting(world, endpoint, subnets.Extend(
                endpoint, NetworkReader.SubnetsOf(world, SubnetsWritten(endpoint)),
                resource => Identifiers.Link(world, resource.At("subnet_id"), "subnet", (_, target) => world.FactOf<Subnet>(target))));
            endpoint.PrivateDns = PrivateDnsOf(endpoint, names);
            endpoint.SecurityGroups = WithDefault(endpoint, groups.Extend(
                endpoint, Identifiers.LinkAll(world, endpoint.SecurityGroupsValue, "security group", SecurityGroupReader.Find(world)),
                resource => Identifiers.Link(world, resource.At("security_group_id"), "security group", SecurityGroupReader.Find(world))));
            endpoint.PolicyValue = PolicyOf(endpoint, policies);
            endpoint.Policy = PolicyText.Decode(endpoint.PolicyValue);
        });

        world.Each(world.Facts.All<Endpoint>(Endpoint.OmittedFields), endpoint => endpoint.Subnets = WrittenSubnets(endpoint, world));

        var byNetwork = endpoints.ToLookup(endpoint => endpoint.Network.As<Network>());
        var anywhere = endpoints.Where(endpoint => endpoint.Network is not FactValue)
            .Select(endpoint => new Cause(UnknownReason.OpenWorld, $"nobody knows in which VPC {endpoint.Address.Path} is", endpoint.Place, null)).Distinct().Take(Cause.Limit).ToList();
        var found = world.Inventory.OfType("aws_vpc_endpoint").Where(each => each.IsData).Select(each => (each, NetworkReader.NetworkOf(world, each.At("vpc_id")))).ToList();
        world.Each(
            world.Facts.All<Network>(Network.Fields),
            network => network.Endpoints = Absences.Of(world).Resting(EndpointsOf(network, byNetwork[network], anywhere, found, world), network.Resource!, NetworkTypes.Endpoints));
        world.Each(world.Facts.All<Subnet>(Subnet.Fields), subnet => subnet.Gateways = GatewaysOf(subnet));

        var zones = new PrivateNames(world);
        foreach (var endpoint in endpoints)
        {
            endpoint.HasOtherNames = zones.Of(endpoint);
        }
    }

    /// <summary>The subnet list and, behind it, those of the blocks that give an interface a fixed address.</summary>
    private static Value SubnetsWritten(Endpoint endpoint)
    {
        if (endpoint.Resource!.Type != "aws_vpc_endpoint")
        {
            return endpoint.SubnetsValue;
        }

        var blocks = Written.Blocks(endpoint.Resource.Body, "subnet_configuration");
        var fixedOnes = new ListValue([.. blocks.Items.Select(item => item with { Value = Written.Find(item.Value, "subnet_id") })]) { OpenBecause = blocks.OpenBecause };
        return fixedOnes is { Items: [], IsOpen: false } ? endpoint.SubnetsValue
            : endpoint.SubnetsValue is NullValue ? fixedOnes
            : ListValue.Of([endpoint.SubnetsValue, fixedOnes]);
    }

    /// <summary>The subnets in the block of an endpoint that is switched off. Where others are added apart, nobody knows which: what adds them is switched off as well.</summary>
    private static ListValue WrittenSubnets(Endpoint endpoint, World world)
    {
        var resource = endpoint.Resource!;
        var open = world.Inventory.Omissions.Select(static each => each.Resource).Where(static each => each.Type == SubnetAddition).Concat(world.Inventory.OfType(SubnetAddition))
            .Where(each => each.Address.Scope == resource.Address.Scope)
            .Select(static each => new Cause(UnknownReason.OpenWorld, $"{each.Address.Path} may add a subnet", each.Place, null))
            .Concat(Unseen.Of(world, resource)).ToList();
        open.AddRange(OmittedSubnets(world, resource).Select(static each => new Cause(UnknownReason.OpenWorld, $"{each.Resource.Address.Path} is switched off as well", each.Resource.Place, null)));
        var written = NetworkReader.SubnetsOf(world, SubnetsWritten(endpoint));
        open.AddRange(written.OpenBecause ?? []);
        return new ListValue(written.Items) { OpenBecause = open.Count == 0 ? null : [.. open.Take(Cause.Limit)] };
    }

    /// <summary>No subnet at all, where a default makes none of those that the endpoint would stand in.</summary>
    private static Value Resting(World world, Endpoint endpoint, ListValue subnets) => subnets is { Items: [], IsOpen: false }
        ? Proof.Of(world).Resting(subnets, OmittedSubnets(world, endpoint.Resource!).SelectMany(static each => each.Because))
        : subnets;

    /// <summary>Subnets that are switched off and that an endpoint speaks of.</summary>
    private static IEnumerable<Omission> OmittedSubnets(World world, Resource endpoint) =>
        world.Inventory.Omissions.Where(each => each.Resource.Type == "aws_subnet" && endpoint.Dependencies.Any(before => before.Target == each.Resource.Address.WithoutKeys));

    private static Value PrivateDnsOf(Endpoint endpoint, EndpointAdditions apart) =>
        apart.Only(endpoint, endpoint.PrivateDnsValue, resource => resource.At("private_dns_enabled")) switch
        {
            NullValue when endpoint.Resource!.Type == "aws_vpc_endpoint" => BoolValue.False,
            NullValue => new UnknownValue(UnknownReason.External, "whether private DNS is on when nothing is written is up to AWS", endpoint.Place, type: DataType.Bool),
            var value => value,
        };

    /// <summary>Where none is written an interface has the default security group; beside one that is added apart it may keep it.</summary>
    private static ListValue WithDefault(Endpoint endpoint, ListValue written) => endpoint.Type is TextValue { Known: "Gateway" } || endpoint.SecurityGroupsValue is not (NullValue or ListValue { Items: [], IsOpen: false }) ? written
        : written is { Items: [], IsOpen: false } ? ListValue.Of([endpoint.Network.As<Network>()?.DefaultSecurityGroup ?? UnknownValue.From(null, endpoint.Network)])
        : new ListValue(written.Items) { OpenBecause = [.. (written.OpenBecause ?? []).Append(new Cause(UnknownReason.External, $"{endpoint.Address.Path} may keep the default security group", endpoint.Place, null)).Take(Cause.Limit)] };

    private static Value PolicyOf(Endpoint endpoint, EndpointAdditions apart) =>
        endpoint.Resource!.Ignores("policy")
            ? new UnknownValue(UnknownReason.External, $"the policy of {endpoint.Address.Path} is changed elsewhere: it ignores changes", endpoint.Place)
            : apart.Only(endpoint, endpoint.Resource.Field("policy", "PolicyDocument"), resource => resource.At("policy"));

    /// <summary>The endpoints of a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="endpoints">Those that are certainly in it.</param>
    /// <param name="anywhere">Those of which nobody knows where they are.</param>
    /// <param name="found">Data sources that find endpoints, and in which network.</param>
    /// <param name="world">The world.</param>
    private static ListValue EndpointsOf(Network network, IEnumerable<Endpoint> endpoints, List<Cause> anywhere, List<(Resource Resource, Value Network)> found, World world)
    {
        var items = endpoints.Select(endpoint => new Item(new FactValue(endpoint), network.Guard.Implies(endpoint.Guard) ? Guard.Always : endpoint.Guard));
        var open = new List<Cause>(anywhere);
        foreach (var (resource, other) in found)
        {
            if (other is FactValue ? ReferenceEquals(other.As<Network>(), network) : resource.Address.Scope == network.Address.Scope)
            {
                open.Add(new Cause(UnknownReason.External, $"{resource.Address.Path} finds an endpoint that is made elsewhere", resource.Place, null));
            }
        }

        var parts = ((ListValue)network.Subnets).Each<Subnet>().Select(subnet => subnet.Resource!).Prepend(network.Resource!).ToList();
        open.AddRange(parts.SelectMany(part => Unseen.Of(world, part).Concat(Unseen.Mentions(world, NetworkTypes.Shares, part))).Distinct());
        return new ListValue([.. items]) { OpenBecause = open.Count == 0 ? null : [.. open.Take(Cause.Limit)] };
    }

    private static ListValue GatewaysOf(Subnet subnet)
    {
        if (subnet.RouteTable.As<RouteTable>() is not { } table || subnet.Network.As<Network>() is not { Endpoints: ListValue endpoints })
        {
            return new ListValue([]) { OpenBecause = [.. Cause.Of(subnet.RouteTable).Concat(Cause.Of(subnet.Network)).DefaultIfEmpty(Doubt(subnet)).Take(Cause.Limit)] };
        }

        var items = ImmutableArray.CreateBuilder<Item>();
        var open = new List<Cause>(endpoints.OpenBecause ?? []);
        foreach (var item in endpoints.Items)
        {
            var endpoint = item.Value.As<Endpoint>()!;
            var isGateway = endpoint.Type.EqualTo(new TextValue("Gateway"));
            var isOn = Contains((ListValue)endpoint.RouteTables, table);
            switch (isGateway.And(isOn))
            {
                case Truth.Yes:
                    items.Add(item);
                    break;
                case Truth.Unknown:
                    open.Add(new Cause(UnknownReason.OpenWorld, $"{endpoint.Address.Path} may be on {table.Address.Path}", endpoint.Place, null));
                    break;
            }
        }

        return new ListValue(items.ToImmutable()) { OpenBecause = open.Count == 0 ? null : [.. open.Take(Cause.Limit)] };
    }

    private static Truth Contains(ListValue list, Fact fact)
    {
        var answer = list.IsOpen ? Truth.Unknown : Truth.No;
        foreach (var item in list.Items)
        {
            var isIt = item.Value is FactValue link ? Kleene.Of(ReferenceEquals(link.Fact, fact)) : Truth.Unknown;
            answer = answer.Or(isIt == Truth.Yes && !item.Guard.IsAlways ? Truth.Unknown : isIt);
        }

        return answer;
    }

    private static Cause Doubt(Subnet subnet) => new(UnknownReason.External, $"the VPC of {subnet.Address.Path} is not declared here", subnet.Place, null);
}
