using Analyzer.Facts.Model;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Tracing;

/// <summary>
/// Whether nodes of AWS reach a registry: each of its services by an endpoint of their network that catches the traffic, else over the internet. A wrong endpoint breaks a network that has the internet.
/// </summary>
internal sealed class NetworkLink(World world)
{
    private const int Port = 443;

    private static readonly string[] Services = ["ecr.api", "ecr.dkr", "s3"];

    private readonly EndpointAccess _access = new(world);
    private readonly Traffic _traffic = new(world);

    /// <summary>The answer, a phrase for it, the facts that decide, and the service of ECR to ask on a live node; null for the registry itself.</summary>
    internal (Truth Reaches, string Says, IReadOnlyList<Fact> Facts, string? Service) Of(NodePool pool, Registry registry)
    {
        string? asked = null;
        var internet = Internet(pool);
        var exit = (pool.Exit as TextValue)?.Known ?? "an unknown exit";
        var facts = new List<Fact>();
        Truth reaches;
        string says;
        if (registry.Kind == "ecr" && pool.Network.As<Network>() is { } network)
        {
            var ways = Services.Select(service => (Service: service, Works: ByService(service, pool, network, registry, internet, facts))).ToList();
            reaches = ways.All(each => each.Works);
            var open = ways.Where(each => each.Works == (reaches == Truth.No ? Truth.No : Truth.Unknown)).Select(each => each.Service).ToList();
            var wrong = string.Join(", ", open);

            // The registry is what a pull names: only where it is reached another service is asked.
            asked = open.Contains("ecr.dkr") ? null : open.FirstOrDefault();
            says = reaches switch
            {
                Truth.Yes => facts.Count > 0 ? $"by {string.Join(", ", facts.Select(fact => fact.Address.Path))}" : $"over the internet ({exit})",
                Truth.No => $"no way to {wrong} ({exit})",
                _ => $"whether there is a way to {wrong} is not known",
            };
        }
        else
        {
            reaches = registry.Kind == "ecr" || registry.IsOnInternet is BoolValue { Value: true } ? internet : internet.Or(Truth.Unknown);
            says = reaches switch { Truth.Yes => $"over the internet ({exit})", Truth.No => $"its subnets have no way to the internet ({exit})", _ => "whether there is a way is not known" };
        }

        var egress = pool.SecurityGroups is ListValue { Items: [_, ..] } groups
            ? _traffic.LetsOut(groups, Port).Or(facts.OfType<Endpoint>().Select(endpoint => _traffic.LetsOut(groups, endpoint, Port)).ToList() is [_, ..] each ? each.All() : Truth.No)
            : Truth.Yes;
        if (egress == Truth.No)
        {
            (reaches, says) = (Truth.No, "the security groups of the nodes let no connection out");
        }

        var isDetoured = pool.Detours is not ListValue { Items: [], IsOpen: false };
        return (isDetoured && reaches == Truth.No ? Truth.Unknown : reaches.And(egress), isDetoured ? says + "; a proxy or mirror may lead there" : says, facts, egress == Truth.No ? null : asked);
    }

    /// <summary>Whether the nodes reach the internet.</summary>
    private static Truth Internet(NodePool pool) => pool.Exit switch
    {
        TextValue { Known: "nat" } => Truth.Yes,
        TextValue { Known: "public" } => pool.UnaddressedSubnets switch
        {
            ListValue { Items: [_, ..] } => Truth.No,
            ListValue { IsOpen: false } => Truth.Yes,
            _ => Truth.Unknown,
        },
        TextValue { Known: "isolated" } => Truth.No,
        _ => Truth.Unknown,
    };

    private Truth ByService(string service, NodePool pool, Network network, Registry registry, Truth internet, List<Fact> facts)
    {
        var name = new TextValue(service);
        var answer = internet;
        foreach (var endpoint in network.Endpoints.Each<Endpoint>().Where(each => each.Service.EqualTo(name) != Truth.No))
        {
            var catches = Catches(endpoint, pool).And(Answer.Exists(endpoint.Guard)).And(endpoint.Service.EqualTo(name));
            var works = LetsThrough(endpoint, service, registry).And(IsGateway(endpoint) ? Truth.Yes : Traffic.LetsIn(endpoint.SecurityGroups, pool, Port));
            if (catches != Truth.No)
            {
                facts.Add(endpoint);
            }

            answer = catches switch
            {
                Truth.Yes => works,
                Truth.No => answer,
                _ => answer == works ? answer : Truth.Unknown,
            };
        }

        return answer == Truth.No && network.Endpoints is not ListValue { IsOpen: false } ? Truth.Unknown : answer;
    }

    /// <summary>Whether the traffic of the nodes to the service goes through the endpoint.</summary>
    private static Truth Catches(Endpoint endpoint, NodePool pool) => IsGateway(endpoint)
        ? pool.Subnets is ListValue { Items: [_, ..] } subnets
            ? subnets.Values.All(subnet => subnet.As<Subnet>()?.Gateways is ListValue gateways
                ? gateways.Each<Endpoint>().Contains(endpoint) ? Truth.Yes : gateways.IsOpen ? Truth.Unknown : Truth.No
                : Truth.Unknown).And(subnets.IsOpen ? Truth.Unknown : Truth.Yes)
            : Truth.Unknown
        : Answer.TruthOf(endpoint.PrivateDns).Or(Answer.TruthOf(endpoint.HasOtherNames));

    private static bool IsGateway(Endpoint endpoint) => endpoint.Type is TextValue { Known: "Gateway" };

    private Truth LetsThrough(Endpoint endpoint, string service, Registry registry) => service switch
    {
        "s3" => _access.Decide(endpoint, "s3:GetObject", EndpointAccess.Layers(registry.Region), byAws: true).Result,
        "ecr.api" => _access.Decide(endpoint, "ecr:GetAuthorizationToken", NullValue.Instance, byAws: false).Result,
        _ => _access.Decide(endpoint, "ecr:BatchGetImage", new FactValue(registry), byAws: false).Result,
    };
}
