using Analyzer.Facts.Resources;
using Analyzer.Facts.Values;

namespace Analyzer.PullPath.Readers.AzureNetwork;

/// <summary>Parts of Azure that say by a name or id to which thing they belong.</summary>
internal static class Names
{
    /// <summary>The only resource of a type that a value may name, declared or looked up; null for none and for several.</summary>
    internal static Resource? Only(Value value, string type, World world) =>
        world.Inventory.Referents(value).Where(each => each.Type == type).Distinct().Take(2).ToList() is [var only] ? only : null;

    /// <summary>Whether a part belongs to a thing: by a reference to it, or in its root by its name.</summary>
    /// <param name="written">What names the thing: its name or id.</param>
    /// <param name="name">The name in it.</param>
    /// <param name="thing">The thing.</param>
    /// <param name="part">The part.</param>
    /// <param name="world">The world.</param>
    internal static Truth Mean(Value written, Value name, Resource thing, Resource part, World world)
    {
        var referents = world.Inventory.Referents(written).Where(each => each.Type == thing.Type && !each.IsData).Distinct().Take(2).ToList();
        return referents is [var only] ? Kleene.Of(only.Address == thing.Address || (only.Block == thing.Block && only.Multiplicity == Multiplicity.Any))
            : referents.Count > 0 ? Truth.Unknown
            : name.EqualTo(thing.At("name")) switch
            {
                Truth.Yes when part.Address.Scope == thing.Address.Scope => Truth.Yes,
                Truth.Yes => Truth.Unknown,
                var answer => answer,
            };
    }
}
