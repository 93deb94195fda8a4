using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;
using Analyzer.PullPath.Readers.Aws;

namespace Analyzer.PullPath.Readers.AwsNetwork;

/// <summary>VPCs and their subnets.</summary>
internal sealed class NetworkReader : IReader
{
    public void Read(World world)
    {
        foreach (var resource in world.Managed(NetworkTypes.Networks))
        {
            world.Add(new Network
            {
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
        foreach (var subnet in world.Facts.All<Subnet>(Subnet.Fields))
        {
            subnet.Network = NetworkOf(world, subnet.Resource!.Field("vpc_id", "VpcId"));
        }

        foreach (var network in world.Facts.All<Network>(Network.Fields))
        {
            var own = world.Facts.All<Subnet>(Subnet.Fields).Where(subnet => ReferenceEquals(subnet.Network.As<Network>(), network));
            network.Subnets = Links.To(own, Unseen.Of(world, network.Resource!));
        }
    }

    /// <summary>The declared network an id means.</summary>
    internal static Value NetworkOf(World world, Value id) => Identifiers.Link(world, id, "VPC", (_, resource) => world.FactOf<Network>(resource));

    /// <summary>The declared subnets a list of ids means.</summary>
    internal static ListValue SubnetsOf(World world, Value ids) => Identifiers.LinkAll(world, ids, "subnet", (_, resource) => world.FactOf<Subnet>(resource));
}
