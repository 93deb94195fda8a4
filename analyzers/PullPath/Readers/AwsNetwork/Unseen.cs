using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Readers.AwsNetwork;

/// <summary>Why a network, subnet, route table or security group may have more than is seen.</summary>
internal static class Unseen
{
    /// <summary>
    /// What may add to a resource without being seen: modules, stacks and files that are not there and are told of it, and templates that Terraform deploys.
    /// </summary>
    internal static IEnumerable<Cause> Of(World world, Resource resource) => Of(world, resource, NetworkTypes.Parts);

    /// <summary>What may add to a resource something of one of the types.</summary>
    internal static IEnumerable<Cause> Of(World world, Resource resource, string[] types) =>
        world.Unseen(resource, null, types).Concat(Mentions(world, NetworkTypes.Opaque, resource));

    /// <summary>Resources of some types that name a resource anywhere in them.</summary>
    internal static IEnumerable<Cause> Mentions(World world, string[] types, Resource target)
    {
        foreach (var resource in world.Inventory.OfTypes(types))
        {
            if (!resource.IsData && resource.Body.Mentioned.Any(reference => reference.Target == target.Address || reference.Target == target.Address.Block))
            {
                yield return new Cause(UnknownReason.OpenWorld, $"{resource.Address.Path} is told of {target.Address.Path}, and what it makes of it is not seen", resource.Place, null);
            }
        }
    }
}
