using Analyzer.Facts.Values;

namespace Analyzer.Kubernetes.Clouds;

/// <summary>
/// The network of a cluster that eksctl makes with its VPC, where the configuration says how it leads out: private subnets behind NAT gateways or behind none, public ones beside them unless
/// the cluster is private, and the endpoints of a private cluster.
/// </summary>
internal sealed partial class EksctlConfig
{
    private const string Vpc = "VPC";
    private const string PrivateSubnets = "private subnets";
    private const string PublicSubnets = "public subnets";
    private const string PrivateRoutes = "private route tables";
    private const string PublicRoutes = "public route table";

    private static readonly string[] EndpointServices = ["ec2", "ecr.api", "ecr.dkr", "sts"];

    /// <summary>Others may build on the network: the stack of the cluster exports it.</summary>
    private static readonly MapValue Exported = MapValue.Of(("is_exported", BoolValue.True));

    private Value IsPrivate => At("privateCluster.enabled");

    /// <summary>True where the network is eksctl's own, and the configuration says how it leads out.</summary>
    private bool HasNetwork => At("vpc.id") is NullValue && At("vpc.subnets") is NullValue && At("outpost") is NullValue
        && (IsPrivate is BoolValue { Value: true } || (IsPrivate is NullValue or BoolValue && At("vpc.nat.gateway") is not NullValue));

    /// <summary>The subnets of a node group or profile: private ones where it asks for them.</summary>
    private Value SubnetsOf(MapValue from, Value isPrivate) => !HasNetwork || Get(from, "subnets") is not NullValue || Get(from, "localZones") is not NullValue
        ? Or(Get(from, "subnets"), "eksctl chooses the subnets")
        : isPrivate switch
        {
            BoolValue { Value: true } => ListValue.Of([ReferenceTo(PrivateSubnets, "id")]),
            NullValue or BoolValue when IsPrivate is not BoolValue { Value: true } => ListValue.Of([ReferenceTo(PublicSubnets, "id")]),
            _ => Unknown("in which subnets its nodes are", from),
        };

    private Value SubnetsOfCluster() => !HasNetwork ? Or(NullValue.Instance, "eksctl chooses the subnets")
        : IsPrivate is BoolValue { Value: true } ? ListValue.Of([ReferenceTo(PrivateSubnets, "id")])
        : ListValue.Of([ReferenceTo(PublicSubnets, "id"), ReferenceTo(PrivateSubnets, "id")]);

    private void AddNetwork()
    {
        if (!HasNetwork)
        {
            return;
        }

        var range = Or(At("vpc.cidr"), "eksctl chooses the addresses");
        Add(Vpc, "aws_vpc", null, Guard.Always, Exported, ("cidr_block", range), ("enable_dns_support", BoolValue.True), ("enable_dns_hostnames", BoolValue.True));
        AddSubnets(PrivateSubnets, PrivateRoutes, isPublic: false);
        if (IsPrivate is BoolValue { Value: true })
        {
            AddEndpoints();
            return;
        }

        AddSubnets(PublicSubnets, PublicRoutes, isPublic: true);
        Add("internet gateway", "aws_internet_gateway", null, Guard.Always, ("vpc_id", ReferenceTo(Vpc, "id")));
        Add("public route", "aws_route", null, Guard.Always,
            ("route_table_id", ReferenceTo(PublicRoutes, "id")), ("destination_cidr_block", new TextValue("0.0.0.0/0")), ("gateway_id", ReferenceTo("internet gateway", "id")));
        if (At("vpc.nat.gateway") is not TextValue { Known: "Disable" } || At("kubernetesNetworkConfig.ipFamily") is not (NullValue or TextValue { Known: "IPv4" }))
        {
            AddNat();
        }
    }

    /// <summary>One set of subnets and tables stands for those of all zones.</summary>
    private void AddSubnets(string subnets, string routes, bool isPublic)
    {
        Add(subnets, "aws_subnet", null, Guard.Always,
            ("vpc_id", ReferenceTo(Vpc, "id")), ("cidr_block", Or(NullValue.Instance, "eksctl chooses the addresses")), ("map_public_ip_on_launch", BoolValue.Of(isPublic)));
        Add(routes, "aws_route_table", null, Guard.Always, ("vpc_id", ReferenceTo(Vpc, "id")));
        Add($"association of {subnets}", "aws_route_table_association", null, Guard.Always, ("subnet_id", ReferenceTo(subnets, "id")), ("route_table_id", ReferenceTo(routes, "id")));
    }

    private void AddNat()
    {
        var mode = At("vpc.nat.gateway");
        var isThere = mode is TextValue { Known: "Single" or "HighlyAvailable" } or NullValue;
        Add("NAT gateway", "aws_nat_gateway", null, Guard.Always, ("subnet_id", ReferenceTo(PublicSubnets, "id")));
        Add("private route", "aws_route", null, Guard.Always,
            ("route_table_id", ReferenceTo(PrivateRoutes, "id")), ("destination_cidr_block", new TextValue("0.0.0.0/0")),
            ("nat_gateway_id", isThere ? ReferenceTo("NAT gateway", "id") : Unknown("whether there is a NAT gateway", mode)));
    }

    /// <summary>What eksctl makes for a private cluster, unless it is told that all of it is there.</summary>
    private void AddEndpoints()
    {
        var skipped = At("privateCluster.skipEndpointCreation");
        if (skipped is not (NullValue or BoolValue { Value: false }))
        {
            AddEndpoint("endpoints of somebody else", Or(NullValue.Instance, "which endpoints are there already"), isGateway: false);
            return;
        }

        AddEndpoint("endpoint for s3", NameOf(new TextValue("s3")), isGateway: true);
        foreach (var service in EndpointServices)
        {
            AddEndpoint($"endpoint for {service}", NameOf(new TextValue(service)), isGateway: false);
        }

        if (At("privateCluster.additionalEndpointServices") is var more and not NullValue)
        {
            foreach (var item in (more as ListValue)?.Items ?? [new Item(UnknownValue.From(DataType.Text, more))])
            {
                AddEndpoint($"endpoint for {(item.Value as TextValue)?.Known ?? "<?>"}", NameOf(item.Value), isGateway: false, item.Guard);
            }
        }

        if (At("cloudWatch.clusterLogging") is not NullValue)
        {
            AddEndpoint("endpoint for logs", NameOf(new TextValue("logs")), isGateway: false);
        }
    }

    private Value NameOf(Value service) => service is TextValue text
        ? TextValue.Of([new TextPart("com.amazonaws."), new TextPart(Or(At("metadata.region"), "the region")), new TextPart("."), .. text.Parts]).With(service.Trace)
        : service;

    private void AddEndpoint(string name, Value service, bool isGateway, Guard? guard = null) => Add(name, "aws_vpc_endpoint", null, guard ?? Guard.Always,
        ("vpc_id", ReferenceTo(Vpc, "id")),
        ("service_name", service),
        ("vpc_endpoint_type", new TextValue(isGateway ? "Gateway" : "Interface")),
        ("private_dns_enabled", isGateway ? NullValue.Instance : BoolValue.True),
        ("route_table_ids", isGateway ? ListValue.Of([ReferenceTo(PrivateRoutes, "id")]) : NullValue.Instance),
        ("subnet_ids", isGateway ? NullValue.Instance : ListValue.Of([ReferenceTo(PrivateSubnets, "id")])),
        ("security_group_ids", isGateway ? NullValue.Instance : Or(NullValue.Instance, "eksctl makes a security group that lets the nodes in")));
}
