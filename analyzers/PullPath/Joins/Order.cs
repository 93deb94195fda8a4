using System.Collections.Concurrent;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Joins;

/// <summary>
/// The order in which one run creates things: the transitive closure over <see cref="Resource.Dependencies"/>. Terraform orders whole blocks, so instance keys of
/// resources and modules do not count, and blocks that make nothing pass on what they wait for; a module stands for everything in it; a module that is not there passes on what it waits for as a whole (<c>depends_on</c>), while what only
/// one of its inputs names may or may not be waited for; an output of a module of which only a summary is known waits for any of what is in it. A <see cref="Stage"/> stands for
/// everything that is there when it is reached.
/// </summary>
public sealed class Order
{
    private readonly Inventory _inventory;
    private readonly Dictionary<Address, List<Resource>> _byBlock = [];
    private readonly Dictionary<Address, IReadOnlyList<Dependency>> _empty = [];
    private readonly Dictionary<Address, List<Gap>> _gaps = [];
    private readonly Dictionary<Address, List<Address>> _byModule = [];
    private readonly Dictionary<Address, Stage> _stages = [];
    private readonly ConcurrentDictionary<Address, Reached> _closures = [];

    /// <summary>Indexes an inventory.</summary>
    public Order(Inventory inventory)
    {
        _inventory = inventory;
        foreach (var resource in inventory.Resources)
        {
            var block = resource.Address.WithoutKeys;
            if (!_byBlock.TryGetValue(block, out var instances))
            {
                _byBlock.Add(block, instances = []);
                foreach (var module in ModulesOf(block))
                {
                    Append(_byModule, module, block);
                }
            }

            instances.Add(resource);
        }

        // A block that makes nothing still waits, and is waited for.
        foreach (var (resource, _) in inventory.Omissions)
        {
            var block = resource.Address.WithoutKeys;
            if (!_byBlock.ContainsKey(block) && _empty.TryAdd(block, resource.Dependencies))
            {
                foreach (var module in ModulesOf(block))
                {
                    Append(_byModule, module, block);
                }
            }
        }

        foreach (var gap in inventory.Gaps)
        {
            var block = gap.Address.WithoutKeys;
            if (!_gaps.ContainsKey(block))
            {
                foreach (var module in ModulesOf(block))
                {
                    Append(_byModule, module, block);
                }
            }

            Append(_gaps, block, gap);
        }

        foreach (var stage in inventory.Stages)
        {
            _stages.TryAdd(stage.Address, stage);
        }
    }

    /// <summary>The order of a world; indexed when it is first asked for.</summary>
    internal static Order Of(World world) => world.Shared(static world => new Order(world.Inventory));

    /// <summary>The blocks (addresses without instance keys) of everything that is certainly created before a resource.</summary>
    public IReadOnlySet<Address> Closure(Resource resource) => Reach(resource.Address.WithoutKeys).Certain;

    /// <summary>
    /// The dependencies that lead from a later thing to an earlier one, the later one's own first; empty for the same block; null when none does for certain.
    /// </summary>
    public IReadOnlyList<Dependency>? Path(Resource later, Resource earlier)
    {
        var goal = earlier.Address.WithoutKeys;
        var start = later.Address.WithoutKeys;
        if (goal == start)
        {
            return [];
        }

        var reached = Reach(start);
        if (!reached.Certain.Contains(goal))
        {
            return null;
        }

        var path = new List<Dependency>();
        var at = goal;
        for (; at != start && reached.From.TryGetValue(at, out var step); at = step.Before)
        {
            path.Add(step.Dependency);
        }

        if (at != start && StageOf(start) is { } own)
        {
            path.Add(own);
        }

        path.Reverse();
        return path;
    }

    /// <summary>
    /// Whether the earlier thing is created first. Unknown for things of different roots, templates or manifest sets that no stage orders, where a module between them is not there,
    /// and where a file of the scope could not be read.
    /// </summary>
    public Truth HappensAfter(Resource later, Resource earlier)
    {
        var isApart = later.Address.Scope != earlier.Address.Scope;
        if (isApart && _stages.Count == 0)
        {
            return Truth.Unknown;
        }

        var goal = earlier.Address.WithoutKeys;
        if (goal == later.Address.WithoutKeys)
        {
            return Truth.Yes;
        }

        var reached = Reach(later.Address.WithoutKeys);
        return reached.Certain.Contains(goal) ? Truth.Yes
            : isApart || reached.Possible.Contains(goal) || _inventory.GapsOf(later.Address.Scope).Any(gap => gap.Inputs is null) ? Truth.Unknown
            : Truth.No;
    }

