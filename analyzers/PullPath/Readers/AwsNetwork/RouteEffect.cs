using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;

namespace Analyzer.PullPath.Readers.AwsNetwork;

/// <summary>What one route does for the question whether the internet is reached: it is the way out, it leaves doubt, or neither.</summary>
/// <param name="Exit">The way out, <see cref="Public"/> or <see cref="Nat"/>; null if it is none.</param>
/// <param name="Doubt">Why nobody knows; null if there is no doubt.</param>
internal readonly record struct RouteEffect(string? Exit, string? Doubt)
{
    /// <summary>Through an internet gateway.</summary>
    internal const string Public = "public";

    /// <summary>Through a NAT gateway.</summary>
    internal const string Nat = "nat";

    /// <summary>No way out at all.</summary>
    internal const string Isolated = "isolated";

    private static readonly (string Terraform, string Cfn, string What)[] OtherTargets =
    [
        ("transit_gateway_id", "TransitGatewayId", "a transit gateway"),
        ("vpc_peering_connection_id", "VpcPeeringConnectionId", "a peering connection"),
        ("network_interface_id", "NetworkInterfaceId", "a network interface"),
        ("instance_id", "InstanceId", "an instance"),
        ("vpc_endpoint_id", "VpcEndpointId", "a firewall endpoint"),
        ("core_network_arn", "CoreNetworkArn", "a core network"),
        ("egress_only_gateway_id", "EgressOnlyInternetGatewayId", "an egress-only gateway"),
        ("egress_only_internet_gateway_id", "EgressOnlyInternetGatewayId", "an egress-only gateway"),
        ("carrier_gateway_id", "CarrierGatewayId", "a carrier gateway"),
        ("local_gateway_id", "LocalGatewayId", "a local gateway"),
        ("odb_network_arn", "OdbNetworkArn", "a database network"),
    ];

    /// <summary>The effect of a route.</summary>
    /// <param name="world">For the gateways it names.</param>
    /// <param name="body">A route resource's body, or an inline block.</param>
    /// <param name="language">The language of the attribute names.</param>
    internal static RouteEffect Of(World world, Value body, Language language)
    {
        var isCfn = language == Language.CloudFormation;
        foreach (var (terraform, cfn, what) in OtherTargets)
        {
            if (IsWritten(Written.Find(body, isCfn ? cfn : terraform)))
            {
                return new RouteEffect(null, $"a route leads to {what}");
            }
        }

        var nat = Written.Find(body, isCfn ? "NatGatewayId" : "nat_gateway_id");
        var gateway = Written.Find(body, isCfn ? "GatewayId" : "gateway_id");
        var target = (IsWritten(nat), IsWritten(gateway)) switch
        {
            (true, false) => OfAll(nat, each => OfNat(world, each)),
            (false, true) => OfAll(gateway, each => OfGateway(world, each)),
            (false, false) => new RouteEffect(null, "a route has no target that is known"),
            _ => new RouteEffect(null, "the target of a route is not known"),
        };
        if (target.Exit is null)
        {
            return target;
        }

        return DestinationOf(body, isCfn) switch
        {
            Destination.Internet => target,
            Destination.Private => default,
            Destination.Part => new RouteEffect(null, "a route leads to a part of the internet"),
            _ => new RouteEffect(null, "the destination of a route is not known"),
        };
    }

    private static bool IsWritten(Value value) => value is not (NullValue or TextValue { Known: "" });

    private static Destination DestinationOf(Value body, bool isCfn)
    {
        foreach (var name in isCfn ? ["DestinationCidrBlock"] : new[] { "destination_cidr_block", "cidr_block" })
        {
            if (Written.Find(body, name) is var cidr && IsWritten(cidr))
            {
                return Destinations.Of(cidr);
            }
        }

        return Destination.Part;
    }

    /// <summary>The effect that all alternatives of a target have.</summary>
    private static RouteEffect OfAll(Value target, Func<Value, RouteEffect> of)
    {
        if (target is not ChoiceValue choice)
        {
            return of(target);
        }

        var effects = choice.Alternatives.Select(each => of(each.Value)).Distinct().Take(2).ToList();
        return effects is [var only] ? only : new RouteEffect(null, "the target of a route is not known");
    }

    private static RouteEffect OfNat(World world, Value target)
    {
        var gateways = world.Inventory.Referents(target).Where(resource => !resource.IsData && NetworkTypes.Is(NetworkTypes.NatGateways, resource.Type)).ToList();
        return gateways.Count > 0 && gateways.TrueForAll(gateway => gateway.Field("connectivity_type", "ConnectivityType") is NullValue or TextValue { Known: "public" })
            ? new RouteEffect(Nat, null)
            : new RouteEffect(null, gateways.Count > 0 ? "a route leads to a NAT gateway that may be private" : "a route leads to a NAT gateway that is not declared here");
    }

    private static RouteEffect OfGateway(World world, Value target)
    {
        if (target is TextValue { Known: { } id })
        {
            return id == "local" ? default
                : id.StartsWith("igw-", StringComparison.Ordinal) ? new RouteEffect(Public, null)
                : new RouteEffect(null, "a route leads to a gateway that is not declared here");
        }

        foreach (var resource in world.Inventory.Referents(target))
        {
            if (NetworkTypes.Is(NetworkTypes.InternetGateways, resource.Type))
            {
                return new RouteEffect(Public, null);
            }
        }

        return new RouteEffect(null, "a route leads to a gateway that is no internet gateway declared here");
    }
}
