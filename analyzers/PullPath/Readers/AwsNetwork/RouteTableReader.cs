using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Joins;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.AwsNetwork;

/// <summary>Route tables with their way out, and which subnet has which.</summary>
internal sealed class RouteTableReader : IReader
{
    private readonly Dictionary<Address, RouteTable> _defaults = [];

    public void Read(World world)
    {
        foreach (var resource in world.Managed(NetworkTypes.RouteTables))
        {
            Add(world, resource);
        }

        foreach (var resource in world.Managed(NetworkTypes.DefaultRouteTables))
        {
            var table = Add(world, resource);
            if (NetworkReader.NetworkOf(world, resource.At("default_route_table_id")).As<Network>() is { } network)
            {
                _defaults.TryAdd(network.Address, table);
            }
        }

        foreach (var network in world.Facts.All<Network>(Network.Fields))
        {
            if (!_defaults.ContainsKey(network.Address))
            {
                // AWS makes it together with the VPC: it has a local route and no other.
                _defaults.Add(network.Address, world.Add(new RouteTable
                {
                    Address = network.Address with { Path = network.Address.Path + " (main route table)" },
                    Place = network.Place,
                    Resource = network.Resource,
                    Guard = network.Guard,
                }));
            }
        }
    }

    public void Join(World world)
    {
        var exits = new Exits(world, Find(world));
        world.Each(world.Facts.All<RouteTable>(RouteTable.Fields), table =>
        {
            table.Network = table.Resource!.Type switch
            {
                "aws_default_route_table" => NetworkReader.NetworkOf(world, table.Resource.At("default_route_table_id")),
                _ when world.FactOf<Network>(table.Resource) is { } own => Links.To(own),
                _ => NetworkReader.NetworkOf(world, table.Resource.Field("vpc_id", "VpcId")),
            };
            table.Exit = exits.Of(table);
        });

        var associations = new Associations(world, Find(world), _defaults);
        world.Each(world.Facts.All<Subnet>(Subnet.Fields), subnet =>
        {
            subnet.RouteTable = associations.TableOf(subnet);
            subnet.Exit = ExitOf(world, subnet);
        });
    }

    /// <summary>How ids lead to route tables: directly, or as an attribute of the VPC.</summary>
    internal static FindFact<RouteTable> Find(World world) => (reference, resource) => world.FactOf<RouteTable>(resource) is not { } table ? null
        : !NetworkTypes.Is(NetworkTypes.Networks, resource.Type) || reference.Attribute is "main_route_table_id" or "default_route_table_id" ? table
        : null;

    private static RouteTable Add(World world, Resource resource) => world.Add(new RouteTable
    {
        Address = resource.Address,
        Place = resource.Place,
        Resource = resource,
        Guard = resource.Guard,
    });

    private static Value ExitOf(World world, Subnet subnet)
    {
        if (subnet.RouteTable.As<RouteTable>() is not { } table)
        {
            return UnknownValue.From(DataType.Text, subnet.RouteTable);
        }

        if (table.Exit is not TextValue { Known: RouteEffect.Isolated })
        {
            return table.Exit;
        }

        var doubts = Unseen.Of(world, subnet.Resource!).ToList();
        if (subnet.Resource!.Field("outpost_arn", "OutpostArn") is not NullValue)
        {
            doubts.Add(new Cause(UnknownReason.External, $"{subnet.Address.Path} is on an Outpost", subnet.Place, null));
        }

        return doubts.Count == 0 ? Proof.Of(world).Resting(table.Exit, Absences.Of(world).Switches(subnet.Resource!, NetworkTypes.SubnetAssociations).Append(table.Exit))
            : new UnknownValue([.. doubts.Take(Cause.Limit)], DataType.Text);
    }
}
