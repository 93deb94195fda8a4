using System.Collections.Concurrent;
using Analyzer.Facts;
using Analyzer.Facts.Model;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.PullPath;

/// <summary>What readers and joins share while a model is made: all resources, the facts so far, and which fact was read from which resource.</summary>
/// <param name="inventory">All resources and gaps.</param>
/// <param name="problems">For what cannot be read.</param>
/// <param name="onNewKind">Told each kind of facts when there is one.</param>
/// <param name="parallelism">How many threads may read at once.</param>
public sealed class World(Inventory inventory, ProblemLog problems, Action<string>? onNewKind = null, int parallelism = 1)
{
    private readonly Dictionary<Address, Fact> _byResource = new(inventory.Resources.Count);
    private readonly Dictionary<Address, List<Fact>> _furtherByResource = [];
    private readonly ConcurrentDictionary<Type, Lazy<object>> _shared = [];

    /// <summary>All resources and gaps.</summary>
    public Inventory Inventory { get; } = inventory;

    /// <summary>The facts so far.</summary>
    public FactModel Facts { get; } = new(onNewKind);

    /// <summary>For what cannot be read.</summary>
    public ProblemLog Problems { get; } = problems;

    /// <summary>What makes pods, without what is only derived from values of charts.</summary>
    internal IEnumerable<Workload> Workloads => Facts.All<Workload>(Workload.Fields).Where(workload => !workload.IsDerived);

    /// <summary>
    /// What several readers and functions ask, such as an index of all roles: made when it is first asked for, when everything that it is made of was read. Rules are decided on several
    /// threads, so what remembers answers must bear that.
    /// </summary>
    internal T Shared<T>(Func<World, T> make)
        where T : class => (T)_shared.GetOrAdd(typeof(T), static (_, of) => new Lazy<object>(() => of.make(of.world)), (make, world: this)).Value;

    /// <summary>Adds a fact.</summary>
    public T Add<T>(T fact)
        where T : Fact
    {
        Facts.Add(fact);
        if (fact.Resource is { } resource && !_byResource.TryAdd(resource.Address, fact))
        {
            // Of most resources one fact is read.
            if (!_furtherByResource.TryGetValue(resource.Address, out var list))
            {
                _furtherByResource.Add(resource.Address, list = []);
            }

            list.Add(fact);
        }

        return fact;
    }

    /// <summary>Adds what a function makes of each of many things, in their order; null for nothing. On several threads: it may only read the world.</summary>
    internal void AddEach<T, TFact>(IEnumerable<T> things, Func<T, TFact?> read)
        where TFact : Fact
    {
        foreach (var fact in Each(things, read))
        {
            if (fact is not null)
            {
                Add(fact);
            }
        }
    }

    /// <summary>What a function makes of each of many things, in their order. On several threads: it may only read the world, and change the thing it is given.</summary>
    internal TMade[] Each<T, TMade>(IEnumerable<T> things, Func<T, TMade> make) => Workers.Map([.. things], parallelism, make);

    /// <summary>Joins each of many things with what is there. On several threads: it may only read the world, and change the thing it is given.</summary>
    internal void Each<T>(IEnumerable<T> things, Action<T> join)
    {
        T[] all = [.. things];
        Workers.Each(all.Length, parallelism, at => join(all[at]));
    }

    /// <summary>The first fact of a type that was read from a resource, or null.</summary>
    public T? FactOf<T>(Resource resource)
        where T : Fact => !_byResource.TryGetValue(resource.Address, out var first) ? null
            : first as T ?? (_furtherByResource.TryGetValue(resource.Address, out var further) ? further.OfType<T>().FirstOrDefault() : null);

    /// <summary>
    /// The fact of a type that a value is: by the newest reference that leads to one, exactly or because there is only one. Null for none, and where it may be any of several.
    /// </summary>
    public T? FactOf<T>(Value value)
        where T : Fact => Candidates<T>(value) is [var only] ? only : null;

    /// <summary>The only fact of a type that a value or its parts are. Null for none, for several, and where a condition decides.</summary>
    public T? OnlyFactIn<T>(Value value)
        where T : Fact
    {
        var found = new HashSet<T>();
        foreach (var part in value.Deep())
        {
            if (part is ChoiceValue)
            {
                return null;
            }

            found.UnionWith(Candidates<T>(part));
        }

        return found.Count == 1 ? found.First() : null;
    }

    /// <summary>The facts of a type that a value identifies, by the references it came by.</summary>
    public IEnumerable<T> FactsOf<T>(Value value)
        where T : Fact => Inventory.Referents(value).Select(resource => FactOf<T>(resource)).OfType<T>().Distinct();

    /// <summary>What a value may be, by the newest reference that leads anywhere: one fact, or each of several.</summary>
    private List<T> Candidates<T>(Value value)
        where T : Fact
    {
        foreach (var reference in value.References)
        {
            var facts = Inventory.ReferentsOf(reference).Select(resource => FactOf<T>(resource)).OfType<T>().ToList();
            if (facts.Count > 0)
            {
                return facts;
            }
        }

        return [];
    }

    /// <summary>What could say more of a resource than is seen: the unseen things of its scope that are told of it, or of which nobody knows what they are told.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="name">Its name, by which others may know it; null for none.</param>
    /// <param name="types">Types of resources that would say it; null for any.</param>
    public IEnumerable<Cause> Unseen(Resource resource, string? name, IEnumerable<string>? types = null) =>
        (types is null ? Inventory.GapsOf(resource.Address.Scope) : Inventory.GapsOf(resource.Address.Scope, types))
        .Where(gap => gap.Address != resource.Address && gap.Mentions(resource.Address, name) != Truth.No).Select(Because);

    /// <summary>
    /// Resources of several types that are made here. Those of a provider with its own endpoints are left out: an emulator is no cloud.
    /// </summary>
    public IEnumerable<Resource> Managed(params IEnumerable<string> types) => Inventory.OfTypes(types)
        .Where(resource => !resource.IsData && (resource.Provider is not { } provider || provider["endpoints"] is null or NullValue));

    /// <summary>An unseen thing as the reason why something is not known.</summary>
    public static Cause Because(Gap gap) => new(UnknownReason.OpenWorld, $"{gap.Address.Path} is not seen: {gap.Reason}", gap.Place, null);
}
