using Analyzer.Facts.Model;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.AwsNetwork;

/// <summary>
/// Whether the names of a service are private in a network although an endpoint does not see to it: a private hosted zone has them, or another endpoint does.
/// </summary>
internal sealed class PrivateNames(World world)
{
    private readonly List<Resource> _zones = [.. world.Inventory.OfTypes(NetworkTypes.HostedZones)];
    private readonly List<Resource> _associations = [.. world.Managed("aws_route53_zone_association")];
    private readonly List<Resource> _profiles = [.. world.Managed("aws_route53profiles_association", "AWS::Route53Profiles::ProfileAssociation")];

    /// <summary>The answer for one endpoint as a boolean, or unknown.</summary>
    internal Value Of(Endpoint endpoint)
    {
        if (endpoint is not { Service: TextValue { Known: { } service } } || endpoint.Network.As<Network>() is not { } network)
        {
            return UnknownValue.From(DataType.Bool, endpoint.Service, endpoint.Network);
        }

        var answer = Truth.No;
        var causes = new List<Cause>();
        foreach (var other in network.Endpoints.Each<Endpoint>())
        {
            if (!ReferenceEquals(other, endpoint) && other.Service is TextValue { Known: { } key } && key == service)
            {
                // A gateway takes the traffic to the public addresses, whatever the names.
                Note(other.Type.EqualTo(new TextValue("Gateway")).Or(Answer.TruthOf(other.PrivateDns)), other.Resource!);
            }
        }

        foreach (var zone in _zones)
        {
            Note(Starts(zone.Field("name", "Name"), HostOf(service)).And(IsIn(zone, network)), zone);
        }

        foreach (var association in _associations)
        {
            // A zone that is not declared here may have any names.
            if (!world.Inventory.Referents(association.At("zone_id")).Any(target => _zones.Contains(target)))
            {
                Note(Truth.Unknown.And(Is(association.At("vpc_id"), network)), association);
            }
        }

        foreach (var profile in _profiles)
        {
            Note(Truth.Unknown.And(Is(profile.Field("resource_id", "ResourceId"), network)), profile);
        }

        var unseen = Unseen.Of(world, endpoint.Resource!).ToList();
        return Answer.Of(answer.Or(unseen.Count > 0 ? Truth.Unknown : Truth.No), causes.Concat(unseen));

        void Note(Truth truth, Resource at)
        {
            answer = answer.Or(truth);
            if (truth == Truth.Unknown)
            {
                causes.Add(new Cause(UnknownReason.External, $"{at.Address.Path} may make the names of {service} private", at.Place, null));
            }
        }
    }

    /// <summary>How the names begin that clients of a service ask for.</summary>
    private static string HostOf(string service) => service switch
    {
        "ecr.api" => "api.ecr.",
        "ecr.dkr" => "dkr.ecr.",
        _ => service + ".",
    };

    private static Truth Starts(Value name, string label) => name switch
    {
        TextValue text when text.Prefix.StartsWith(label, StringComparison.Ordinal) || text.Prefix.StartsWith("*." + label, StringComparison.Ordinal) => Truth.Yes,
        TextValue { Known: not null } => Truth.No,
        TextValue text => label.StartsWith(text.Prefix, StringComparison.Ordinal) ? Truth.Unknown : Truth.No,
        NullValue => Truth.Unknown,
        ChoiceValue choice => choice.Same(each => Starts(each, label)),
        _ => Truth.Unknown,
    };

    private Truth IsIn(Resource zone, Network network)
    {
        var associations = _associations.Where(association => world.Inventory.Referents(association.At("zone_id")).Contains(zone)).Any(association => Is(association.At("vpc_id"), network));
        if (zone.IsData)
        {
            // A zone that is found is made elsewhere, for networks nobody knows here.
            return associations.Or(Truth.Unknown);
        }

        var blocks = zone.Type == "awscc_route53_hosted_zone" ? Written.Blocks(zone.Body, "vp_cs") : zone.FieldBlocks("vpc", "VPCs");
        var inline = blocks.Values.Any(block => Is(Written.Find(block, zone.Language == Language.Terraform ? "vpc_id" : "VPCId"), network));
        return associations.Or(inline).Or(blocks.IsOpen ? Truth.Unknown : Truth.No);
    }

    private Truth Is(Value id, Network network) => NetworkReader.NetworkOf(world, id) switch
    {
        FactValue link => Kleene.Of(ReferenceEquals(link.Fact, network)),
        NullValue => Truth.No,
        _ => Truth.Unknown,
    };
}
