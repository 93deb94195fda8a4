using System.Collections.Concurrent;
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
        var told = world.Shared(static world => new Told(world)).Of(types);
        return told[target.Address].Union(told[target.Block])
            .Select(resource => new Cause(UnknownReason.OpenWorld, $"{resource.Address.Path} is told of {target.Address.Path}, and what it makes of it is not seen", resource.Place, null));
    }

    /// <summary>Who is told of what: gathered once for each list of types, for it is asked of every network, subnet and group.</summary>
    private sealed class Told(World world)
    {
        private readonly ConcurrentDictionary<string[], ILookup<Address, Resource>> _byTypes = [];

        internal ILookup<Address, Resource> Of(string[] types) => _byTypes.GetOrAdd(types, static (types, world) => world.Inventory.OfTypes(types).Where(resource => !resource.IsData)
            .SelectMany(resource => resource.Body.Mentioned.Select(reference => reference.Target).Distinct(), (resource, target) => (Resource: resource, Target: target))
            .ToLookup(each => each.Target, each => each.Resource), world);
    }
}
