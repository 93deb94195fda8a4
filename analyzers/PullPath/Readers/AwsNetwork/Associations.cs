using Analyzer.Facts.Model;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.AwsNetwork;

/// <summary>Which route table a subnet has: the one it is associated with, else the main table of its VPC.</summary>
internal sealed class Associations
{
    private readonly World _world;
    private readonly FindFact<RouteTable> _find;
    private readonly Dictionary<Address, RouteTable> _defaults;
    private readonly Dictionary<Fact, List<(Resource Resource, Value Id)>> _known = [];
    private readonly List<Cause> _unresolved = [];
    private readonly Dictionary<Fact, List<(Resource Resource, Value Id)>> _main = [];
    private readonly List<Cause> _unresolvedMain = [];

    /// <summary>Resolves all associations once.</summary>
    internal Associations(World world, FindFact<RouteTable> find, Dictionary<Address, RouteTable> defaults)
    {
        (_world, _find, _defaults) = (world, find, defaults);
        foreach (var resource in world.Managed(NetworkTypes.SubnetAssociations))
        {
            // An association with a gateway routes what comes in, not what subnets send.
            if (resource.Field("subnet_id", "SubnetId") is var id and not NullValue)
            {
                Note(resource, id, Identifiers.Link(world, id, "subnet", (_, target) => world.FactOf<Subnet>(target)), _known, _unresolved);
            }
        }

        foreach (var resource in world.Managed(NetworkTypes.MainAssociations))
        {
            var id = resource.At("vpc_id");
            Note(resource, id, NetworkReader.NetworkOf(world, id), _main, _unresolvedMain);
        }
    }

    /// <summary>The route table of a subnet: a link, or unknown.</summary>
    internal Value TableOf(Subnet subnet)
    {
        if (Certain(_known, subnet, out var maybe) is { } own)
        {
            return Table(own);
        }

        var network = subnet.Network.As<Network>();
        var doubts = new List<Cause>(maybe);
        doubts.AddRange(_unresolved);
        doubts.AddRange(Unseen.Of(_world, subnet.Resource!));
        if (network is null)
        {
            doubts.Add(new Cause(UnknownReason.External, $"the VPC of {subnet.Address.Path}, whose main route table it has, is not declared here", subnet.Place, null));
            return Unknown(doubts);
        }

        if (doubts.Count > 0)
        {
            return Unknown(doubts);
        }

        if (Certain(_main, network, out var maybeMain) is { } main)
        {
            return Table(main);
        }

        doubts.AddRange(maybeMain);
        doubts.AddRange(_unresolvedMain);
        return doubts.Count > 0 ? Unknown(doubts) : Links.To(_defaults[network.Address]);
    }

    private static void Note(Resource resource, Value id, Value link, Dictionary<Fact, List<(Resource Resource, Value Id)>> known, List<Cause> unresolved)
    {
        if (link is FactValue { Fact: var fact })
        {
            if (!known.TryGetValue(fact, out var list))
            {
                known.Add(fact, list = []);
            }

            list.Add((resource, id));
        }
        else
        {
            unresolved.Add(new Cause(UnknownReason.OpenWorld, $"nobody knows what {resource.Address.Path} associates", resource.Place, null));
        }
    }

    /// <summary>The association that certainly is there, if there is exactly one; those that may be, otherwise.</summary>
    private static Resource? Certain(Dictionary<Fact, List<(Resource Resource, Value Id)>> known, Fact fact, out List<Cause> maybe)
    {
        maybe = [];
        if (!known.TryGetValue(fact, out var all))
        {
            return null;
        }

        var certain = new List<Resource>();
        foreach (var (resource, id) in all)
        {
            switch (Identifiers.Holds(resource, id, fact))
            {
                case Truth.Yes:
                    certain.Add(resource);
                    break;
                case Truth.Unknown:
                    maybe.Add(new Cause(UnknownReason.Condition, $"{resource.Address.Path} may associate {fact.Address.Path}", resource.Place, null));
                    break;
            }
        }

        if (certain.Count > 1)
        {
            maybe.AddRange(certain.Select(resource => new Cause(UnknownReason.Ambiguous, $"{resource.Address.Path} is one of several associations", resource.Place, null)));
        }

        return certain is [var only] ? only : null;
    }

    private Value Table(Resource association) =>
        Identifiers.Link(_world, association.Field("route_table_id", "RouteTableId"), "route table", _find) is var link and not NullValue ? link
            : new UnknownValue(UnknownReason.NoValue, $"{association.Address.Path} names no route table", association.Place);

    private static UnknownValue Unknown(List<Cause> doubts) => new([.. doubts.Take(Cause.Limit)]);
}
