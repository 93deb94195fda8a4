using Analyzer.Facts.Text;
using Analyzer.Facts.Values;

namespace Analyzer.Facts.Resources;

/// <summary>
/// Something that declares resources and could not be seen: a module that is not there, a file that does not parse, a remote base, a macro.
/// </summary>
public sealed class Gap
{
    private Told? _told;

    /// <summary>The thing that could not be seen: the module call, the file.</summary>
    public required Address Address { get; init; }

    /// <summary>The unit of evaluation that stays open for it, like <see cref="Address.Scope"/>.</summary>
    public string Scope => Address.Scope;

    /// <summary>Where the thing is named.</summary>
    public required Span Place { get; init; }

    /// <summary>Why it could not be seen, a phrase for the user.</summary>
    public required string Reason { get; init; }

    /// <summary>
    /// What the thing is given. It can only touch what it is told of, so other things stay closed. Null: nobody knows what it touches (a file that does not parse
    /// declares anything in its scope).
    /// </summary>
    public MapValue? Inputs { get; init; }

    /// <summary>The providers of everything it declares; null if it may be any.</summary>
    public IReadOnlySet<string>? Providers { get; init; }

    /// <summary>Types of which everything that it declares is among the resources, because a summary of it is known; null for none.</summary>
    public IReadOnlySet<string>? Complete { get; init; }

    /// <summary>The types of everything that it declares; null if it may be any.</summary>
    public IReadOnlySet<string>? Declares { get; init; }

    /// <summary>Its source as written (<c>terraform-aws-modules/eks/aws</c>), with <see cref="Version"/>; null when it has none.</summary>
    public string? Source { get; init; }

    /// <summary>Version constraint as written, or null.</summary>
    public string? Version { get; init; }

    /// <summary>Guard of the call.</summary>
    public Guard Guard { get; init; } = Guard.Always;

    /// <summary>What the call depends on.</summary>
    public IReadOnlyList<Dependency> Dependencies { get; init; } = [];

    /// <summary>True if it may declare a resource of a type that is not among the resources.</summary>
    public bool Hides(string type) => Declares is not null ? Declares.Contains(type)
        : Providers is null || (Providers.Contains(type[..(type.IndexOf('_', StringComparison.Ordinal) is > 0 and var end ? end : type.Length)]) && Complete?.Contains(type) != true);

    /// <summary>
    /// Whether the thing might know a resource: Yes if one of its inputs refers to it, or carries its name as text, or it declares the resource itself; Unknown if an input could
    /// carry anything or nobody knows the inputs; No if it was told nothing of it.
    /// </summary>
    public Truth Mentions(Address target, string? name = null)
    {
        if (Inputs is null)
        {
            return Truth.Unknown;
        }

        if (target.IsIn(Address))
        {
            return Truth.Yes;
        }

        _told ??= new Told(Inputs);
        return _told.Targets.Contains(target) || _told.Targets.Contains(target.Block) || (name is { Length: > 0 } && _told.Texts.Exists(text => text.Contains(name, StringComparison.Ordinal))) ? Truth.Yes
            : _told.Targets.Any(target.IsIn) ? Truth.Unknown
            : Truth.No;
    }

    /// <summary>What the inputs refer to, and the texts in them: gathered once, for it is asked of every resource.</summary>
    private sealed class Told
    {
        internal Told(MapValue inputs)
        {
            foreach (var value in inputs.Deep())
            {
                // What was computed from an attribute tells of the resource too.
                foreach (var reference in value.References.Concat(value.Trace?.Steps.Select(static step => step.Reference).OfType<Reference>() ?? []))
                {
                    Targets.Add(reference.Target);
                }

                if (value is TextValue text)
                {
                    Texts.Add(text.ToString());
                }
            }
        }

        internal HashSet<Address> Targets { get; } = [];

        internal List<string> Texts { get; } = [];
    }
}

