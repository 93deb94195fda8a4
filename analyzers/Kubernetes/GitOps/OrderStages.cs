using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Kubernetes.Clouds;
using Analyzer.Kubernetes.Manifests;

namespace Analyzer.Kubernetes.GitOps;

/// <summary>An object with its name in the inventory and the world it is in.</summary>
internal sealed record Delivered(ManifestObject Object, Address Address, ManifestWorld World, Span Place)
{
    /// <summary>True for what declares a resource of a cloud: the object is there long before that resource is.</summary>
    internal bool IsOfCloud => CloudTypes.Of(Object.Group, Object.Kind) is not null;
}

/// <summary>Stages that order delivered objects, and which of them each object comes after.</summary>
internal sealed class OrderStages(Inventory inventory)
{
    private readonly Dictionary<Address, Dependency> _after = [];

    /// <summary>An edge to a thing or a stage, written at a place.</summary>
    internal static Dependency Edge(Address target, Span place) => new(target, place, IsExplicit: true, []);

    /// <summary>What an object comes after; null for nothing.</summary>
    internal Dependency? Of(Address address) => _after.GetValueOrDefault(address);

    /// <summary>Lets an object come after something, unless it comes after something already.</summary>
    internal void Put(Address address, Dependency after) => _after.TryAdd(address, after);

    /// <summary>Lets an object come after something else than before.</summary>
    internal void Replace(Address address, Dependency after) => _after[address] = after;

    /// <summary>A new stage of a world.</summary>
    internal Address Add(ManifestWorld world, string name, List<Dependency> before, bool isCertain, Truth isAwaited = Truth.Yes)
    {
        var kind = world.Origin switch { Origin.Build => "kustomization", Origin.Chart => "chart", _ => "manifests" };
        var stage = new Stage(new Address(world.Scope, $"{kind}: {name}"), before, isCertain, isAwaited);
        inventory.Add(stage);
        return stage.Address;
    }

    /// <summary>Edges to things, and to a stage for those that may come late.</summary>
    internal List<Dependency> Members(ManifestWorld world, string name, List<(Delivered Each, Span Place)> things, Func<Delivered, bool> isReady)
    {
        var sure = things.FindAll(thing => isReady(thing.Each)).ConvertAll(thing => Edge(thing.Each.Address, thing.Place));
        if (sure.Count < things.Count)
        {
            var late = things.FindAll(thing => !isReady(thing.Each)).ConvertAll(thing => Edge(thing.Each.Address, thing.Place));
            sure.Add(Edge(Add(world, $"clouds of {name}", late, isCertain: false), late[0].Place));
        }

        return sure;
    }
}
