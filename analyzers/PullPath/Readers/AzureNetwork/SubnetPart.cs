using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.AzureNetwork;

/// <summary>What a subnet of Azure is given one of, by a resource of its own: a route table, a network security group, a NAT gateway.</summary>
/// <param name="association">Type of the resource that gives it.</param>
/// <param name="id">The attribute that names what is given.</param>
internal sealed class SubnetPart(string association, string id)
{
    internal static SubnetPart RouteTable { get; } = new("azurerm_subnet_route_table_association", "route_table_id");

    internal static SubnetPart SecurityGroup { get; } = new("azurerm_subnet_network_security_group_association", "network_security_group_id");

    internal static SubnetPart NatGateway { get; } = new("azurerm_subnet_nat_gateway_association", "nat_gateway_id");

    /// <summary>Type of the resource that gives it.</summary>
    internal string Association => association;

    /// <summary>What associations that are seen give a subnet: written ids, under their guards; open where one may be its own.</summary>
    internal ListValue Seen(Resource subnet, World world)
    {
        var found = new List<Item>();
        var open = new List<Cause>();
        if (subnet.At(id) is not NullValue || subnet.At(id + "_wo") is not NullValue)
        {
            open.Add(new Cause(UnknownReason.External, $"{subnet.Address.Path} names one itself", subnet.Place, null));
        }

        foreach (var each in world.Inventory.OfType(association))
        {
            var referents = world.Inventory.Referents(each.At("subnet_id")).Where(static target => target.Type == AzureNetworkTypes.Subnet).Distinct().ToList();
            if (referents is [{ IsData: false } only])
            {
                if (only.Address == subnet.Address && subnet.Guard.MeetsWith(each.Guard))
                {
                    found.Add(new Item(each.At(id), subnet.Guard.Implies(each.Guard) ? Guard.Always : each.Guard));
                    if (each.Multiplicity == Multiplicity.Any)
                    {
                        open.Add(new Cause(UnknownReason.Condition, $"how many of {each.Address.Path} there are", each.Place, null));
                    }
                }
            }
            else
            {
                open.Add(new Cause(UnknownReason.OpenWorld, $"{each.Address.Path} may give {subnet.Address.Path} one", each.Place, null));
            }
        }

        return new ListValue([.. found]) { OpenBecause = open.Count == 0 ? null : [.. open.Take(Cause.Limit)] };
    }

    /// <summary>Whether a subnet has one, and why it may have one although none is seen.</summary>
    internal (Truth Has, List<Cause> Because) IsGivenTo(Resource subnet, World world)
    {
        var seen = Seen(subnet, world);
        if (Answer.Has(seen, static _ => Truth.Yes) == Truth.Yes)
        {
            return (Truth.Yes, []);
        }

        var causes = OtherMakers.Of(world).Causes(subnet, association, "Microsoft.Network/virtualNetworks", "subnet update").ToList();
        if (seen.IsOpen || seen.Items.Length > 0 || subnet.Multiplicity == Multiplicity.Any)
        {
            causes.Add(new Cause(UnknownReason.OpenWorld, $"{subnet.Address.Path} may have a {Name}", subnet.Place, null));
        }

        return (causes.Count == 0 ? Truth.No : Truth.Unknown, causes);
    }

    private string Name => id[..id.LastIndexOf('_')].Replace('_', ' ');
}
