using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.AzureNetwork;

/// <summary>The ways from nodes of AKS to the registries that they pull from.</summary>
internal sealed class RegistryPathReader : IReader
{
    public void Read(World world)
    {
    }

    public void Join(World world)
    {
        foreach (var use in world.Facts.All<RegistryUse>(RegistryUse.Fields).Where(static use => use is { Cluster.Kind: "aks", Registry.Kind: "acr" }).ToList())
        {
            world.Add(new RegistryPath
            {
                Use = use,
                IsAdmitted = Admission.Of(use),
                IsConnected = Peerings.Connect(use, world),
                IsInClosedNetwork = ClosedNetworks.Holds(use.Cluster, world),
                Shadows = ZoneShadows.Of(use, world),
                LimitedSubnets = StoragePolicies.Of(use, world),
                Address = use.Address,
                Place = use.Place,
                Guard = use.Guard,
            });
        }
    }
}
