using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.Kubernetes;

/// <summary>Entries of <c>images</c> in kustomizations that changed nothing in any build.</summary>
internal sealed class ImageEntryReader : IReader
{
    public void Read(World world)
    {
        foreach (var resource in world.Inventory.OfType("kustomize.config.k8s.io/ImageEntry"))
        {
            world.Add(new ImageEntry
            {
                Name = resource.At("name"),
                IsUsed = resource.At("is_used"),
                Meant = resource.At("meant"),
                Address = resource.Address,
                Place = resource.Place,
                Resource = resource,
            });
        }
    }

    public void Join(World world)
    {
    }
}
