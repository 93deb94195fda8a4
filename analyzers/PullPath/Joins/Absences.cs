using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Joins;

/// <summary>
/// What is missing only as long as nobody gives a root variable another value: declarations that its default switches off. A proof that something is not there rests on these defaults.
/// </summary>
internal sealed class Absences
{
    private readonly World _world;
    private readonly Dictionary<string, List<Absence>> _byType;
    private readonly ILookup<string, OmittedCall> _calls;

    private Absences(World world)
    {
        _world = world;
        _byType = world.Inventory.Omissions.Where(static each => each.Because.Any(static value => value.Trace is { IsByDefault: true }))
            .GroupBy(static each => each.Resource.Type, static each => new Absence(each), StringComparer.Ordinal)
            .ToDictionary(static group => group.Key, static group => group.ToList(), StringComparer.Ordinal);
        _calls = world.Inventory.OmittedCalls.Where(static each => each.Because.Any(static value => value.Trace is { IsByDefault: true })).ToLookup(static each => each.Call.Scope, StringComparer.Ordinal);
    }

    /// <summary>The absences of a world.</summary>
    internal static Absences Of(World world) => world.Shared(static world => new Absences(world));

    /// <summary>Declarations of some types that a default switches off and that would name a resource.</summary>
    internal IEnumerable<Omission> For(Resource named, params IEnumerable<string> types) => _byType.Count == 0 ? []
        : types.SelectMany(type => _byType.GetValueOrDefault(type, [])).Where(each => each.Names(named.Address)).Select(static each => each.Omission);

    /// <summary>The values that switch off calls of modules which would be told of a resource and may declare something of these types.</summary>
    internal IEnumerable<Value> OfCalls(Resource named, params IEnumerable<string> types) => _calls[named.Address.Scope]
        .Where(each => types.Any(each.Call.Hides) && each.Call.Mentions(named.Address) != Truth.No).SelectMany(static each => each.Because);

    /// <summary>The values that switch off declarations of some types that would name a resource, and calls of modules that may have such.</summary>
    internal IEnumerable<Value> Switches(Resource named, params IEnumerable<string> types) =>
        For(named, types).SelectMany(static each => each.Because).Concat(OfCalls(named, types));

    /// <summary>A collection or an answer that says what is there of some types for a resource, come by the defaults that switch others off.</summary>
    internal Value Resting(Value answer, Resource named, params IEnumerable<string> types) =>
        _byType.Count == 0 && _calls.Count == 0 ? answer : Proof.Of(_world).Resting(answer, Switches(named, types));

    /// <summary>A declaration that a default switches off.</summary>
    private sealed class Absence(Omission omission)
    {
        private HashSet<Address>? _mentioned;

        internal Omission Omission => omission;

        /// <summary>What it would name is asked for only where it may matter.</summary>
        internal bool Names(Address address) => omission.Resource.Address.Scope == address.Scope
            && (_mentioned ??= [.. omission.Resource.Body.Mentioned.Select(static reference => reference.Target.Block)]).Contains(address.Block);
    }
}
