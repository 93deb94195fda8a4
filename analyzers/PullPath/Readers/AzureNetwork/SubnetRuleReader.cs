using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.AzureNetwork;

/// <summary>Rules of registries for subnets, and whether these have the service endpoint without which their requests come from a public address.</summary>
internal sealed class SubnetRuleReader : IReader
{
    private const string Service = "Microsoft.ContainerRegistry";

    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        foreach (var registry in world.Facts.All<Registry>(Registry.Fields).Where(static registry => registry.SubnetRules is ListValue { Items.Length: > 0 }))
        {
            var found = new List<Item>();
            var open = new List<Cause>();
            foreach (var item in ((ListValue)registry.SubnetRules).Items)
            {
                var id = Written.Find(item.Value, "subnet_id");
                if (Names.Only(id, AzureNetworkTypes.Subnet, world) is not { IsData: false } subnet || subnet.Address.Scope != registry.Address.Scope)
                {
                    open.AddRange(Links.Undeclared(id, "subnet").Causes);
                }
                else if (ServiceEndpoints.Has(subnet, Service) is var has and not Truth.Yes)
                {
                    var causes = OtherMakers.Of(world).Causes(subnet, AzureNetworkTypes.Subnet, "Microsoft.Network/virtualNetworks", "subnet update")
                        .Concat(has == Truth.Unknown ? [new Cause(UnknownReason.External, $"service endpoints of {subnet.Address.Path}", subnet.Place, null)] : []).ToList();
                    open.AddRange(causes);
                    if (causes.Count == 0)
                    {
                        found.Add(new Item(id, item.Guard));
                    }
                }
            }

            registry.UnservedSubnets = new ListValue([.. found]) { OpenBecause = open.Count == 0 ? null : [.. open.Distinct().Take(Cause.Limit)] };
        }
    }
}