    /// <summary>
    /// Whether the later thing is created only when the earlier one works. A sync wave begins when the one before is healthy; kinds of one wave only follow each other, so that the later one comes
    /// after the earlier one without waiting for it.
    /// </summary>
    public Truth WaitsFor(Resource later, Resource earlier)
    {
        var answer = HappensAfter(later, earlier);
        return answer == Truth.Yes && earlier.Address.WithoutKeys is var goal && goal != later.Address.WithoutKeys
            ? Reach(later.Address.WithoutKeys).Awaited.GetValueOrDefault(goal, Truth.No)
            : answer;
    }

    /// <summary>The blocks that are certainly created before a block because it names them itself; a module stands for everything in it.</summary>
    public IEnumerable<Address> Before(Address block) => DependenciesOf(block).Where(each => each.Certain)
        .SelectMany(each => Targets(each.Dependency)).Where(each => each.IsCertain).Select(each => each.Target).Distinct();

    /// <summary>The instances of a block.</summary>
    public IReadOnlyList<Resource> InstancesOf(Address block) => _byBlock.TryGetValue(block, out var instances) ? instances : [];

    private Reached Reach(Address start)
    {
        // Everything of a wave comes after the same things: they are gathered once, for the stage before it.
        start = StageOf(start)?.Target ?? start;
        if (_closures.TryGetValue(start, out var known))
        {
            return known;
        }

        var reached = new Reached([], [], [], []);
        var queue = new Queue<(Address Block, bool Certain)>();
        queue.Enqueue((start, true));
        while (queue.TryDequeue(out var at))
        {
            var isAwaited = _stages.TryGetValue(at.Block, out var stage) ? stage.IsAwaited : Truth.Yes;
            foreach (var (dependency, certain) in DependenciesOf(at.Block))
            {
                foreach (var (target, isWhole) in Targets(dependency))
                {
                    var sure = at.Certain && certain && isWhole;
                    if (sure && isAwaited != Truth.No)
                    {
                        reached.Awaited[target] = reached.Awaited.GetValueOrDefault(target, isAwaited).Or(isAwaited);
                    }

                    if (sure ? reached.Certain.Add(target) : !reached.Certain.Contains(target) && reached.Possible.Add(target))
                    {
                        if (sure)
                        {
                            reached.From[target] = (at.Block, dependency);
                        }

                        queue.Enqueue((target, sure));
                    }
                }
            }
        }

        _closures.TryAdd(start, reached);
        return reached;
    }

    /// <summary>The dependency on a stage, of a block that depends on nothing else.</summary>
    private Dependency? StageOf(Address block) =>
        _stages.Count > 0 && _byBlock.TryGetValue(block, out var instances) && instances is [{ Dependencies: [var only] }] && _stages.ContainsKey(only.Target) && !_gaps.ContainsKey(block)
            ? only
            : null;

    private IEnumerable<(Dependency Dependency, bool Certain)> DependenciesOf(Address block)
    {
        if (_byBlock.TryGetValue(block, out var instances))
        {
            foreach (var instance in instances)
            {
                foreach (var dependency in instance.Dependencies)
                {
                    yield return (dependency, true);
                }
            }
        }

        if (_empty.TryGetValue(block, out var passed))
        {
            foreach (var dependency in passed)
            {
                yield return (dependency, true);
            }
        }

        if (_stages.TryGetValue(block, out var stage))
        {
            foreach (var dependency in stage.Before)
            {
                yield return (dependency, stage.IsCertain);
            }
        }

        if (_gaps.TryGetValue(block, out var gaps))
        {
            foreach (var gap in gaps)
            {
                foreach (var dependency in gap.Dependencies)
                {
                    yield return (dependency, dependency.IsExplicit);
                }
            }
        }
    }

    private IEnumerable<(Address Target, bool IsCertain)> Targets(Dependency dependency)
    {
        var block = dependency.Target.WithoutKeys;
        yield return (block, true);
        if (_byModule.TryGetValue(block, out var inside))
        {
            var isWhole = dependency.IsExplicit || !_gaps.ContainsKey(block);
            foreach (var member in inside)
            {
                yield return (member, isWhole);
            }
        }
    }

    /// <summary>The modules around a block, from the outside in: <c>module.a</c>, <c>module.a.module.b</c>.</summary>
    private static IEnumerable<Address> ModulesOf(Address block)
    {
        var path = block.Path ?? "";
        for (var at = 0; string.CompareOrdinal(path, at, "module.", 0, 7) == 0;)
        {
            var end = path.IndexOf('.', at + 7);
            if (end < 0)
            {
                yield break;
            }

            yield return block with { Path = path[..end] };
            at = end + 1;
        }
    }

    private static void Append<T>(Dictionary<Address, List<T>> index, Address key, T value)
    {
        if (!index.TryGetValue(key, out var list))
        {
            index.Add(key, list = []);
        }

        list.Add(value);
    }

    private sealed record Reached(HashSet<Address> Certain, Dictionary<Address, Truth> Awaited, HashSet<Address> Possible, Dictionary<Address, (Address Before, Dependency Dependency)> From);
}