/// <summary>
/// A declaration that makes nothing: its <c>count</c> is 0, its <c>for_each</c> is empty. What is switched off is no resource, yet it tells what a switch is for.
/// </summary>
/// <param name="Resource">What it would make, evaluated as if there were one. No list of resources has it.</param>
/// <param name="Because">The values that decide, those that say no first; each by the way it came.</param>
public sealed record Omission(Resource Resource, IReadOnlyList<Value> Because)
{
    /// <summary>All values that were read to decide, those that say yes too.</summary>
    public IReadOnlyList<Value> Read { get; init; } = [];
}

/// <summary>A call of a module that is switched off as a whole: nothing of the module is evaluated.</summary>
/// <param name="Call">What it would be told, and what it would declare, as far as that is known. No list of gaps has it.</param>
/// <param name="Because">The values that decide, those that say no first; each by the way it came.</param>
public sealed record OmittedCall(Gap Call, IReadOnlyList<Value> Because);

/// <summary>All resources of all languages, and what could not be seen.</summary>
/// <remarks>Filled on one thread and asked on many afterwards. Every front end fills one that is only emptied into another, so the indexes of the resources are made when the first question comes.</remarks>
public sealed class Inventory
{
    private readonly List<Resource> _added = [];
    private readonly List<Resource> _resources = [];
    private readonly List<Gap> _gaps = [];
    private readonly Dictionary<string, List<Gap>> _gapsByScope = new(StringComparer.Ordinal);
    private readonly List<Omission> _omissions = [];
    private readonly List<OmittedCall> _omittedCalls = [];
    private readonly List<Stage> _stages = [];
    private readonly Dictionary<string, List<Resource>> _byType = new(StringComparer.Ordinal);
    private readonly Dictionary<Address, Resource> _byAddress = [];
    private readonly Dictionary<Address, List<Resource>> _byBlock = []; // Of blocks with instances that have keys.
    private int _indexed;
    private readonly OrderedDictionary<string, Unit> _units = new(StringComparer.Ordinal);
    private HashSet<Address>? _exported;
    private ILookup<string, Resource>? _byScope;

    /// <summary>All resources, in the order in which they were added.</summary>
    public IReadOnlyList<Resource> Resources => Indexed()._resources;

    /// <summary>Everything that could not be seen.</summary>
    public IReadOnlyList<Gap> Gaps => _gaps;

    /// <summary>What is evaluated together, in the order in which it was added.</summary>
    public IReadOnlyList<Unit> Units => _units.Values;

    /// <summary>Declarations that make nothing.</summary>
    public IReadOnlyList<Omission> Omissions => _omissions;

    /// <summary>Calls of modules that make nothing.</summary>
    public IReadOnlyList<OmittedCall> OmittedCalls => _omittedCalls;

    /// <summary>Points of the order in which things are created.</summary>
    public IReadOnlyList<Stage> Stages => _stages;

    /// <summary>Adds a resource. Of two with one address the first stays.</summary>
    public void Add(Resource resource)
    {
        _added.Add(resource);
        _byScope = null;
    }

    /// <summary>Adds a gap.</summary>
    public void Add(Gap gap)
    {
        _gaps.Add(gap);
        Append(_gapsByScope, gap.Scope, gap);
    }

    /// <summary>Adds a unit. Of two with one scope the first stays.</summary>
    public void Add(Unit unit)
    {
        _units.TryAdd(unit.Scope, unit);
        _exported = null;
    }

    /// <summary>Adds a declaration that makes nothing.</summary>
    public void Add(Omission omission) => _omissions.Add(omission);

    /// <summary>Adds a call that makes nothing.</summary>
    public void Add(OmittedCall call) => _omittedCalls.Add(call);

    /// <summary>Adds a point of the order.</summary>
    public void Add(Stage stage) => _stages.Add(stage);

    /// <summary>Adds everything of another inventory.</summary>
    public void Add(Inventory other)
    {
        _added.AddRange(other._added);
        _byScope = null;
        foreach (var gap in other._gaps)
        {
            Add(gap);
        }

        _omissions.AddRange(other._omissions);
        _omittedCalls.AddRange(other._omittedCalls);
        _stages.AddRange(other._stages);
        foreach (var unit in other._units.Values)
        {
            Add(unit);
        }
    }

