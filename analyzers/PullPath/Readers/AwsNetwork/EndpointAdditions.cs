using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Aws;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath.Readers.AwsNetwork;

/// <summary>Resources of one type that add something to an endpoint they name: a subnet, a policy, a security group.</summary>
internal sealed class EndpointAdditions
{
    private readonly World _world;
    private readonly Dictionary<Endpoint, List<(Resource Resource, Value Id)>> _known = [];
    private readonly List<Cause> _unresolved = [];

    internal EndpointAdditions(World world, string type)
    {
        _world = world;
        foreach (var resource in world.Managed(type))
        {
            var id = resource.At("vpc_endpoint_id");
            if (Identifiers.Link(world, id, "endpoint", (_, target) => world.FactOf<Endpoint>(target)).As<Endpoint>() is { } endpoint)
            {
                if (!_known.TryGetValue(endpoint, out var list))
                {
                    _known.Add(endpoint, list = []);
                }

                list.Add((resource, id));
            }
            else
            {
                _unresolved.Add(new Cause(UnknownReason.OpenWorld, $"nobody knows to which endpoint {resource.Address.Path} belongs", resource.Place, null));
            }
        }
    }

    /// <summary>What is written at the endpoint and what is added to it; open when something unseen may add more.</summary>
    internal ListValue Extend(Endpoint endpoint, ListValue written, Func<Resource, Value> added)
    {
        var items = written.Items.Select(item => endpoint.Guard.Implies(item.Guard) ? item with { Guard = Guard.Always } : item).ToList();
        foreach (var (resource, id) in _known.GetValueOrDefault(endpoint) ?? [])
        {
            if (Identifiers.Holds(resource, id, endpoint) is var holds and not Truth.No)
            {
                items.Add(new Item(added(resource), holds == Truth.Yes ? Guard.Always : resource.Existence));
            }
        }

        var open = (written.OpenBecause ?? []).Concat(_unresolved).Concat(Unseen.Of(_world, endpoint.Resource!)).Take(Cause.Limit).ToList();
        return new ListValue([.. items]) { OpenBecause = open.Count == 0 ? null : [.. open] };
    }

    /// <summary>What is written at the endpoint, else the only thing that is added to it; null where neither is.</summary>
    internal Value Only(Endpoint endpoint, Value written, Func<Resource, Value> added) => written is not NullValue ? written : Extend(endpoint, ListValue.Empty, added) switch
    {
        { Items: [{ Guard.IsAlways: true } only], IsOpen: false } => only.Value,
        { Items: [], IsOpen: false } => NullValue.Instance,
        var several => UnknownValue.From(null, several.Values.Where(value => !value.IsWhollyKnown).Append(several).Append(Guards(several))),
    };

    /// <summary>The conditions of elements as a value that tells them as its causes.</summary>
    private static Value Guards(ListValue list) => list.Items.SelectMany(item => item.Guard.Causes).Distinct().Take(Cause.Limit).ToList() is { Count: > 0 } causes
        ? new UnknownValue([.. causes])
        : NullValue.Instance;
}
