using System.Collections.Immutable;
using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.Kubernetes.Manifests;

namespace Analyzer.Kubernetes.Clouds;

/// <summary>
/// The objects of one world that declare resources of a cloud (Crossplane, Config Connector, the controllers of AWS, Azure Service Operator, Cluster API): as resources of that
/// cloud's own type, in Terraform's words, so that whoever reads these reads them too.
/// </summary>
internal sealed class CloudObjects
{
    private readonly string _scope;
    private readonly Dictionary<string, List<(ManifestObject Object, CloudType Type, Address Address)>> _byName = new(StringComparer.Ordinal);

    internal CloudObjects(string scope) => _scope = scope;

    /// <summary>True if there are none.</summary>
    internal bool IsEmpty => _byName.Count == 0;

    /// <summary>Notes an object, so that others can refer to it.</summary>
    internal void Note(ManifestObject each, Address address)
    {
        if (CloudTypes.Of(each.Group, each.Kind) is { } type)
        {
            if (!_byName.TryGetValue(each.Name, out var list))
            {
                _byName.Add(each.Name, list = []);
            }

            list.Add((each, type, address));
        }
    }

    /// <summary>The resource an object declares; null for an object that declares none.</summary>
    internal Resource? Of(ManifestObject each, Address address, Span place, Span whole)
    {
        if (CloudTypes.Of(each.Group, each.Kind) is not { } type || each.Body["spec"] is not MapValue spec || CloudSpecifics.TypeOf(type, spec) is not { } name)
        {
            return null;
        }

        var given = CloudSpecifics.AttributesOf(type, each.Kind, spec);
        var attributes = Translated(given, each, type);
        var body = CloudSpecifics.Complete(type, each, given, attributes, new Neighbours(Only, (attribute, reference) => Value(attribute, reference, each), IdentityThatWrites));
        return new Resource
        {
            Address = address,
            Type = name,
            Name = each.Name,
            Language = Language.Kubernetes,
            IsData = IsOnlyObserved(spec),
            Body = body,
            Place = place,
            Whole = whole,
            Module = _scope,
        };
    }

    /// <summary>What an object of a cloud that is not read leaves open; null for others.</summary>
    internal static Gap? GapOf(ManifestObject each, Address address, Span place)
    {
        var provider = CloudTypes.Unread(each.Group, each.Kind);

        // The controllers of Cluster API make roles and providers themselves.
        provider ??= CloudTypes.Of(each.Group, each.Kind) is { Spelling: CloudSpelling.ClusterApi, Type: var type } ? type[..type.IndexOf('_', StringComparison.Ordinal)] : null;
        return provider is null ? null : new Gap { Address = address, Place = place, Reason = $"what a {each.Kind} makes is not read", Providers = new HashSet<string>(StringComparer.Ordinal) { provider } };
    }

    private static bool IsOnlyObserved(MapValue spec) => spec["managementPolicies"] is ListValue { Items: [{ Value: TextValue { Known: "Observe" } }] };

    /// <summary>The only object of a type in this world, as a reference to its name.</summary>
    private Value? Only(string type)
    {
        var found = _byName.Values.SelectMany(list => list).Where(each => each.Type.Type == type).Take(2).ToList();
        return found is [var only] ? ReferenceTo(only.Object, only.Address, "name", only.Object.Body["metadata"] is MapValue metadata ? metadata["name"] : null) : null;
    }

    /// <summary>Azure Service Operator: the only identity that writes its principal into a key of a ConfigMap.</summary>
    private Value? IdentityThatWrites(MapValue key)
    {
        var found = _byName.Values.SelectMany(list => list).Where(each => each.Type.Type == "azurerm_user_assigned_identity"
            && CloudSpecifics.At(each.Object.Body, "spec.operatorSpec.configMaps.principalId") is MapValue written
            && ManifestObject.Spell(written["name"]) == ManifestObject.Spell(key["name"]) && ManifestObject.Spell(written["key"]) == ManifestObject.Spell(key["key"])).Take(2).ToList();
        return found is [var only] ? ReferenceTo(only.Object, only.Address, "principal_id", null) : null;
    }