    /// <summary>All resources of a type, data sources included.</summary>
    public IReadOnlyList<Resource> OfType(string type) => Indexed()._byType.TryGetValue(type, out var list) ? list : [];

    /// <summary>All resources of several types, in the order of the types.</summary>
    public IEnumerable<Resource> OfTypes(params IEnumerable<string> types) => types.SelectMany(OfType);

    /// <summary>All resources of a scope, in the order in which they were added: the lookup is made when it is asked for first.</summary>
    public IEnumerable<Resource> OfScope(string scope) => (_byScope ??= Resources.ToLookup(static each => each.Address.Scope, StringComparer.Ordinal))[scope];

    /// <summary>The resource with an address, or null.</summary>
    public Resource? Find(Address address) => Indexed()._byAddress.GetValueOrDefault(address);

    /// <summary>All instances of a block; one for a block without count or for_each.</summary>
    public IReadOnlyList<Resource> InstancesOf(Address block) => Indexed()._byBlock.TryGetValue(block, out var list) ? list : _byAddress.TryGetValue(block, out var only) ? [only] : [];

    /// <summary>The resource a reference leads to: the exact instance, or the only one of its block; null where it may be any of several.</summary>
    public Resource? Referent(Reference reference) => ReferentsOf(reference) is [var only] ? only : null;

    /// <summary>What a reference may lead to: the exact instance, or else all of its block.</summary>
    public IReadOnlyList<Resource> ReferentsOf(Reference reference) => Find(reference.Target) is { } exact ? [exact] : InstancesOf(reference.Target.Block);

    /// <summary>
    /// The resources a value identifies: by the references it came by, newest first, each exact instance before its block. Empty when the value refers to nothing seen.
    /// </summary>
    public IEnumerable<Resource> Referents(Value value)
    {
        foreach (var reference in value.References)
        {
            foreach (var resource in ReferentsOf(reference))
            {
                yield return resource;
            }
        }
    }

    /// <summary>The gaps of a scope.</summary>
    public IEnumerable<Gap> GapsOf(string scope) => _gapsByScope.TryGetValue(scope, out var list) ? list : [];

    /// <summary>What was said of a scope as a whole, or null.</summary>
    public Unit? UnitOf(string scope) => _units.GetValueOrDefault(scope);

    /// <summary>
    /// True if an output names the thing or another instance of its block, so that others may build on it where nobody looks: another root that reads the state, a script, a person.
    /// </summary>
    public bool IsExported(Address address)
    {
        _exported ??= [.. _units.Values.SelectMany(unit => unit.Outputs.Mentioned).Select(reference => reference.Target.Block)];
        return _exported.Contains(address.Block);
    }

    /// <summary>The gaps of a scope that may hide resources of some types.</summary>
    public IEnumerable<Gap> GapsOf(string scope, params IEnumerable<string> types) => GapsOf(scope).Where(gap => types.Any(gap.Hides));

    /// <summary>This, with everything that was added found by its type, its address and its block.</summary>
    private Inventory Indexed()
    {
        if (_indexed == _added.Count)
        {
            return this;
        }

        _byAddress.EnsureCapacity(_added.Count);
        for (; _indexed < _added.Count; _indexed++)
        {
            var resource = _added[_indexed];
            if (_byAddress.TryAdd(resource.Address, resource))
            {
                _resources.Add(resource);
                Append(_byType, resource.Type, resource);
                AppendToBlock(resource);
            }
        }

        return this;
    }

    private void AppendToBlock(Resource resource)
    {
        var block = resource.Block;
        var hasKey = !ReferenceEquals(block, resource.Address);
        if (_byBlock.TryGetValue(block, out var list))
        {
            list.Add(resource);
        }
        else if (hasKey)
        {
            _byBlock.Add(block, _byAddress.TryGetValue(block, out var bare) ? [bare, resource] : [resource]);
        }
    }

    private static void Append<TKey, T>(Dictionary<TKey, List<T>> index, TKey key, T value)
        where TKey : notnull
    {
        if (!index.TryGetValue(key, out var list))
        {
            index.Add(key, list = []);
        }

        list.Add(value);
    }
}