    private MapValue Translated(MapValue map, ManifestObject owner, CloudType type)
    {
        var result = ImmutableArray.CreateBuilder<Entry>();
        foreach (var entry in map.Entries)
        {
            if (Referring(entry, map, owner) is var (name, value))
            {
                // A selector does not tell whether it chooses one or several.
                foreach (var each in entry.Key.EndsWith("Selector", StringComparison.Ordinal) ? (string[])[name, name + "s"] : [name])
                {
                    if (value is not null && map[each] is null or NullValue)
                    {
                        result.Add(entry with { Key = Renamed(type, CloudSpecifics.Snake(each)), Value = value });
                    }
                }
            }
            else
            {
                result.Add(entry with { Key = Renamed(type, CloudSpecifics.Snake(entry.Key)), Value = CloudSpecifics.IsFreeMap(entry.Key) ? entry.Value : Inner(entry.Value, owner, type) });
            }
        }

        return (MapValue)new MapValue(result.ToImmutable()) { Place = map.Place, OpenBecause = map.OpenBecause }.With(map.Trace);
    }

    private Value Inner(Value value, ManifestObject owner, CloudType type) => value switch
    {
        MapValue map => Translated(map, owner, type),
        ListValue list => list.WithItems(item => Inner(item, owner, type)),
        _ => value,
    };

    private static string Renamed(CloudType type, string key) => CloudSpecifics.Names.TryGetValue((type.Type, type.Spelling, key), out var name) ? name : key;

    /// <summary>The attribute that a reference or selector gives, and its value; null for an entry that is none.</summary>
    private (string Name, Value? Value)? Referring(Entry entry, MapValue map, ManifestObject owner)
    {
        if (entry.Key.EndsWith("Selector", StringComparison.Ordinal) && map[entry.Key[..^"Selector".Length] + "Ref"] is null && map[entry.Key[..^"Selector".Length] + "Refs"] is null)
        {
            var name = entry.Key[..^"Selector".Length];
            return entry.Value is MapValue ? (name, Unknown($"a selector chooses {name}", entry.Value)) : null;
        }

        if (entry.Key.EndsWith("Ref", StringComparison.Ordinal) && entry.Value is MapValue reference)
        {
            return (entry.Key[..^3], Value(entry.Key[..^3], reference, owner));
        }

        return entry.Key.EndsWith("Refs", StringComparison.Ordinal) && entry.Value is ListValue references
            ? (Plural(entry.Key[..^4]), references.WithItems(item => item is MapValue one ? Value(entry.Key[..^4], one, owner) : item))
            : null;
    }

    private static string Plural(string name) => name.EndsWith('y') ? name[..^1] + "ies" : name + "s";

    private Value Value(string attribute, MapValue reference, ManifestObject owner)
    {
        if (reference["external"] is { } external and not NullValue)
        {
            return external;
        }

        var name = reference["name"] ?? (reference["from"] as MapValue)?["name"];
        if (name is not TextValue { Known: { } known })
        {
            return Unknown($"which object {attribute} means is not known", reference);
        }

        var space = ManifestObject.Spell(reference["namespace"]) ?? owner.Namespace;
        var candidates = (_byName.GetValueOrDefault(known) ?? []).FindAll(each => each.Object.Namespace is null || each.Object.Namespace == space);
        var fitting = candidates.Count > 1 ? candidates.FindAll(each => Fits(attribute, ManifestObject.Spell(reference["kind"]) ?? each.Object.Kind, each.Object.Kind)) : candidates;
        return fitting is [var only]
            ? ReferenceTo(only.Object, only.Address, CloudSpecifics.AttributeOf(attribute, only.Type), name)
            : Unknown($"{known} is not declared here", name);
    }

    /// <summary>Whether the name of an attribute speaks of a kind: <c>nodeRoleArn</c> of a Role, <c>serviceAccount</c> of an IAMServiceAccount.</summary>
    private static bool Fits(string attribute, string asked, string kind)
    {
        var word = kind.StartsWith("IAM", StringComparison.Ordinal) ? kind[3..] : kind.StartsWith("Container", StringComparison.Ordinal) ? kind["Container".Length..] : kind;
        return asked == kind && attribute.Contains(word, StringComparison.OrdinalIgnoreCase);
    }

    private static Value ReferenceTo(ManifestObject target, Address address, string attribute, Value? name)
    {
        var reference = new Reference(address, attribute);
        var place = name?.Trace?.Place ?? target.Place;
        return attribute == "name" && CloudSpecifics.NameOf(target) is TextValue known
            ? known.With(new Trace(StepKind.Attribute, reference.ToString(), place, known.Trace, reference))
            : new UnknownValue(UnknownReason.Computed, $"{reference} is known when it is made", place, reference) { IsNotNull = true }.With(new Trace(StepKind.Attribute, reference.ToString(), place, name?.Trace, reference));
    }

    private static UnknownValue Unknown(string why, Value at) => new(UnknownReason.External, why, at.Trace?.Place);
}
